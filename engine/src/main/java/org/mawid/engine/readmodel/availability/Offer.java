package org.mawid.engine.readmodel.availability;

import java.util.Arrays;

/**
 * What days offer by unit, as patterns: 192 entries of what is open (capacity less withheld) and, only when something of the day is
 * withheld, 192 more of what is. So a day that withholds nothing costs nothing for it, and a search that looks at what is open meets
 * the same bytes as ever. One of these is written over for each pattern in turn; writer's thread only, but for {@link #withheldAt}.
 */
final class Offer {
    private static final int[] NOTHING = new int[0];

    private final byte[] pattern = new byte[2 * Bits.UNITS];
    private final byte[] open = new byte[Bits.UNITS];
    private boolean withholds;

    /** Begins a pattern with everything closed. */
    void clear() {
        Arrays.fill(pattern, (byte) 0);
        withholds = false;
    }

    void add(final int startUnit, final int units, final int capacity, final int withheld) {
        Arrays.fill(pattern, startUnit, startUnit + units, (byte) (capacity - withheld));
        withhold(pattern, startUnit, units, withheld);
        withholds |= withheld > 0;
    }

    /** The pattern, until the next one is begun: not to be kept. */
    byte[] pattern() {
        if (withholds) {
            return pattern;
        }
        System.arraycopy(pattern, 0, open, 0, Bits.UNITS);
        return open;
    }

    /** As {@link #pattern}: {@code before} with so much more open on those units. */
    byte[] moved(final byte[] before, final int startUnit, final int units, final int delta) {
        final byte[] after = before.length > Bits.UNITS ? pattern : open;
        System.arraycopy(before, 0, after, 0, before.length);
        for (int unit = startUnit; unit < startUnit + units; unit++) {
            after[unit] += (byte) delta;
        }
        return after;
    }

    /** As {@link #pattern}: {@code before} with so many withheld on those units and all else as it is. */
    byte[] withheld(final byte[] before, final int startUnit, final int units, final int withheld) {
        clear();
        System.arraycopy(before, 0, pattern, 0, before.length);
        withhold(pattern, startUnit, units, withheld);
        for (int unit = 0; unit < Bits.UNITS; unit++) {
            withholds |= withheldAt(pattern, unit) > 0;
        }
        return pattern();
    }

    /** As {@link #pattern}: {@code before} with so much less open and more withheld on each unit as more is left for channels. @param openToo false = what is open has moved already */
    byte[] keeping(final byte[] before, final byte[] leftBefore, final byte[] leftAfter, final boolean openToo) {
        clear();
        System.arraycopy(before, 0, pattern, 0, before.length);
        for (int unit = 0; unit < Bits.UNITS; unit++) {
            final int more = KeptPlaces.all(leftAfter, unit) - KeptPlaces.all(leftBefore, unit);
            pattern[unit] -= (byte) (openToo ? more : 0);
            pattern[Bits.UNITS + unit] += (byte) more;
            withholds |= withheldAt(pattern, unit) > 0;
        }
        return pattern();
    }

    /** As {@link #pattern}: {@code before} with so much less open and more withheld on each unit. */
    byte[] withholding(final byte[] before, final int[] more) {
        clear();
        System.arraycopy(before, 0, pattern, 0, before.length);
        for (int unit = 0; unit < Bits.UNITS; unit++) {
            pattern[unit] -= (byte) more[unit];
            pattern[Bits.UNITS + unit] += (byte) more[unit];
            withholds |= withheldAt(pattern, unit) > 0;
        }
        return pattern();
    }

    private static void withhold(final byte[] pattern, final int startUnit, final int units, final int withheld) {
        Arrays.fill(pattern, Bits.UNITS + startUnit, Bits.UNITS + startUnit + units, (byte) withheld);
    }

    static int withheldAt(final byte[] pattern, final int unit) {
        return DayRows.at(pattern, Bits.UNITS + unit);
    }

    /** By unit; empty when nothing is withheld. */
    static int[] withheld(final byte[] pattern, final int units) {
        if (pattern.length <= Bits.UNITS) {
            return NOTHING;
        }
        final int[] withheld = new int[units];
        Arrays.setAll(withheld, unit -> withheldAt(pattern, unit));
        return withheld;
    }
}
