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
    LIVE(1_001), READY(1_002), GET_CONTRACT(1_003), METRICS(1_004),
    // Posts, services, prices, rules.
    LIST_POSTS(1_005), GET_POST(1_006), LIST_POOLS(1_007), LIST_SERVICES(1_008), LIST_TARIFFS(1_009), LIST_DESK_SERVICES(1_010), LIST_PRICES(1_011), QUOTE(1_012), GET_TARIFF_FEED(1_013),
    GET_RULES(1_014), GET_OFFER_RULES(1_015), GET_WAITLIST_RULES(1_016), GET_HALL_RULES(1_017),
    DEFINE_POST, DEFINE_POOL, DEFINE_SERVICE, SET_DESK_SERVICE, SET_TARIFF, SET_RATE, SET_FEE_TIME, SET_SERVICE_DOCUMENTS, SET_RULES, SET_OFFER_RULES, SET_WAITLIST_RULES, SET_HALL_RULES,
    SET_STAMP_RULES,
    // Room.
    COUNT_STARTS(1_018), FIRST_STARTS(1_019), EXPLAIN(1_020), WATCH(1_021),
    GET_DAY(1_022), LIST_CHANGES(1_023), PUBLISH_DAY, SET_CAPACITY, BEGIN_CHANGE, ADD_TO_CHANGE, APPLY_CHANGE, ABANDON_CHANGE,
    GET_SCHEDULE(1_024), PREVIEW_SCHEDULE(1_025), APPLY_SCHEDULE(1_026), GET_DESK_CALENDAR(1_027),
    LIST_CLOSURES(1_028), LIST_ALL_CLOSURES(1_029), PREVIEW_CLOSURE(1_030), CLOSE_DAYS, REOPEN_DAYS,
    // Those who ask for it.
    GET_APPLICATION(1_031), SUBMIT_APPLICATION, VALIDATE_LINES, REJECT_LINES, WITHDRAW_LINES, ACCEPT_POSTS, SEND_MESSAGE, GET_MESSAGE_TEXT(1_032), LIST_MESSAGES(1_117), RECORD_DOCUMENT, ASK_FOR_DOCUMENTS, RESUBMIT_LINES, ASSIGN_APPLICATION, LIST_WORK(1_084),
    LIST_DOCUMENTS(1_033), GET_DOCUMENT(1_034), BEGIN_DOCUMENT(1_035), ADD_TO_DOCUMENT(1_036), END_DOCUMENT(1_037), GET_DOCUMENT_CONTENT(1_038), GET_DOCUMENT_THUMBNAIL(1_039),
    PUT_CONTACTS(1_079), GET_CONTACTS(1_080), DELETE_CONTACTS(1_081),
    IDENTIFY(1_120), PUT_PROFILE(1_121), GET_PROFILE(1_122), LINK_IDENTITY(1_123), UNLINK_IDENTITY(1_124),
    GET_WAITING(1_040), LIST_WAITING(1_041), JOIN_WAITLIST, LEAVE_WAITLIST,
    SET_COOLING, END_COOLING_AT, COMMIT_COOLING_SECRET, REVEAL_COOLING_SECRET,
    GET_HOLD(1_042), GET_APPOINTMENT(1_043), GET_APPOINTMENT_QR(1_044), GET_APPOINTMENT_CALENDAR(1_083), GET_DAY_MANIFEST(1_045),
    HOLD, CHOOSE_ANOTHER, CONFIRM, RELEASE, RESCHEDULE, CONFIRM_ATTENDANCE, CANCEL,
    // Those who come.
    CHECK_IN, CALL, SERVE, MARK_NO_SHOW, WALK_IN, RECORD_VISIT, RECORD_WALK_IN,
    GET_HALL(1_046), WATCH_HALL(1_047), GET_HALL_PAGE(1_048), GET_TICKET(1_049), LIST_QUEUE(1_050), LIST_SERVICE_TIMES(1_051),
    CALL_NEXT, RECALL, PARK, UNPARK, TRANSFER_TICKET, TAKE_TICKET, END_TICKET,
    /** No call by itself: what a check-in may be told that names a post where somebody stands who belongs elsewhere. Goes by that post. */
    TELL_THE_WAY(1_082),
    // Those who ring.
    SEARCH(1_110), GET_HISTORY(1_111), ADD_NOTE(1_112), ASK_CALLBACK(1_113), LIST_CALLBACKS(1_114), TAKE_CALLBACK(1_115), END_CALLBACK(1_116),
    // Stamps.
    GET_STAMP(1_052), CHECK_STAMP(1_053), GET_VALIDITY(1_054), GET_STAMP_DOCUMENT(1_055), GET_STAMP_QR(1_056), GET_STAMP_KEYS(1_057),
    ISSUE_STAMPS, VOID_STAMP, CONSUME_STAMP, RECORD_CONSUMPTION, REUSE_STAMP, PROPOSE, DECIDE, RECORD_REFUND,
    // Money.
    GET_PAYMENT(1_058), START_PAYMENT, OPEN_PAYMENT_PAGE(1_059), ABORT_PAYMENT(1_060), RECORD_COUNTER_RECEIPT, RECORD_APPROVAL, RECORD_FAILURE, MARK_IN_DOUBT, ASK_PERSON,
    RECORD_CHARGE_BACK, ALLOCATE_PAYMENT,
    LIST_TERMINALS(1_061), DEFINE_TERMINAL, CLOSE_TERMINAL(1_062), CLOSE_BATCH, LIST_CLOSINGS(1_063), GET_CLOSING(1_064), GET_CLOSING_SIGNATURE(1_065), CLOSE_DAY(1_066),
    GET_BOOKS(1_067), LIST_BOOKS(1_068), LIST_RETURNS(1_069), LIST_BREAKS(1_070), OPEN_BREAK, ASSIGN_BREAK, RESOLVE_BREAK, RECORD_SETTLEMENT, RECORD_RETURN_SETTLEMENT,
    LIST_STATEMENTS(1_071), TAKE_STATEMENTS(1_072),
    // Sums.
    GET_REPORT_DAYS(1_073), GET_REPORT_MONTHS(1_074),
    // Ways of bringing commands, each of which is judged by itself; and what became of one, for who knows its 128-bit id.
    STREAM(1_075), BATCH(1_076), GET_OUTCOME(1_077),
    // Who did what.
    LIST_AUDIT(1_078);

    /** Numbers of what is no command are above all template ids, and are never given to something else: they are in logs. */
    private static final int OF_NO_COMMAND = 1_000;
    private static final Map<String, Operation> BY_LETTERS = new HashMap<>();
    private static final Map<Integer, Operation> BY_CODE = new HashMap<>();

    static {
        for (final Operation operation : values()) {
            BY_LETTERS.put(letters(operation.name()), operation);
            BY_CODE.put(operation.code, operation);
        }
    }

    private final int code;

    /** A command of that name. */
    Operation() {
        code = CommandTemplate.valueOf(name()).id();
    }

    /** No command. @param code above {@link #OF_NO_COMMAND} */
    Operation(final int code) {
        this.code = code;
    }

    /** By which the log knows it: of a command its template id. 1 to 65 535. */
    public int code() {
        return code;
    }

    /** Null when this program knows none. */
    public static Operation of(final int code) {
        return BY_CODE.get(code);
    }

    /** As the log names what the edges do not know: nobody may. @param operation null = it is none */
    public static int code(final Operation operation) {
        return operation == null ? OF_NO_COMMAND : operation.code;
    }

    /** Null when there is none: then nobody may. @param name of a gRPC method, an operation of HTTP or a command */
    public static Operation called(final String name) {
        return BY_LETTERS.get(letters(name));
    }

    /** Of a command; null = of none. */
    public static Operation of(final CommandTemplate template) {
        return called(template.name());
    }

    /** As HTTP calls it: {@code getDocumentContent}. */
    public String word() {
        final String[] words = name().toLowerCase(Locale.ROOT).split("_");
        final StringBuilder word = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            word.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return word.toString();
    }

    /** Whether the log has whoever did it, although it is no command: what is inside of documents and messages, who gave one, where somebody is reached and who they are, and who has changed that, who looks somebody up, or what was done, and who reads all this. Of {@link #IDENTIFY} it is known afterwards about whom it was: see {@link Access#found}. */
    boolean isRecorded() {
        return switch (this) {
            case SEARCH, GET_HISTORY, ADD_NOTE, ASK_CALLBACK, LIST_CALLBACKS, TAKE_CALLBACK, END_CALLBACK -> true;
            case GET_DOCUMENT_CONTENT, GET_DOCUMENT_THUMBNAIL, END_DOCUMENT, GET_MESSAGE_TEXT, GET_CONTACTS, PUT_CONTACTS, DELETE_CONTACTS, LIST_AUDIT -> true;
            case PUT_PROFILE, GET_PROFILE, LINK_IDENTITY, UNLINK_IDENTITY -> true;
            default -> false;
        };
    }

    /** Whether it is about a person, who is of the posts that deal with an application that names them. */
    boolean isOfPerson() {
        return switch (this) {
            case PUT_PROFILE, GET_PROFILE, LINK_IDENTITY, UNLINK_IDENTITY -> true;
            default -> false;
        };
    }

    /** Whether nothing is changed by it, whoever asks. */
    public boolean isRead() {
        return switch (this) {
            case ADD_NOTE, ASK_CALLBACK, TAKE_CALLBACK, END_CALLBACK, IDENTIFY, PUT_PROFILE, LINK_IDENTITY, UNLINK_IDENTITY -> false;
            case BEGIN_DOCUMENT, ADD_TO_DOCUMENT, END_DOCUMENT, PUT_CONTACTS, DELETE_CONTACTS, APPLY_SCHEDULE, OPEN_PAYMENT_PAGE, ABORT_PAYMENT, CLOSE_TERMINAL, CLOSE_DAY, TAKE_STATEMENTS, STREAM, BATCH -> false;
            default -> CommandTemplate.called(letters(name())) == null;
        };
    }

    private static String letters(final String name) {
        return name.replace("_", "").toUpperCase(Locale.ROOT);
    }
}
