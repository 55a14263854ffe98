package org.mawid.api.report;

import java.util.Comparator;

/**
 * What of a post and a day some sums are of.
 *
 * @param currency  ISO 4217, empty = of none
 * @param serviceId 0 = of none, or not known any more
 * @param means     value of PaymentMeans, 0 = of none
 */
record Slice(String currency, int serviceId, int means) implements Comparable<Slice> {
    /** The post as a whole. */
    static final Slice POST = new Slice("", 0, 0);
    private static final Comparator<Slice> ORDER = Comparator.comparing(Slice::currency).thenComparingInt(Slice::serviceId).thenComparingInt(Slice::means);

    static Slice service(final int serviceId) {
        return new Slice("", serviceId, 0);
    }

    static Slice stamps(final String currency, final int serviceId) {
        return new Slice(currency, serviceId, 0);
    }

    static Slice payments(final String currency, final int means) {
        return new Slice(currency, 0, means);
    }

    @Override
    public int compareTo(final Slice other) {
        return ORDER.compare(this, other);
    }
}
