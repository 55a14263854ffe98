package org.mawid.api.notification.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.mawid.api.contact.Language;

/** Instants as people read them: at the post's clock, which is said. */
final class Moments {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private Moments() {
    }

    /** As in: lundi 2 mars 2026, 09:15 (Europe/Paris, UTC+01:00). */
    static String whole(final long ms, final ZoneId zone, final Language language) {
        final ZonedDateTime at = Instant.ofEpochMilli(ms).atZone(zone);
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(language.locale()).format(at) + separator(language) + TIME.format(at) + " (" + zone(at) + ')';
    }

    /** As in: 2 mars 2026, 09:15 (Europe/Paris). */
    static String brief(final long ms, final ZoneId zone, final Language language) {
        final ZonedDateTime at = Instant.ofEpochMilli(ms).atZone(zone);
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(language.locale()).format(at) + separator(language) + TIME.format(at) + " (" + (zone instanceof ZoneOffset ? zone(at) : zone.getId()) + ')';
    }

    private static String zone(final ZonedDateTime at) {
        final String offset = at.getOffset().equals(ZoneOffset.UTC) ? "UTC" : "UTC" + at.getOffset().getId();
        return at.getZone() instanceof ZoneOffset ? offset : at.getZone().getId() + ", " + offset;
    }

    private static String separator(final Language language) {
        return language.isRightToLeft() ? "\u060C " : ", ";
    }
}
