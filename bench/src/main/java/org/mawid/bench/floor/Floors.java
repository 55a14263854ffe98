package org.mawid.bench.floor;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Every floor of the design that a benchmark measures, and what a result says of it. */
public final class Floors {
    private static final String RATIO = "x";
    private static final List<Floor> ALL = List.of(
            Floor.least("core apply, 60-day calendar, against a bare loop", "core", "ratio", RATIO, 0.5, 0.8),
            Floor.most("allocated on the command path", "core", "bytesAllocatedPerCommand", "B/op", 0, 0),
            Floor.least("core apply, 365 days and 10 M appointments", "core-10M", "ratio", RATIO, 0.5, 0.8),
            Floor.least("durable in process", "durable", "commandsPerSecond", "/s", 1_400_000, 2_500_000),
            Floor.most("durable at half of that, p50 against the disk", "durable", "openLoop.ratio.p50", RATIO, 3, 2).onlyOf(Load::isAtHalf),
            Floor.most("durable at half of that, p99 against the disk", "durable", "openLoop.ratio.p99", RATIO, 1.5, 1.2).onlyOf(Load::isAtHalf),
            Floor.mostOf("durable at half of that, p99.9 (disk × 1.5 + 1 ms)", "durable", "openLoop.latencyUs.p999", "µs", "openLoop.allowedUs.p999", "openLoop.wantedUs.p999").onlyOf(Load::isAtHalf),
            Floor.least("recovery, replaying, against core apply", "recovery", "ratio", RATIO, 0.8, 1.0),
            Floor.most("recovery, full snapshot and 1 M tail", "recovery", "snapshotAndTailSeconds", "s", 4, 2).onlyOf(Load::isOfWholeTail),
            Floor.most("running snapshot, added to p99.9 at 2 000/s", "snapshot", "loads.[0].addsMs.p999", "ms", 1, 0).withGoalAt("loads.[0].goalMs"),
            Floor.most("running snapshot, added to p99.9 at 20 000/s", "snapshot", "loads.[1].addsMs.p999", "ms", 1, 0).withGoalAt("loads.[1].goalMs"),
            Floor.most("memory of an appointment row, indexes, calendar", "memory", "appointmentWithCalendarBytesEach", "B", 128, 96),
            Floor.most("memory with application, services, stamp", "memory", "allBytesEach", "B", 400, 300),
            Floor.least("availability in process, against bare masks", "availability", "ratio", RATIO, 0.5, 0.9),
            Floor.least("gRPC unary, 32 in flight, against an empty handler", "unary", "loads.[0].ratio", RATIO, 0.6, 0.85),
            Floor.least("gRPC unary, 128 in flight", "unary", "loads.[1].ratio", RATIO, 0.6, 0.85),
            Floor.least("gRPC unary, 256 in flight", "unary", "loads.[2].ratio", RATIO, 0.6, 0.85),
            Floor.least("gRPC stream, against an empty handler", "stream", "loads.[0].ratio", RATIO, 0.5, 0.75),
            Floor.least("gRPC batch of 1 000, protobuf", "batch", "loads.[0].durable.perSecond", "/s", 700_000, 1_400_000),
            Floor.least("gRPC batch of 1 000, packed", "packed", "loads.[0].durable.perSecond", "/s", 1_000_000, 2_000_000),
            Floor.least("availability over HTTP, against an empty page", "http", "ratio", RATIO, 0.7, 0.9),
            Floor.least("unary, 64 clients, against PostgreSQL", "peers", "spreadPostgresRatio", RATIO, 6, 10).needing("postgres"),
            Floor.least("unary, 64 clients, against Redis", "peers", "spreadRedisRatio", RATIO, 2.5, 3.5).needing("redis"),
            Floor.least("one hot day, 64 clients, against PostgreSQL", "peers", "hotPostgresRatio", RATIO, 12, 18).needing("postgres"),
            Floor.least("batched, against PostgreSQL 16 × 100", "peers", "batchedPostgresRatio", RATIO, 40, 90).needing("postgres").onlyOf(Load::isOfUsualBatches),
            Floor.least("batched, against Redis 16 × 64", "peers", "batchedRedisRatio", RATIO, 20, 50).needing("redis").onlyOf(Load::isOfUsualBatches),
            Floor.least("rate at 100 M slots against 1 k slots", "scale", "ratio", RATIO, 0.4, 0.6),
            Floor.most("the whole history, in process", "kingdom-process", "elapsedSeconds", "s", 60, 20),
            Floor.most("the whole history, over gRPC", "kingdom-grpc", "elapsedSeconds", "s", 180, 60),
            Floor.mostOf("1 000 watchers, the writer's processor time against none", "watch", "writer.cpuRatio", RATIO, "writer.cpuRatioAllowed", "writer.cpuRatioAllowed"),
            Floor.most("163 posts back after a day, the last caught up", "reconnect", "catchUpMs.max", "ms", 5_000, 5_000),
            Floor.most("start to ready, empty directory", "startup", "emptySeconds.median", "s", 2.5, 1),
            Floor.most("start to ready, whole network", "startup", "networkSeconds.median", "s", 4, 2),
            Floor.most("at rest, processor", "idle", "percentOfOneCore", "%", 3, 1),
            // the design has 400 and 250 MB
            Floor.most("at rest, memory", "idle", "residentMiB", "MiB", 381, 238));

    private Floors() {
    }

    /**
     * The run of {@code bench floors} that a result could be of: with its usual options a benchmark is held to its floors also by itself.
     *
     * @return empty when no floor is about such a load, or when the result does not tell its load
     */
    public static String runOf(final JsonObject result) {
        return new Load(result).run();
    }

    /** Whether it was not measured because something is not installed here. */
    public static boolean isLeftOut(final JsonObject row) {
        return Floor.LEFT_OUT.equals(row.getString("verdict"));
    }

    /** Whether a row's measured value is as good as its floor. */
    public static boolean isMet(final JsonObject row) {
        return Floor.MET.equals(row.getString("verdict")) || Floor.GOAL.equals(row.getString("verdict"));
    }

    static List<Floor> all() {
        return ALL;
    }

    /** Every run that a floor is about. */
    public static Set<String> runs() {
        return ALL.stream().map(Floor::run).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * One row for each floor of a run: run, what, path, unit, floor, goal, measured, isMost and verdict. What the result lacks is null: also the floor and the goal
     * of those that hang on what was measured beside them.
     */
    public static JsonArray held(final String run, final JsonObject result) {
        return rows(run, result, floor -> true);
    }

    /** As {@link #held(String, JsonObject)}, of a benchmark that was run by itself: one row for each floor that is about its load. */
    public static JsonArray held(final JsonObject result) {
        final Load load = new Load(result);
        return rows(load.run(), result, floor -> floor.load().test(load));
    }

    private static JsonArray rows(final String run, final JsonObject result, final Predicate<Floor> which) {
        final JsonArray rows = new JsonArray();
        ALL.stream().filter(floor -> floor.run().equals(run)).filter(which).forEach(floor -> rows.add(floor.held(result)));
        return rows;
    }
}
