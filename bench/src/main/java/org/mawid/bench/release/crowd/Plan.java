package org.mawid.bench.release.crowd;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.mawid.bench.release.loop.Loop;

/**
 * What is due when, fixed beforehand by the seed: who comes in which nanosecond, and how many looks and hold attempts each second has. Only
 * what follows from an answer is decided later. Times count from the release; those before it are negative.
 */
public final class Plan {
    /** Between what somebody sees and what they choose. */
    static final long LEAST_THINK_NS = Loop.SECOND_NS;
    static final long MOST_THINK_NS = 3 * Loop.SECOND_NS;

    private final Demand demand;
    private final int firstSecond;
    private final long[] arrivalNs;
    private final long[] earlierNs;
    private final int[] arrivals;
    private final int[] onlookers;
    private final int[] botLooks;
    private final int[] botHolds;

    public Plan(final Demand demand) {
        this.demand = demand;
        this.firstSecond = -demand.warmUpSeconds();
        final SplittableRandom random = new SplittableRandom(demand.seed());
        this.arrivalNs = arrivals(random);
        this.earlierNs = evenly(random, (int) Math.max(1, Math.round(demand.earlier() * demand.warmUpSeconds())), firstSecond * Loop.SECOND_NS, -Loop.SECOND_NS);
        final int seconds = demand.seconds() - firstSecond;
        this.arrivals = new int[seconds];
        this.onlookers = new int[seconds];
        this.botLooks = new int[seconds];
        this.botHolds = new int[seconds];
        final int[] chosen = new int[seconds];
        for (int user = 0; user < earlierNs.length; user++) {
            count(arrivals, earlierNs[user]);
        }
        for (int user = 0; user < arrivalNs.length; user++) {
            count(arrivals, arrivalNs[user]);
            count(chosen, arrivalNs[user] + thinkNs(user));
        }
        for (int second = firstSecond; second < demand.seconds(); second++) {
            final int at = second - firstSecond;
            botLooks[at] = (int) Math.round(demand.botReads(second));
            onlookers[at] = (int) Math.max(0, Math.round(demand.reads(second)) - botLooks[at] - arrivals[at]);
            botHolds[at] = (int) Math.max(0, Math.round(demand.holds(second)) - chosen[at]);
        }
    }

    private long[] arrivals(final SplittableRandom random) {
        final long[] all = new long[java.util.stream.IntStream.range(0, demand.minutes()).map(demand::usersOf).sum()];
        int count = 0;
        for (int minute = 0; minute < demand.minutes(); minute++) {
            final long fromNs = minute * 60 * Loop.SECOND_NS;
            final int users = demand.usersOf(minute);
            final int worst = minute == 0 ? (int) Math.round(users * Demand.WORST_SHARE) : 0;
            final long worstNs = minute == 0 ? Demand.WORST_SECONDS * Loop.SECOND_NS : 0;
            for (int user = 0; user < users; user++) {
                all[count++] = fromNs + (user < worst ? random.nextLong(worstNs) : random.nextLong(worstNs, 60 * Loop.SECOND_NS));
            }
        }
        return Arrays.stream(all).filter(ns -> ns < demand.seconds() * Loop.SECOND_NS).sorted().toArray();
    }

    private static long[] evenly(final SplittableRandom random, final int many, final long fromNs, final long toNs) {
        final long[] all = random.longs(many, fromNs, Math.max(fromNs + 1, toNs)).toArray();
        Arrays.sort(all);
        return all;
    }

    private void count(final int[] seconds, final long ns) {
        final int at = (int) Math.floorDiv(ns, Loop.SECOND_NS) - firstSecond;
        if (at >= 0 && at < seconds.length) {
            seconds[at]++;
        }
    }

    /** Where a user's own draws come from: the first is how long they think at first. @param user from 0, or see {@link #earlier} */
    public SplittableRandom random(final long user) {
        return new SplittableRandom(demand.seed() * 0x9E37_79B9_7F4A_7C15L + user);
    }

    /** Number of one who comes before the release, for {@link #random}. */
    public static long earlier(final int user) {
        return -1L - user;
    }

    /** @param random see {@link #random} */
    static long thinkNs(final SplittableRandom random, final Demand demand) {
        return demand.paced(random.nextLong(LEAST_THINK_NS, MOST_THINK_NS));
    }

    private long thinkNs(final long user) {
        return thinkNs(random(user), demand);
    }

    /** When users come, ascending. Not to be changed. */
    public long[] arrivalNs() {
        return arrivalNs;
    }

    /** When those come who want one of the days released before, ascending. Not to be changed. */
    public long[] earlierNs() {
        return earlierNs;
    }

    public int firstSecond() {
        return firstSecond;
    }

    /** By second from {@link #firstSecond} on, as the others. Users of both kinds. Not to be changed. */
    int[] arrivals() {
        return arrivals;
    }

    public int[] onlookers() {
        return onlookers;
    }

    public int[] botLooks() {
        return botLooks;
    }

    public int[] botHolds() {
        return botHolds;
    }
}
