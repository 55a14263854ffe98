package org.mawid.bench.kingdom;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.bench.load.Output;

/** How well the counters were used, by date: five-minute units that were open at desks, those that served somebody, and those kept for who did not come. */
final class Use {
    private final int firstDate;
    private long[] open = new long[512];
    private long[] served = new long[512];
    private long[] missed = new long[512];
    private int lastVisited = -1;

    Use(final int firstDate) {
        this.firstDate = firstDate;
    }

    /** A desk is open. @param unitCount all counters together */
    void open(final int epochDay, final long unitCount) {
        final int at = at(epochDay); // first: it may make the arrays anew
        open[at] += unitCount;
    }

    /** A visit is over. @param came false = nobody came */
    void over(final int epochDay, final long unitCount, final boolean came) {
        final int at = at(epochDay);
        if (came) {
            served[at] += unitCount;
        } else {
            missed[at] += unitCount;
        }
        lastVisited = Math.max(lastVisited, at);
    }

    private int at(final int epochDay) {
        final int at = epochDay - firstDate;
        if (at >= open.length) {
            open = Arrays.copyOf(open, 2 * at);
            served = Arrays.copyOf(served, 2 * at);
            missed = Arrays.copyOf(missed, 2 * at);
        }
        return at;
    }

    /** Kept for somebody, of what was open up to the last visit. */
    double percent() {
        return share(0, lastVisited, true);
    }

    double servedPercent() {
        return share(0, lastVisited, false);
    }

    /** Percent of what was open, month by month. The first month fills and the last one empties: what comes in between is how it is. */
    JsonObject byMonth() {
        final Map<YearMonth, int[]> months = new TreeMap<>();
        for (int at = 0; at <= lastVisited; at++) {
            final int date = at;
            months.computeIfAbsent(YearMonth.from(LocalDate.ofEpochDay(firstDate + at)), month -> new int[] {date, date})[1] = at;
        }
        final JsonObject kept = new JsonObject();
        final JsonObject visited = new JsonObject();
        months.forEach((month, range) -> {
            kept.put(month.toString(), share(range[0], range[1], true));
            visited.put(month.toString(), share(range[0], range[1], false));
        });
        return new JsonObject().put("utilisation", kept).put("served", visited);
    }

    private double share(final int from, final int to, final boolean alsoMissed) {
        long whole = 0;
        long part = 0;
        for (int at = from; at <= to; at++) {
            whole += open[at];
            part += served[at] + (alsoMissed ? missed[at] : 0);
        }
        return whole == 0 ? 0 : Output.rounded(100.0 * part / whole);
    }
}
