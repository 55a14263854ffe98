package org.mawid.engine.readmodel.work;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
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

/** Applications that wait for an officer beside a running core, see {@link WorkView}. One thread feeds it, any reads. */
public final class LiveWork implements WorkView {
    private static final int POSTS = 4_096;
    private static final int EVERY_POST = 0;

    /** Everything, so that it can be replaced at once. */
    private static final class Present {
        /** The feed's. */
        private final Long2ObjectHashMap<Entry> applications = new Long2ObjectHashMap<>();
        /** By itself: of two at one place the later is told. */
        private final ConcurrentSkipListMap<Entry, Entry> queues = new ConcurrentSkipListMap<>();
        private final AtomicIntegerArray waiting = new AtomicIntegerArray(POSTS);

        void put(final Entry before, final Entry now) {
            if (now.waits()) {
                queues.put(now, now);
                waiting.incrementAndGet(now.postId());
            }
            if (before != null && before.waits()) {
                leave(before, now.waits() && now.isAt(before));
            }
            applications.put(now.applicationId(), now);
        }

        /** Nothing of it is to be decided any more. */
        void drop(final Entry before) {
            if (before.waits()) {
                leave(before, false);
            }
            applications.remove(before.applicationId());
        }

        private void leave(final Entry before, final boolean another) {
            waiting.decrementAndGet(before.postId());
            if (!another) {
                queues.remove(before);
            }
        }

        Iterator<Entry> from(final int postId, final After after) {
            return queues.subMap(Entry.behind(postId, after), false, Entry.endOf(postId), true).values().iterator();
        }
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ApplicationSubmittedDecoder submitted = new ApplicationSubmittedDecoder();
    private final LinesDecidedDecoder decided = new LinesDecidedDecoder();
    private Present fed = new Present();
    private volatile Present shown = fed;
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
                final ApplicationAssignedDecoder event = new ApplicationAssignedDecoder().wrapAndApplyHeader(buffer, offset, header);
                final Entry before = fed.applications.get(event.applicationId());
                if (before != null) {
                    fed.put(before, before.assigned(event.officer(), event.untilMs()));
                }
            }
            case PostsAcceptedDecoder.TEMPLATE_ID -> {
                final PostsAcceptedDecoder event = new PostsAcceptedDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long application = event.applicationId();
                final PostsAcceptedDecoder.PostsDecoder posts = event.posts();
                accepted(application, posts.hasNext() ? posts.next().postId() : 0);
            }
            case ApplicationRecordDecoder.TEMPLATE_ID -> record(new ApplicationRecordDecoder().wrapAndApplyHeader(buffer, offset, header));
            case ReviewRecordDecoder.TEMPLATE_ID -> {
                final ReviewRecordDecoder review = new ReviewRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                final Entry before = fed.applications.get(review.applicationId());
                if (before != null) {
                    fed.put(before, before.with(review.sinceMs(), before.submittedSet(), before.neededSet()).assigned(review.officer(), review.untilMs()));
                }
            }
            case AcceptedPostsRecordDecoder.TEMPLATE_ID -> {
                final AcceptedPostsRecordDecoder record = new AcceptedPostsRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                final long application = record.applicationId();
                final AcceptedPostsRecordDecoder.PostsDecoder posts = record.posts();
                accepted(application, posts.hasNext() ? posts.next().postId() : 0);
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

    private void record(final ApplicationRecordDecoder record) {
        final long application = record.applicationId();
        final int postId = record.postId();
        final long submittedMs = record.submittedMs();
        begin();
        for (final ApplicationRecordDecoder.LinesDecoder one : record.lines()) {
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
        if ((waiting | needed) != 0) {
            fed.put(fed.applications.get(application), new Entry(application, sinceMs, 0, 0, services, further, (short) postId, (short) registered, (short) 0, (short) waiting, (short) needed, (byte) lines));
        }
    }

    private void decided(final LinesDecidedDecoder event) {
        final Entry before = fed.applications.get(event.applicationId());
        if (before == null) {
            return; // what is decided of validated lines
        }
        final int set = event.lines();
        if (event.state() == LineState.SUBMITTED) {
            fed.put(before, before.with(before.waits() ? before.sinceMs() : event.head().nowMs(), before.submittedSet() | set, before.neededSet() & ~set));
        } else if (event.state() == LineState.DOCUMENTS_NEEDED) {
            fed.put(before, before.with(before.sinceMs(), before.submittedSet() & ~set, before.neededSet() | set));
        } else if (((before.submittedSet() | before.neededSet()) & ~set) == 0) {
            fed.drop(before);
        } else {
            fed.put(before, before.with(before.sinceMs(), before.submittedSet() & ~set, before.neededSet() & ~set));
        }
    }

    private void accepted(final long application, final int first) {
        final Entry before = fed.applications.get(application);
        if (before != null) {
            fed.put(before, before.accepting(first));
        }
    }

    /** Shows what was fed. */
    public void onBatchEnd() {
        if (shown != fed) {
            shown = fed;
        }
    }

    // ---- readers: any thread ----

    @Override
    public List<Work> queue(final int postId, final After after, final Predicate<Work> wanted, final int max) {
        final Present present = shown;
        final Iterator<Entry> own = present.from(postId, after);
        final Iterator<Entry> common = postId == EVERY_POST ? List.<Entry>of().iterator() : present.from(EVERY_POST, after);
        final List<Work> found = new ArrayList<>();
        Entry mine = next(own);
        Entry everybodys = next(common);
        while (found.size() < max && (mine != null || everybodys != null)) {
            final boolean isMine = everybodys == null || mine != null && isBefore(mine, everybodys);
            final Work work = (isMine ? mine : everybodys).work();
            if (wanted.test(work)) {
                found.add(work);
            }
            if (isMine) {
                mine = next(own);
            } else {
                everybodys = next(common);
            }
        }
        return found;
    }

    private static Entry next(final Iterator<Entry> from) {
        return from.hasNext() ? from.next() : null;
    }

    private static boolean isBefore(final Entry one, final Entry other) {
        return one.sinceMs() != other.sinceMs() ? one.sinceMs() < other.sinceMs() : one.applicationId() < other.applicationId();
    }

    @Override
    public Totals totals(final int postId, final long nowMs) {
        final Present present = shown;
        final Totals own = totals(present, postId, nowMs);
        if (postId == EVERY_POST) {
            return own;
        }
        final Totals common = totals(present, EVERY_POST, nowMs);
        final long oldestMs = own.oldestMs() == 0 ? common.oldestMs() : common.oldestMs() == 0 ? own.oldestMs() : Math.min(own.oldestMs(), common.oldestMs());
        return new Totals(own.waiting() + common.waiting(), own.overdue() + common.overdue(), oldestMs);
    }

    private static Totals totals(final Present present, final int postId, final long nowMs) {
        int overdue = 0;
        long oldestMs = 0;
        for (final Iterator<Entry> each = present.from(postId, After.NOTHING); each.hasNext(); ) {
            final Entry entry = each.next();
            oldestMs = oldestMs == 0 ? entry.sinceMs() : oldestMs;
            if (entry.sinceMs() + TARGET_MS >= nowMs) {
                break;
            }
            overdue++;
        }
        return new Totals(present.waiting.get(postId), overdue, oldestMs);
    }
}
