package org.mawid.bench.schedule;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mawid.api.network.Network;
import org.mawid.api.schedule.FileSchedules;
import org.mawid.api.schedule.WantedSchedule;
import org.mawid.bench.load.EngineOptions;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.NoSeconds;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.process.ServerProgram;
import org.mawid.bench.schedule.Door.Applied;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.EngineStartException;
import org.mawid.engine.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A year's schedule of every post, one after the other, and of the largest again and again. What is in force afterwards is held against what was wanted. */
@Command(name = "schedule", mixinStandardHelpOptions = true,
        description = "A year's schedule applied by every post of the network, and by the largest post over and over, durable; exits 1 when what is in force is not what was wanted.",
        footer = {"", "Takes about 20 s.", "", "Examples:",
            "  bench schedule",
            "  bench schedule --over http",
            "  bench schedule --days 60 --rounds 5 --data /var/lib/mawid"})
public final class ScheduleBench implements Callable<Integer>, Planned {
    /** The calendars that come with the program reach to the end of 2028. */
    private static final LocalDate FROM = LocalDate.of(2027, 1, 4);
    private static final double FLOOR_ONE_MS = 200;
    private static final double FLOOR_ALL_SECONDS = 10;
    /** As seen on two quiet cores. */
    private static final double SECONDS_A_DAY = 0.015;

    @Mixin
    private Output output;

    @Mixin
    private EngineOptions options;

    @Mixin
    private final NoSeconds noSeconds = new NoSeconds("--rounds");

    @Option(names = "--days", paramLabel = "N", defaultValue = "365", description = "Of each schedule, 1 to " + WantedSchedule.MOST_DAYS + ": ${DEFAULT-VALUE}.")
    private int days;

    @Option(names = "--over", paramLabel = "WHAT", defaultValue = "engine",
            description = "engine: in this process, without an edge. http: the real server in a process of its own, JSON in and out. Default: ${DEFAULT-VALUE}.")
    private Over over;

    @Mixin
    private ServerProgram program;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "20", description = "How often the largest post changes all its days: ${DEFAULT-VALUE}.")
    private int rounds;

    /** What schedules go through. */
    private enum Over {
        ENGINE, HTTP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws Exception {
        output.require(days >= 1 && days <= WantedSchedule.MOST_DAYS, "--days must be 1 to " + WantedSchedule.MOST_DAYS);
        output.require(rounds >= 1, "--rounds must be 1 or more");
        final Path data = Engines.temporaryData(options.data());
        try (Door door = door(data)) {
            return measured(door);
        } finally {
            Engines.delete(data);
        }
    }

    private Door door(final Path data) throws IOException, EngineStartException {
        output.progress("the catalogue of the network, %s", over);
        return over == Over.HTTP ? new HttpDoor(program.path(), data, FROM)
                : new EngineDoor(options.on(EngineConfig.at(data).with(Setting.RECORDS, false).with(Setting.SIMULATION, true)), data, FROM);
    }

    private int measured(final Door door) throws IOException, InterruptedException {
        final Network network = door.network();
        final List<Network.Post> posts = network.posts().stream().filter(post -> !network.poolsOf(post.id()).isEmpty()).toList();
        final List<Applied> each = new ArrayList<>();
        final long fromNs = System.nanoTime();
        for (final Network.Post post : posts) {
            output.progressOf(fromNs, each.size(), posts.size(), "%d of %d posts", each.size(), posts.size());
            each.add(door.apply(wanted(network, post)));
        }
        final double allSeconds = (System.nanoTime() - fromNs) / 1e9;
        int wrong = 0;
        for (final Network.Post post : posts) {
            wrong += door.isInForce(wanted(network, post)) ? 0 : 1;
        }
        final Network.Post largest = posts.stream().max(Comparator.comparingInt(post -> network.poolsOf(post.id()).size())).orElseThrow();
        final List<Applied> again = new ArrayList<>();
        final long againNs = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            output.progressOf(againNs, round, rounds, "%s, round %d of %d", largest.code(), round + 1, rounds);
            again.add(door.apply(aligned(wanted(network, largest), round % 2 == 0 ? 15 : 5)));
        }
        wrong += door.isInForce(aligned(wanted(network, largest), rounds % 2 == 1 ? 15 : 5)) ? 0 : 1;
        return told(door, largest, each, again, allSeconds, wrong);
    }

    private int told(final Door door, final Network.Post largest, final List<Applied> each, final List<Applied> again, final double allSeconds, final int wrong) throws IOException {
        final double[] one = again.stream().mapToDouble(Applied::ms).sorted().toArray();
        final double[] all = each.stream().mapToDouble(Applied::ms).sorted().toArray();
        output.result(new JsonObject().put("benchmark", "schedule")
                .put("load", new JsonObject().put("posts", each.size()).put("days", days).put("rounds", rounds).put("largestPost", largest.code())
                        .put("daysOfPools", each.stream().mapToInt(Applied::days).sum()).put("daysOfPoolsOfLargest", again.get(0).days()))
                .put("over", over.toString()).put("leftOut", door.leftOut())
                .put("oneMs", Output.rounded(one[one.length / 2])).put("oneWorstMs", Output.rounded(one[one.length - 1]))
                .put("allRoundsMs", new JsonArray(again.stream().map(round -> Output.rounded(round.ms())).toList()))
                .put("floorOneMs", FLOOR_ONE_MS).put("floorOneIsMet", one[one.length / 2] < FLOOR_ONE_MS)
                .put("allSeconds", Output.rounded(allSeconds)).put("firstMs", Output.rounded(each.get(0).ms())).put("medianPostMs", Output.rounded(all[all.length / 2]))
                .put("worstPostMs", Output.rounded(all[all.length - 1]))
                .put("floorAllSeconds", FLOOR_ALL_SECONDS).put("floorAllIsMet", allSeconds < FLOOR_ALL_SECONDS)
                .put("postsNotAsWanted", wrong));
        if (wrong > 0) {
            output.failed("the days in force of " + wrong + " posts are not what was wanted");
            return 1;
        }
        return 0;
    }

    private WantedSchedule wanted(final Network network, final Network.Post post) {
        return FileSchedules.of(network, post, FROM, FROM.plusDays(days - 1));
    }

    private static WantedSchedule aligned(final WantedSchedule wanted, final int minutes) {
        return new WantedSchedule(wanted.post(), wanted.from(), wanted.to(), wanted.release(), wanted.holidays(), wanted.pools().stream()
                .map(pool -> new WantedSchedule.PoolHours(pool.pool(), minutes, pool.services(), pool.weekly(), pool.ramadan())).toList(), wanted.exceptions());
    }

    @Override
    public double plannedSeconds() {
        return 5 + days * SECONDS_A_DAY + rounds * days * SECONDS_A_DAY / 50;
    }
}
