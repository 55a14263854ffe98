package org.mawid.api.treasury.order;

/**
 * When a payment that waits is treated otherwise. Milliseconds since it was started.
 *
 * @param inDoubtAfterMs   without an answer of the treasury it is in doubt
 * @param askPersonAfterMs without an answer it is a person's work
 * @param abandonAfterMs   the treasury knows no order for it, so that nothing can be paid any more
 */
public record RoundRules(long inDoubtAfterMs, long askPersonAfterMs, long abandonAfterMs) {
    /** 15 minutes, 3 days, 1 hour. Source: our estimate; a treasury may be down for a day without anybody's work. */
    public static final RoundRules USUAL = new RoundRules(15 * 60_000L, 3 * 86_400_000L, 3_600_000L);

    /** @throws IllegalArgumentException unless doubt comes before a person */
    public RoundRules {
        if (inDoubtAfterMs < 0 || askPersonAfterMs < inDoubtAfterMs || abandonAfterMs < 0) {
            throw new IllegalArgumentException("a payment is in doubt before a person is asked");
        }
    }
}
