package org.mawid.engine.readmodel.work;

import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.WorkView;
import org.mawid.sbe.AcceptedPostsRecordDecoder;
import org.mawid.sbe.ApplicationAssignedDecoder;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.ApplicationSubmittedDecoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.LinesDecidedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PostsAcceptedDecoder;
import org.mawid.sbe.ReviewRecordDecoder;

/**
 * Applications that wait for an officer beside a running core, see {@link WorkView}. One thread feeds it, any reads. The first change of a batch takes the turn and the batch's end gives it
 * back: readers see whole batches, and while they have it copy so many rows at once that the feed waits for some microseconds. Whoever comes first has it first, so a feed that never rests
 * keeps nobody out.
 * <p>Memory: 64 bytes for each application that is undecided, 30 to 150 for where it is found and its place; what the most that there were took is kept for the next ones.
 */
public final class LiveWork implements WorkView {
    private static final int POSTS = 4_096;
    private static final int EVERY_POST = 0;
    /** Rows that a reader copies in one turn: some microseconds. */
    private static final int AT_ONCE = 128;
    private static final PostQueue NOBODY = new PostQueue(new ArrayDeque<>());

    /** Everything, so that it can be replaced at once. */
    private static final class Present {
        private final WorkRows rows = new WorkRows();
        private final ArrayDeque<PostQueue.Page> spares = new ArrayDeque<>();
        private final PostQueue[] queues = new PostQueue[POSTS];

        PostQueue at(final int postId) {
            return queues[postId] == null ? NOBODY : queues[postId];
        }

        private PostQueue of(final int postId) {
            if (queues[postId] == null) {
                queues[postId] = new PostQueue(spares);
            }
            return queues[postId];
        }

        void enter(final int row) {
            if ((rows.word(row, WorkRows.LINES) & WorkRows.SET) != 0) {
                of(WorkRows.postId(rows.word(row, WorkRows.POSTS))).add(rows.word(row, WorkRows.SINCE), rows.word(row, WorkRows.APPLICATION), row);
            }
        }

        /** Before anything that places it changes. */
        void leave(final int row) {
            if ((rows.word(row, WorkRows.LINES) & WorkRows.SET) != 0) {
                of(WorkRows.postId(rows.word(row, WorkRows.POSTS))).remove(rows.word(row, WorkRows.SINCE), rows.word(row, WorkRows.APPLICATION));
            }
        }
    }

    private final ReentrantLock turn = new ReentrantLock(true);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ApplicationSubmittedDecoder submitted = new ApplicationSubmittedDecoder();
    private final LinesDecidedDecoder decided = new LinesDecidedDecoder();
    private final ApplicationAssignedDecoder assigned = new ApplicationAssignedDecoder();
    private final PostsAcceptedDecoder postsAccepted = new PostsAcceptedDecoder();
    private final ApplicationRecordDecoder record = new ApplicationRecordDecoder();
    private final ReviewRecordDecoder review = new ReviewRecordDecoder();
    private final AcceptedPostsRecordDecoder acceptedPosts = new AcceptedPostsRecordDecoder();
    private Present fed = new Present();
    /** Written by the feed, in its turn. */
    private Present shown = fed;
    // The lines of the application that is being read.
    private int lines;
    private int registered;
    private int waiting;
    private int needed;
    private long services;
    private long further;

    // ---- feed: one thread ----

    /** What follows is all there is; readers see the old until {@link #onBatchEnd}. */
    public void beginRebuild() {
        fed = new Present();
    }

    /** One event or record with its header; what says nothing about decisions is passed over. */
    public void onMessage(final DirectBuffer buffer, final int offset) {
        switch (buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF) {
            case ApplicationSubmittedDecoder.TEMPLATE_ID -> submitted(submitted.wrapAndApplyHeader(buffer, offset, header));
            case LinesDecidedDecoder.TEMPLATE_ID -> decided(decided.wrapAndApplyHeader(buffer, offset, header));
            case ApplicationAssignedDecoder.TEMPLATE_ID -> {
                assigned.wrapAndApplyHeader(buffer, offset, header);
                assigned(fed.rows.find(assigned.applicationId()), assigned.officer(), assigned.untilMs());
            }
            case PostsAcceptedDecoder.TEMPLATE_ID -> {
                postsAccepted.wrapAndApplyHeader(buffer, offset, header);
                final int row = fed.rows.find(postsAccepted.applicationId());
                final PostsAcceptedDecoder.PostsDecoder posts = postsAccepted.posts();
                accepted(row, posts.hasNext() ? posts.next().postId() : 0);
            }
            case ApplicationRecordDecoder.TEMPLATE_ID -> record(record.wrapAndApplyHeader(buffer, offset, header));
            case ReviewRecordDecoder.TEMPLATE_ID -> review(review.wrapAndApplyHeader(buffer, offset, header));
            case AcceptedPostsRecordDecoder.TEMPLATE_ID -> {
                acceptedPosts.wrapAndApplyHeader(buffer, offset, header);
                final int row = fed.rows.find(acceptedPosts.applicationId());
                final AcceptedPostsRecordDecoder.PostsDecoder posts = acceptedPosts.posts();
                accepted(row, posts.hasNext() ? posts.next().postId() : 0);
            }
            default -> { }
        }
    }

