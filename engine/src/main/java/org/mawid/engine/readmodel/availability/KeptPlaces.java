package org.mawid.engine.readmodel.availability;

import org.mawid.engine.readmodel.ChannelPlaces;

/**
 * What is kept of a day for channels and what of that is taken, as the events said: by class, then unit, a byte each. Left is the difference, never below
 * zero. Writer's thread only; what readers get of it is never changed: whatever is changed after it was shown is changed in a copy.
 */
final class KeptPlaces {
    /** CALL_CENTRE to EMERGENCY. */
    static final int CLASSES = ChannelPlaces.CLASSES;
    private static final int BYTES = CLASSES * Bits.UNITS;

    /** Of all that keep nothing, or of which nothing was taken: there is one for each day of a change that waits. Never written. */
    private static final byte[] NOTHING = new byte[BYTES];

    private final long[] spillMs = new long[CLASSES];
    private byte[] kept = NOTHING;
    private byte[] taken;
    private boolean isKeptShared = true;
    private boolean isTakenShared = true;

    KeptPlaces() {
        this(NOTHING);
    }

    private KeptPlaces(final byte[] taken) {
        this.taken = taken;
    }

    /** What this day keeps would be left beside the takers of another one: of a day that waits to replace it. */
    KeptPlaces beside(final KeptPlaces live) {
        final KeptPlaces both = new KeptPlaces(live == null ? taken : live.taken);
        both.kept = kept;
        return both;
    }

    private void ownKept() {
        kept = isKeptShared ? kept.clone() : kept;
        isKeptShared = false;
    }

    private void ownTaken() {
        taken = isTakenShared ? taken.clone() : taken;
        isTakenShared = false;
    }

    void keep(final int quotaClass, final int startUnit, final int units, final int places) {
        ownKept();
        for (int unit = startUnit; unit < startUnit + units; unit++) {
            kept[at(quotaClass, unit)] = (byte) places;
        }
    }

    /** @param ms when what is left of it is everybody's, ms since 1970-01-01 UTC; 0 = never */
    void spillAt(final int quotaClass, final long ms) {
        spillMs[quotaClass - 1] = ms;
    }

    void takenAre(final int quotaClass, final int unit, final int places) {
        ownTaken();
        taken[at(quotaClass, unit)] = (byte) places;
    }

    void change(final int quotaClass, final int startUnit, final int units, final int takenDelta, final int keptDelta) {
        ownTaken();
        ownKept();
        for (int unit = startUnit; unit < startUnit + units; unit++) {
            taken[at(quotaClass, unit)] += (byte) takenDelta;
            kept[at(quotaClass, unit)] += (byte) keptDelta;
        }
    }

    /** Nothing is kept any more for this class. */
    void keepNothing(final int quotaClass) {
        keep(quotaClass, 0, Bits.UNITS, 0);
        spillAt(quotaClass, 0);
    }

    /** What this one keeps is what the other does. */
    void keepAs(final KeptPlaces other) {
        kept = other.kept;
        isKeptShared = true;
        other.isKeptShared = true;
        System.arraycopy(other.spillMs, 0, spillMs, 0, CLASSES);
    }

    /** For readers. */
    ChannelPlaces shown() {
        isKeptShared = true;
        isTakenShared = true;
        return new ChannelPlaces(kept, taken, spillMs.clone());
    }

    /** What is left, by class, then unit; null = nothing at all. */
    byte[] left() {
        byte[] left = null;
        for (int i = 0; i < BYTES; i++) {
            final int places = (kept[i] & 0xFF) - (taken[i] & 0xFF);
            if (places > 0) {
                left = left == null ? new byte[BYTES] : left;
                left[i] = (byte) places;
            }
        }
        return left;
    }

    /** Of all classes together. @param left as {@link #left} gives it */
    static int all(final byte[] left, final int unit) {
        int all = 0;
        for (int quotaClass = 1; quotaClass <= CLASSES; quotaClass++) {
            all += of(left, quotaClass, unit);
        }
        return all;
    }

    /** @param left as {@link #left} gives it */
    static int of(final byte[] left, final int quotaClass, final int unit) {
        return left == null ? 0 : left[at(quotaClass, unit)] & 0xFF;
    }

    private static int at(final int quotaClass, final int unit) {
        return ChannelPlaces.place(quotaClass, unit);
    }
}
