package org.mawid.api.closure;

import java.util.List;

/**
 * Whom a closure would touch if it were made now. Immutable.
 *
 * @param appointments who would lose the visit, by start then number, {@value #MOST} at most; the counts are of all
 * @param holds        that would be given back, offers among them, likewise
 * @param days         each local date on which somebody is touched
 * @param free         of the post's desks on the {@value #DAYS_AFTER} dates that follow, those on which any is open
 * @param position     of the log: appointments are as of it
 */
public record Preview(Span span, List<Visit> appointments, List<Hold> holds, List<Day> days, List<Free> free, long position) {
    public static final int MOST = 5_000;
    public static final int DAYS_AFTER = 30;

    /** @param lines bit i = line i of the application @param prioritised is offered another visit before all who are not */
    public record Visit(long appointmentId, long applicationId, long startMs, int epochDay, int lines, int persons, boolean prioritised) {
    }

    public record Hold(long holdId, long applicationId, long startMs, long untilMs) {
    }

    /** @param persons of those appointments */
    public record Day(int epochDay, int appointments, int persons, int prioritised, int holds) {
    }

    /** @param freeUnits places times units of five minutes */
    public record Free(int epochDay, int freeUnits) {
    }
}
