package org.mawid.engine.stamp;

/**
 * What a stamp costs, in exact integers: the same for the core that issues and for the read side that quotes.
 * <p>Pure; any thread.
 */
public final class Price {
    private Price() {
    }

    /** Centimes of MAD. @param unitCentimes sum of the tariff's parts, 0 to 8 * 10^8 @param quantity 1 to 255 */
    public static long amountCentimes(final long unitCentimes, final int quantity) {
        return unitCentimes * quantity;
    }

    /**
     * The amount in the post's currency, rounded once, half up.
     *
     * @param amountCentimes  centimes of MAD, 0 to 255 * 8 * 10^8
     * @param minorDigits     decimals of the currency, 0, 2 or 3
     * @param microMadPerUnit millionths of a dirham for one unit of the currency, 1 to 10^15
     * @param roundToMinor    the answer is a multiple of it, 1 to 10 000
     * @return minor units of the currency
     */
    public static long localMinor(final long amountCentimes, final int minorDigits, final long microMadPerUnit, final int roundToMinor) {
        final long numerator = amountCentimes * powerOfTen(minorDigits) * 10_000L; // at most 2.04 * 10^18
        final long step = microMadPerUnit * roundToMinor; // at most 10^19: fits only when read as unsigned
        final long whole = Long.divideUnsigned(numerator, step);
        final long rest = Long.remainderUnsigned(numerator, step);
        final boolean up = Long.compareUnsigned(rest, step - rest) >= 0;
        return (up ? whole + 1 : whole) * roundToMinor;
    }

    /** Whether a price that was made elsewhere is its value at its own rate, as far as one whole unit of the currency, or one step of the post's rounding. Ranges as {@link #localMinor}. */
    public static boolean isNear(final long amountCentimes, final long localMinor, final int minorDigits, final long microMadPerUnit, final int roundToMinor) {
        return Math.abs(localMinor - localMinor(amountCentimes, minorDigits, microMadPerUnit, 1)) <= Math.max(powerOfTen(minorDigits), roundToMinor);
    }

    /**
     * What an amount in a post's currency is worth, rounded once, half up (away from zero below it).
     *
     * @param minor           minor units of the currency, up to 10^15 either way
     * @param minorDigits     decimals of the currency, 0, 2 or 3
     * @param microMadPerUnit millionths of a dirham for one unit of the currency, 1 to 10^15
     * @return centimes of MAD; see {@link #exceeds}
     */
    public static long centimes(final long minor, final int minorDigits, final long microMadPerUnit) {
        final long divisor = powerOfTen(minorDigits) * 10_000L;
        final long size = Math.abs(minor);
        final long whole = Split.quotient(size, microMadPerUnit, divisor);
        final long up = 2 * Split.remainder(size, microMadPerUnit, divisor) >= divisor ? 1 : 0;
        return minor < 0 ? -(whole + up) : whole + up;
    }

    /** Whether {@link #centimes} would be more than so many, either way. @param most up to 10^18 */
    public static boolean exceeds(final long minor, final int minorDigits, final long microMadPerUnit, final long most) {
        final long divisor = powerOfTen(minorDigits) * 10_000L;
        return Math.multiplyHigh(Math.abs(minor), microMadPerUnit) >= divisor / 2 || Math.abs(centimes(minor, minorDigits, microMadPerUnit)) > most;
    }

    private static long powerOfTen(final int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }
}
