package org.mawid.engine.readmodel.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.sbe.RescheduledDecoder;

/**
 * Reads on from what it has passed: in the tail while that reaches back so far, in the files otherwise. What it has passed is its whole
 * state; where it reads is found again whenever the tail has run away from it, or it has come to the end of the files.
 */
final class Follower implements EventLog.Subscription {
    /** Copied out of the tail at once. */
    static final int CHUNK_BYTES = 16 << 10;
    /** Looked through in one call at most, when little of it is for this follower. */
    private static final int SCAN_BYTES = 1 << 20;
    private static final int ALL = EventLog.Cursor.ALL;

    private final LiveEvents log;
    private final Tail tail;
    private final EventFiles files; // null = there are none
    private final long epoch;
    private final int postId;

    private long passedPosition;
    private int passedOrdinal;
    private boolean lost;
    private boolean near;
    private long nextOffset;
    private Segment segment;
    private long segmentAt;
    private int left;
    private long budget;

    // Guarded by the tail.
    private boolean asleep;
    private Runnable wakeUp;
    private long skipPosition = -1;
    private long skipOffset;

    Follower(final LiveEvents log, final Tail tail, final EventFiles files, final EventLog.Cursor passed, final int postId, final boolean lost) {
        this.log = log;
        this.tail = tail;
        this.files = files;
        this.epoch = passed.epoch();
        this.postId = postId;
        this.lost = lost;
        this.passedPosition = passed.position();
        this.passedOrdinal = passed.ordinal();
    }

    int postId() {
        return postId;
    }

    long passedPosition() {
        return passedPosition;
    }

    @Override
    public int poll(final EventLog.EventHandler handler, final int limit) {
        final Tail.Place shown = shown();
        left = limit;
        budget = SCAN_BYTES;
        while (left > 0 && budget > 0 && !lost && !hasPassed(shown)) {
            if (near || entersTail()) {
                readTail(handler, shown);
            } else {
                readFile(handler, shown);
            }
        }
        return limit - left;
    }

    /** What may be seen now. While it slept nothing came for it, however far the tail has gone. */
    private Tail.Place shown() {
        synchronized (tail) {
            final Tail.Place shown = tail.shown();
            if (asleep) {
                passed(shown.offset(), shown.position());
                asleep = true;
            }
            if (skipPosition > passedPosition) {
                pass(skipPosition, ALL);
                near = true;
                nextOffset = skipOffset;
            }
            return shown;
        }
    }

    private boolean hasPassed(final Tail.Place shown) {
        return passedPosition > shown.position() || passedPosition == shown.position() && passedOrdinal == ALL;
    }

    private long wanted() {
        return passedOrdinal == ALL ? passedPosition + 1 : passedPosition;
    }

    private void pass(final long position, final int ordinal) {
        passedPosition = position;
        passedOrdinal = ordinal;
    }

    private boolean entersTail() {
        final Tail.Place entry = tail.entry(wanted());
        if (entry != null) {
            near = true;
            nextOffset = entry.offset();
            segment = null;
        }
        return entry != null;
    }

    private void readTail(final EventLog.EventHandler handler, final Tail.Place shown) {
        final UnsafeBuffer buffer = log.borrow();
        try {
            int length = (int) Math.min(CHUNK_BYTES, shown.offset() - nextOffset);
            if (length > 0 && tail.read(nextOffset, buffer, 0, length)) {
                final int first = Frames.bytes(Frames.messageBytes(buffer, 0));
                if (first > length) {
                    length = first;
                    near = tail.read(nextOffset, buffer, 0, length);
                }
            } else {
                near = length <= 0;
            }
            int at = 0;
            while (near && left > 0 && at < length && at + Frames.bytes(Frames.messageBytes(buffer, at)) <= length) {
                final int frame = Frames.bytes(Frames.messageBytes(buffer, at));
                take(handler, buffer, at);
                at += frame;
                nextOffset += frame;
            }
            budget -= at;
            if (near && nextOffset >= shown.offset()) {
                pass(shown.position(), ALL);
            }
        } finally {
            log.giveBack(buffer);
        }
    }

