package org.mawid.api.limit;

/**
 * A limit that stands in the way of a call.
 *
 * @param payer  whose
 * @param budget which
 * @param waitMs after how many ms the same is let through if nothing else comes meanwhile, 1 or more
 */
public record Spent(Payer payer, Budget budget, long waitMs) {
    /** Under which name it is told which limit it is. */
    public static final String LIMIT = "limit";
    /** Under which name it is told after how many ms to come back. */
    public static final String RETRY_AFTER_MS = "retryAfterMs";

    /** Which limit it is, as in {@code person.commands}. */
    public String limit() {
        return payer.word() + '.' + budget.word();
    }
}
