package org.mawid.engine.readmodel;

import java.util.List;
import java.util.function.Predicate;

/**
 * What officers have to decide: for each post the applications with a line that is SUBMITTED, the one that waits longest first. Immutable answers. Reflects {@link ReadModel#position}.
 * <p>An application for any post is decided by the post of registration of its first line, else by the first post that it accepts, else it is in the queue of every post.
 */
public interface WorkView {
    /** Two days, in ms: within them the ministry wants an application decided, or asked about. */
    long TARGET_MS = 48 * 3_600_000L;

    /**
     * An application that waits for an officer.
     *
     * @param postId    whose queue it is in, 0 = every post's
     * @param sinceMs   ms since 1970-01-01 UTC: its submission, or when lines were submitted again while no other waited
     * @param services  of its lines, the first first
     * @param submitted its lines that are SUBMITTED, bit i = line i
     * @param needed    its lines that are DOCUMENTS_NEEDED
     * @param officer   key of who has it for themselves until {@code untilMs}, which may be past; 0 = nobody
     */
    record Work(long applicationId, int postId, long sinceMs, List<Integer> services, int submitted, int needed, long officer, long untilMs) {
        /** When it should be decided. */
        public long dueMs() {
            return sinceMs + TARGET_MS;
        }

        public boolean isOverdue(final long nowMs) {
            return dueMs() < nowMs;
        }

        /** Who has it for themselves then, 0 = nobody. */
        public long officerAt(final long nowMs) {
            return untilMs > nowMs ? officer : 0;
        }

        /** Whether one of the lines that wait is of that service. */
        public boolean isOf(final int serviceId) {
            for (int line = 0; line < services.size(); line++) {
                if ((submitted >>> line & 1) != 0 && services.get(line) == serviceId) {
                    return true;
                }
            }
            return false;
        }
    }

    /** @param oldestMs since when the oldest of them waits, 0 = there is none */
    record Totals(int waiting, int overdue, long oldestMs) {
    }

    /** Where a page ends. */
    record After(long sinceMs, long applicationId) {
        public static final After NOTHING = new After(Long.MIN_VALUE, 0);
    }

    /** The queue of a post, the oldest first, equals by number. @param after where to go on @param max 1 and more */
    List<Work> queue(int postId, After after, Predicate<Work> wanted, int max);

    /** Of the queue of a post; of postId 0 of those that are in every post's, which the others have among theirs. */
    Totals totals(int postId, long nowMs);
}
