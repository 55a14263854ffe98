package org.mawid.api.rpc;

import io.grpc.Attributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of answers may wait for clients that do not read them, in all and on one connection. What a call is answered with goes to
 * the transport at once, whatever the client's window is, and stays there until the client has taken it or the call is gone.
 * <p>Every call takes {@value #CALL_BYTES} bytes from its beginning to its end: about what gRPC and Netty keep of it, the short answer of a
 * command included, so that short answers need no counting of their own: two additions a call are all that it costs. A longer answer
 * of a read is counted when it is made, that of a batch before its commands are admitted, since an admitted command is always answered. When
 * the budget is spent nothing more is begun: who asks is told UNAVAILABLE before any work is done. The answer that spends it may go beyond by
 * itself, so the bound is the budget and one answer for each event loop. Command streams and watches have their own bound and take the bytes
 * of a call only.
 * <p>Even a refusal waits for a client that takes nothing, and takes its bytes too: a connection that goes on asking until it has twice its
 * share is ended, and so is one that has taken nothing for {@value #STALLED_LOOKS} looks while the budget of all is spent: a portal that
 * stands still must not shut out the others.
 * <p>Any thread.
 */
public final class ReplyBudget {
    /** Of the connection of a call. */
    public static final Attributes.Key<Share> SHARE = Attributes.Key.create("mawid-reply-share");
    /** What each call takes, its short answer included. */
    static final long CALL_BYTES = 4_096;
    /** Times that {@link #look} has found nothing taken. */
    public static final int STALLED_LOOKS = 30;
    /** In the place of the bytes of a connection. */
    private static final long GONE = Long.MIN_VALUE;

    private final long mostBytes;
    private final long mostOfConnection;
    private final AtomicLong bytes = new AtomicLong();
    private final Set<Share> shares = ConcurrentHashMap.newKeySet();

    /** @param mostBytes in all @param mostOfConnection on one connection */
    public ReplyBudget(final long mostBytes, final long mostOfConnection) {
        this.mostBytes = mostBytes;
        this.mostOfConnection = mostOfConnection;
    }

    /** A connection begins. @param end closes it, from any thread */
    public Share open(final Runnable end) {
        final Share share = new Share(end);
        shares.add(share);
        return share;
    }

    /** How many wait at the moment. */
    public long bytes() {
        return bytes.get();
    }

    /** Once a second: ends connections that have taken nothing for long, while others cannot be answered. One thread at a time looks. */
    public synchronized void look() {
        final boolean isSpent = bytes.get() >= mostBytes;
        shares.forEach(share -> share.look(isSpent));
    }

    /** What one connection takes of it. */
    public final class Share {
        private final Runnable end;
        private final AtomicLong mine = new AtomicLong();
        private final AtomicBoolean moved = new AtomicBoolean();
        private int stalledLooks; // of who looks

        private Share(final Runnable end) {
            this.end = end;
        }

        /** Nothing more is to be begun. */
        boolean isSpent() {
            return mine.get() >= mostOfConnection || bytes.get() >= mostBytes;
        }

        /** A call was refused, its refusal counted. */
        void refused() {
            if (mine.get() >= 2 * mostOfConnection) {
                end.run();
            }
        }

        void take(final long more) {
            long before = mine.get();
            while (before != GONE && !mine.compareAndSet(before, before + more)) {
                before = mine.get();
            }
            if (before != GONE) {
                bytes.addAndGet(more);
            }
        }

        void giveBack(final long less) {
            take(-less);
            if (!moved.getPlain()) {
                moved.set(true);
            }
        }

        private void look(final boolean isSpent) {
            stalledLooks = moved.getAndSet(false) || mine.get() == 0 ? 0 : stalledLooks + 1;
            if (isSpent && stalledLooks >= STALLED_LOOKS) {
                end.run();
            }
        }

        /** The connection is gone, and what its calls have not given back with it: what they give back later has come back already. */
        public void close() {
            if (shares.remove(this)) {
                bytes.addAndGet(-mine.getAndSet(GONE));
            }
        }
    }
}
