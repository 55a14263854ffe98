package org.mawid.api.schedule;

import java.util.Locale;

/** How a schedule is written. */
public enum ScheduleForm {
    JSON("application/json"),
    CSV("text/csv"),
    CALENDAR("text/calendar");

    private final String contentType;

    ScheduleForm(final String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** By content type, whose parameters say nothing: all of it is UTF-8. @return {@code null} = none of these */
    public static ScheduleForm of(final String contentType) {
        if (contentType != null) {
            final String bare = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            for (final ScheduleForm form : values()) {
                if (form.contentType.equals(bare)) {
                    return form;
                }
            }
        }
        return null;
    }

    /** By the end of a file's name. @return {@code null} = none of these */
    public static ScheduleForm ofFile(final String name) {
        final String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".json") ? JSON : lower.endsWith(".csv") ? CSV : lower.endsWith(".ics") ? CALENDAR : null;
    }
}
