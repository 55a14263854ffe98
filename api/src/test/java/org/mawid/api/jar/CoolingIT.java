package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Command;
import org.mawid.grpc.EndCoolingAt;
import org.mawid.grpc.Release;
import org.mawid.grpc.Result;
import org.mawid.grpc.SetCooling;

/** The server is killed in the middle of eras, again and again: what it says of given-back room is right over all of its lives, and whoever says otherwise is found. */
class CoolingIT {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String AGAIN = "again with -Dit.test=CoolingIT -Dseed=" + SEED;
    private static final int KILLS = Integer.getInteger("kills", 4);
    private static final int MOST_AT_ONCE = 8;
    private static final int MOST_WAITED_MS = 1_500;
    private static final int LEAST_MS = 500;
    private static final int MOST_MS = 10_000;
    private static final int MOST_COOLINGS = 1_000;
    /** Two right guesses of so many milliseconds are no accident. */
    private static final int PLANTED = 2;

    private final Random random = new Random(SEED);
    private int person = 1;

    @Test
    void givenAServerThatIsKilledDuringEras_whenItsLogIsChecked_thenAllDelaysAgreeUntilSomebodyPlantsOne(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        for (int kill = 0; kill < KILLS; kill++) {
            try (Server server = start(data, true)) {
                if (kill == 0) {
                    OnePost.make(server.client(), 1, 200);
                    OnePost.done(server.client(), Command.newBuilder().setSetCooling(SetCooling.newBuilder().setServiceId(OnePost.SERVICE).setMinMs(LEAST_MS).setMaxMs(MOST_MS)));
                }
                Thread.sleep(random.nextInt(MOST_WAITED_MS));
                giveBack(server, 1 + random.nextInt(MOST_AT_ONCE));
                Thread.sleep(random.nextInt(MOST_WAITED_MS));
                server.kill();
            }
        }
        try (Server server = start(data, true)) {
            giveBack(server, 1);
            awaitNothingCools(server);
            server.terminate();
        }
        final Ran right = Ran.mawid("verify-cooling", "--data", data);
        assertThat(right.code()).as("%s: %s", AGAIN, right).isZero();
        assertThat(right.said()).as(AGAIN).contains("all agree").contains("revealed at").doesNotContain("WRONG");

        try (Server server = start(data, false)) {
            giveBack(server, PLANTED);
            plant(server);
            server.terminate();
        }
        try (Server server = start(data, true)) {
            awaitNothingCools(server);
            await().atMost(Server.PATIENCE).until(() -> server.get("/metrics").statusCode() == 200 && isRevealed(server));
            server.terminate();
        }
        final Ran wrong = Ran.mawid("verify-cooling", "--data", data);
        assertThat(wrong.code()).as("%s: %s", AGAIN, wrong).isEqualTo(1);
        assertThat(wrong.said()).as(AGAIN).contains("WRONG      cooling ").contains("NOT ALL AGREE").contains("TO DO      somebody else than the server");
    }

    /** Two eras have begun since, so that the one before has been revealed. */
    private boolean isRevealed(final Server server) throws Exception {
        giveBack(server, 1);
        return server.metric("mawid_commands_total{command=\"REVEAL_COOLING_SECRET\",result=\"OK\"}") >= 2;
    }

    private static Server start(final Path data, final boolean cools) throws Exception {
        return Server.on(data).set("mawid.cooling", cools).set("mawid.cooling.era.ms", 2_000).start();
    }

    private void giveBack(final Server server, final int count) {
        for (int i = 0; i < count; i++) {
            final String application = OnePost.validated(server.client(), person++, 1).get(0);
            final String hold = server.client().execute(OnePost.hold(application, 0, random.nextInt(8))).getReference();
            OnePost.done(server.client(), Command.newBuilder().setRelease(Release.newBuilder().setHold(hold)));
        }
    }

    /** Says of the rooms that were given back last that they come as soon as they may. They have the highest numbers. */
    private static void plant(final Server server) {
        int planted = 0;
        for (int number = 1; planted < PLANTED && number < MOST_COOLINGS; number++) {
            final EndCoolingAt end = EndCoolingAt.newBuilder().setCoolingId(number).setDelayMs(LEAST_MS).build();
            planted += server.client().execute(Command.newBuilder().setEndCoolingAt(end).build()).getResult() == Result.OK ? 1 : 0;
        }
        assertThat(planted).as("rooms that still cooled").isEqualTo(PLANTED);
    }

    private static void awaitNothingCools(final Server server) {
        await().atMost(Server.PATIENCE).until(() -> server.metric("mawid_cooling_rooms") == 0 && server.metric("mawid_cooling_untold") == 0);
    }
}
