package org.mawid.bench.hall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.network.Network;
import org.mawid.api.network.NetworkFiles;
import org.mawid.bench.load.EngineOptions;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.NoSeconds;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import org.mawid.engine.core.EngineCore;
import org.mawid.sbe.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The queue of a post: what it takes to call the next one, and a peak reception day of all posts. */
@Command(name = "hall", mixinStandardHelpOptions = true,
        description = "CallNext over 8 desks with 1, 100, 1 000 and 10 000 waiting, on the core's thread, against a bare binary heap of the same size; then the peak reception day of every post (tickets, calls, transfers), durable"
                + " in process. Exits 1 when anybody is called before whose turn it is, by a list that is kept sorted.",
        footer = {"", "Takes about 15 s.", "", "Examples:", "  bench hall --calls 50000", "  bench hall --data /mnt/disk"})
public final class HallBench implements Callable<Integer>, Planned {
    private static final int[] SIZES = {1, 100, 1_000, 10_000};
    private static final long SEED = 54;
    /** Queues for the compiler, each with so many waiting. */
    private static final int WARM_UPS = 4;
    private static final int WARM_UP_WAITING = 1_000;
    /** Most tickets that a post numbers in a day. */
    private static final int MOST_NUMBERS = 65_535;
    private static final double CALLS_PER_SECOND = 40_000;
    private static final double DAY_SECONDS = 8;

    @Mixin
    private Output output;

    @Mixin
    private final NoSeconds seconds = new NoSeconds("--calls");

    @Mixin
    private EngineOptions options;

    @Option(names = "--calls", paramLabel = "N", defaultValue = "20000", description = "Calls that are measured with so many waiting, 100 to 50 000: ${DEFAULT-VALUE}.")
    private int calls;

    @Override
    public Integer call() throws Exception {
        output.require(calls >= 100 && calls <= 50_000, "--calls must be 100 to 50 000");
        long wrong = 0;
        final JsonArray queues = new JsonArray();
        final long fromNs = System.nanoTime();
        for (int i = -WARM_UPS; i < SIZES.length; i++) {
            final int waiting = i < 0 ? WARM_UP_WAITING : SIZES[i];
            try (Queue queue = new Queue(System.currentTimeMillis(), SEED)) {
                queue.run(waiting, Math.min(calls, MOST_NUMBERS - waiting), i >= 0);
                queue.empty();
                wrong += queue.wrong();
                if (i >= 0) {
                    queues.add(queue.told(waiting));
                }
                output.progressOf(fromNs, i + WARM_UPS + 1, WARM_UPS + SIZES.length, "%,d waiting: %.1f us", waiting, queue.p50());
            }
        }
        final JsonObject day = day();
        wrong += day.getLong("outOfOrder");
        output.result(new JsonObject().put("benchmark", "hall").put("load", new JsonObject().put("callsEach", calls).put("seed", SEED).put("day", "peak_day_slots of posts-load.csv; a tenth of those called are transferred once more")
                .put("producers", 1).put("engineSettings", options.settings().toString()).put("readModel", "availability and halls"))
                .put("leftOut", "wire; of the queues ring and journal too; records and snapshots are off; nobody is served for any time").put("queues", queues).put("day", day));
        if (wrong > 0) {
            output.failed(wrong + " were called before whose turn it was");
            return 1;
        }
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return 2 + (SIZES.length + WARM_UPS) * calls / CALLS_PER_SECOND * 4 + DAY_SECONDS;
    }

    private JsonObject day() throws Exception {
        final Path folder = Engines.temporaryData(options.data());
        final EngineConfig config = options.on(EngineConfig.at(folder.resolve("data")).with(Setting.RECORDS, false).with(Setting.RETIRE_EVERY_MS, 0)
                .with(Setting.SNAPSHOT_AT_STOP, false).with(Setting.SNAPSHOT_RECORDS, 1_000_000_000_000L));
        try (EmbeddedEngine engine = EmbeddedEngine.start(config)) {
            engine.setCoreVersion(EngineCore.NEWEST_CORE_VERSION);
            final List<HallDay.Post> posts = posts(NetworkFiles.bundled().network());
            output.note("the peak day of %,d posts", posts.size());
            open(engine, posts);
            return new HallDay(engine, posts, SEED).run();
        }
    }

    /** All posts, those to which nobody comes too. */
    private static List<HallDay.Post> posts(final Network network) {
        final List<HallDay.Post> posts = new ArrayList<>();
        int desk = 1;
        for (final Network.Load load : network.loads()) {
            final int desks = (int) Math.max(1, Math.min(Queue.DESKS, network.pools().stream().filter(one -> one instanceof Network.Desk && one.postId() == load.postId()).count()));
            posts.add(new HallDay.Post(posts.size() + 1, desk, desks, load.peakDaySlots()));
            desk += desks;
        }
        return posts;
    }

    private static void open(final EmbeddedEngine engine, final List<HallDay.Post> posts) throws Exception {
        final HallCommands commands = new HallCommands(new UnsafeBuffer(new byte[512]), 3);
        for (int service = 1; service <= HallCommands.SERVICES; service++) {
            done(engine, commands, commands.service(engine.nowMs(), service));
        }
        for (final HallDay.Post post : posts) {
            done(engine, commands, commands.post(engine.nowMs(), post.postId()));
            for (int desk = post.firstDesk(); desk < post.firstDesk() + post.desks(); desk++) {
                done(engine, commands, commands.desk(engine.nowMs(), desk, post.postId()));
                for (int service = 1; service <= HallCommands.SERVICES; service++) {
                    done(engine, commands, commands.serves(engine.nowMs(), desk, service));
                }
            }
        }
    }

    private static void done(final EmbeddedEngine engine, final HallCommands commands, final int length) throws Exception {
        final CompletableFuture<Result> answer = new CompletableFuture<>();
        while (engine.submit((index, slot, offset) -> {
            slot.putBytes(offset, commands.buffer(), 0, length);
            return length;
        }, (tag, outcome, events, offset, bytes) -> answer.complete(outcome.result()), 0) != Result.OK) {
            LockSupport.parkNanos(1_000);
        }
        final Result result = answer.get(1, TimeUnit.MINUTES);
        if (result != Result.OK) {
            throw new IllegalStateException("a hall cannot be opened: " + result);
        }
    }
}
