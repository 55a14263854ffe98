package org.mawid.api.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.access.Access;
import org.mawid.api.access.Caller;
import org.mawid.api.access.Operation;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.sbe.RescheduledDecoder;

/**
 * Of all that is told to whoever follows a post, what that post may know. What happens to an application for any post is told to the posts that {@link Access#postsOf deal with it}, and to every post as long as none does; a visit
 * that was moved is told to the posts where it was and where it is.
 * <p>It is found out where it is read, when it is read: who catches up is told what is theirs by now. What records do not reflect yet waits here, and what came after it, so that nothing is told in another order. One thread at a
 * time, which may wait for a disk; the writer does nothing for it.
 */
public final class OwnEvents implements EventLog.Subscription {
    /** How soon it is looked again for records that are behind. Milliseconds. Source: as a watch that catches up. */
    private static final long LOOK_MS = 5;

    private final EventLog.Subscription events;
    private final Access access;
    private final int postId;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    /** A visit that is elsewhere now, and may have been here: an event of this post at the same position says so. */
    private Waiting moved;
    /** All up to here was told, or passed. */
    private EventLog.Cursor at;

    /** @param event a copy */
    private record Waiting(EventLog.Cursor cursor, DirectBuffer event) {
        static Waiting of(final EventLog.Cursor cursor, final DirectBuffer buffer, final int offset, final int length) {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            return new Waiting(cursor, new UnsafeBuffer(copy));
        }
    }

    private OwnEvents(final EventLog.Subscription events, final Access access, final int postId) {
        this.events = events;
        this.access = access;
        this.postId = postId;
        this.at = events.cursor();
    }

    /** @param access null = nobody is asked who they are, and whoever follows is told everything; so are those who may follow any post */
    public static EventLog.Subscription follow(final Access access, final Caller caller, final EventLog events, final EventLog.Cursor from, final int postId) {
        final EventLog.Subscription all = events.subscribe(from, postId);
        return access == null || access.mayDoAny(caller, Operation.WATCH) ? all : new OwnEvents(all, access, postId);
    }

    @Override
    public int poll(final EventLog.EventHandler handler, final int limit) {
        at = cursor();
        final int[] told = {0};
        while (!waiting.isEmpty() && isKnown(waiting.peek().event(), 0, waiting.peek().cursor())) {
            final Waiting next = waiting.remove();
            told[0] += give(handler, next.cursor(), next.event(), 0, next.event().capacity());
        }
        if (!waiting.isEmpty()) {
            return told[0];
        }
        events.poll((cursor, buffer, offset, length) -> {
            if (waiting.isEmpty() && isKnown(buffer, offset, cursor)) {
                told[0] += give(handler, cursor, buffer, offset, length);
            } else {
                waiting.add(Waiting.of(cursor, buffer, offset, length));
            }
        }, limit);
        if (moved != null && waiting.isEmpty() && events.cursor().hasPassed(moved.cursor().position())) {
            moved = null;
        }
        return told[0];
    }

    /** @return how many were told */
    private int give(final EventLog.EventHandler handler, final EventLog.Cursor cursor, final DirectBuffer buffer, final int offset, final int length) {
        final int post = EventMapping.post(buffer, offset);
        int told = 0;
        if (moved != null) {
            final boolean isSamePosition = moved.cursor().position() == cursor.position();
            if (isSamePosition && post == postId) {
                handler.onEvent(moved.cursor(), moved.event(), 0, moved.event().capacity());
                told++;
            }
            moved = isSamePosition && post != postId ? moved : null;
        }
        if (post != postId && post != 0 && EventMapping.template(buffer, offset) == RescheduledDecoder.TEMPLATE_ID) {
            moved = Waiting.of(cursor, buffer, offset, length);
        } else if (isTheirs(buffer, offset, post)) {
            handler.onEvent(cursor, buffer, offset, length);
            told++;
        }
        if (moved == null) {
            at = cursor;
        }
        return told;
    }

    /** Whether records say whose it is, if it is anybody's. */
    private boolean isKnown(final DirectBuffer buffer, final int offset, final EventLog.Cursor cursor) {
        if (EventMapping.post(buffer, offset) != 0 || EventApplications.of(buffer, offset) == 0) {
            return true;
        }
        try {
            if (access.position() < cursor.position()) {
                return false;
            }
            access.postsOf(EventApplications.of(buffer, offset));
            return true;
        } catch (final ReadModelBehindException rebuilt) {
            return false;
        }
    }

    private boolean isTheirs(final DirectBuffer buffer, final int offset, final int post) {
        final long application = post == 0 ? EventApplications.of(buffer, offset) : 0;
        if (application == 0) {
            return true;
        }
        final Set<Integer> posts = access.postsOf(application);
        return posts != null && (posts.isEmpty() || posts.contains(postId));
    }

    @Override
    public boolean isLost() {
        return waiting.isEmpty() && events.isLost();
    }

    @Override
    public void onAvailable(final Runnable wakeUp) {
        if (waiting.isEmpty()) {
            events.onAvailable(wakeUp);
        } else {
            CompletableFuture.delayedExecutor(LOOK_MS, TimeUnit.MILLISECONDS, Runnable::run).execute(wakeUp);
        }
    }

    @Override
    public EventLog.Cursor cursor() {
        return waiting.isEmpty() && moved == null ? events.cursor() : at;
    }

    @Override
    public void close() {
        events.close();
    }
}
