package org.mawid.api.treasury.matching;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Shares a sum by weight to the last minor unit: each its part rounded down, and one more for those with the largest remainders, the first of equal ones. */
final class Shares {
    private Shares() {
    }

    /** @param total 0 or more @param weights 0 or more each, more than 0 together unless {@code total} is 0 @return as many, {@code total} together */
    static long[] of(final long total, final long... weights) {
        final BigInteger all = BigInteger.valueOf(Math.max(1, LongStream.of(weights).sum()));
        final long[] shares = new long[weights.length];
        final BigInteger[] remainders = new BigInteger[weights.length];
        long left = total;
        for (int i = 0; i < weights.length; i++) {
            final BigInteger[] part = BigInteger.valueOf(total).multiply(BigInteger.valueOf(weights[i])).divideAndRemainder(all);
            shares[i] = part[0].longValueExact();
            remainders[i] = part[1];
            left -= shares[i];
        }
        IntStream.range(0, weights.length).boxed().sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed()).limit(left).forEach(i -> shares[i]++);
        return shares;
    }
}
