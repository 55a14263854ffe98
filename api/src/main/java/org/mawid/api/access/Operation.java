package org.mawid.api.access;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.mawid.api.gateway.CommandTemplate;

/**
 * All that can be asked of the edges. One of them is a command of the log, a gRPC method and an operation of HTTP at once, where they are called
 * alike but for capitals and underscores.
 */
public enum Operation {
    // Whoever asks.
    LIVE, READY, GET_CONTRACT, METRICS,
    // Posts, services, prices, rules.
    LIST_POSTS, GET_POST, LIST_POOLS, LIST_SERVICES, LIST_TARIFFS, LIST_DESK_SERVICES, LIST_PRICES, QUOTE, GET_TARIFF_FEED,
    GET_RULES, GET_OFFER_RULES, GET_WAITLIST_RULES, GET_HALL_RULES,
    DEFINE_POST, DEFINE_POOL, DEFINE_SERVICE, SET_DESK_SERVICE, SET_TARIFF, SET_RATE, SET_FEE_TIME, SET_RULES, SET_OFFER_RULES, SET_WAITLIST_RULES, SET_HALL_RULES,
    SET_STAMP_RULES,
    // Room.
    COUNT_STARTS, FIRST_STARTS, EXPLAIN, WATCH,
    GET_DAY, LIST_CHANGES, PUBLISH_DAY, SET_CAPACITY, BEGIN_CHANGE, ADD_TO_CHANGE, APPLY_CHANGE, ABANDON_CHANGE,
    GET_SCHEDULE, PREVIEW_SCHEDULE, APPLY_SCHEDULE, GET_DESK_CALENDAR,
    LIST_CLOSURES, LIST_ALL_CLOSURES, PREVIEW_CLOSURE, CLOSE_DAYS, REOPEN_DAYS,
    // Those who ask for it.
    GET_APPLICATION, SUBMIT_APPLICATION, VALIDATE_LINES, REJECT_LINES, WITHDRAW_LINES, ACCEPT_POSTS, SEND_MESSAGE, GET_MESSAGE_TEXT, RECORD_DOCUMENT,
    LIST_DOCUMENTS, GET_DOCUMENT, BEGIN_DOCUMENT, ADD_TO_DOCUMENT, END_DOCUMENT, GET_DOCUMENT_CONTENT, GET_DOCUMENT_THUMBNAIL,
    PUT_CONTACTS, GET_CONTACTS, DELETE_CONTACTS,
    GET_WAITING, LIST_WAITING, JOIN_WAITLIST, LEAVE_WAITLIST,
    SET_COOLING, END_COOLING_AT, COMMIT_COOLING_SECRET, REVEAL_COOLING_SECRET,
    GET_HOLD, GET_APPOINTMENT, GET_APPOINTMENT_QR, GET_APPOINTMENT_CALENDAR, GET_DAY_MANIFEST,
    HOLD, CHOOSE_ANOTHER, CONFIRM, RELEASE, RESCHEDULE, CANCEL,
    // Those who come.
    CHECK_IN, CALL, SERVE, MARK_NO_SHOW, WALK_IN, RECORD_VISIT, RECORD_WALK_IN,
    GET_HALL, WATCH_HALL, GET_HALL_PAGE, GET_TICKET, LIST_QUEUE, LIST_SERVICE_TIMES,
    CALL_NEXT, RECALL, PARK, UNPARK, TRANSFER_TICKET, TAKE_TICKET, END_TICKET,
    /** No call by itself: what a check-in may be told that names a post where somebody stands who belongs elsewhere. Goes by that post. */
    TELL_THE_WAY,
    // Stamps.
    GET_STAMP, CHECK_STAMP, GET_VALIDITY, GET_STAMP_DOCUMENT, GET_STAMP_QR, GET_STAMP_KEYS,
    ISSUE_STAMPS, VOID_STAMP, CONSUME_STAMP, RECORD_CONSUMPTION, REUSE_STAMP, PROPOSE, DECIDE, RECORD_REFUND,
    // Money.
    GET_PAYMENT, START_PAYMENT, OPEN_PAYMENT_PAGE, ABORT_PAYMENT, RECORD_COUNTER_RECEIPT, RECORD_APPROVAL, RECORD_FAILURE, MARK_IN_DOUBT, ASK_PERSON,
    RECORD_CHARGE_BACK, ALLOCATE_PAYMENT,
    LIST_TERMINALS, DEFINE_TERMINAL, CLOSE_TERMINAL, CLOSE_BATCH, LIST_CLOSINGS, GET_CLOSING, GET_CLOSING_SIGNATURE, CLOSE_DAY,
    GET_BOOKS, LIST_BOOKS, LIST_RETURNS, LIST_BREAKS, OPEN_BREAK, ASSIGN_BREAK, RESOLVE_BREAK, RECORD_SETTLEMENT, RECORD_RETURN_SETTLEMENT,
    LIST_STATEMENTS, TAKE_STATEMENTS,
    // Sums.
    GET_REPORT_DAYS, GET_REPORT_MONTHS,
    // Ways of bringing commands, each of which is judged by itself; and what became of one, for who knows its 128-bit id.
    STREAM, BATCH, GET_OUTCOME;

    private static final Map<String, Operation> BY_LETTERS = new HashMap<>();

    static {
        for (final Operation operation : values()) {
            BY_LETTERS.put(letters(operation.name()), operation);
        }
    }

    /** Null when there is none: then nobody may. @param name of a gRPC method, an operation of HTTP or a command */
    public static Operation called(final String name) {
        return BY_LETTERS.get(letters(name));
    }

    /** Of a command; null = of none. */
    public static Operation of(final CommandTemplate template) {
        return called(template.name());
    }

    /** Whether nothing is changed by it, whoever asks. */
    boolean isRead() {
        return switch (this) {
            case BEGIN_DOCUMENT, ADD_TO_DOCUMENT, END_DOCUMENT, PUT_CONTACTS, DELETE_CONTACTS, APPLY_SCHEDULE, OPEN_PAYMENT_PAGE, ABORT_PAYMENT, CLOSE_TERMINAL, CLOSE_DAY, TAKE_STATEMENTS, STREAM, BATCH -> false;
            default -> CommandTemplate.called(letters(name())) == null;
        };
    }

    private static String letters(final String name) {
        return name.replace("_", "").toUpperCase(Locale.ROOT);
    }
}
