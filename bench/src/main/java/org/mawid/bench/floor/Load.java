package org.mawid.bench.floor;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * What a result says of its load, held against the loads that the design's floors are about, which are those of {@code bench floors}. What a result does not tell is not
 * the same. Rounds, seconds, warm-ups, seeds, the disk and the program that is measured are no part of a load.
 */
final class Load {
    private static final Map<String, List<Integer>> IN_FLIGHT =
            Map.of("unary", List.of(32, 128, 256), "stream", List.of(4_096), "batch", List.of(8), "packed", List.of(8));
    private static final List<Integer> RATES = List.of(2_000, 20_000);
    private static final long WHOLE_HISTORY = 3_200_000;
    /** Appointments are made a chunk of commands at a time. */
    private static final long A_CHUNK_MORE = 10_000;
    /** Two figures of three digits each. */
    private static final double ROUNDED = 0.01;

    private final JsonObject result;
    private final JsonObject load;

    Load(final JsonObject result) {
        this.result = result;
        this.load = result.getValue("load") instanceof JsonObject object ? object : new JsonObject();
    }

    /** The run of {@code bench floors} whose load it is; empty when it is that of none. */
    String run() {
        final String benchmark = result.getString("benchmark", "");
        final String width = result.getString("width", "");
        return switch (benchmark) {
            case "core" -> core();
            case "durable" -> only(benchmark, isWithoutRecords() && isWithoutSettings());
            case "recovery" -> only(benchmark, is("commands", 4_000_000));
            case "snapshot" -> only(benchmark, is("appointmentsBefore", 100_000) && isWithoutSettings() && varied("perSecond").equals(RATES));
            case "memory" -> only(benchmark, is("appointments", 1_000_000) && is("days", 365));
            case "availability" -> only(benchmark, width.isEmpty() && is("persons", 1)); // over gRPC no floor is about it
            case "grpc" -> only(width, is("commandsOfACall", "batch".equals(width) || "packed".equals(width) ? 1_000 : 1) && isWithoutRecords()
                    && varied("inFlight").equals(IN_FLIGHT.get(width)));
            case "http" -> only(benchmark, is("connections", 64) && is("desksInTurn", 16) && !Boolean.TRUE.equals(load.getValue("roles")));
            case "peers" -> only(benchmark, is("connectionsOfMawid", 4) && Boolean.FALSE.equals(load.getValue("threadsOfMawid"))
                    && result.stream().anyMatch(one -> one.getKey().endsWith("Ratio")));
            case "scale" -> only(benchmark, is("mostSlots", 100_000_000));
            case "kingdom" -> only("kingdom-" + width, is("appointments", WHOLE_HISTORY) && is("stepMinutes", 30) && isWithoutRecords() && isWithoutSettings()
                    && ("grpc".equals(width) ? is("connections", 2) : is("inFlight", 4_096)));
            case "watch" -> only(benchmark, is("watchersOverGrpc", 900) && is("watchersOverHttp", 100) && is("posts", 150) && is("writerDuePerSecond", 2_000));
            case "reconnect" -> only(benchmark, is("posts", 163) && is("daysBefore", 88));
            case "startup" -> benchmark; // nothing in it can be said otherwise
            case "idle" -> only(benchmark, isBetween("settleSeconds", 15, Long.MAX_VALUE));
            default -> "";
        };
    }

    private String core() {
        if (!is("posts", 150) || !is("prefetchBatch", 64)) {
            return "";
        }
        final boolean isFull = is("days", 365) && isBetween("appointmentsBefore", 10_000_000, 10_000_000 + A_CHUNK_MORE);
        return isFull ? "core-10M" : only("core", is("days", 60) && is("appointmentsBefore", 0));
    }

    /** Of a recovery: the tail that its floor is about. */
    boolean isOfWholeTail() {
        return is("tail", 1_000_000);
    }

    /** Of durable commands: whether those in the open loop were due at half of the highest rate, also when that was said. */
    boolean isAtHalf() {
        final double highest = Floor.at("commandsPerSecond", result);
        return Math.abs(2 * Floor.at("openLoop.duePerSecond", result) - highest) <= ROUNDED * highest;
    }

    /** Of peers: as many commands in one call of ours as the floors are about. */
    boolean isOfUsualBatches() {
        return is("batchOfMawid", 512);
    }

    private static String only(final String run, final boolean isIts) {
        return isIts ? run : "";
    }

    private boolean is(final String what, final long number) {
        return isBetween(what, number, number);
    }

    private boolean isBetween(final String what, final long least, final long most) {
        return load.getValue(what) instanceof Number told && told.longValue() >= least && told.longValue() <= most;
    }

    private boolean isWithoutRecords() {
        return "availability".equals(load.getValue("readModel"));
    }

    private boolean isWithoutSettings() {
        return "{}".equals(load.getValue("engineSettings"));
    }

    private List<Integer> varied(final String figure) {
        return result.getJsonArray("loads", new JsonArray()).stream().map(one -> ((JsonObject) one).getInteger(figure)).toList();
    }
}
