package org.mawid.api.person;

/**
 * Why and until when nothing of a person is deleted by rule.
 *
 * @param sinceMs ms since 1970-01-01 UTC, as the next one
 * @param untilMs not any more from then on
 * @param reason  number of the file that asks for it, 1 to 4 294 967 295
 */
public record LegalHold(long sinceMs, long untilMs, long reason) {
    public boolean isAt(final long nowMs) {
        return nowMs < untilMs;
    }
}
