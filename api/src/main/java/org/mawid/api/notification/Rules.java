package org.mawid.api.notification;

/**
 * How much, how often.
 *
 * @param perSecond     letters each way, 1 or more
 * @param perDay        to one person, 1 or more
 * @param attempts      before a letter is given up, 1 or more
 * @param firstRetryMs  after the first that has failed; twice as long after each further one
 * @param mostRetryMs   and no longer than that
 * @param remindBeforeMs how long before a visit it is reminded of; 0 = never
 */
public record Rules(int perSecond, int perDay, int attempts, long firstRetryMs, long mostRetryMs, long remindBeforeMs) {
    /** After how many ms it is tried again. @param failed attempts, 1 or more */
    long retryMs(final int failed) {
        return Math.min(mostRetryMs, firstRetryMs << Math.min(failed - 1, 20));
    }
}
