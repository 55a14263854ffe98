package org.mawid.api.application;

import java.util.List;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.WorkView;
import org.mawid.engine.readmodel.WorkView.After;
import org.mawid.engine.readmodel.WorkView.Totals;
import org.mawid.engine.readmodel.WorkView.Work;

/**
 * A page of what the officers of a post have to decide, as both edges tell it.
 *
 * @param totals of the whole queue, whatever was asked for
 * @param next   where the next page begins, empty = this is the last one
 * @param nowMs  the engine's time, by which ages are reckoned
 */
public record WorkPage(List<Work> work, Totals totals, String next, long nowMs) {
    /** Most of one page. */
    public static final int MOST = 1_000;
    /** Unless it is said. */
    public static final int USUAL = 100;
    private static final char BETWEEN = '~';

    /**
     * What is asked for.
     *
     * @param serviceId  0 = of all services
     * @param ofAssignee whether {@code assignee} counts
     * @param assignee   key of who has it for themselves now, 0 = nobody
     * @param after      {@link #next} of the page before, empty = from the beginning
     * @param limit      1 to {@link #MOST}
     */
    public record Query(int postId, int serviceId, boolean ofAssignee, long assignee, String after, int limit) {
        /** Whether {@code after} is where a page has ended. */
        public boolean isWhole(final References references) {
            return endOf(references, after) != null;
        }
    }

    /** @param query a whole one */
    public static WorkPage of(final WorkView view, final References references, final Query query, final long nowMs) {
        final After after = endOf(references, query.after);
        final List<Work> work = view.queue(query.postId, after,
                one -> (query.serviceId == 0 || one.isOf(query.serviceId)) && (!query.ofAssignee || one.officerAt(nowMs) == query.assignee), query.limit + 1);
        final boolean more = work.size() > query.limit;
        final List<Work> page = more ? work.subList(0, query.limit) : work;
        return new WorkPage(page, view.totals(query.postId, nowMs), more ? text(references, page.get(page.size() - 1)) : "", nowMs);
    }

    private static String text(final References references, final Work last) {
        return Long.toString(last.sinceMs()) + BETWEEN + references.text(ReferenceKind.APPLICATION, last.applicationId());
    }

    /** Null when it is none that was given. */
    private static After endOf(final References references, final String text) {
        if (text.isEmpty()) {
            return After.NOTHING;
        }
        final int between = text.indexOf(BETWEEN);
        if (between < 1 || between > 18 || !text.substring(0, between).chars().allMatch(Character::isDigit)) {
            return null;
        }
        final long application = references.number(ReferenceKind.APPLICATION, text.substring(between + 1));
        return application <= 0 ? null : new After(Long.parseLong(text.substring(0, between)), application);
    }

    /** Whole seconds since then, never below 0. */
    public long ageSeconds(final long sinceMs) {
        return Math.max(0, nowMs - sinceMs) / 1_000;
    }

    /** Of the one that waits longest, 0 = nobody waits. */
    public long oldestAgeSeconds() {
        return totals.oldestMs() == 0 ? 0 : ageSeconds(totals.oldestMs());
    }
}
