package org.mawid.api.notification.send;

import org.mawid.api.contact.Language;

/**
 * What is sent. {@link #toString} tells nothing.
 *
 * @param id       the same at each attempt, 32 hexadecimal digits
 * @param to       one address or number
 * @param subject  in one line; empty = has none, as a short message
 * @param html     the same as {@code text}; empty = none
 * @param calendar iCalendar, null = none
 */
public record Letter(String id, String to, Language language, String subject, String text, String html, byte[] calendar) {
    @Override
    public String toString() {
        return "letter " + id;
    }
}
