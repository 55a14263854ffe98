package org.mawid.engine.readmodel.work;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mawid.engine.readmodel.WorkView.After;
import org.mawid.engine.readmodel.WorkView.Work;

/**
 * An application with a line that is SUBMITTED or DOCUMENTS_NEEDED, and its place in a queue: by post, then who waits longest, then by number. Immutable. One is made of each application, so it is small.
 *
 * @param chosen     post, 0 = any
 * @param registered post of registration of its first line, 0 = unknown
 * @param accepted   first post that it accepts beside, 0 = it accepts none
 * @param submitted  lines, bit i = line i
 * @param needed     lines that are DOCUMENTS_NEEDED
 * @param lines      how many it has
 * @param services   of lines 0 to 7, a byte each, the first lowest
 * @param further    of lines 8 to 15
 */
record Entry(long applicationId, long sinceMs, long officer, long untilMs, long services, long further, short chosen, short registered, short accepted, short submitted, short needed,
             byte lines) implements Comparable<Entry> {
    private static final Comparator<Entry> ORDER = Comparator.comparingInt(Entry::postId).thenComparingLong(Entry::sinceMs).thenComparingLong(Entry::applicationId);
    private static final int SET = 0xFFFF;

    /** Without a line yet. */
    static Entry of(final long applicationId, final int postId, final long sinceMs) {
        return new Entry(applicationId, sinceMs, 0, 0, 0, 0, (short) postId, (short) 0, (short) 0, (short) 0, (short) 0, (byte) 0);
    }

    /** Where a page of a queue begins: behind this. */
    static Entry behind(final int postId, final After after) {
        return of(after.applicationId(), postId, after.sinceMs());
    }

    static Entry endOf(final int postId) {
        return of(Long.MAX_VALUE, postId, Long.MAX_VALUE);
    }

    /** Whose queue it is in. */
    int postId() {
        return chosen != 0 ? chosen : registered != 0 ? registered : accepted;
    }

    boolean waits() {
        return submitted != 0;
    }

    int submittedSet() {
        return submitted & SET;
    }

    int neededSet() {
        return needed & SET;
    }

    boolean isAt(final Entry other) {
        return postId() == other.postId() && sinceMs == other.sinceMs && applicationId == other.applicationId;
    }

    Entry accepting(final int postId) {
        return new Entry(applicationId, sinceMs, officer, untilMs, services, further, chosen, registered, (short) postId, submitted, needed, lines);
    }

    Entry assigned(final long to, final long until) {
        return new Entry(applicationId, sinceMs, to, until, services, further, chosen, registered, accepted, submitted, needed, lines);
    }

    Entry with(final long since, final int submittedNow, final int neededNow) {
        return new Entry(applicationId, since, officer, untilMs, services, further, chosen, registered, accepted, (short) submittedNow, (short) neededNow, lines);
    }

    Work work() {
        final List<Integer> all = new ArrayList<>(lines);
        for (int line = 0; line < lines; line++) {
            all.add((int) ((line < Long.BYTES ? services : further) >>> Byte.SIZE * (line % Long.BYTES)) & 0xFF);
        }
        return new Work(applicationId, postId(), sinceMs, List.copyOf(all), submittedSet(), neededSet(), officer, untilMs);
    }

    @Override
    public int compareTo(final Entry other) {
        return ORDER.compare(this, other);
    }
}
