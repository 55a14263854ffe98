package org.mawid.api.treasury.matching;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What the acquirer keeps of a post's payments, and how long it takes.
 *
 * @param basisPoints hundredths of a percent of the gross amount, 0 to 10 000, rounded half up to the minor unit, once for each line
 * @param fixedMinor  for each payment on top, minor units
 * @param delayDays   calendar days between payment and value date at most, 0 to 366
 * @param isKept      whether a commission was agreed at all; if not, whatever a statement tells as charges is taken as it is
 */
public record AcquirerContract(int basisPoints, long fixedMinor, int delayDays, boolean isKept) {
    private static final BigDecimal BASIS = BigDecimal.valueOf(10_000);

    /** @throws IllegalArgumentException beyond the ranges */
    public AcquirerContract {
        if (basisPoints < 0 || basisPoints > 10_000 || fixedMinor < 0 || delayDays < 0 || delayDays > 366) {
            throw new IllegalArgumentException("a contract keeps 0 to 10 000 basis points and 0 or more, and pays within 0 to 366 days");
        }
    }

    public static AcquirerContract of(final int basisPoints, final long fixedMinor, final int delayDays) {
        return new AcquirerContract(basisPoints, fixedMinor, delayDays, true);
    }

    /** Nothing was agreed about a commission. */
    public static AcquirerContract without(final int delayDays) {
        return new AcquirerContract(0, 0, delayDays, false);
    }

    /** Minor units. @param payments that the line settles */
    public long commission(final long grossMinor, final int payments) {
        final long part = basisPoints == 0 ? 0 : BigDecimal.valueOf(grossMinor).multiply(BigDecimal.valueOf(basisPoints)).divide(BASIS, 0, RoundingMode.HALF_UP).longValueExact();
        return part + fixedMinor * payments;
    }

    /** Which contract a post has; never null. */
    @FunctionalInterface
    public interface OfPost {
        AcquirerContract contract(int postId);
    }
}
