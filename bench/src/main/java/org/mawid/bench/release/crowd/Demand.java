package org.mawid.bench.release.crowd;

import java.util.List;

/**
 * The design surge in numbers. What is counted in users or a second is for scale 1 and grows and shrinks with it.
 *
 * @param users         who come in the first minute, 1 or more
 * @param scale         of everything else that is counted, above 0
 * @param seconds       after the release, 1 to 3 600: what comes after the first minute has a third of it, as the load model says
 * @param httpPercent   how many of the users speak HTTP, 0 to 100; the others gRPC
 * @param holdPercent   how many have their stamps issued with the hold, 0 to 100; the others with the confirmation
 * @param tries         looks without success after which a user gives up, 1 or more
 * @param takers        who want one slot at once, 0 = none
 * @param winners       capacities of those slots, 1 to 255 each
 * @param warmUpSeconds of ordinary traffic before the release, 1 or more
 * @param seed          of all that is drawn
 * @param pace          of people: 1 as they are, less for those who think, read and come back sooner
 */
public record Demand(int users, double scale, int seconds, int httpPercent, int holdPercent, int tries, int takers, List<Integer> winners,
              int warmUpSeconds, long seed, double pace) {
    /** Users of the first minute; a fifth of them in its worst five seconds, which are the first. */
    public static final int USERS = 26_000;
    static final double WORST_SHARE = 0.2;
    static final int WORST_SECONDS = 5;
    /** Of all: they want the first two days of the post with the most capacity. */
    static final double HOTTEST_SHARE = 1_000.0 / USERS;
    static final int HOTTEST_DATES = 2;
    /** Reads a second: everybody looks each five seconds, and bots as often as half of all. */
    public static final int READS = 10_000;
    static final int POLL_SECONDS = 5;
    static final int BOT_READS = 2_600;
    /** Hold attempts a second, and for some seconds, beginning when the first users have chosen. */
    public static final int HOLDS = 650;
    public static final int BURST_HOLDS = 2_000;
    static final int BURST_FROM_SECOND = 2;
    public static final int BURST_SECONDS = 5;
    /** When it is over. */
    public static final int BURST_TO_SECOND = BURST_FROM_SECOND + BURST_SECONDS;
    /** Confirmed appointments a second. */
    public static final int CONFIRMED = 500;
    /** One user of so many is a bot. */
    private static final int USERS_OF_A_BOT = 100;
    private static final int LEAST_BOTS = 2;
    /** Users a second who find, hold and confirm in days that were released long ago, before the release. */
    private static final int EARLIER = 250;
    /** What is left of the first minute's rates afterwards. */
    private static final double LATER = 1 / 3.0;
    private static final int MINUTE = 60;

    public Demand {
        winners = List.copyOf(winners);
    }

    /** How many applications are brought before the clock starts, about. */
    public double applications() {
        double all = earlier() * warmUpSeconds + bots() + (double) takers * winners.size();
        for (int minute = 0; minute < minutes(); minute++) {
            all += usersOf(minute) * Math.min(1, seconds / (double) MINUTE - minute);
        }
        return all;
    }

    /** Time that people take for something. @param ns as they are, nanoseconds */
    long paced(final long ns) {
        return (long) (ns * pace);
    }

    /** Minutes that are begun. */
    int minutes() {
        return (seconds + MINUTE - 1) / MINUTE;
    }

    public int bots() {
        return Math.max(LEAST_BOTS, users / USERS_OF_A_BOT);
    }

    /** Users that come in one of the minutes, counted from 0. */
    int usersOf(final int minute) {
        return minute == 0 ? users : (int) Math.round(users * LATER);
    }

    /** Reads due in a second after the release; before it a growing part of them. */
    double reads(final int second) {
        return READS * scale * share(second);
    }

    double botReads(final int second) {
        return BOT_READS * scale * share(second);
    }

    /** Hold attempts due in a second after the release, users' and bots' together. */
    double holds(final int second) {
        if (second < 0) {
            return HOLDS * scale * share(second);
        }
        final boolean isBurst = second >= BURST_FROM_SECOND && second < BURST_TO_SECOND;
        return (isBurst ? BURST_HOLDS : HOLDS) * scale * share(second);
    }

    double earlier() {
        return EARLIER * scale;
    }

    /** From a tenth to six tenths while everybody waits, all in the first minute, a third later. */
    private double share(final int second) {
        if (second < 0) {
            return 0.6 + 0.5 * second / warmUpSeconds;
        }
        return second < MINUTE ? 1 : second < seconds ? LATER : 0;
    }
}
