package org.mawid.api.cooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.readmodel.CoolingView;
import org.mawid.engine.upkeep.Retelling;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommitCoolingSecret;
import org.mawid.grpc.EndCoolingAt;
import org.mawid.grpc.Release;
import org.mawid.grpc.RevealCoolingSecret;
import org.mawid.grpc.SetCooling;

/** A server that says when given-back room is everybody's, over its lives, and whoever checks its log afterwards. */
@Timeout(180)
class CoolingStoryTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int LEAST_MS = 1_000;
    private static final int MOST_MS = 3_000;
    /** Longer than any test. */
    private static final int LONG_MS = 3_600_000;
    private static final Map<String, String> OFF = Map.of("mawid.cooling", "false");
    private static final Map<String, String> SHORT_ERAS = Map.of("mawid.cooling.era.ms", "1000");

    @TempDir
    private Path folder;
    private Service service;
    private MawidClient client;
    private int person = 1;

    private void serve(final Map<String, String> more) throws Exception {
        final Map<String, String> settings = new HashMap<>(Map.of("mawid.data", folder.resolve("data").toString(), "mawid.http.port", "0", "mawid.grpc.port", "0",
                "mawid.records", "false", "mawid.journal.segment.bytes", "1048576"));
        settings.putAll(more);
        service = Service.start(Settings.of(settings, Map.of(), null));
        service.ready();
        client = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()));
    }

    @AfterEach
    void stop() {
        if (service != null) {
            client.close();
            service.close();
            service = null;
        }
    }

    private void open() {
        OnePost.make(client, 1, 20);
        cools(MOST_MS);
    }

    private void cools(final int mostMs) {
        OnePost.done(client, Command.newBuilder().setSetCooling(SetCooling.newBuilder().setServiceId(OnePost.SERVICE).setMinMs(LEAST_MS).setMaxMs(mostMs)));
    }

    /** When it returns the view has it. */
    private void giveBack() {
        final String application = OnePost.validated(client, person++, 1).get(0);
        final String hold = client.execute(OnePost.hold(application, 0, 1)).getReference();
        client.rules(OnePost.done(client, Command.newBuilder().setRelease(Release.newBuilder().setHold(hold))));
    }

    private CoolingView view() {
        return service.engine().readModel().cooling();
    }

    private Path secrets() {
        return new DataDirectory(folder.resolve("data")).edge().resolve(CoolingAdapter.FILE);
    }

    private List<CoolingCheck.Era> checked() throws IOException {
        final CoolingCheck check = new CoolingCheck();
        Retelling.ofCooling(new DataDirectory(folder.resolve("data")), "a test", check::onRecord, check::onEvent, (at, last) -> { });
        check.keptIn(secrets().getParent());
        return check.eras();
    }

    @Test
    void givenSecretsOfASecond_whenRoomIsGivenBack_thenEachDelayIsToldAndEachSecretRevealedAndAllOfThemAgree() throws Exception {
        serve(SHORT_ERAS);
        open();
        await().atMost(LONG).until(() -> view().eraInForce() > 0);
        for (int i = 0; i < 6; i++) {
            giveBack();
        }
        await().atMost(LONG).until(() -> view().count() == 0);
        await().atMost(LONG).until(() -> view().eraInForce() >= 3 && view().unrevealed().size() == 1);
        stop();

        final List<CoolingCheck.Era> eras = checked();
        assertThat(eras).allMatch(CoolingCheck.Era::isRight);
        assertThat(eras.stream().mapToInt(CoolingCheck.Era::told).sum()).as("delays told").isEqualTo(6);
        assertThat(eras.stream().mapToInt(CoolingCheck.Era::unsaid).sum()).as("rooms of which nobody said anything").isZero();
        assertThat(eras).filteredOn(era -> era.told() > 0).isNotEmpty().allMatch(era -> era.state() == CoolingCheck.State.REVEALED && era.committedAt() < era.revealedAt());
        assertThat(eras).as("the last but one may have been over just before the stop").noneMatch(era -> era.state() == CoolingCheck.State.NOT_REVEALED);
        assertThat(Files.readAllLines(secrets())).as("what is revealed is no secret any more").hasSizeLessThan(eras.size());
    }

    @Test
    void givenALogWithoutAPost_thenNothingIsSaidToIt() throws Exception {
        serve(Map.of());
        final long before = service.engine().status().durablePosition();
        await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> service.engine().status().durablePosition() == before);
        open();
        await().atMost(LONG).until(() -> view().eraInForce() == 1);
        assertThat(Files.getPosixFilePermissions(secrets())).as("for its owner only").hasSize(2);
    }

    @Test
    void givenALifeThatLeftWork_whenTheNextOneBegins_thenItGoesOnWithTheSameSecret() throws Exception {
        serve(Map.of());
        open();
        await().atMost(LONG).until(() -> view().eraInForce() == 1);
        stop();
        serve(OFF); // as if it had been killed right after room was given back
        cools(LONG_MS);
        giveBack();
        await().atMost(LONG).until(() -> view().untoldCount() == 1);
        stop();
        serve(Map.of());
        await().atMost(LONG).until(() -> view().untoldCount() == 0);
        assertThat(view().eraInForce()).as("no other secret was needed").isEqualTo(1);
        stop();
        assertThat(checked()).allSatisfy(era -> assertThat(era.told()).isEqualTo(1));
    }

    /** Of an adapter beside a server that has none of its own, so that it can be stopped at a point that is known. */
    @Test
    void givenASecretIsBeingMade_whenTheAdapterIsStopped_thenItIsWrittenWholeAndCommittedTo() throws Exception {
        serve(OFF);
        open();
        final StoppedAt making = new StoppedAt();
        try (Gateway gateway = new Gateway(service.engine(), References.of(1, new byte[32]), 5_000, making::nowMs)) {
            making.stop(CoolingAdapter.open(gateway, service.engine()::coreVersion, secrets().getParent(), LONG_MS));
            assertThat(Files.readAllLines(secrets())).hasSize(1);
            await().atMost(LONG).until(() -> view().eraInForce() == 1);
        }
    }

    @Test
    void givenALookThatHasNotBegunToWrite_whenTheAdapterIsStopped_thenNothingIsWrittenAndNothingIsSaid() throws Exception {
        serve(OFF);
        open();
        final StoppedAt looking = new StoppedAt();
        final long before = service.engine().status().durablePosition();
        looking.stop(CoolingAdapter.open(service.gateway(), () -> looking.coreVersion(service.engine()), secrets().getParent(), LONG_MS));
        assertThat(secrets()).doesNotExist();
        assertThat(service.engine().status().durablePosition()).isEqualTo(before);
    }

    /** Holds the adapter where it asks for something, until it is being stopped. */
    private static final class StoppedAt {
        private final CountDownLatch there = new CountDownLatch(1);
        private final CompletableFuture<Void> goesOn = new CompletableFuture<>();

        long nowMs() {
            hold();
            return System.currentTimeMillis();
        }

        int coreVersion(final EmbeddedEngine engine) throws InterruptedException {
            hold();
            return engine.coreVersion();
        }

        private void hold() {
            there.countDown();
            goesOn.join(); // not woken by an interrupt, which what follows would notice
        }

        void stop(final CoolingAdapter adapter) throws Exception {
            adapter.begin();
            there.await();
            final FutureTask<Void> stopping = new FutureTask<>(() -> {
                adapter.close();
                return null;
            });
            final Thread stopper = new Thread(stopping, "stopper");
            stopper.start();
            await().atMost(LONG).until(() -> stopper.getState() == Thread.State.TIMED_WAITING);
            goesOn.complete(null);
            stopping.get();
        }
    }

    @Test
    void givenASecretThatWasWrittenAndNotCommittedTo_whenTheNextLifeBegins_thenItMakesAnotherOne() throws Exception {
        Files.createDirectories(secrets().getParent());
        Files.writeString(secrets(), "1 5 " + "ab".repeat(Secret.BYTES) + "\n");
        serve(Map.of());
        open();
        await().atMost(LONG).until(() -> view().eraInForce() == 1);
        assertThat(Files.readString(secrets())).startsWith("1 ").doesNotContain("abab");
    }

    @Test
    void givenTheSecretsAreLost_whenTheNextLifeBegins_thenANewEraDoesAndTheOldRoomComesLastAndWhoFindsThemCanStillReveal() throws Exception {
        serve(Map.of());
        open();
        await().atMost(LONG).until(() -> view().eraInForce() == 1);
        stop();
        serve(OFF);
        giveBack();
        stop();
        final String lost = Files.readString(secrets());
        Files.delete(secrets());
        serve(Map.of());
        await().atMost(LONG).until(() -> view().eraInForce() == 2);
        giveBack();
        await().atMost(LONG).until(() -> view().count() == 0);
        assertThat(view().unrevealed()).extracting(CoolingView.Era::era).containsExactly(1L, 2L);
        stop();
        assertThat(checked().get(0)).satisfies(era -> {
            assertThat(era.state()).isEqualTo(CoolingCheck.State.NOT_REVEALED);
            assertThat(era.unsaid()).as("it came after the longest delay").isEqualTo(1);
            assertThat(era.isRight()).as("nothing was told by it that could be wrong").isTrue();
        });
        Files.writeString(secrets(), lost, StandardOpenOption.APPEND);
        serve(Map.of());
        await().atMost(LONG).until(() -> view().unrevealed().size() == 1);
        stop();
        assertThat(checked().get(0).state()).isEqualTo(CoolingCheck.State.REVEALED);
    }

    @Test
    void givenSomebodyElseSaysWhen_whenTheSecretIsRevealed_thenTheWrongDelayIsFoundAndTheRightOneIsNot() throws Exception {
        serve(OFF);
        open();
        final Secret secret = Secret.random();
        commit(1, secret);
        giveBack();
        giveBack();
        final List<CoolingView.Cooling> untold = view().untold(2, one -> true);
        final long first = untold.get(0).coolingId();
        final long right = secret.delayMs(first, LEAST_MS, MOST_MS);
        final long wrong = secret.delayMs(first + 1, LEAST_MS, MOST_MS) == LEAST_MS ? MOST_MS : LEAST_MS;
        OnePost.done(client, Command.newBuilder().setEndCoolingAt(EndCoolingAt.newBuilder().setCoolingId(first).setDelayMs(right)));
        OnePost.done(client, Command.newBuilder().setEndCoolingAt(EndCoolingAt.newBuilder().setCoolingId(first + 1).setDelayMs(wrong)));
        commit(2, Secret.random());
        await().atMost(LONG).until(() -> view().count() == 0);
        OnePost.done(client, Command.newBuilder().setRevealCoolingSecret(RevealCoolingSecret.newBuilder().setEra(1).setWord1(secret.word(0)).setWord2(secret.word(1))
                .setWord3(secret.word(2)).setWord4(secret.word(3))));
        stop();
        assertThat(checked().get(0)).satisfies(era -> {
            assertThat(era.isRight()).isFalse();
            assertThat(era.wrong()).extracting(CoolingCheck.Wrong::coolingId).containsExactly(first + 1);
            assertThat(era.wrong().get(0).toldMs()).isEqualTo(wrong);
        });
    }

    private void commit(final long era, final Secret secret) {
        final CoolingView.Era hash = secret.committed(era);
        OnePost.done(client, Command.newBuilder().setCommitCoolingSecret(CommitCoolingSecret.newBuilder().setEra(era).setWord1(hash.word1()).setWord2(hash.word2())
                .setWord3(hash.word3()).setWord4(hash.word4())));
    }

    @Test
    void givenAFileThatHoldsSomethingElse_whenServed_thenItIsSaidInOneLineWhatToDo() throws IOException {
        Files.createDirectories(secrets().getParent());
        Files.writeString(secrets(), "1 5 abc\n");
        assertThatThrownBy(() -> Secrets.open(secrets())).isInstanceOf(IOException.class)
                .hasMessageContaining("cooling.secrets, line 1").hasMessageContaining("from a back-up").hasMessageNotContaining("\n");
    }
}
