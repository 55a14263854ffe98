package org.mawid.api.callcentre;

/**
 * Somebody who is to be called back. Nothing of it is personal: it stands in clear in a file. Times are log time, ms since 1970-01-01 UTC.
 *
 * @param application  its number
 * @param dueMs        from when on
 * @param tries        how often nobody was reached
 * @param takenBy      key of the agent who has taken it last, 0 = nobody, or nobody who said who they are
 * @param takenUntilMs 0 = it was not taken since nobody was reached
 * @param outcome      of the last call, by the number of the contract; 0 = there was none
 * @param endedMs      0 = it is open
 * @param endedBy      key of the agent who has said the outcome
 */
record CallbackRow(long id, long application, long dueMs, long notBeforeMs, long notAfterMs, long reasonCode, long tries, long takenBy, long takenUntilMs, long outcome, long endedMs, long endedBy) {
    private static final int FIELDS = 11;

    static CallbackRow of(final long id, final long[] kept) {
        return new CallbackRow(id, kept[0], kept[1], kept[2], kept[3], kept[4], kept[5], kept[6], kept[7], kept[8], kept[9], kept[10]);
    }

    long[] longs() {
        final long[] kept = {application, dueMs, notBeforeMs, notAfterMs, reasonCode, tries, takenBy, takenUntilMs, outcome, endedMs, endedBy};
        assert kept.length == FIELDS;
        return kept;
    }

    boolean isOpen() {
        return endedMs == 0;
    }

    boolean isTaken(final long nowMs) {
        return isOpen() && takenUntilMs > nowMs;
    }

    /** Whether the window and the reason are those. */
    boolean isAsked(final long newNotBeforeMs, final long newNotAfterMs, final long newReasonCode) {
        return isOpen() && notBeforeMs == newNotBeforeMs && notAfterMs == newNotAfterMs && reasonCode == newReasonCode;
    }

    CallbackRow taken(final long actor, final long untilMs) {
        return new CallbackRow(id, application, dueMs, notBeforeMs, notAfterMs, reasonCode, tries, actor, untilMs, outcome, endedMs, endedBy);
    }

    /** Nobody was reached. */
    CallbackRow again(final long newDueMs, final long actor, final long newOutcome) {
        return new CallbackRow(id, application, newDueMs, notBeforeMs, notAfterMs, reasonCode, tries + 1, 0, 0, newOutcome, 0, actor);
    }

    CallbackRow ended(final long nowMs, final long actor, final long newOutcome) {
        return new CallbackRow(id, application, dueMs, notBeforeMs, notAfterMs, reasonCode, tries, takenBy, takenUntilMs, newOutcome, nowMs, actor);
    }

    /** In the list of those that are open, for whoever goes on behind it. */
    String place() {
        return dueMs + "-" + id;
    }
}
