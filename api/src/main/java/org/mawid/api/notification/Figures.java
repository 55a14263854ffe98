package org.mawid.api.notification;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.mawid.api.notification.notice.Channel;

/** What is counted of notifications since the server started. Any thread. */
public final class Figures {
    /** What became of a notice, or of an attempt. */
    public enum Count {
        /** Accepted by whoever carries it on. */
        SENT,
        /** An attempt failed, and another one follows. */
        RETRIED,
        /** The address will never be taken. */
        REFUSED,
        /** Tried as often as may be. */
        GIVEN_UP,
        /** It was not so any more. */
        SUPERSEDED,
        /** Whoever it was for does not want it any more, gave up the address or was erased. */
        UNWANTED
    }

    private final Map<Channel, Map<Count, LongAdder>> counts = new EnumMap<>(Channel.class);
    private volatile int waiting;
    private volatile long position = Long.MAX_VALUE; // where none are sent nobody is behind

    public Figures() {
        for (final Channel channel : Channel.values()) {
            final Map<Count, LongAdder> ofChannel = new EnumMap<>(Count.class);
            for (final Count count : Count.values()) {
                ofChannel.put(count, new LongAdder());
            }
            counts.put(channel, ofChannel);
        }
    }

    void count(final Channel channel, final Count count) {
        counts.get(channel).get(count).increment();
    }

    void stand(final int newWaiting, final long newPosition) {
        waiting = newWaiting;
        position = newPosition;
    }

    public long of(final Channel channel, final Count count) {
        return counts.get(channel).get(count).sum();
    }

    /** Notices that are still to be told. */
    public int waiting() {
        return waiting;
    }

    /** Of the log: all up to it has been looked at; beyond its end where none are sent. */
    public long position() {
        return position;
    }
}
