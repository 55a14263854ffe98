package org.mawid.bench.wire;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.mawid.bench.load.OpenOptions;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.wire.loop.Offer;
import org.mawid.bench.wire.loop.OpenRun;
import org.mawid.bench.wire.loop.Subject;

/**
 * The real server and the one in which nothing happens, asked for the same in turn: in a closed loop, round by round, which says how much goes
 * through; then in an open one at a stated rate, by default half of what the real one reached. One thread.
 */
final class Turns {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Side real;
    private final Side empty;
    private final String what;
    private final OpenOptions open;
    private final int seconds;
    private final Output output;
    private int warmUpMost;

    /** One of the two. @param name in the result */
    record Side(String name, Subject subject, Subject.Load closed, Offer.Load open) {
    }

    /** @param what is asked for, as people call many of it @param seconds of each part */
    Turns(final Side real, final Side empty, final String what, final OpenOptions open, final int seconds, final Output output) {
        this.real = real;
        this.empty = empty;
        this.what = what;
        this.open = open;
        this.seconds = seconds;
        this.output = output;
    }

    /** How long {@link #measured} takes, seconds. @param seconds of each part @param warmUp at most, of the real one */
    static double plannedSeconds(final int rounds, final int seconds, final int warmUp, final OpenOptions open) {
        return 2 * Subject.openWarmUpSeconds(warmUp) + 2 * rounds * Subject.measureSeconds(seconds) + 2 * OpenRun.plannedSeconds(seconds) + open.plannedSeconds(seconds);
    }

    /** Each at most so many seconds in the closed loop, and both at most as many as the real one in the open loop. */
    void warmUp(final int most, final int mostOfEmpty) throws Exception {
        empty.subject().warmUp(empty.closed(), mostOfEmpty, output);
        real.subject().warmUp(real.closed(), most, output);
        warmUpMost = most;
    }

    /** @param after what is to be measured after it, seconds */
    JsonObject measured(final int rounds, final double after) throws Exception {
        final int toFollow = 2 + (int) Math.ceil(after / Subject.measureSeconds(seconds));
        for (int round = 1; round <= rounds; round++) {
            final String which = what + ", round " + round + " of " + rounds;
            empty.subject().measure(empty.closed(), seconds, output, which, 2 * (rounds - round) + 1 + toFollow);
            real.subject().measure(real.closed(), seconds, output, which, 2 * (rounds - round) + toFollow);
        }
        final Rounds ratios = real.subject().ratesAgainst(empty.subject());
        final double due = open.rate(real.subject().rate());
        final String which = String.format(Locale.ROOT, "%,.0f %s/s due", due, what);
        final long afterNs = (long) (after * SECOND_NS);
        for (final Side side : List.of(empty, real)) {
            side.subject().warmUpOpen(offers(side, due), warmUpMost, output, which, 2 * seconds * SECOND_NS + afterNs);
        }
        final OpenRun offered = offer(real, due, seconds, which, seconds * SECOND_NS + afterNs);
        final OpenRun ceiling = offer(empty, due, seconds, which, afterNs);
        final JsonObject result = new JsonObject()
                .put("closedLoop", new JsonObject().put(real.name(), real.subject().figures()).put(empty.name(), empty.subject().figures()))
                .put("ratio", ratios.median()).put("ratios", ratios.all()).put("cpuRatio", real.subject().cpuAgainst(empty.subject()))
                .put("openLoop", new JsonObject().put("duePerSecond", Output.rounded(due)).put(real.name(), offered.figures()).put(empty.name(), ceiling.figures())
                        .put("cpuRatio", offered.cpuAgainst(ceiling)));
        open.addHighest(result, real.subject().rate(), seconds, output, (perSecond, length, trial, left) -> offer(real, perSecond, length, trial, left + afterNs));
        return result;
    }

    private OpenRun offer(final Side side, final double perSecond, final int seconds, final String which, final long after) throws Exception {
        return side.subject().offer(offers(side, perSecond), seconds, output, which, after);
    }

    private List<Offer> offers(final Side side, final double perSecond) {
        return List.of(new Offer(what, perSecond, 1, side.open()));
    }
}
