package org.mawid.api.access;

import static org.mawid.api.access.Operation.*;
import static org.mawid.api.access.Role.*;
import static org.mawid.api.access.Whose.*;

import java.util.Arrays;
import java.util.Set;

/**
 * Who may do what with whose objects: the one place where that is said. What is not said here is denied. Immutable; any thread.
 * <p>Written by role, as one asks "what may an officer do?"; the matrix in the tests is written by operation and read by others.
 */
final class AccessTable {
    private static final Operation[] ON_DISPLAY = {
        LIVE, READY, GET_CONTRACT, LIST_POSTS, GET_POST, LIST_POOLS, LIST_SERVICES, LIST_TARIFFS, LIST_DESK_SERVICES, LIST_PRICES, QUOTE, COUNT_STARTS, GET_DESK_CALENDAR, GET_APPOINTMENT_CALENDAR,
        GET_HALL, WATCH_HALL, GET_HALL_PAGE, GET_TICKET, GET_STAMP_KEYS, CHECK_STAMP, GET_VALIDITY};

    private static final Operation[] RULES = {GET_RULES, GET_OFFER_RULES, GET_WAITLIST_RULES, GET_HALL_RULES};

    /** What a person asks for, and has of it. */
    private static final Operation[] PERSONAL = {
        SUBMIT_APPLICATION, RESUBMIT_LINES, WITHDRAW_LINES, ACCEPT_POSTS, SEND_MESSAGE, GET_MESSAGE_TEXT, LIST_MESSAGES, JOIN_WAITLIST, LEAVE_WAITLIST, HOLD, CHOOSE_ANOTHER, CONFIRM, RELEASE, RESCHEDULE, CONFIRM_ATTENDANCE, CANCEL,
        GET_APPLICATION, GET_WAITING, GET_HOLD, GET_APPOINTMENT, GET_APPOINTMENT_QR, GET_STAMP, GET_PAYMENT};

    /** Papers that a person gives, without looking into them. */
    private static final Operation[] PAPERS = {LIST_DOCUMENTS, GET_DOCUMENT, BEGIN_DOCUMENT, ADD_TO_DOCUMENT, END_DOCUMENT};

    /** What is in them. */
    private static final Operation[] CONTENTS = {GET_DOCUMENT_CONTENT, GET_DOCUMENT_THUMBNAIL};

    /** Where a person is reached. */
    private static final Operation[] CONTACTS = {PUT_CONTACTS, GET_CONTACTS, DELETE_CONTACTS};

    /** Who a person is: also at the counter, where papers are looked at. */
    private static final Operation[] IDENTITIES = {PUT_PROFILE, GET_PROFILE, LINK_IDENTITY, UNLINK_IDENTITY};

    /** Who is on the line, and who is to be called back. */
    private static final Operation[] LINE = {SEARCH, ADD_NOTE, ASK_CALLBACK, LIST_CALLBACKS, TAKE_CALLBACK, END_CALLBACK};

    /** Of a person's stamps, by the person. */
    private static final Operation[] BUYING = {ISSUE_STAMPS, VOID_STAMP, REUSE_STAMP, START_PAYMENT, OPEN_PAYMENT_PAGE, GET_STAMP_DOCUMENT, GET_STAMP_QR};

    private static final Operation[] COUNTER = {
        VALIDATE_LINES, REJECT_LINES, ASK_FOR_DOCUMENTS, ASSIGN_APPLICATION, RECORD_DOCUMENT, CHECK_IN, TELL_THE_WAY, CALL, SERVE, MARK_NO_SHOW, WALK_IN, RECORD_VISIT, RECORD_WALK_IN, RECORD_CONSUMPTION, CONSUME_STAMP, PROPOSE,
        ISSUE_STAMPS, VOID_STAMP, REUSE_STAMP, START_PAYMENT, ABORT_PAYMENT, RECORD_COUNTER_RECEIPT, GET_STAMP_DOCUMENT, GET_STAMP_QR,
        CALL_NEXT, RECALL, PARK, UNPARK, TRANSFER_TICKET, TAKE_TICKET, END_TICKET, LIST_QUEUE,
        GET_DAY, LIST_CHANGES, LIST_CLOSURES, LIST_WAITING, LIST_WORK, LIST_TERMINALS, GET_DAY_MANIFEST, WATCH, EXPLAIN};

