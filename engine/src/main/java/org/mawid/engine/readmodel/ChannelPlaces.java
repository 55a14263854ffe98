package org.mawid.engine.readmodel;

/**
 * What is kept of a desk's day for channels: by class, {@link org.mawid.sbe.QuotaClass} 1 to {@value #CLASSES}, and unit, 0 to 191. What is left is
 * what is kept and not taken, and is withheld from everybody else. Immutable.
 */
public final class ChannelPlaces {
    public static final int CLASSES = 4;
    /** Units of which it is told, by class. */
    public static final int UNITS = 192;
    /** Of a day that keeps nothing, and from which nothing was taken of what it kept. */
    public static final ChannelPlaces NOTHING = new ChannelPlaces(new byte[CLASSES * UNITS], new byte[CLASSES * UNITS], new long[CLASSES]);

    private final byte[] kept;
    private final byte[] taken;
    private final long[] spillMs;

    /** @param kept by {@link #place}, as {@code taken} @param spillMs by class less 1. None of them is changed any more */
    public ChannelPlaces(final byte[] kept, final byte[] taken, final long[] spillMs) {
        this.kept = kept;
        this.taken = taken;
        this.spillMs = spillMs;
    }

    /** Where a class and a unit stand in a list by both. */
    public static int place(final int quotaClass, final int unit) {
        return (quotaClass - 1) * UNITS + unit;
    }

    /** Whether something is kept for the class, or was taken of what was, or it has yet to spill. */
    public boolean has(final int quotaClass) {
        boolean has = spillMs(quotaClass) != 0;
        for (int unit = 0; unit < UNITS && !has; unit++) {
            has = kept(quotaClass, unit) != 0 || taken(quotaClass, unit) != 0;
        }
        return has;
    }

    /** As published, less what closures leave; nothing once it is everybody's. 0 to 255. */
    public int kept(final int quotaClass, final int unit) {
        return kept[place(quotaClass, unit)] & 0xFF;
    }

    /** Of what is kept or was, 0 to 255: it may be more than is kept now. */
    public int taken(final int quotaClass, final int unit) {
        return taken[place(quotaClass, unit)] & 0xFF;
    }

    /** Whom it is kept for may take so many. */
    public int left(final int quotaClass, final int unit) {
        return Math.max(0, kept(quotaClass, unit) - taken(quotaClass, unit));
    }

    /** Of all classes together. */
    public int left(final int unit) {
        int left = 0;
        for (int quotaClass = 1; quotaClass <= CLASSES; quotaClass++) {
            left += left(quotaClass, unit);
        }
        return left;
    }

    /** When what is left of a class is everybody's, ms since 1970-01-01 UTC; 0 = never, or it is. */
    public long spillMs(final int quotaClass) {
        return spillMs[quotaClass - 1];
    }
}