    private void submitted(final ApplicationSubmittedDecoder event) {
        final long application = event.applicationId();
        final int postId = event.head().postId();
        final long nowMs = event.head().nowMs();
        begin();
        for (final ApplicationSubmittedDecoder.LinesDecoder one : event.lines()) {
            line(one.serviceId(), one.registeredPostId(), one.state());
        }
        end(application, postId, nowMs);
    }

    private void record(final ApplicationRecordDecoder told) {
        final long application = told.applicationId();
        final int postId = told.postId();
        final long submittedMs = told.submittedMs();
        begin();
        for (final ApplicationRecordDecoder.LinesDecoder one : told.lines()) {
            line(one.serviceId(), one.registeredPostId(), one.state());
        }
        end(application, postId, submittedMs);
    }

    private void begin() {
        lines = 0;
        services = 0;
        further = 0;
        waiting = 0;
        needed = 0;
    }

    private void line(final int serviceId, final int registeredPostId, final LineState state) {
        registered = lines == 0 ? registeredPostId : registered;
        final long service = (long) serviceId << Byte.SIZE * (lines % Long.BYTES);
        services |= lines < Long.BYTES ? service : 0;
        further |= lines < Long.BYTES ? 0 : service;
        waiting |= state == LineState.SUBMITTED ? 1 << lines : 0;
        needed |= state == LineState.DOCUMENTS_NEEDED ? 1 << lines : 0;
        lines++;
    }

    private void end(final long application, final int postId, final long sinceMs) {
        if ((waiting | needed) == 0) {
            return;
        }
        takeTurn();
        final WorkRows rows = fed.rows;
        int row = rows.find(application);
        if (row == WorkRows.NONE) {
            row = rows.open(application);
        } else {
            fed.leave(row);
        }
        rows.put(row, WorkRows.APPLICATION, application);
        rows.put(row, WorkRows.SINCE, sinceMs);
        rows.put(row, WorkRows.OFFICER, 0);
        rows.put(row, WorkRows.UNTIL, 0);
        rows.put(row, WorkRows.SERVICES, services);
        rows.put(row, WorkRows.FURTHER, further);
        rows.put(row, WorkRows.POSTS, postId | (long) registered << WorkRows.REGISTERED_AT);
        rows.put(row, WorkRows.LINES, waiting | (long) needed << WorkRows.NEEDED_AT | (long) lines << WorkRows.COUNT_AT);
        fed.enter(row);
    }

    private void decided(final LinesDecidedDecoder event) {
        final int row = fed.rows.find(event.applicationId());
        if (row == WorkRows.NONE) {
            return; // what is decided of validated lines
        }
        takeTurn();
        final long before = fed.rows.word(row, WorkRows.LINES);
        final long set = event.lines();
        final long inSubmitted = event.state() == LineState.SUBMITTED ? set : 0;
        final long inNeeded = event.state() == LineState.DOCUMENTS_NEEDED ? set << WorkRows.NEEDED_AT : 0;
        final long now = before & ~(set | set << WorkRows.NEEDED_AT) | inSubmitted | inNeeded;
        if ((now & ~(-1L << WorkRows.COUNT_AT)) == 0) {
            fed.leave(row);
            fed.rows.close(row);
        } else if ((before & WorkRows.SET) != 0 && (now & WorkRows.SET) != 0) {
            fed.rows.put(row, WorkRows.LINES, now); // it goes on waiting where it is
        } else {
            fed.leave(row);
            fed.rows.put(row, WorkRows.LINES, now);
            if (inSubmitted != 0) {
                fed.rows.put(row, WorkRows.SINCE, event.head().nowMs());
            }
            fed.enter(row);
        }
    }

