package org.mawid.client;

import java.util.Arrays;
import org.mawid.grpc.Result;

/**
 * Sends again, with their request ids, those of many commands that were not admitted or not answered in time, while the client's time and its
 * budget last: the one way for batches of either encoding. Makes nothing when all were answered. One thread.
 */
abstract class Repeats {
    private static final int[] NONE = {};

    final long dueNanos;
    private final MawidClient client;

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
    abstract void sendAgain(int[] indexes);

    /** It is not known what became of this one. */
    abstract void setPending(int index);

    final void repeat() {
        final Repeat repeat = new Repeat();
        int asked = size();
        while (true) {
            final long leftMs = client.leftMs(dueNanos);
            final int[] open = open(leftMs);
            client.budget().answered(asked - open.length);
            asked = open.length;
            final long delayMs = asked == 0 ? Repeat.NEVER : repeat.afterMs(told(open), leftMs);
            if (delayMs == Repeat.NEVER || !client.budget().mayRepeat()) {
                return;
            }
            client.pause(delayMs, null);
            try {
                sendAgain(open);
            } catch (final MawidException none) { // they may have been done, whatever was said of them before
                for (final int index : open) {
                    setPending(index);
                }
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
