package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.cli.VerifyClosingCommand;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.testkit.OnePost;
import org.mawid.api.treasury.closing.ClosingRefused;
import org.mawid.api.treasury.closing.ClosingVerifier;
import org.mawid.api.treasury.closing.ClosingWriter;
import org.mawid.api.treasury.closing.Closings;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Setting;
import org.mawid.engine.upkeep.Backup;
import org.mawid.engine.upkeep.Restore;
import org.mawid.grpc.CloseDayRequest;
import org.mawid.grpc.ClosingDocument;
import org.mawid.grpc.GetClosingRequest;
import org.mawid.grpc.LedgerServiceGrpc;
import org.mawid.grpc.ListClosingsRequest;
import picocli.CommandLine;

/** Each day is closed by itself and when somebody asks, once, and who has the files and the public keys can add them up. In a simulation, for days have to pass. */
class ClosingsOverEdgesTest extends LifeFixture {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final int QUARTER_MS = 900_000;

    @TempDir
    private Path folder;
    private final LocalDate day = LocalDate.ofEpochDay(today);
    private final AtomicLong nowMs = new AtomicLong();
    private final SigningKeys keys = SigningKeys.passing();

    @Override
    Map<String, String> settings() {
        return Map.of(Setting.SIMULATION.key(), "true", Setting.DATA.key(), folder.resolve("served").toString());
    }

    @Override
    void open() {
        service.engine().advanceTo(System.currentTimeMillis());
    }

    private DataDirectory served() {
        return new DataDirectory(folder.resolve("served"));
    }

    /** Pays for a stamp at the counter: 46.50 EUR. */
    private void pay(final long person) throws Exception {
        final String application = validated(person);
        post("/v1/applications/" + application + "/counter-receipts", 201, new JsonObject().put("stamps", List.of(issued(application))).put("postId", OnePost.POST).put("date", date)
                .put("amountMinor", 4_650).put("currency", "EUR"));
    }

    private JsonArray closed(final LocalDate upTo) throws Exception {
        return post("/v1/posts/paris/daily-closings", 200, new JsonObject().put("date", upTo.toString())).getJsonArray("closings");
    }

    private JsonObject total(final LocalDate of, final String account) throws Exception {
        return get("/v1/posts/paris/daily-closings/" + of, 200).getJsonArray("totals").stream().map(JsonObject.class::cast).filter(one -> one.getString("account").equals(account)).findFirst().orElseThrow();
    }

    private int verified(final Path... files) throws Exception {
        final Path keys = Files.writeString(folder.resolve("keys.jwks"), SigningKeys.read(served().edge().resolve(SigningKeys.FILE)).publicKeys());
        final List<String> arguments = new ArrayList<>(List.of("--keys", keys.toString()));
        for (final Path file : files) {
            arguments.add(file.toString());
        }
        return new CommandLine(new VerifyClosingCommand()).execute(arguments.toArray(String[]::new));
    }

