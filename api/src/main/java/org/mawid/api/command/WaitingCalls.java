package org.mawid.api.command;

/** Streams and batches of one event loop that wait until it is known whose what they name is: each keeps its commands meanwhile, so that only a few may. On that loop only. */
final class WaitingCalls {
    /** Beyond, what is not known yet is answered so. Source: our estimate, twice what a client has on its way. */
    static final int MOST = 16;

    private int count;

    boolean mayWait() {
        return count < MOST;
    }

    void begins() {
        count++;
    }

    void ended() {
        count--;
    }
}
