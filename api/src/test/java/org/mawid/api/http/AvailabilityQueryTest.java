package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.fake.FakeEngine;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.http.Contract.Operation;
import org.mawid.api.stamp.check.CallerLimit;
import org.mawid.api.stamp.check.StampCheck;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.stamp.document.StampPress;

/** What the hand understands of a query is what the contract understands of the same request; what the contract refuses, the hand does not take. */
class AvailabilityQueryTest {
    private static final long SEED = 0xA11_0CA7EL;
    private static final int RANDOM_QUERIES = 2_000;
    private static final int IN_FLIGHT = 200;
    /** More than the edge takes, bytes: no limit of the contract is to be hidden by it. */
    private static final int LONGEST_LINE = 1 << 16;
    /** A query that both understand; each of the values around a limit takes the place of one of these. */
    private static final Map<String, String> PLAIN = Map.of("posts", "MA-CG-LYON", "from", "2026-03-02", "days", "30", "persons", "2",
            "services", "passport", "minPosition", "7");
    private static final List<String> NUMBERS = List.of("0", "1", "2", "-1", "-0", "+1", "", "01", "00", "0x1", "1.0", "1e2", "1,2", "a", "2147483648",
            "4294967297", "999999999", "000000001", "0000000001", "9223372036854775807", "9223372036854775808", "%31", "%201", "\u0661");
    private static final Map<String, List<String>> AROUND_LIMITS = aroundLimits();
    private static final List<String> ODD_PAIRS = List.of("", "days", "=", "=3", "days=", "Days=3", "day=3", "%64ays=3", "days%3D3", "from[]=2026-03-02",
            "post=MA-CG-LYON", "If-None-Match=x", "services", "limit", "x=%zz", "days=3;persons=3", "posts=a=b", "desks=1%2C2");

    private final Vertx vertx = Vertx.vertx();
    private final FakeEngine engine = new FakeEngine();
    private final Gateway gateway = new Gateway(engine, References.of(1, new byte[32]), HttpFixture.REPLY_TIMEOUT_MS, System::currentTimeMillis,
            new EdgeMetrics().localAnswers());
    private final ConcurrentLinkedQueue<Reading> readings = new ConcurrentLinkedQueue<>();
    private Loop loop;
    private int port;

    /** @param hand null = left to the contract @param contract null = refused */
    private record Reading(String query, AvailabilityQuery hand, AvailabilityQuery contract) {
        /** The one thing that the hand leaves to the search, which then leaves the refusal to the contract. */
        boolean isOfADayThatIsNot() {
            try {
                LocalDate.parse(hand.from());
                return false;
            } catch (final DateTimeException notInTheCalendar) {
                return true;
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        final Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false));
        ContractTest.operations().values().stream().filter(operation -> operation.path().startsWith("/v1/availability/"))
                .forEach(operation -> router.get(operation.path()).handler(routing -> read(operation, routing)));
        port = vertx.createHttpServer(new HttpServerOptions().setMaxInitialLineLength(LONGEST_LINE)).requestHandler(router).listen(0, "127.0.0.1").await(60, TimeUnit.SECONDS).actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(60, TimeUnit.SECONDS);
        gateway.close();
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenQueriesAroundEveryLimit_whenReadByHandAndByTheContract_thenTheHandSaysTheSameOrNothing(final boolean withLimit) throws Exception {
        final List<String> queries = queries(withLimit);
        final HttpClient client = vertx.createHttpClient();
        for (int done = 0; done < queries.size(); done += IN_FLIGHT) {
            Future.all(queries.subList(done, Math.min(queries.size(), done + IN_FLIGHT)).stream().map(query -> client
                    .request(HttpMethod.GET, port, "127.0.0.1", (withLimit ? "/v1/availability/starts?" : "/v1/availability/counts?") + query)
                    .compose(HttpClientRequest::send).compose(response -> response.statusCode() == 200 ? Future.succeededFuture()
                            : Future.failedFuture(response.statusCode() + " for " + query))).toList()).await(120, TimeUnit.SECONDS);
        }
        assertThat(readings).as("each request was read once").hasSize(queries.size());
        int understood = 0;
        int refused = 0;
        int left = 0;
        for (final Reading reading : readings) {
            if (reading.hand == null) {
                left += reading.contract == null ? 0 : 1;
            } else if (reading.contract != null || !reading.isOfADayThatIsNot()) {
                assertThat(reading.hand).as("seed %x, query %s: by hand, and by the contract", SEED, reading.query).isEqualTo(reading.contract);
                understood++;
            }
            refused += reading.contract == null ? 1 : 0;
        }
        assertThat(understood).as("understood by hand, seed %x", SEED).isGreaterThan(queries.size() / 8);
        assertThat(refused).as("refused by the contract, seed %x", SEED).isGreaterThan(queries.size() / 8);
        assertThat(left).as("right, and left to the contract, seed %x", SEED).isPositive();
        assertThat(readings).as("plain ones are read by hand").filteredOn(reading -> reading.query.equals(query(PLAIN))).isNotEmpty()
                .allMatch(reading -> reading.hand != null);
    }