    @Test
    void givenMoneyThatMoved_whenTwoDaysAreClosed_thenBothEdgesGiveWhatWasSignedAndItAddsUp() throws Exception {
        final LedgerServiceGrpc.LedgerServiceBlockingStub ledger = LedgerServiceGrpc.newBlockingStub(channel);
        assertThat(post("/v1/posts/paris/daily-closings", 404, new JsonObject().put("date", date)).getString("result")).isEqualTo("BATCH_UNKNOWN");
        pay(1);
        assertThat(closed(day.minusDays(9))).as("up to yesterday: nobody knows the books of that day").isEqualTo(new JsonArray().add(new JsonObject().put("currency", "EUR").put("date", day.minusDays(1).toString())));
        pay(2);
        pay(3);
        assertThat(ledger.closeDay(CloseDayRequest.newBuilder().setPostId(OnePost.POST).setEpochDay(today).build()).getClosings(0).getFromEpochDay()).isEqualTo(today);
        pay(4);
        assertThat(closed(day).getJsonObject(0).getString("date")).as("not made anew").isEqualTo(date);
        assertThat(total(day.minusDays(1), "COUNTER_CASH").getString("debitMinor")).isEqualTo("4650");
        assertThat(total(day, "COUNTER_CASH").getString("debitMinor")).isEqualTo("9300");
        final JsonObject held = total(day, "HELD");
        assertThat(held.getString("component")).isEqualTo("STAMP");
        assertThat(held.getString("creditToDateMinor")).isEqualTo("13950");

        final byte[] bytes = http.send(HttpRequest.newBuilder(edge("/v1/posts/1/daily-closings/" + day + "?currency=EUR")).build(), BodyHandlers.ofByteArray()).body();
        final ClosingDocument told = ledger.getClosing(GetClosingRequest.newBuilder().setPostId(OnePost.POST).setEpochDay(today).build());
        assertThat(told.getDocument().toByteArray()).isEqualTo(bytes);
        assertThat(told.getSignature()).isEqualTo(http.send(HttpRequest.newBuilder(edge("/v1/posts/paris/daily-closings/" + day + "/signature")).build(), BodyHandlers.ofString()).body());
        final Path post = served().closings().resolve("paris");
        final Path first = post.resolve("closing-paris-EUR-" + day.minusDays(1) + ".json");
        final Path second = post.resolve(told.getName() + ".json");
        assertThat(bytes).isEqualTo(Files.readAllBytes(second));
        assertThat(verified(second, first)).isZero();
        assertThat(verified(second)).isZero();
        assertThat(get("/v1/posts/paris/daily-closings", 200).getJsonArray("closings").getJsonObject(0)).isEqualTo(new JsonObject().put("currency", "EUR").put("from", date).put("date", date));
        assertThat(get("/v1/posts/paris/daily-closings?before=" + day, 200).getJsonArray("closings").size()).isEqualTo(1);
        assertThat(ledger.listClosings(ListClosingsRequest.newBuilder().setPostId(OnePost.POST).setCurrency("EUR").build()).getClosingsCount()).isEqualTo(2);

        Files.writeString(first, Files.readString(first).replace("4650", "4651"));
        assertThat(verified(second, first)).isEqualTo(1);
    }

    @Test
    void givenWhatCannotBeClosedOrFound_thenBothEdgesSayWhy() throws Exception {
        final LedgerServiceGrpc.LedgerServiceBlockingStub ledger = LedgerServiceGrpc.newBlockingStub(channel);
        pay(1);
        final JsonObject early = post("/v1/posts/paris/daily-closings", 409, new JsonObject().put("date", day.plusDays(2).toString()));
        assertThat(early.getString("result")).isEqualTo("TOO_EARLY");
        assertThat(early.getLong("availableFromMs")).isEqualTo((today + 2) * 86_400_000L);
        assertThat(post("/v1/posts/nowhere/daily-closings", 404, new JsonObject().put("date", date)).getString("result")).isEqualTo("POST_UNKNOWN");
        assertThat(get("/v1/posts/paris/daily-closings/" + date + "?currency=MAD", 404).getString("result")).isEqualTo("BATCH_UNKNOWN");
        assertThat(get("/v1/posts/paris/daily-closings?currency=euro", 400).getString("result")).isEqualTo("MALFORMED");
        final ErrorInfo told = refusal(() -> ledger.closeDay(CloseDayRequest.newBuilder().setPostId(OnePost.POST).setEpochDay(today + 2).build()));
        assertThat(told.getReason()).isEqualTo("TOO_EARLY");
        assertThat(told.getMetadataMap()).containsEntry("atMs", Long.toString((today + 2) * 86_400_000L));
        assertThat(refusal(() -> ledger.listClosings(ListClosingsRequest.newBuilder().setPostId(99).build())).getReason()).isEqualTo("POST_UNKNOWN");
        assertThat(refusal(() -> ledger.getClosing(GetClosingRequest.newBuilder().setPostId(OnePost.POST).setEpochDay(today + 5).build())).getReason()).isEqualTo("BATCH_UNKNOWN");
    }

