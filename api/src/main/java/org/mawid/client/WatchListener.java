package org.mawid.client;

import java.util.List;
import org.mawid.grpc.Day;
import org.mawid.grpc.Event;

/** Told what changes. On a thread of the connection, one call at a time: return at once. */
public interface WatchListener {
    /** A snapshot begins: at first, and again when too much was missed. What was known before counts no more. */
    void onSnapshot();

    /** Days of the snapshot; events up to a day's own position are in it already. */
    void onDays(List<Day> days);

    /** The snapshot is whole. */
    void onSnapshotComplete();

    void onEvents(List<Event> events);

    /** The last call: the server will not have this watch, as of a post that does not exist, and it has ended. @param refusal with its reason, null = none of Mawid's */
    default void onRefused(final MawidException refusal) {
    }
}
