package org.mawid.bench.core;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.NoSeconds;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.engine.core.EngineCore;
import org.mawid.sbe.CloseDaysEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A post's day is closed, and everybody who had a visit gets an offer: what that takes of the core's thread. */
@Command(name = "closure", mixinStandardHelpOptions = true,
        description = "A closure of a post's day: processor time of the core until everybody who had a visit there has an offer of another one, all Ticks together and the longest of them."
                + " Exits 1 when somebody has neither an offer nor been told that there is no room.",
        footer = {"", "Takes about 9 s, and with --appointments 10000000 --posts 150 about a minute and 3 GB.", "", "Examples:", "  bench closure --capacity 60      with more room elsewhere",
            "  bench closure --posts 150 --appointments 10000000"})
public final class ClosureBench implements Callable<Integer>, Planned {
    private static final int UNITS = 96;
    private static final int DAYS = 60;
    private static final int CLOSED_DAY = 10;
    private static final int DISTANCE = 1_024;
    private static final int BATCH = 64;
    private static final long DAY_MS = 86_400_000L;
    private static final double APPLIED_PER_SECOND = 800_000;
    private static final double COMMANDS = 4;

    @Mixin
    private Output output;

    @Mixin
    private final NoSeconds seconds = new NoSeconds("--appointments");

    @Option(names = "--appointments", paramLabel = "N", defaultValue = "1000000", description = "Appointments of the network, all of them live: ${DEFAULT-VALUE}.")
    private long appointments;

    @Option(names = "--posts", paramLabel = "N", defaultValue = "15", description = "Posts among which they are spread over 60 days: ${DEFAULT-VALUE}.")
    private int posts;

    @Option(names = "--capacity", paramLabel = "N", defaultValue = "40", description = "Counters of each post: ${DEFAULT-VALUE}.")
    private int capacity;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "7", description = "Closures, each at another post; the middle one counts: ${DEFAULT-VALUE}.")
    private int rounds;

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(256));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Override
    public Integer call() throws Exception {
        output.require(rounds >= 1 && rounds <= posts && posts <= 4_000, "--rounds must be 1 to --posts, and that 4 000 at most");
        output.require(capacity >= 1 && capacity <= 255, "--capacity must be 1 to 255");
        final CoreRun run = new CoreRun(new ModelNetwork(posts, DAYS, UNITS, capacity), DISTANCE, false, BATCH);
        final long fromNs = System.nanoTime();
        while (run.confirmed() < appointments) {
            run.encode();
            run.apply();
            output.progressOf(fromNs, run.confirmed(), appointments, "appointments %,d of %,d", run.confirmed(), appointments);
        }
        run.toFirstStep();
        run.apply(buffer, run.commands().setCoreVersion(buffer, 0, run.nowMs(), EngineCore.NEWEST_CORE_VERSION), 0);
        final JsonArray closures = new JsonArray();
        final double[] ms = new double[rounds];
        boolean areAllTold = true;
        for (int round = 0; round < rounds; round++) {
            final JsonObject closure = close(run, round);
            ms[round] = closure.getDouble("coreMs");
            areAllTold &= closure.getLong("displaced") == closure.getLong("offered") + closure.getLong("noRoom");
            closures.add(closure);
            output.progressOf(fromNs, round + 1, rounds, "closure %d of %d: %,d displaced, %.1f ms", round + 1, rounds, closure.getLong("displaced"), ms[round]);
        }
        Arrays.sort(ms);
        output.result(new JsonObject().put("benchmark", "closure")
                .put("load", new JsonObject().put("appointments", run.confirmed()).put("posts", posts).put("days", DAYS).put("capacity", capacity).put("seed", CoreRun.SEED).put("readModel", "off"))
                .put("leftOut", "ring, journal, wire, telling them; log time goes on by " + Ticks.TICK_MS + " ms with each Tick")
                .put("coreMs", ms[rounds / 2]).put("closures", closures));
        if (!areAllTold) {
            output.failed("somebody lost a visit and was told nothing");
            return 1;
        }
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return 2 + appointments * COMMANDS / APPLIED_PER_SECOND + rounds;
    }

    /** Closes a day of a post and goes on until nothing is due. */
    private JsonObject close(final CoreRun run, final int post) {
        final long before = run.core().counts().of("appointments.DISPLACED");
        final long offered = run.core().counts().of("waiters.OFFERED");
        final long noRoom = run.core().counts().of("waiters.NO_ROOM");
        final long fromMs = (ModelNetwork.FIRST_DAY + CLOSED_DAY) * DAY_MS;
        final CloseDaysEncoder close = new CloseDaysEncoder().wrapAndApplyHeader(buffer, 0, header);
        run.commands().request(close.request(), run.nowMs());
        close.fromMs(fromMs).toMs(fromMs + DAY_MS).reasonHash(0).postId(post + 1).poolId(0).reasonCode(1).capacity((short) 0);
        final Ticks ticks = new Ticks(run);
        ticks.apply(buffer, MessageHeaderEncoder.ENCODED_LENGTH + close.encodedLength());
        while (ticks.isDue()) {
            ticks.tick();
        }
        return new JsonObject().put("displaced", run.core().counts().of("appointments.DISPLACED") - before)
                .put("offered", run.core().counts().of("waiters.OFFERED") - offered).put("noRoom", run.core().counts().of("waiters.NO_ROOM") - noRoom)
                .mergeIn(ticks.figures());
    }
}