    private void readFile(final EventLog.EventHandler handler, final Tail.Place shown) {
        final Segment here = files == null ? null : files.holding(wanted());
        if (here == null) {
            lost = true;
            return;
        }
        if (here != segment) {
            segment = here;
            segmentAt = Layout.HEADER_BYTES;
        }
        final BlockReader reader = files.borrow();
        try {
            readBlock(handler, shown, reader, here.bytes());
        } catch (final DamagedException damage) {
            files.damaged(damage);
            lost = true;
        } catch (final IOException trouble) {
            if (files.isKept(here)) {
                throw new UncheckedIOException(trouble);
            }
            lost = true; // it gave way to newer ones meanwhile
        } finally {
            files.giveBack(reader);
        }
    }

    private void readBlock(final EventLog.EventHandler handler, final Tail.Place shown, final BlockReader reader, final long end) throws IOException {
        Layout.Block block = reader.header(segment, segmentAt, end);
        while (block.last() < wanted()) {
            segmentAt += block.bytes();
            block = reader.header(segment, segmentAt, end);
        }
        if (block.first() > wanted()) {
            throw new DamagedException(segment, segmentAt, "positions from " + wanted() + " on are missing");
        }
        int at = reader.payload(segment, segmentAt, block, end);
        final int payloadEnd = at + block.payload();
        budget -= block.bytes();
        while (at < payloadEnd && Frames.position(reader.buffer(), at) <= shown.position()) {
            if (left == 0) {
                return;
            }
            take(handler, reader.buffer(), at);
            at += Frames.bytes(Frames.messageBytes(reader.buffer(), at));
        }
        pass(Math.min(block.last(), shown.position()), ALL);
        if (at == payloadEnd) {
            segmentAt += block.bytes();
        }
    }

    private void take(final EventLog.EventHandler handler, final DirectBuffer buffer, final int frame) {
        final long position = Frames.position(buffer, frame);
        final int ordinal = Frames.ordinal(buffer, frame);
        if (position < passedPosition || position == passedPosition && ordinal <= passedOrdinal) {
            return;
        }
        pass(position, ordinal);
        final int post = Frames.post(buffer, frame);
        if (postId == 0 || post == 0 || post == postId || Frames.template(buffer, frame) == RescheduledDecoder.TEMPLATE_ID) {
            left--;
            handler.onEvent(new EventLog.Cursor(epoch, position, ordinal), buffer, frame + Frames.MESSAGE, Frames.messageBytes(buffer, frame));
        }
    }

    @Override
    public boolean isLost() {
        if (!lost && !hasPassed(shown())) {
            lost = tail.entry(wanted()) == null && (files == null || files.holding(wanted()) == null);
        }
        return lost;
    }

    @Override
    public void onAvailable(final Runnable run) {
        final boolean sleeps;
        synchronized (tail) {
            wakeUp = run;
            sleeps = !lost && (asleep || tail.sleep(this));
            asleep = sleeps;
        }
        if (!sleeps) {
            run.run();
        }
    }

    /** Under the tail's monitor: it is about to be woken, and up to there nothing was for it. */
    void passed(final long offset, final long position) {
        asleep = false;
        skipPosition = position;
        skipOffset = offset;
    }

    void wake() {
        wakeUp.run();
    }

    @Override
    public EventLog.Cursor cursor() {
        synchronized (tail) {
            return asleep ? new EventLog.Cursor(epoch, Math.max(passedPosition, tail.shownPosition()), ALL)
                    : new EventLog.Cursor(epoch, passedPosition, passedOrdinal);
        }
    }

    @Override
    public void close() {
        synchronized (tail) {
            asleep = false;
            tail.forget(this);
        }
    }
}