    @Test
    void givenARunningServer_whenThePostsMidnightIsLongEnoughAgo_thenTheDayIsClosedByItself() throws Exception {
        await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(served().edge().resolve("closings.quiet"))); // it was seen without money
        pay(1);
        service.engine().advanceTo((today + 1) * 86_400_000L + QUARTER_MS);
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(get("/v1/posts/paris/daily-closings", 200).getJsonArray("closings"))
                .containsExactly(new JsonObject().put("currency", "EUR").put("date", date)));
        assertThat(total(day, "COUNTER_CASH").getString("debitToDateMinor")).isEqualTo("4650");

        final Path copy = folder.resolve("copy");
        service.close();
        Backup.take(served(), copy);
        Restore.into(copy, folder.resolve("restored"));
        assertThat(verified(new DataDirectory(folder.resolve("restored")).closings().resolve("paris").resolve("closing-paris-EUR-" + day + ".json"))).isZero();
    }

    @Test
    void givenAPostFarFromUtc_whenDaysPassAndServersStop_thenByItsZoneOnceAndMissedDaysAsOne() throws Exception {
        nowMs.set(day.atStartOfDay(TOKYO).toInstant().toEpochMilli() + QUARTER_MS - 1);
        Closings closings = closings();
        await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(folder.resolve("quiet")) && Files.readString(folder.resolve("quiet")).equals(day.minusDays(2) + " paris\n"));
        pay(1);
        closings.close();
        nowMs.addAndGet(1); // a quarter past midnight there, afternoon of the day before here
        closings = closings();
        awaitListed(closings, day.minusDays(1));
        assertThat(closings.list("paris", null, null).join().get(0).from()).isNull();
        closings.close();

        pay(2);
        nowMs.addAndGet(3 * 86_400_000L);
        closings = closings();
        awaitListed(closings, day.plusDays(2), day.minusDays(1));
        assertThat(closings.list("paris", null, null).join().get(0).from()).isEqualTo(day);
        assertThat(closings.find("paris", "EUR", day.plusDays(1)).join().name()).endsWith(day.plusDays(2).toString());
        assertThat(closings.overdue()).isZero();
        final List<Path> files = List.of(file(day.minusDays(1)), file(day.plusDays(2)));
        assertThat(ClosingVerifier.of(keys.publicKeys()).verify(files)).allMatch(ClosingVerifier.Verified::followed);
        closings.close();
    }

    @Test
    void givenAClosingThatWasChanged_whenTheNextIsDue_thenNothingFollowsItAndThePostIsOverdue() throws Exception {
        nowMs.set(Instant.parse(day + "T12:00:00Z").toEpochMilli());
        pay(1);
        final Closings closings = closings();
        closings.close(OnePost.POST, day.minusDays(1)).join();
        Files.writeString(file(day.minusDays(1)), "{}");
        nowMs.addAndGet(2 * 86_400_000L);
        await().atMost(30, TimeUnit.SECONDS).until(() -> closings.overdue() == 1);
        assertThat(closings.close(OnePost.POST, day)).failsWithin(30, TimeUnit.SECONDS).withThrowableThat().withCauseInstanceOf(ClosingRefused.class);
        assertThat(closings.list("paris", null, null).join()).hasSize(1);
        closings.close();
    }

    private Closings closings() throws Exception {
        final Closings closings = new Closings(service.engine(), nowMs::get, postId -> TOKYO, QUARTER_MS, folder.resolve("other"), folder.resolve("quiet"), bytes -> keys.sign(ClosingWriter.TYPE, bytes));
        closings.begin();
        return closings;
    }

    private Path file(final LocalDate of) {
        return folder.resolve("other").resolve("paris").resolve("closing-paris-EUR-" + of + ".json");
    }

    private static void awaitListed(final Closings closings, final LocalDate... days) {
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(closings.list("paris", "EUR", null).join()).extracting(Closings.Entry::day).containsExactly(days));
    }
}
