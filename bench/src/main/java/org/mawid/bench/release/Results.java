package org.mawid.bench.release;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.mawid.bench.load.Latency;
import org.mawid.bench.load.Output;
import org.mawid.bench.release.books.Audit;
import org.mawid.bench.release.books.Books;
import org.mawid.bench.release.crowd.Bot;
import org.mawid.bench.release.crowd.Contest;
import org.mawid.bench.release.crowd.Demand;
import org.mawid.bench.release.crowd.Seeker;
import org.mawid.bench.release.loop.Consumption;
import org.mawid.bench.release.loop.Figures;
import org.mawid.bench.release.wire.Exchange.Kind;

/**
 * What a surge comes to, as it is told.
 *
 * @param hottest  code of the hottest post
 * @param before   of what was due before the release
 * @param surge    of what was due after it, the contests apart
 * @param transportNs how far behind the threads of the transports were, nanoseconds
 * @param inWarmUp before the release
 * @param inBurst  from the release to the end of the burst of holds
 * @param used     from the release as long as users came
 * @param released days that were released, of one pool each
 * @param unknown  commands that never had an answer
 * @param lost     connections over HTTP that the server ended @param whyLost the first of them, null = none
 */
record Results(Demand demand, String hottest, List<Seeker> seekers, List<Bot> bots, List<Contest> contests, Figures before, Figures surge, Histogram transportNs,
               Books books, Audit audit, Consumption inWarmUp, Consumption inBurst, Consumption used, int released, long unknown, int lost, String whyLost) {
    /** A client that is so late with one request of a hundred, or with reading its answer, measures itself. */
    private static final double LATE_US = 100_000;
    private static final int MINUTE = 60;
    private static final long LONGEST_MS = 7_200_000;

    void into(final JsonObject result) {
        final int minute = Math.min(MINUTE, demand.seconds());
        final JsonArray rounds = new JsonArray();
        contests.forEach(contest -> rounds.add(contest.json()));
        result.put("users", users()).put("hottestPost", hottestPost()).put("timeToAppointmentSeconds", timeToAppointment())
                .put("reads", rates(Demand.READS * demand.scale(), minute, Kind.COUNTS, Kind.STARTS).put("notModified", surge.unchanged()))
                .put("holds", rates(Demand.HOLDS * demand.scale(), minute, Kind.HOLD)
                        .put("burstDesignPerSecond", Output.rounded(Demand.BURST_HOLDS * demand.scale()))
                        .put("burstAnsweredPerSecond", surge.highestPerSecond(Math.min(Demand.BURST_SECONDS, demand.seconds()), Kind.HOLD)))
                .put("confirmations", new JsonObject().put("designPerSecond", Output.rounded(Demand.CONFIRMED * demand.scale()))
                        .put("answeredPerSecond", surge.confirmedPerSecond(0, minute)).put("highestPerSecond", surge.highestConfirmedPerSecond()))
                .put("refusals", surge.refusals()).put("refusalsBeforeTheRelease", before.refusals())
                .put("bots", botsInNumbers())
                .put("contests", rounds).put("overGrpc", surge.latencies(false)).put("overHttp", surge.latencies(true))
                .put("overGrpcFromSent", surge.latenciesFromSent(false)).put("overHttpFromSent", surge.latenciesFromSent(true))
                .put("readsBySecond", surge.readsBySecond()).put("usersBySecond", surge.usersBySecond())
                .put("latenciesBySecond", surge.latenciesBySecond())
                .put("client", client()).put("server", server()).put("books", booksAndAudit());
    }

    private JsonObject users() {
        final long confirmed = count(Seeker.State.CONFIRMED, false);
        final long gaveUp = count(Seeker.State.GAVE_UP, false);
        return new JsonObject().put("arrived", seekers.size()).put("confirmed", confirmed).put("gaveUp", gaveUp)
                .put("stillTrying", seekers.size() - confirmed - gaveUp).put("successPercent", percent(confirmed, seekers.size()));
    }

    /** Hold-and-release in a loop: what it was given, and what stood against it. */
    private JsonObject botsInNumbers() {
        return new JsonObject().put("bots", bots.size()).put("holdsTried", bots.stream().mapToLong(Bot::attempts).sum()).put("holds", bots.stream().mapToLong(Bot::held).sum())
                .put("mostHoldsOfOne", bots.stream().mapToLong(Bot::held).max().orElse(0)).put("holdBudgetSpent", bots.stream().mapToLong(Bot::budgetSpent).sum())
                .put("limitReached", bots.stream().mapToLong(Bot::limitReached).sum()).put("holdsSkipped", bots.stream().mapToLong(Bot::busy).sum());
    }

    private JsonObject hottestPost() {
        return new JsonObject().put("post", hottest).put("arrived", seekers.stream().filter(Seeker::isHottest).count())
                .put("confirmed", count(Seeker.State.CONFIRMED, true)).put("gaveUp", count(Seeker.State.GAVE_UP, true));
    }

    private JsonObject rates(final double design, final int minute, final Kind... kinds) {
        return new JsonObject().put("designPerSecond", Output.rounded(design)).put("duePerSecond", surge.duePerSecond(0, minute, kinds))
                .put("answeredPerSecond", surge.answeredPerSecond(0, minute, kinds));
    }

    private long count(final Seeker.State state, final boolean atHottest) {
        return seekers.stream().filter(seeker -> seeker.state() == state && (!atHottest || seeker.isHottest())).count();
    }

    private static double percent(final double part, final double all) {
        return all == 0 ? 0 : Output.rounded(100 * part / all);
    }

    private JsonObject timeToAppointment() {
        final Histogram tookMs = new Histogram(LONGEST_MS, 3);
        seekers.stream().filter(seeker -> seeker.state() == Seeker.State.CONFIRMED).forEach(seeker -> tookMs.recordValue(Math.max(0, seeker.tookNs() / 1_000_000)));
        return new JsonObject().put("p50", tookMs.getValueAtPercentile(50) / 1e3).put("p90", tookMs.getValueAtPercentile(90) / 1e3)
                .put("p99", tookMs.getValueAtPercentile(99) / 1e3).put("max", tookMs.getMaxValue() / 1e3).put("count", tookMs.getTotalCount());
    }

    private JsonObject client() {
        return cores(Consumption::clientNs, Consumption::clientCompilerNs).put("cpuUsEach", Output.rounded(used.clientNs() / 1e3 / Math.max(1, surge.sent())))
                .put("sentLateUs", Latency.us(surge.lateNs())).put("transportLateUs", Latency.us(transportNs)).put("sentAgain", surge.sentAgain())
                .put("httpConnectionsLost", lost).put("whyLost", whyLost == null ? "" : whyLost).put("isTheLimit", isClientLate())
                .put("inWords", isClientLate() ? clientInWords() : "the client kept to its schedule");
    }

    /** Whether the client was too late for its rates and latencies to say anything about the server. */
    boolean isClientLate() {
        return Latency.us(surge.lateNs(), 99) > LATE_US || Latency.us(transportNs, 99) > LATE_US;
    }

    /** How late it was. */
    String clientInWords() {
        return String.format(Locale.ROOT, "the client itself was late: one request of a hundred was sent more than %,.0f ms after it was due, and one of a hundred times its "
                        + "transports came to their work more than %,.0f ms late; rates and latencies are not the server's, the books count all the same",
                Latency.us(surge.lateNs(), 99) / 1e3, Latency.us(transportNs, 99) / 1e3);
    }

    private JsonObject server() {
        if (used.serverNs() == 0) {
            return new JsonObject().put("inWords", "not ours to look at");
        }
        return cores(Consumption::serverNs, Consumption::compilerNs).put("cpuUsEach", Output.rounded((used.serverNs() - used.compilerNs()) / 1e3 / Math.max(1, surge.sent())));
    }

    /** Who has the processors when: without it nobody could say whose limit a burst has met, and whether the server was warm by then. */
    private JsonObject cores(final ToLongFunction<Consumption> all, final ToLongFunction<Consumption> compiler) {
        final JsonObject cores = new JsonObject();
        cores(cores, "", used, all, compiler);
        cores(cores, "InWarmUp", inWarmUp, all, compiler);
        cores(cores, "InBurst", inBurst, all, compiler);
        return cores;
    }

    private static void cores(final JsonObject cores, final String when, final Consumption consumption, final ToLongFunction<Consumption> all,
                              final ToLongFunction<Consumption> compiler) {
        // A compiler thread that ended has taken its time with it.
        cores.put("percentOfOneCore" + when, percent(all.applyAsLong(consumption), consumption.tookNs()))
                .put("percentOfOneCoreCompiler" + when, percent(Math.max(0, compiler.applyAsLong(consumption)), consumption.tookNs()));
    }

    private JsonObject booksAndAudit() {
        final JsonObject inspected = new JsonObject();
        audit.counts().forEach(inspected::put);
        return new JsonObject().put("daysReleased", released).put("applications", books.applications()).put("holds", books.held()).put("givenBack", books.released())
                .put("confirmed", books.confirmed()).put("stamps", books.stamps()).put("neverAnswered", unknown).put("oversold", books.oversold()).put("impossible", books.wrongCount())
                .put("unitsCompared", audit.unitsCompared()).put("placesBooked", audit.placesBooked()).put("differences", audit.differing())
                .put("inspected", inspected);
    }
}
