package org.mawid.bench.wire.watch;

import io.vertx.core.json.JsonObject;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.wire.loop.OpenRun;
import org.mawid.bench.wire.loop.Tally;

/** When watchers got the events of the commands that were due in one window. */
final class WatchPhase {
    private static final long SECOND_NS = 1_000_000_000L;

    private final OpenRun run;
    private final DoneCommands done;
    private final long[] bySecond;
    private final Histogram sinceDueNs = new Histogram(Tally.MOST_NS, 3);
    private final Histogram overHttpNs = new Histogram(Tally.MOST_NS, 3);
    private final Histogram sinceAnswerNs = new Histogram(Tally.MOST_NS, 3);
    private long behindTheAnswer;

    WatchPhase(final OpenRun run, final int seconds, final DoneCommands done) {
        this.run = run;
        this.done = done;
        this.bySecond = new long[seconds];
    }

    /** @param from the first event that may be of this window */
    void add(final Received received, final int from, final boolean isOverHttp) {
        for (int event = from; event < received.count(); event++) {
            final long atNs = received.atNs(event);
            final long inWindowNs = atNs - run.fromNs();
            if (inWindowNs >= 0 && inWindowNs < bySecond.length * SECOND_NS) {
                bySecond[(int) (inWindowNs / SECOND_NS)]++;
            }
            final long dueNs = done.dueNs(received.position(event));
            if (dueNs != DoneCommands.UNKNOWN && dueNs - run.fromNs() >= 0 && dueNs - run.fromNs() < bySecond.length * SECOND_NS) {
                add(atNs - dueNs, atNs - done.answeredNs(received.position(event)), isOverHttp);
            }
        }
    }

    private void add(final long tookNs, final long afterAnswerNs, final boolean isOverHttp) {
        sinceDueNs.recordValue(bounded(tookNs));
        if (isOverHttp) {
            overHttpNs.recordValue(bounded(tookNs));
        }
        behindTheAnswer += afterAnswerNs > 0 ? 1 : 0;
        sinceAnswerNs.recordValue(bounded(afterAnswerNs));
    }

    private static long bounded(final long ns) {
        return Math.max(0, Math.min(ns, Tally.MOST_NS));
    }

    /** From when its command was due until the watcher had the event. @param percentile 0 to 100 */
    double us(final double percentile) {
        return Latency.us(sinceDueNs, percentile);
    }

    double against(final WatchPhase other, final double percentile) {
        return Output.rounded(us(percentile) / Math.max(0.001, other.us(percentile)));
    }

    /** The same percentiles, this against another. */
    JsonObject against(final WatchPhase other) {
        return new JsonObject().put("p50", against(other, 50)).put("p99", against(other, 99)).put("p999", against(other, 99.9));
    }

    /** The other's processor time for each event, of server and client together, divided by this one's. */
    double cpuAgainst(final WatchPhase other) {
        return Output.rounded(other.cpuNsEach() / cpuNsEach());
    }

    private double cpuNsEach() {
        return (run.server().workNs() + run.client().workNs()) / Math.max(1.0, LongStream.of(bySecond).sum());
    }

    /** Whether commands kept their schedule, with p99 of the events below a limit. */
    boolean holds(final double mostP99Ms) {
        return run.holds(Double.MAX_VALUE) && us(99) <= mostP99Ms * 1_000;
    }

    JsonObject figures() {
        final Rounds rounds = new Rounds();
        long events = 0;
        for (final long count : bySecond) {
            rounds.add(count);
            events += count;
        }
        final double each = Math.max(1, events);
        final JsonObject figures = new JsonObject().put("perSecond", Output.rounded(events / (double) bySecond.length)).put("perSecondRounds", rounds.all())
                .put("serverCpuUsEach", Output.rounded(run.server().us(each))).put("clientCpuUsEach", Output.rounded(run.client().us(each)))
                .put("serverCompilerUsEach", Output.rounded(run.server().compilerUs(each))).put("clientCompilerUsEach", Output.rounded(run.client().compilerUs(each)))
                .put("serverProcessorPercent", Output.rounded(run.server().workNs() / bySecond.length / 1e7))
                .put("clientProcessorPercent", Output.rounded(run.client().workNs() / bySecond.length / 1e7))
                .put("sinceDueUs", Latency.us(sinceDueNs)).put("sinceAnswerUs", Latency.us(sinceAnswerNs))
                .put("behindTheAnswerPercent", Output.rounded(100.0 * behindTheAnswer / Math.max(1, sinceDueNs.getTotalCount())));
        if (overHttpNs.getTotalCount() > 0) {
            figures.put("overHttpSinceDueUs", Latency.us(overHttpNs));
        }
        return new JsonObject().put("events", figures).put("commands", run.commandFigures());
    }
}
