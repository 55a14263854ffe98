package org.mawid.bench.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.release.books.Audit;
import org.mawid.bench.release.books.Books;
import org.mawid.bench.release.crowd.Cast;
import org.mawid.bench.release.crowd.Demand;
import org.mawid.bench.release.crowd.Sizes;
import org.mawid.bench.release.ground.Address;
import org.mawid.bench.release.ground.Asks;
import org.mawid.bench.release.ground.PoolDay;
import org.mawid.bench.release.history.History;
import org.mawid.bench.release.history.HistoryCheck;
import org.mawid.bench.release.loop.Meter;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Setting;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.upkeep.Inspection;

/** One small surge at the real service in this process, over both transports, and what is to be seen of it afterwards. */
class SurgeTest {
    private static final int USERS = 1_200;
    private static final int SECONDS = 3;
    private static final int TAKERS = 40;
    private static final List<Integer> WINNERS = List.of(1, 3);
    private static final int MONTH_FROM = ModelNetwork.FIRST_DAY + 10;
    private static final int MONTH_DAYS = 6;
    private static final Sizes FAMILIES = new Sizes(new double[] {40, 80, 100}, new double[] {60, 100});

    private static final JsonObject FIGURES = new JsonObject();
    private static final ModelNetwork NETWORK = new ModelNetwork(3, 24, 24, 1);
    private static Path history;
    private static Surge surge;
    private static HistoryCheck.Findings findings;
    private static Audit tampered;
    private static Audit miscounted;
    private static List<Cast.Seeking> drawn;
    private static List<Cast.Seeking> drawnAgain;

