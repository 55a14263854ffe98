package org.mawid.engine.readmodel.events;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.EventLog.Subscription;
import org.mawid.engine.readmodel.Happenings;
import org.mawid.engine.readmodel.ReadModelConfig;
import org.mawid.sbe.EventHeadDecoder;
import org.mawid.sbe.EventHeadEncoder;
import org.mawid.sbe.HoldExpiredDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** The naive log of events: a list. What it tells a {@link LiveEvents} is a function of the position alone, as a replay's is. */
final class Book {
    static final Path FOLDER = Path.of("data", "readmodel");
    static final Path EVENTS = FOLDER.resolve("events");

    private static final AtomicLong EPOCHS = new AtomicLong(1_000);

    /** One that happened. */
    record Event(long position, int ordinal, int post) {
        @Override
        public String toString() {
            return position + "." + ordinal + " post " + post;
        }
    }

    private final List<Event> events = new ArrayList<>();
    private final EventWriter writer = new EventWriter();
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(EventWriter.MAX_BYTES));
    private long position;

    long position() {
        return position;
    }

    List<Event> events() {
        return events;
    }

    /** Whatever was told of positions after this one never happened. */
    void forgetAfter(final long last) {
        position = last;
        events.removeIf(event -> event.position() > last);
    }

    /** A position with an event for each of these posts. @param stuffing bytes that each is larger */
    void happened(final LiveEvents log, final int stuffing, final int... posts) {
        position++;
        for (int ordinal = 0; ordinal < posts.length; ordinal++) {
            events.add(new Event(position, ordinal, posts[ordinal]));
        }
        tell(log::append, position, position, stuffing, posts);
    }

    /** The position after the last, of which everything follows from its number. */
    void next(final LiveEvents log) {
        position++;
        final int[] posts = posts(position);
        for (int ordinal = 0; ordinal < posts.length; ordinal++) {
            events.add(new Event(position, ordinal, posts[ordinal]));
        }
        replay(log, position);
    }

    /** Tells again what happened in a position. */
    void replay(final LiveEvents log, final long at) {
        replay(log::append, at);
    }

    void replay(final Happenings.Listener listener, final long at) {
        tell(listener, at, nowMs(at), (int) (mix(at) >>> 7 & 63), posts(at));
    }

    static long nowMs(final long position) {
        return position * 10;
    }

    private static int[] posts(final long position) {
        final long mixed = mix(position);
        final int[] posts = new int[(int) (mixed >>> 20 & 3)];
        for (int i = 0; i < posts.length; i++) {
            posts[i] = (int) ((mixed >>> 30 + i * 4) % 4 & 3);
        }
        return posts;
    }

    private static long mix(final long position) {
        final long mixed = (position + 77) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 31;
    }

    private void tell(final Happenings.Listener listener, final long at, final long nowMs, final int stuffing, final int... posts) {
        writer.wrap(buffer, 0);
        for (final int post : posts) {
            final int message = writer.messageOffset();
            final int head = message + MessageHeaderDecoder.ENCODED_LENGTH;
            buffer.putLong(message, (long) HoldExpiredDecoder.TEMPLATE_ID << 16 | HoldExpiredDecoder.BLOCK_LENGTH, ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(head + EventHeadEncoder.positionEncodingOffset(), at, ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(head + EventHeadEncoder.nowMsEncodingOffset(), nowMs, ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(head + EventHeadEncoder.ordinalEncodingOffset(), writer.count() | (long) post << 16, ByteOrder.LITTLE_ENDIAN);
            final int body = head + EventHeadDecoder.ENCODED_LENGTH;
            for (int i = 0; i < 16 + stuffing; i++) {
                buffer.putByte(body + i, (byte) (at + i));
            }
            writer.commit(body + 16 + stuffing - message);
        }
        listener.onPosition(at, nowMs, buffer, 0, writer.length());
    }

    /** What a follower of that post gets after a cursor, 0 = all posts. */
    List<String> after(final long afterPosition, final int afterOrdinal, final int post) {
        return events.stream()
                .filter(event -> event.position() > afterPosition || event.position() == afterPosition && event.ordinal() > afterOrdinal)
                .filter(event -> post == 0 || event.post() == 0 || event.post() == post).map(Event::toString).toList();
    }

    /** All there is for a follower now, with a check of the bytes of each. It sleeps then. */
    static List<String> polled(final Subscription subscription) {
        return polled(subscription, 1_000_000);
    }

    static List<String> polled(final Subscription subscription, final int limit) {
        final List<String> seen = new ArrayList<>();
        final boolean[] more = {true};
        while (more[0] && seen.size() < limit) {
            final int before = seen.size();
            final int polled = subscription.poll((cursor, message, offset, length) -> {
                final int head = offset + MessageHeaderDecoder.ENCODED_LENGTH;
                final long at = message.getLong(head + EventHeadDecoder.positionEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
                final int body = head + EventHeadDecoder.ENCODED_LENGTH;
                for (int i = 0; i < offset + length - body; i++) {
                    if (message.getByte(body + i) != (byte) (at + i)) {
                        throw new AssertionError("byte " + i + " of an event of position " + at);
                    }
                }
                if (cursor.position() != at) {
                    throw new AssertionError(cursor + " for an event of position " + at);
                }
                seen.add(new Event(at, cursor.ordinal(), message.getShort(head + EventHeadDecoder.postIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN)).toString());
            }, limit - before);
            if (polled != seen.size() - before) {
                throw new AssertionError("it said " + polled + " and handed over " + (seen.size() - before));
            }
            more[0] = polled > 0;
            if (polled == 0 && !subscription.isLost()) {
                subscription.onAvailable(() -> more[0] = true); // at once when only a stretch without events for it was passed
            }
        }
        return seen;
    }

    static ReadModelConfig memoryOnly() {
        return memoryOnly(4_096);
    }

    static ReadModelConfig memoryOnly(final int tailBytes) {
        return config(tailBytes, 1 << 20, Long.MAX_VALUE / 2, 0);
    }

    static ReadModelConfig config(final int tailBytes, final int segmentBytes, final long keepMs, final long maxBytes) {
        return new ReadModelConfig(FOLDER, "a journal", tailBytes, segmentBytes, keepMs, maxBytes, false, 0, 0);
    }

    static LiveEvents open(final Disk disk, final ReadModelConfig config) {
        return LiveEvents.open(config, disk, false, EPOCHS::incrementAndGet);
    }
}
