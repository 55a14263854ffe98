package org.mawid.bench.capacity.result;

/**
 * What the state gets at a desk, by week of the plan: stamps issued with the confirmation of a visit and voided with what became of it, and the fees of
 * those who were served, with a stamp or at the counter. Amounts are centimes of dirham, prices in force when issued or served; payment is not in it.
 */
public final class Fees {
    public final long[] stamps;
    /** Units of service that these stamps are for. */
    public final long[] services;
    public final long[] issuedCentimes;
    public final long[] voidStamps;
    public final long[] voidCentimes;
    /** Of people who were served, by stamp. */
    public final long[] servedCentimes;
    /** Of people who were served without one. */
    public final long[] counterCentimes;

    Fees(final int days) {
        final int weeks = (days + 6) / 7;
        this.stamps = new long[weeks];
        this.services = new long[weeks];
        this.issuedCentimes = new long[weeks];
        this.voidStamps = new long[weeks];
        this.voidCentimes = new long[weeks];
        this.servedCentimes = new long[weeks];
        this.counterCentimes = new long[weeks];
    }

    /** @param day of the weeks that are looked at, from 0 on @param forServices units of service that these stamps are for */
    public void issued(final int day, final int count, final int forServices, final long centimes) {
        stamps[day / 7] += count;
        services[day / 7] += forServices;
        issuedCentimes[day / 7] += centimes;
    }

    public void madeVoid(final int day, final int count, final long centimes) {
        voidStamps[day / 7] += count;
        voidCentimes[day / 7] += centimes;
    }

    /** @param feeCentimes price of all their services @param stampedCentimes of which they had stamps for */
    public void served(final int day, final long feeCentimes, final long stampedCentimes) {
        servedCentimes[day / 7] += stampedCentimes;
        counterCentimes[day / 7] += feeCentimes - stampedCentimes;
    }

    void add(final Fees other) {
        add(stamps, other.stamps);
        add(services, other.services);
        add(issuedCentimes, other.issuedCentimes);
        add(voidStamps, other.voidStamps);
        add(voidCentimes, other.voidCentimes);
        add(servedCentimes, other.servedCentimes);
        add(counterCentimes, other.counterCentimes);
    }

    private static void add(final long[] to, final long[] more) {
        for (int week = 0; week < to.length; week++) {
            to[week] += more[week];
        }
    }

    public int weeks() {
        return stamps.length;
    }

    public static long sum(final long[] byWeek) {
        long sum = 0;
        for (final long one : byWeek) {
            sum += one;
        }
        return sum;
    }

    /** Rounded half up. */
    public static long dirhams(final long centimes) {
        return Math.floorDiv(centimes + 50, 100);
    }
}
