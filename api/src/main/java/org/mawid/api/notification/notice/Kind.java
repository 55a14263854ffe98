package org.mawid.api.notification.notice;

import org.mawid.api.contact.Topic;

/** What is told. Names are those of the templates; numbers are kept: they never change. */
public enum Kind {
    CONFIRMED(1, Topic.APPOINTMENT),
    RESCHEDULED(2, Topic.APPOINTMENT),
    CANCELLED(3, Topic.APPOINTMENT),
    DISPLACED(4, Topic.APPOINTMENT),
    OFFER_MADE(5, Topic.OFFER),
    OFFER_LAPSED(6, Topic.OFFER),
    DOCUMENTS_NEEDED(7, Topic.DOCUMENTS),
    MESSAGE_SENT(8, Topic.MESSAGE),
    REMINDER(9, Topic.REMINDER),
    VALIDATED(10, Topic.DECISION),
    REJECTED(11, Topic.DECISION),
    EXPIRED(12, Topic.DECISION);

    private final int number;
    private final Topic topic;

    Kind(final int number, final Topic topic) {
        this.number = number;
        this.topic = topic;
    }

    int number() {
        return number;
    }

    static Kind of(final long number) {
        for (final Kind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind " + number);
    }

    /** Who wants that is told. */
    public Topic topic() {
        return topic;
    }

    /** Whether it is of an appointment, as a calendar has it. */
    public boolean isOfAppointment() {
        return topic == Topic.APPOINTMENT || this == REMINDER;
    }

    /** Whether the appointment takes place. */
    public boolean isToComeTrue() {
        return this == CONFIRMED || this == RESCHEDULED || this == REMINDER;
    }
}
