package org.mawid.client;

import java.util.Arrays;
import java.util.BitSet;
import org.mawid.grpc.Result;

/**
 * Sends again, with their request ids, those of many commands that were not admitted or not answered in time, while the client's time and its
 * budget last: the one way for batches of either encoding. Makes nothing when all were answered. One thread.
 */
abstract class Repeats {
    private static final int[] NONE = {};

    final long dueNanos;
    private final MawidClient client;
    /** Commands of which an attempt had no answer. */
    private final BitSet mayBeDone = new BitSet(0);

    Repeats(final MawidClient client, final long dueNanos) {
        this.client = client;
        this.dueNanos = dueNanos;
    }

    /** Commands, each with an answer by now. */
    abstract int size();

    /** Null = one that this client does not know. */
    abstract Result result(int index);

    /** What the answer carries, 0 = nothing. */
    abstract long retryMs(int index);

    /** These once more in one message, each answer into its place. @throws MawidException when there is none */
    abstract void sendAgain(int[] indexes, Attempts attempts);

    /** It is not known what became of this one. */
    abstract void setPending(int index);

    /** @param mayAllBeDone whether an attempt of all had no answer before these came */
    final void repeat(final boolean mayAllBeDone) {
        final Repeat repeat = new Repeat();
        int asked = size();
        if (mayAllBeDone) {
            mayBeDone.set(0, asked);
        }
        while (true) {
            final long leftMs = client.leftMs(dueNanos);
            final int[] open = open(leftMs);
            client.budget().answered(asked - open.length);
            asked = open.length;
            final long delayMs = asked == 0 ? Repeat.NEVER : repeat.afterMs(told(open), leftMs);
            if (delayMs == Repeat.NEVER || !client.budget().mayRepeat()) {
                pendingIfMayBeDone();
                return;
            }
            for (final int index : open) {
                if (result(index) == Result.PENDING) {
                    mayBeDone.set(index);
                }
            }
            client.pause(delayMs, null);
            final Attempts attempts = new Attempts(client, dueNanos);
            try {
                sendAgain(open, attempts);
            } catch (final MawidException none) { // they may have been done, whatever was said of them before
                for (final int index : open) {
                    setPending(index);
                }
            }
            if (attempts.mayBeDone()) {
                Arrays.stream(open).forEach(mayBeDone::set);
            }
        }
    }

    /** That a later attempt was not admitted says nothing of the one before. */
    private void pendingIfMayBeDone() {
        for (int i = mayBeDone.nextSetBit(0); i >= 0; i = mayBeDone.nextSetBit(i + 1)) {
            if (result(i) != Result.PENDING && Refusal.isOfOneAttempt(result(i))) {
                setPending(i);
            }
        }
    }

    /** Those that may pass when they are sent again in the time that is left. */
    private int[] open(final long leftMs) {
        int[] open = NONE;
        int count = 0;
        for (int i = 0; i < size(); i++) {
            final Result result = result(i);
            if (result != Result.OK && Refusal.mayPass(result, retryMs(i)) && retryMs(i) < leftMs) {
                if (open.length == 0) {
                    open = new int[size() - i];
                }
                open[count++] = i;
            }
        }
        return count == open.length ? open : Arrays.copyOf(open, count);
    }

    /** The longest delay that any of them carries, 0 = none carries one. */
    private long told(final int[] open) {
        long longest = 0;
        for (final int index : open) {
            longest = Math.max(longest, retryMs(index));
        }
        return longest;
    }
}
