package org.mawid.client;

/**
 * Keeps repeats from making trouble worse: each message that is sent again takes a token, each answer, of a batch each command's, gives a tenth of
 * one back, and who has none left stops repeating. Any thread.
 */
final class RetryBudget {
    private static final int TENTHS_MAX = 200;
    private static final int REPEAT_TENTHS = 10;

    private int tenths = TENTHS_MAX;

    /** @param count how many were answered for good, 0 and more */
    synchronized void answered(final int count) {
        tenths = Math.min(TENTHS_MAX, tenths + count);
    }

    synchronized boolean mayRepeat() {
        if (tenths < REPEAT_TENTHS) {
            return false;
        }
        tenths -= REPEAT_TENTHS;
        return true;
    }
}
