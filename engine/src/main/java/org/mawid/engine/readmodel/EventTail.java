package org.mawid.engine.readmodel;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.sbe.EventHeadDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/**
 * The newest events, in a ring of bytes: frames of {@code int32 length}, the SBE message, zeros up to a multiple of 8. The oldest give way.
 * It lives as long as the process; its epoch is new with each.
 * <p>Fed on one thread, read by any. Readers copy what they take under the lock and are called outside of it.
 */
final class EventTail implements EventLog {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int HEAD = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int FRAME_BYTES = 4;

    private final Object lock = new Object();
    private final UnsafeBuffer ring;
    private final int mask;
    private final long epoch;
    private final List<Follower> sleeping = new ArrayList<>();
    /** Bytes ever written; what readers may see; the oldest byte that is still there. */
    private long end;
    private long shown;
    private long oldest;
    private boolean hasForgotten;
    private long forgottenPosition;
    private volatile long reflected;
    private long lastPosition;
    private int lastOrdinal;

    /** @param bytes a power of two @param epoch names this run, not 0 @param position of the state that the first event follows */
    EventTail(final int bytes, final long epoch) {
        this.ring = new UnsafeBuffer(new byte[bytes]);
        this.mask = bytes - 1;
        this.epoch = epoch;
    }

    /** What followers have seen already when they begin now. */
    void startAt(final long position) {
        synchronized (lock) {
            lastPosition = position;
            lastOrdinal = Integer.MAX_VALUE;
            forgottenPosition = position;
        }
        reflected = position;
    }

    /** What was added up to here is all there is of it. */
    void reflects(final long position) {
        reflected = position;
    }

    /** One event with its header. */
    void add(final DirectBuffer message, final int offset, final int length) {
        synchronized (lock) {
            final int frame = FRAME_BYTES + length + 7 & ~7;
            final int at = (int) end & mask;
            if (at + frame > ring.capacity()) {
                makeRoom(ring.capacity() - at);
                ring.putInt(at, at - ring.capacity(), ORDER); // negative: so many bytes are skipped
                end += ring.capacity() - at;
            }
            makeRoom(frame);
            final int to = (int) end & mask;
            ring.putInt(to, length, ORDER);
            ring.putBytes(to + FRAME_BYTES, message, offset, length);
            end += frame;
            lastPosition = position(to);
            lastOrdinal = ordinal(to);
        }
    }

    private void makeRoom(final int bytes) {
        while (end + bytes - oldest > ring.capacity()) {
            final int frame = (int) oldest & mask;
            if (ring.getInt(frame, ORDER) >= 0) {
                forgottenPosition = position(frame);
            }
            oldest += frameBytes(oldest);
            hasForgotten = true;
        }
    }

    /** Shows what was added and wakes who waits. */
    void show() {
        final List<Follower> woken;
        synchronized (lock) {
            if (shown == end) {
                return;
            }
            shown = end;
            if (sleeping.isEmpty()) {
                return;
            }
            woken = new ArrayList<>(sleeping);
            sleeping.clear();
        }
        woken.forEach(Follower::wake);
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public long position() {
        return reflected;
    }

    @Override
    public long keptFrom() {
        synchronized (lock) {
            return forgottenPosition;
        }
    }

    @Override
    public Subscription subscribe(final Cursor from, final int postId) {
        synchronized (lock) {
            if (from.position() == 0 && from.ordinal() == 0) {
                return new Follower(shown, new Cursor(epoch, lastPosition, lastOrdinal), postId, false);
            }
            if (from.epoch() != 0 && from.epoch() != epoch) {
                return new Follower(shown, from, postId, true);
            }
            long at = oldest;
            boolean isAfter = !hasForgotten;
            while (at < shown) {
                final int frame = (int) at & mask;
                if (ring.getInt(frame, ORDER) >= 0) {
                    if (isBefore(from, frame)) {
                        break;
                    }
                    isAfter = true;
                }
                at += frameBytes(at);
            }
            return new Follower(at, from, postId, !isAfter);
        }
    }

    private boolean isBefore(final Cursor cursor, final int frame) {
        final long position = position(frame);
        return cursor.position() < position || cursor.position() == position && cursor.ordinal() < ordinal(frame);
    }

    private long position(final int frame) {
        return ring.getLong(frame + FRAME_BYTES + HEAD + EventHeadDecoder.positionEncodingOffset(), ORDER);
    }

    private int ordinal(final int frame) {
        return ring.getShort(frame + FRAME_BYTES + HEAD + EventHeadDecoder.ordinalEncodingOffset(), ORDER) & 0xFFFF;
    }

    private int post(final int frame) {
        return ring.getShort(frame + FRAME_BYTES + HEAD + EventHeadDecoder.postIdEncodingOffset(), ORDER) & 0xFFFF;
    }

    private int frameBytes(final long at) {
        final int length = ring.getInt((int) at & mask, ORDER);
        return length < 0 ? -length : FRAME_BYTES + length + 7 & ~7;
    }

    private final class Follower implements Subscription {
        private final int postId;
        private final UnsafeBuffer copy = new UnsafeBuffer(new byte[8 * 1024]);
        private long next;
        private boolean lost;
        private Cursor cursor;
        private Runnable wakeUp;

        Follower(final long next, final Cursor cursor, final int postId, final boolean lost) {
            this.next = next;
            this.cursor = cursor;
            this.postId = postId;
            this.lost = lost;
        }

        @Override
        public int poll(final EventHandler handler, final int limit) {
            int count = 0;
            while (count < limit) {
                final int length = take();
                if (length == 0) {
                    break;
                }
                handler.onEvent(cursor, copy, 0, length);
                count++;
            }
            return count;
        }

        /** @return bytes of the next event for this follower, now in {@link #copy}; 0 = none for now */
        private int take() {
            synchronized (lock) {
                lost |= next < oldest;
                while (!lost && next < shown) {
                    final int frame = (int) next & mask;
                    final int length = ring.getInt(frame, ORDER);
                    next += frameBytes(next);
                    if (length > 0) {
                        final int post = post(frame);
                        if (postId == 0 || post == 0 || post == postId) {
                            if (length > copy.capacity()) {
                                copy.wrap(new byte[length]);
                            }
                            copy.putBytes(0, ring, frame + FRAME_BYTES, length);
                            cursor = new Cursor(epoch, position(frame), ordinal(frame));
                            return length;
                        }
                    }
                }
                return 0;
            }
        }

        @Override
        public boolean isLost() {
            synchronized (lock) {
                return lost || next < oldest;
            }
        }

        @Override
        public void onAvailable(final Runnable run) {
            synchronized (lock) {
                if (next >= shown && !lost) {
                    wakeUp = run;
                    sleeping.add(this);
                    return;
                }
            }
            run.run();
        }

        private void wake() {
            wakeUp.run();
        }

        @Override
        public Cursor cursor() {
            return cursor;
        }

        @Override
        public void close() {
            synchronized (lock) {
                sleeping.remove(this);
            }
        }
    }
}