    private static final Operation[] CALENDARS = {
        PUBLISH_DAY, SET_CAPACITY, BEGIN_CHANGE, ADD_TO_CHANGE, APPLY_CHANGE, ABANDON_CHANGE, CLOSE_DAYS, REOPEN_DAYS, PREVIEW_CLOSURE,
        GET_SCHEDULE, PREVIEW_SCHEDULE, APPLY_SCHEDULE, DEFINE_POOL, SET_DESK_SERVICE, DEFINE_TERMINAL};

    private static final Operation[] SUMS = {GET_REPORT_DAYS, GET_REPORT_MONTHS};

    private static final Operation[] BOOKS = {
        GET_BOOKS, LIST_BOOKS, LIST_RETURNS, LIST_BREAKS, LIST_TERMINALS, LIST_CLOSINGS, GET_CLOSING, GET_CLOSING_SIGNATURE,
        GET_APPLICATION, GET_STAMP, GET_STAMP_DOCUMENT, GET_STAMP_QR, GET_PAYMENT};

    private static final Operation[] BOOKING = {
        RECORD_APPROVAL, RECORD_FAILURE, MARK_IN_DOUBT, ASK_PERSON, ALLOCATE_PAYMENT, ABORT_PAYMENT, PROPOSE, DECIDE,
        CLOSE_TERMINAL, CLOSE_BATCH, CLOSE_DAY, OPEN_BREAK, ASSIGN_BREAK, RESOLVE_BREAK};

    private static final Whose[][] CELLS = new Whose[Operation.values().length][Role.values().length];