    @BeforeAll
    static void run(@TempDir final Path folder) throws Exception {
        final Demand demand = new Demand(USERS, 0.05, SECONDS, 50, 50, 4, TAKERS, WINNERS, 1, 42, 0.1);
        history = folder.resolve("history.jsonl");
        final Path data = folder.resolve("data");
        try (Service service = Service.start(Settings.of(Map.of(Setting.DATA.key(), data.toString(), Setting.RECORDS.key(), "false",
                EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0"), Map.of(), null))) {
            service.ready();
            Engines.make(service.engine(), NETWORK, new Commands(5));
            final Address grpc = new Address("127.0.0.1", service.grpcPort());
            try (History written = new History(history)) {
                surge = new Surge(demand, new Surge.Where(grpc, new Address("127.0.0.1", service.httpPort()), MONTH_FROM, MONTH_DAYS, ModelNetwork.FIRST_DAY + 1, 7, true),
                        written, Meter.NONE, (leftNs, what) -> { });
                surge.run(Map.of(), FAMILIES);
            }
            tampered = tamperedWith(grpc);
        }
        final Inspection.Report inspected = Inspection.of(FileDisk.plain(), new DataDirectory(data));
        surge.inspected(inspected);
        findings = surge.check(history);
        surge.results().into(FIGURES);
        final Books others = new Books(surge.ground());
        others.brought(1);
        miscounted = new Audit();
        miscounted.compareCounts(others, inspected);
        drawn = new Cast(demand, surge.ground(), FAMILIES, MONTH_FROM, MONTH_DAYS, 1).seekers(50);
        drawnAgain = new Cast(demand, surge.ground(), FAMILIES, MONTH_FROM, MONTH_DAYS, 1L << 40).seekers(50);
    }

    /** A unit more in the books than the server was ever asked for. */
    private static Audit tamperedWith(final Address grpc) throws Exception {
        final PoolDay day = surge.books().touched().get(0);
        day.addBooked(7, 1);
        try (Asks asks = new Asks(grpc)) {
            final Audit audit = new Audit();
            audit.compareDays(surge.books(), surge.ground(), asks, MONTH_FROM, MONTH_DAYS);
            return audit;
        } finally {
            day.addBooked(7, -1);
        }
    }

    @Test
    void givenASurge_whenOver_thenTheBooksHoldAgainstRoomCountsAndHistory() {
        assertThat(surge.wrong()).isEmpty();
        assertThat(surge.books().live()).isZero();
        assertThat(surge.audit().unitsCompared()).isGreaterThan(0);
        assertThat(surge.audit().placesBooked()).isGreaterThan(0);
        assertThat(surge.audit().counts()).containsEntry("appointments.CONFIRMED", surge.books().confirmed()).containsEntry("holds", 0L)
                .containsEntry("stamps.ISSUED", surge.books().stamps());
    }

    @Test
    void givenASurge_whenOver_thenEveryUserIsAccountedForAndPlacesWereFoughtFor() {
        final JsonObject users = FIGURES.getJsonObject("users");

        assertThat(users.getInteger("arrived")).isEqualTo((int) surge.books().applications() - earlierBotsTakersAndProbe());
        assertThat(users.getLong("confirmed")).isPositive();
        assertThat(users.getLong("confirmed") + users.getLong("gaveUp") + users.getLong("stillTrying")).isEqualTo(users.getLong("arrived"));
        assertThat(FIGURES.getJsonObject("refusals").getJsonObject("hold").fieldNames()).contains("HELD_BY_OTHER");
        assertThat(FIGURES.getJsonObject("refusalsBeforeTheRelease").getJsonObject("hold").fieldNames()).contains("NOT_YET_RELEASED");
        assertThat(surge.books().stamps()).isPositive();
    }

    private static int earlierBotsTakersAndProbe() {
        return (int) Math.round(250 * 0.05) + 3 * (USERS / 100) + TAKERS * WINNERS.size() + 1;
    }

    @Test
    void givenManyWhoWantOneSlotAtOnce_whenAnswered_thenExactlyAsManyWinAsThereArePlaces() {
        final JsonArray contests = FIGURES.getJsonArray("contests");

        assertThat(contests).hasSize(2);
        for (int i = 0; i < contests.size(); i++) {
            final JsonObject contest = contests.getJsonObject(i);
            assertThat(contest.getInteger("won")).isEqualTo(WINNERS.get(i));
            assertThat(contest.getInteger("confirmed")).isEqualTo(WINNERS.get(i));
            assertThat(contest.getJsonObject("refused").stream().mapToInt(refused -> ((Number) refused.getValue()).intValue()).sum()).isEqualTo(TAKERS - WINNERS.get(i));
        }
    }

    @Test
    void givenBothTransports_whenOver_thenEachHasReadsHoldsAndConfirmations_andWhatHeldIsNotSentAgainOverHttp() {
        for (final String transport : List.of("overGrpc", "overHttp")) {
            assertThat(FIGURES.getJsonObject(transport).fieldNames()).contains("countsUs", "startsUs", "holdUs", "confirmUs");
        }
        assertThat(FIGURES.getJsonObject("reads").getLong("notModified")).isPositive();
    }

    @Test
    void givenAHistory_whenRead_thenItHasEveryOperationTwice_andEveryHoldAndAppointmentOfTheBooks() throws Exception {
        final List<JsonObject> lines = Files.readAllLines(history).stream().map(JsonObject::new).toList();

        assertThat(lines.stream().map(line -> line.getString("op")).distinct()).containsExactlyInAnyOrder("search", "hold", "confirm", "release");
        assertThat(lines.stream().collect(Collectors.groupingBy(line -> line.getString("id"), Collectors.counting())).values()).containsOnly(2L);
        assertThat(lines.stream().filter(line -> line.getString("result").equals("unknown")).count()).isEqualTo(findings.operations());
        assertThat(answered(lines, "hold", "ok")).isEqualTo(surge.books().held());
        assertThat(answered(lines, "confirm", "ok")).isEqualTo(surge.books().confirmed());
        assertThat(answered(lines, "search", "ok")).isEqualTo(findings.searches());
        assertThat(lines.stream().filter(line -> line.getString("op").equals("hold")).map(line -> line.getLong("ttl_ns")).distinct()).containsExactly(3_600_000_000_000L);
        assertThat(findings.unknown()).isZero();
    }

    private static long answered(final List<JsonObject> lines, final String op, final String result) {
        return lines.stream().filter(line -> line.getString("op").equals(op) && line.getString("result").equals(result)).count();
    }

    @Test
    void givenFamilies_whenTheyCome_thenTheirVisitsHaveSeveralLegsAndPersons() throws Exception {
        final List<JsonObject> held = Files.readAllLines(history).stream().map(JsonObject::new)
                .filter(line -> line.getString("op").equals("hold") && line.getString("result").equals("ok") && line.containsKey("legs")).toList();

        assertThat(held).isNotEmpty().allSatisfy(line -> assertThat(line.getJsonArray("legs").getJsonObject(0).getString("slot")).isEqualTo(line.getString("slot")));
        assertThat(held).anySatisfy(line -> assertThat(line.getJsonArray("legs").stream().map(leg -> ((JsonObject) leg).getString("person")).distinct().count()).isEqualTo(2));
    }

    @Test
    void givenBooksThatWereTamperedWith_whenCompared_thenTheUnitIsTold() {
        assertThat(tampered.differences()).singleElement().asString().contains("unit 7", "the server has room for");
        assertThat(miscounted.differences()).anyMatch(difference -> difference.contains("applications")).anyMatch(difference -> difference.contains("appointments.CONFIRMED"));
    }

    @Test
    void givenTheSameSeed_whenDrawn_thenTheSameCrowdOfOtherPersons() {
        assertThat(drawnAgain).extracting(seeking -> seeking.search().uri(Exchange.Kind.STARTS)).isEqualTo(drawn.stream().map(seeking -> seeking.search().uri(Exchange.Kind.STARTS)).toList());
        assertThat(drawnAgain).extracting(seeking -> seeking.applicant().isHttp()).isEqualTo(drawn.stream().map(seeking -> seeking.applicant().isHttp()).toList());
        assertThat(drawnAgain).extracting(seeking -> seeking.applicant().personKey()).doesNotContainAnyElementsOf(
                drawn.stream().map(seeking -> seeking.applicant().personKey()).toList());
    }
}
