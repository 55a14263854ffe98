package org.mawid.client;

/**
 * Keeps repeats from making trouble worse: each takes a token, each answer gives a tenth of one back, and who has none left
 * stops repeating. Any thread.
 */
final class RetryBudget {
    private static final int TENTHS_MAX = 200;
    private static final int REPEAT_TENTHS = 10;

    private int tenths = TENTHS_MAX;

    synchronized void answered() {
        tenths = Math.min(TENTHS_MAX, tenths + 1);
    }

    synchronized boolean mayRepeat() {
        if (tenths < REPEAT_TENTHS) {
            return false;
        }
        tenths -= REPEAT_TENTHS;
        return true;
    }
}