    static {
        for (final Whose[] row : CELLS) {
            Arrays.fill(row, NONE);
        }
        // Whoever asks
        allow(NOBODY, ANY, ON_DISPLAY);
        // People, and who acts for them
        allow(APPLICANT, OWN, PERSONAL);
        allow(APPLICANT, OWN, PAPERS);
        allow(APPLICANT, OWN, CONTENTS);
        allow(APPLICANT, OWN, CONTACTS);
        allow(APPLICANT, OWN, IDENTIFY);
        allow(APPLICANT, OWN, IDENTITIES);
        allow(APPLICANT, OWN, BUYING);
        allow(APPLICANT, ANY, FIRST_STARTS, EXPLAIN, GET_OUTCOME);
        allow(PORTAL, USER, PERSONAL);
        allow(PORTAL, USER, PAPERS);
        allow(PORTAL, USER, CONTENTS);
        allow(PORTAL, USER, BUYING);
        allow(PORTAL, USER, RECORD_DOCUMENT);
        allow(PORTAL, ANY, IDENTIFY); // whose key it is to know is the question
        allow(PORTAL, ANY, RULES);
        allow(PORTAL, ANY, FIRST_STARTS, EXPLAIN, LIST_CLOSURES, GET_OUTCOME, STREAM, BATCH);
        allow(CALL_CENTRE, REASON, PERSONAL);
        allow(CALL_CENTRE, REASON, PAPERS);
        allow(CALL_CENTRE, REASON, CONTACTS);
        allow(CALL_CENTRE, REASON, IDENTIFY);
        allow(CALL_CENTRE, REASON, IDENTITIES);
        allow(CALL_CENTRE, REASON, LINE);
        allow(CALL_CENTRE, REASON, GET_HISTORY);
        allow(CALL_CENTRE, REASON, FIRST_STARTS, EXPLAIN); // for whoever is on the line, as all that they look up
        allow(CALL_CENTRE, ANY, RULES);
        allow(CALL_CENTRE, ANY, LIST_CLOSURES, GET_OUTCOME, STREAM, BATCH);
        // A post
        for (final Role role : new Role[] {OFFICER, POST_MANAGER}) {
            allow(role, POST, PERSONAL);
            allow(role, POST, PAPERS);
            allow(role, POST, CONTENTS);
            allow(role, POST, COUNTER);
            allow(role, POST, GET_HISTORY);
            allow(role, ANY, IDENTIFY); // by the papers that somebody shows who comes for the first time
            allow(role, POST, IDENTITIES);
        }
        allow(POST_MANAGER, POST, CALENDARS);
        allow(POST_MANAGER, POST, SUMS);
        allow(POST_MANAGER, POST, DECIDE);
        allow(POST_MANAGER, ANY, LIST_SERVICE_TIMES);
        allow(POST_ACCOUNTANT, POST, BOOKS);
        allow(POST_ACCOUNTANT, POST, BOOKING);
        allow(POST_ACCOUNTANT, POST, SUMS);
        allow(POST_ACCOUNTANT, POST, START_PAYMENT, RECORD_COUNTER_RECEIPT);
        for (final Role role : new Role[] {OFFICER, POST_MANAGER, POST_ACCOUNTANT}) {
            allow(role, ANY, RULES);
            allow(role, ANY, FIRST_STARTS, GET_OUTCOME, STREAM, BATCH);
        }
        // The network
        allow(TREASURY_ACCOUNTANT, ANY, BOOKS);
        allow(TREASURY_ACCOUNTANT, ANY, BOOKING);
        allow(TREASURY_ACCOUNTANT, ANY, SUMS);
        allow(TREASURY_ACCOUNTANT, ANY, RECORD_REFUND, RECORD_CHARGE_BACK, RECORD_SETTLEMENT, RECORD_RETURN_SETTLEMENT, TAKE_STATEMENTS, LIST_STATEMENTS,
                GET_TARIFF_FEED, SET_TARIFF, SET_RATE, SET_FEE_TIME, GET_OUTCOME, STREAM, BATCH);
        allow(PLANNER, ANY, RULES);
        allow(PLANNER, ANY, SUMS);
        allow(PLANNER, ANY, FIRST_STARTS, GET_DAY, GET_SCHEDULE, PREVIEW_SCHEDULE, LIST_CHANGES, LIST_CLOSURES, LIST_ALL_CLOSURES, LIST_SERVICE_TIMES);
        for (final Operation operation : Operation.values()) {
            if (operation.isRead()) {
                allow(AUDITOR, ANY, operation);
            }
        }
        allow(AUDITOR, REASON, SEARCH, LIST_CALLBACKS, GET_PROFILE, GET_CONTACTS); // they tell nothing of what was done, but who it was
        allow(OPERATOR, ANY, RULES);
        allow(OPERATOR, ANY, CALENDARS);
        allow(OPERATOR, ANY, DEFINE_POST, DEFINE_SERVICE, SET_TARIFF, SET_RATE, SET_FEE_TIME, SET_SERVICE_DOCUMENTS, SET_RULES, SET_OFFER_RULES, SET_WAITLIST_RULES, SET_HALL_RULES, SET_STAMP_RULES,
                SET_COOLING, END_COOLING_AT, COMMIT_COOLING_SECRET, REVEAL_COOLING_SECRET, GET_TARIFF_FEED, LIST_TERMINALS, LIST_SERVICE_TIMES,
                FIRST_STARTS, EXPLAIN, GET_DAY, LIST_CHANGES, LIST_CLOSURES, LIST_ALL_CLOSURES, METRICS, GET_OUTCOME, STREAM, BATCH);
    }

    private AccessTable() {
    }

    /** Of whose objects. */
    static Whose cell(final Operation operation, final Role role) {
        return CELLS[operation.ordinal()][role.ordinal()];
    }

    /** Whether there is anything of it that somebody in one of the roles may do. */
    static boolean mayDoSome(final Operation operation, final Set<Role> roles) {
        for (final Role role : roles) {
            if (cell(operation, role) != NONE) {
                return true;
            }
        }
        return isOnDisplay(operation);
    }

    /** Whether nobody has to say who they are. */
    static boolean isOnDisplay(final Operation operation) {
        return cell(operation, NOBODY) == ANY;
    }

    private static void allow(final Role role, final Whose whose, final Operation... operations) {
        for (final Operation operation : operations) {
            CELLS[operation.ordinal()][role.ordinal()] = whose;
        }
    }
}