    private void assigned(final int row, final long officer, final long untilMs) {
        if (row != WorkRows.NONE) {
            takeTurn();
            fed.rows.put(row, WorkRows.OFFICER, officer);
            fed.rows.put(row, WorkRows.UNTIL, untilMs);
        }
    }

    private void review(final ReviewRecordDecoder told) {
        final int row = fed.rows.find(told.applicationId());
        if (row != WorkRows.NONE) {
            takeTurn();
            fed.leave(row);
            fed.rows.put(row, WorkRows.SINCE, told.sinceMs());
            fed.enter(row);
            assigned(row, told.officer(), told.untilMs());
        }
    }

    private void accepted(final int row, final int first) {
        if (row != WorkRows.NONE) {
            takeTurn();
            fed.leave(row);
            fed.rows.put(row, WorkRows.POSTS, fed.rows.word(row, WorkRows.POSTS) & ~(WorkRows.SET << WorkRows.ACCEPTED_AT) | (long) first << WorkRows.ACCEPTED_AT);
            fed.enter(row);
        }
    }

    /** Nobody reads what is not shown yet. */
    private void takeTurn() {
        if (fed == shown && !turn.isHeldByCurrentThread()) {
            turn.lock();
        }
    }

    /** Shows what was fed. */
    public void onBatchEnd() {
        if (shown != fed) {
            turn.lock();
            shown = fed;
        }
        giveTurn();
    }

    /** Lets readers in when a batch will never end. */
    public void giveTurn() {
        if (turn.isHeldByCurrentThread()) {
            turn.unlock();
        }
    }

    // ---- readers: any thread ----

    @Override
    public List<Work> queue(final int postId, final After after, final Predicate<Work> wanted, final int max) {
        final List<Work> found = new ArrayList<>();
        final long[] words = new long[AT_ONCE * WorkRows.WORDS];
        long sinceMs = after.sinceMs();
        long number = after.applicationId();
        for (int copied = AT_ONCE; copied == AT_ONCE; ) {
            copied = copy(postId, sinceMs, number, words);
            for (int row = 0; row < copied; row++) {
                final Work work = WorkRows.work(words, row * WorkRows.WORDS);
                if (wanted.test(work)) {
                    found.add(work);
                    if (found.size() == max) {
                        return found;
                    }
                }
                sinceMs = work.sinceMs();
                number = work.applicationId();
            }
        }
        return found;
    }

    /** Rows of a queue that come behind, with those of everybody's among them. @return how many */
    private int copy(final int postId, final long sinceMs, final long number, final long[] words) {
        turn.lock();
        try {
            final PostQueue.Cursor own = shown.at(postId).from(sinceMs, number + 1);
            final PostQueue.Cursor common = (postId == EVERY_POST ? NOBODY : shown.at(EVERY_POST)).from(sinceMs, number + 1);
            int copied = 0;
            while (copied < AT_ONCE && !(own.isAtEnd() && common.isAtEnd())) {
                final PostQueue.Cursor first = isBefore(own, common) ? own : common;
                shown.rows.copy(first.row(), words, copied++ * WorkRows.WORDS);
                first.next();
            }
            return copied;
        } finally {
            turn.unlock();
        }
    }

    private static boolean isBefore(final PostQueue.Cursor one, final PostQueue.Cursor other) {
        if (one.isAtEnd() || other.isAtEnd()) {
            return other.isAtEnd();
        }
        return one.sinceMs() != other.sinceMs() ? one.sinceMs() < other.sinceMs() : one.number() < other.number();
    }

    @Override
    public Totals totals(final int postId, final long nowMs) {
        turn.lock();
        try {
            final Totals own = totals(shown.at(postId), nowMs);
            if (postId == EVERY_POST) {
                return own;
            }
            final Totals common = totals(shown.at(EVERY_POST), nowMs);
            final long oldestMs = own.oldestMs() == 0 ? common.oldestMs() : common.oldestMs() == 0 ? own.oldestMs() : Math.min(own.oldestMs(), common.oldestMs());
            return new Totals(own.waiting() + common.waiting(), own.overdue() + common.overdue(), oldestMs);
        } finally {
            turn.unlock();
        }
    }

    private static Totals totals(final PostQueue queue, final long nowMs) {
        final PostQueue.Cursor oldest = queue.from(Long.MIN_VALUE, Long.MIN_VALUE);
        return new Totals(queue.count(), queue.waitingSinceBefore(nowMs - TARGET_MS), oldest.isAtEnd() ? 0 : oldest.sinceMs());
    }
}
