package org.mawid.api.limit;

import java.time.Duration;
import java.util.Locale;
import org.mawid.api.access.Operation;

/** What is counted, each apart from the others. */
public enum Budget {
    /** Questions. So many at once, and so many a minute. */
    READS(Duration.ofMinutes(1)),
    /** Commands, and whatever else changes something. Likewise; a batch costs each of its commands. */
    COMMANDS(Duration.ofMinutes(1)),
    /** Questions that name one thing by a reference, a key, an id or an identity number: what could be guessed at. Likewise. */
    LOOKUPS(Duration.ofMinutes(1)),
    /** Watches that are begun. Likewise: one that breaks off is begun again. */
    WATCHES(Duration.ofMinutes(1)),
    /** Numbers that somebody says are of a person, each of which tells whether it is anybody else's. So many at once, and so many a day. */
    LINKS(Duration.ofDays(1)),
    /** Bytes of documents. So many at once, and so many a day. */
    UPLOADS(Duration.ofDays(1)),
    /** Tokens that nobody has seen before and that are not good. So many at once, and so many a minute. */
    TOKENS(Duration.ofMinutes(1)),
    /** Streams and watches that are open. So many at once. */
    OPEN(null);

    private final Duration every;

    Budget(final Duration every) {
        this.every = every;
    }

    /** In how long a spent one is whole again; null = it has no rate. */
    Duration every() {
        return every;
    }

    /** As it is written in settings, and told. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Out of which a call is paid before it is begun; null = none: health, metrics and what hangs in a hall, where many have one address, and streams and batches, whose commands are paid each by itself.
     */
    public static Budget of(final Operation operation) {
        return switch (operation) {
            case LIVE, READY, METRICS, GET_HALL, WATCH_HALL, GET_HALL_PAGE, GET_TICKET, STREAM, BATCH -> null;
            case WATCH -> WATCHES;
            case ADD_TO_DOCUMENT -> UPLOADS;
            case GET_APPLICATION, GET_WAITING, GET_HOLD, GET_APPOINTMENT, GET_APPOINTMENT_QR, GET_APPOINTMENT_CALENDAR, GET_DESK_CALENDAR, GET_STAMP, CHECK_STAMP, GET_VALIDITY, GET_STAMP_DOCUMENT, GET_STAMP_QR, GET_PAYMENT,
                    GET_OUTCOME, LIST_DOCUMENTS, GET_DOCUMENT, GET_DOCUMENT_CONTENT, GET_DOCUMENT_THUMBNAIL, GET_MESSAGE_TEXT, LIST_MESSAGES, GET_CONTACTS, SEARCH, GET_HISTORY,
                    IDENTIFY, GET_PROFILE -> LOOKUPS;
            case LINK_IDENTITY -> LINKS;
            default -> operation.isRead() ? READS : COMMANDS;
        };
    }
}
