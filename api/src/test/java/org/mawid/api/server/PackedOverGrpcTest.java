package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.api.testkit.PackedSubmits;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.client.PackedBatch;
import org.mawid.client.PackedReplies;
import org.mawid.engine.Setting;
import org.mawid.sbe.Result;

/** Packed batches to a real engine that has few places, or a core that stands still: what is told to come back comes back by itself, once. */
@Timeout(120)
class PackedOverGrpcTest extends ServiceFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 2_000;

    private final PackedSubmits submits = new PackedSubmits();

    @Override
    Map<String, String> settings() {
        return Map.of(Setting.RING_ENTRIES.key(), "256", EdgeSetting.REPLY_TIMEOUT_MS.key(), "100");
    }

    @Test
    void givenMoreCommandsThanPlaces_whenSentPacked_thenThoseWithoutAPlaceAreSentAgainUntilEachIsDoneOnce() throws Exception {
        OnePost.define(client);
        try (MawidClient patient = patient(PATIENCE)) {
            final PackedBatch batch = submits(patient, MANY);
            final PackedReplies replies = new PackedReplies();
            batch.send(replies);
            assertAllDone(replies, MANY);
            assertThat(batch.size()).isZero();
        }
        assertThat(counted("cause=\"RING_FULL\",", "UNAVAILABLE")).as("some had no place at first").isPositive();
        assertThat(applications()).as("each done once, however often it was asked for").isEqualTo(MANY);
    }

    private long applications() throws Exception {
        final CompletableFuture<Long> told = new CompletableFuture<>();
        assertThat(service.engine().query(core -> told.complete(core.counts().of("applications")))).isTrue();
        return told.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void givenACoreThatStandsStill_whenSentPacked_thenWhatIsNotAnsweredIsAskedAgainWithItsIdAndHasItsFirstAnswer() throws Exception {
        OnePost.define(client);
        final CountDownLatch goesOn = new CountDownLatch(1);
        standStill(goesOn);
        try (MawidClient patient = patient(PATIENCE)) {
            final PackedBatch batch = submits(patient, 20);
            final PackedReplies replies = new PackedReplies();
            final CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> batch.send(replies));
            await().atMost(PATIENCE).until(() -> counted("", "PENDING") >= 20);
            assertThat(sent).as("asks again").isNotDone();
            goesOn.countDown();
            sent.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertAllDone(replies, 20);
            for (int i = 0; i < 20; i++) {
                assertThat(replies.isRepeated(i)).as("done by the first try").isTrue();
            }
        } finally {
            goesOn.countDown();
        }
        assertThat(counted("", "OK")).isGreaterThanOrEqualTo(20);
    }

    @Test
    void givenACoreThatStandsStillForLonger_whenTheTimeIsOver_thenItIsToldThatItIsNotKnown() throws Exception {
        OnePost.define(client);
        final CountDownLatch goesOn = new CountDownLatch(1);
        standStill(goesOn);
        try (MawidClient impatient = patient(Duration.ofMillis(900))) {
            final PackedReplies replies = new PackedReplies();
            submits(impatient, 20).send(replies);
            assertThat(replies.size()).isEqualTo(20);
            for (int i = 0; i < 20; i++) {
                assertThat(replies.result(i)).isEqualTo(Result.PENDING);
                assertThat(replies.retryMs(i)).as("later than there was time").isEqualTo(1_000);
            }
        } finally {
            goesOn.countDown();
        }
    }

    private MawidClient patient(final Duration timeout) throws Exception {
        return MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withTimeout(timeout));
    }

    private PackedBatch submits(final MawidClient by, final int count) {
        final PackedBatch batch = by.packedBatch(1 << 16);
        for (int i = 0; i < count; i++) {
            submits.add(batch, OnePost.POST, OnePost.SERVICE, 1 + i);
        }
        return batch;
    }

    private static void assertAllDone(final PackedReplies replies, final int count) {
        final Set<Long> applications = new HashSet<>();
        assertThat(replies.size()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(replies.result(i)).as("%s", i).isEqualTo(Result.OK);
            applications.add(replies.number1(i));
        }
        assertThat(applications).hasSize(count);
    }

    /** How many requests were answered so. @param cause the label, empty for what has none */
    private double counted(final String cause, final String result) throws Exception {
        final String figure = "mawid_commands_total{" + cause + "command=\"SUBMIT_APPLICATION\",result=\"" + result + "\"} ";
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + "/metrics")).build(), BodyHandlers.ofString()).body().lines()
                .filter(line -> line.startsWith(figure)).mapToDouble(line -> Double.parseDouble(line.substring(figure.length()))).sum();
    }
}