    private void read(final Operation operation, final RoutingContext routing) {
        if (loop == null) { // one server, so always the same event loop
            loop = new Loop(vertx, vertx.getOrCreateContext(), new Loop.Shared(HttpConfig.loopback(0), Contract.load(), gateway, PostZones.UTC,
                    new EdgeMetrics(), new FirstSeen(), new CallerLimit(1, 1, 1), new StampCheck(gateway.references(), number -> null),
                    new StampPress(gateway, SigningKeys.passing(), PostZones.UTC::of), Backends.NONE, null, null), null);
        }
        final String query = routing.request().query();
        AvailabilityQuery contract = null;
        try {
            contract = AvailabilityQuery.of(new Call(loop, routing, operation));
        } catch (final Fault | HttpException refused) {
            // null says so; what cannot be unescaped is refused by the router before the contract sees it
        }
        readings.add(new Reading(query, AvailabilityQuery.parse(query, "firstStarts".equals(operation.id())), contract));
        routing.response().end();
    }

    /** Each value and each odd pair among plain ones, twice the same name, each name missing; then thousands at random of all that. */
    private static List<String> queries(final boolean withLimit) {
        final List<String> queries = new ArrayList<>(List.of(query(PLAIN)));
        AROUND_LIMITS.forEach((name, values) -> {
            final Map<String, String> without = new LinkedHashMap<>(PLAIN);
            without.remove(name);
            queries.add(query(without));
            for (final String value : values) {
                final Map<String, String> with = new LinkedHashMap<>(PLAIN);
                with.put(name, value);
                queries.add(query(with));
                queries.add(query(with) + '&' + name + '=' + value);
            }
        });
        for (final String odd : ODD_PAIRS) {
            queries.add(query(PLAIN) + '&' + odd);
            queries.add(odd + '&' + query(PLAIN));
        }
        final Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_QUERIES; i++) {
            queries.add(random(random, withLimit));
        }
        return queries;
    }

    private static String random(final Random random, final boolean withLimit) {
        final List<String> pairs = new ArrayList<>();
        for (final Map.Entry<String, List<String>> entry : AROUND_LIMITS.entrySet()) {
            final String name = entry.getKey();
            final boolean isNeeded = name.equals("from") || name.equals("services");
            if (random.nextInt(100) < (isNeeded ? 98 : name.equals("limit") && !withLimit ? 2 : 40)) {
                final List<String> values = entry.getValue();
                final boolean isPlain = PLAIN.containsKey(name) && random.nextInt(100) < 75;
                pairs.add(name + '=' + (isPlain ? PLAIN.get(name) : values.get(random.nextInt(values.size()))));
            }
        }
        if (random.nextInt(20) == 0 && !pairs.isEmpty()) {
            pairs.add(pairs.get(random.nextInt(pairs.size())));
        }
        if (random.nextInt(20) == 0) {
            pairs.add(ODD_PAIRS.get(random.nextInt(ODD_PAIRS.size())));
        }
        Collections.shuffle(pairs, random);
        return String.join("&", pairs);
    }

    private static String query(final Map<String, String> parameters) {
        return String.join("&", parameters.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(entry -> entry.getKey() + '=' + entry.getValue()).toList());
    }

    private static Map<String, List<String>> aroundLimits() {
        final String longest = "C".repeat(32);
        final List<String> codes = List.of("1", "passport", longest, longest + 'C', "", ",", "a,", ",a", "a,b", "a,a", "!", "~", "a+b", "a%2Bb", "a%20b",
                "%41", "a%2Cb", "%C3%A9", "a=b", "a/b?c", "a;b", "a.b", "-", "9999999999", nTimes("a", 8), nTimes("a", 9), nTimes("a", 64), nTimes("a", 65));
        final Map<String, List<String>> all = new LinkedHashMap<>();
        all.put("posts", and(codes, "a:b", ":", "a:1", nTimes(longest, 64), nTimes(longest, 65)));
        all.put("desks", and(NUMBERS, "64999", "65000", "65001", "1,65000", "1,65001", "1,", ",1", "1,,2", "1,1", nTimes("65000", 64), nTimes("65000", 65)));
        all.put("from", List.of("2026-03-02", "0000-01-01", "9999-12-31", "2026-00-10", "2026-01-01", "2026-12-31", "2026-13-01", "2026-01-00", "2026-01-32",
                "2026-02-28", "2026-02-29", "2024-02-29", "2026-02-30", "1900-02-29", "2026-04-30", "2026-04-31", "2026-1-02", "2026-03-2", "2026/03/02",
                "20260302", "", "-026-03-02", "12026-03-02", "2026-03-02T00:00", "2026-03-02Z", "2026-03-0a", "%32026-03-02", "2026-03-02,2026-03-03"));
        all.put("days", and(NUMBERS, "419", "420", "421", "0420", "000000420", "0000000420"));
        all.put("persons", and(NUMBERS, "7", "8", "9", "08"));
        all.put("services", and(codes, "a:1", "a:9", "a:99", "a:999", "a:1000", "a:0", "a:01", "a:", ":1", ":", "a::1", "a:1:2", "a:b", "a:-1", "a:+1", "a%3A2",
                "a:2,b:3", "a:2,b:", longest + ":999", longest + "C:999", nTimes(longest + ":999", 8), nTimes(longest + ":999", 9)));
        all.put("limit", and(NUMBERS, "20", "9999", "10000", "10001", "010000"));
        all.put("minPosition", and(NUMBERS, "9".repeat(17), "9".repeat(18), "1" + "0".repeat(18), "0".repeat(18), "0".repeat(19), "0".repeat(20), "9".repeat(20)));
        return all;
    }

    private static String nTimes(final String value, final int times) {
        return String.join(",", Collections.nCopies(times, value));
    }

    private static List<String> and(final List<String> values, final String... more) {
        final List<String> all = new ArrayList<>(values);
        all.addAll(List.of(more));
        return all;
    }
}
