package org.mawid.api.gateway;

import io.grpc.Status.Code;
import java.util.EnumMap;
import java.util.Map;
import org.mawid.sbe.Result;

/** The one table that says what a result is called elsewhere: in gRPC, in HTTP, in words. Immutable. */
public final class ResultTable {
    /**
     * @param code       gRPC status
     * @param http       HTTP status
     * @param retryMs    after how many ms the same request (same id) is worth repeating; 0 = never, the answer is remembered
     * @param detailName what number1 of a refusal means, null when it means nothing; {@code atMs} is an instant, ms since 1970 UTC,
     *                   {@code cause} the number of a {@link Cause}, which has its own delay and text
     * @param secondName what number2 of a refusal means, null when it means nothing
     * @param text       one or two English sentences for a log or a developer; people are told by the pages, in their language
     */
    public record Row(Result result, Code code, int http, long retryMs, String detailName, String secondName, String text) {
        public boolean isDone() {
            return code == Code.OK;
        }

        public boolean isRetryable() {
            return retryMs > 0;
        }
    }

    /** Under which name a {@link Cause} is told. */
    public static final String CAUSE = "cause";

    /** Under which name it is told when a stamp was used, ms since 1970 UTC. */
    public static final String CONSUMED_MS = "consumedMs";

    /** Under which name the state of an appointment is told: over gRPC its number in the contracts, over HTTP its name. */
    public static final String APPOINTMENT_STATE = "appointmentState";

    /** Under which name the state of a ticket is told, as {@link #APPOINTMENT_STATE}. */
    public static final String TICKET_STATE = "ticketState";

    /** Under which name the break is told that a refused command has opened. */
    public static final String BREAK = "break";

    private static final Map<Result, Row> ROWS = new EnumMap<>(Result.class);

    static {
        put(Result.OK, Code.OK, 200, 0, null, "Done.");
        put(Result.OVERFLOW, Code.OK, 200, 0, null, "Done: nothing is left today, so a counted overflow ticket was given.");
        put(Result.MALFORMED, Code.INVALID_ARGUMENT, 400, 0, null, "The bytes or fields do not form a command. Never logged.");
        put(Result.OUT_OF_RANGE, Code.INVALID_ARGUMENT, 422, 0, null, "A field is outside its static range. Never logged.");
        put(Result.UNAVAILABLE, Code.UNAVAILABLE, 503, 100, CAUSE, "Not admitted: too busy, or starting, or stopping. Try again after the given delay; nothing was done.");
        put(Result.DEADLINE_EXCEEDED, Code.DEADLINE_EXCEEDED, 504, 0, null, "The deadline of the request passed before it took a position. Nothing was done.");
        put(Result.STORAGE_FULL, Code.RESOURCE_EXHAUSTED, 507, 30000, null, "No room to keep another change. Reads go on; writes come back when the operator has made room.");
        put(Result.READ_MODEL_BEHIND, Code.UNAVAILABLE, 503, 200, null, "The answer is not known yet on the read side. Try again.");
        put(Result.START_AGAIN, Code.OUT_OF_RANGE, 410, 0, null, "The cursor is older than what is kept. Begin with a new snapshot.");
        put(Result.UNAUTHENTICATED, Code.UNAUTHENTICATED, 401, 0, null, "Who asks is not known.");
        put(Result.FORBIDDEN, Code.PERMISSION_DENIED, 403, 0, null, "Who asks may not do this.");
        put(Result.PENDING, Code.DEADLINE_EXCEEDED, 202, 1000, null, "Admitted, the answer did not come in time. Ask for the outcome of the request id.");
        put(Result.REQUEST_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No outcome is remembered for this request id.");
        put(Result.REQUEST_ID_REUSED, Code.ALREADY_EXISTS, 422, 0, null, "This request id was used with another body.");
        put(Result.REQUEST_TOO_OLD, Code.FAILED_PRECONDITION, 409, 0, null, "Created before the oldest remembered request: it may have been done already. Never applied.");
        put(Result.CREATED_IN_FUTURE, Code.INVALID_ARGUMENT, 422, 0, null, "The creation time is ahead of log time by more than the allowed skew.");
        put(Result.SEQUENCE_GAP, Code.FAILED_PRECONDITION, 409, 0, "expectedSequence", "The client skipped a sequence number.");
        put(Result.SEQUENCE_REPEATED, Code.FAILED_PRECONDITION, 409, 0, null, "This sequence number of the client was applied before and its answer is no longer remembered.");
        put(Result.CLIENTS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more numbered clients can be kept. With a new request id it may pass when there is room.");
        put(Result.POST_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such post.");
        put(Result.POOL_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such desk or resource.");
        put(Result.SERVICE_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such service.");
        put(Result.DESK_DOES_NOT_SERVE, Code.FAILED_PRECONDITION, 409, 0, null, "The desk does not serve this service.");
        put(Result.RESOURCE_MISSING, Code.FAILED_PRECONDITION, 409, 0, null, "The post has no resource of a kind that the service needs.");
        put(Result.TARIFF_UNKNOWN, Code.FAILED_PRECONDITION, 409, 0, null, "The service has no tariff in force.");
        put(Result.RATE_UNKNOWN, Code.FAILED_PRECONDITION, 409, 0, null, "The post has no chancery rate: none was set, or not since its currency or its minor digits changed (from core version 2 on).");
        put(Result.CATALOGUE_CONFLICT, Code.ALREADY_EXISTS, 409, 0, null, "The id is in use for something else: kind, post or code would change; or the post has a pool of that kind already, of those of which it has one, or its 64 pools.");
        put(Result.CORE_VERSION_UNSUPPORTED, Code.FAILED_PRECONDITION, 409, 0, null, "This build does not know that core version, or it is older than the one in force.");
        put(Result.RULES_INVALID, Code.INVALID_ARGUMENT, 422, 0, null, "A rule is out of its range or smaller than what is in use.");
        put(Result.SLOT_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No published day or unit there.");
        put(Result.DAYS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more days can be kept. With a new request id it may pass when there is room.");
        put(Result.BEYOND_HORIZON, Code.OUT_OF_RANGE, 409, 0, null, "The date is further ahead than the calendar reaches.");
        put(Result.IN_THE_PAST, Code.FAILED_PRECONDITION, 409, 0, null, "The time is past.");
        put(Result.CAPACITY_BELOW_TAKEN, Code.FAILED_PRECONDITION, 409, 0, null, "Less capacity than what is already booked, held and withheld.");
        put(Result.CHANGE_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such open change.");
        put(Result.CHANGES_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more open changes can be kept. With a new request id it may pass when there is room.");
        put(Result.CONFLICT, Code.ABORTED, 409, 0, "presentVersion", "The version is not the expected one.");
        put(Result.DAY_ALREADY_STAGED, Code.FAILED_PRECONDITION, 409, 0, null, "Another open change has this day.");
        put(Result.GRID_MISMATCH, Code.FAILED_PRECONDITION, 409, 0, null, "The grid (first unit, alignment) of a day with takers cannot change.");
        put(Result.CLOSURE_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such closure in force.");
        put(Result.CLOSURES_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more closures can be in force: 64 at one post, 4 096 in all. With a new request id it may pass when one is over.");
        put(Result.CLOSED_BY_CLOSURE, Code.FAILED_PRECONDITION, 409, 0, "closureId", "A closure has these units: reopen it first, or publish less.");
        put(Result.APPLICATION_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such application.");
        put(Result.LINE_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "The application has no such line.");
        put(Result.APPLICATIONS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more applications can be kept. With a new request id it may pass when there is room.");
        put(Result.PERSONS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more persons can be kept. With a new request id it may pass when there is room.");
        put(Result.LINE_ALREADY_OPEN, Code.ALREADY_EXISTS, 409, 0, null, "The person has an open line for this service already.");
        put(Result.NOT_VALIDATED, Code.FAILED_PRECONDITION, 409, 0, null, "The request for this service has not been validated.");
        put(Result.LINE_STATE, Code.FAILED_PRECONDITION, 409, 0, null, "The line is not in a state that allows this.");
        put(Result.QUANTITY_OUT_OF_RANGE, Code.FAILED_PRECONDITION, 409, 0, null, "More than the service allows in one line.");
        put(Result.WRONG_POST, Code.FAILED_PRECONDITION, 409, 0, null, "The request must be served at another post.");
        put(Result.NO_APPOINTMENT_NEEDED, Code.FAILED_PRECONDITION, 409, 0, null, "This service needs no appointment: just come.");
        put(Result.LINE_TAKEN, Code.FAILED_PRECONDITION, 409, 0, null, "The line is already held or booked.");
        put(Result.LINES_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more lines can be kept. With a new request id it may pass when there is room.");
        put(Result.ASSIGNED_TO_OTHER, Code.FAILED_PRECONDITION, 409, 0, "untilMs", "Another officer decides about this application, until the given time or until they give it back.");
        put(Result.HELD_BY_OTHER, Code.ABORTED, 409, 0, null, "No room now, but some of it is only held: it may come back.");
        put(Result.SOLD_OUT, Code.FAILED_PRECONDITION, 409, 0, null, "No room: booked.");
        put(Result.NOT_YET_RELEASED, Code.FAILED_PRECONDITION, 409, 0, "atMs", "The day is not bookable yet.");
        put(Result.CLOSED, Code.FAILED_PRECONDITION, 409, 0, null, "The desk or a needed resource is closed then.");
        put(Result.LIMIT_REACHED, Code.FAILED_PRECONDITION, 409, 0, null, "As many as there may be already: holds or open lines of one person, moves of one appointment, or stamps of one application, of which there are 256 at most, void ones included (from core version 2 on).");
        put(Result.HOLD_BUDGET_SPENT, Code.RESOURCE_EXHAUSTED, 429, 0, "atMs", "Too many holds in a short time. From the given time on, with a new request id: this one is refused for good.");
        put(Result.NOT_ALIGNED, Code.FAILED_PRECONDITION, 409, 0, null, "A visit cannot start at this unit.");
        put(Result.LEGS_OVERLAP, Code.FAILED_PRECONDITION, 409, 0, null, "One person would be at two places at once.");
        put(Result.UNITS_DO_NOT_MATCH, Code.FAILED_PRECONDITION, 409, 0, "neededUnits", "The units are not what the services need.");
        put(Result.LEGS_DO_NOT_COVER, Code.FAILED_PRECONDITION, 409, 0, null, "The legs do not carry the lines that they must, each once.");
        put(Result.VISIT_SPLIT, Code.FAILED_PRECONDITION, 409, 0, null, "The legs of one visit must be at one post on one day.");
        put(Result.HOLDS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more holds can be kept. With a new request id it may pass when there is room.");
        put(Result.LEGS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more legs can be kept. With a new request id it may pass when there is room.");
        put(Result.HOLD_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such hold.");
        put(Result.HOLD_EXPIRED, Code.FAILED_PRECONDITION, 410, 0, null, "The hold has ended: its deadline passed, or it was released or confirmed.");
        put(Result.APPOINTMENTS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more appointments can be kept. With a new request id it may pass when there is room.");
        put(Result.APPOINTMENT_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such appointment.");
        put(Result.APPOINTMENT_STATE, Code.FAILED_PRECONDITION, 409, 0, null, "The appointment is not in a state that allows this.");
        put(Result.TOO_EARLY, Code.FAILED_PRECONDITION, 409, 0, "atMs", "Too early.");
        put(Result.NOT_TODAY, Code.FAILED_PRECONDITION, 409, 0, null, "The appointment is not of today.");
        put(Result.NOT_AN_OFFER, Code.FAILED_PRECONDITION, 409, 0, null, "The hold is not an offer to somebody whose visit was displaced.");
        put(Result.SUPERSEDED, Code.FAILED_PRECONDITION, 409, 0, APPOINTMENT_STATE, "What was recorded while the link was down no longer changes anything: the appointment has gone on otherwise.");
        put(Result.STAMP_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such stamp.");
        put(Result.STAMP_STATE, Code.FAILED_PRECONDITION, 409, 0, null, "The stamp is not in a state that allows this.");
        put(Result.STAMP_ALREADY_ISSUED, Code.ALREADY_EXISTS, 409, 0, null, "The line has a stamp already.");
        put(Result.STAMPS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more stamps can be kept. With a new request id it may pass when there is room.");
        put(Result.STAMP_NOT_NEEDED, Code.FAILED_PRECONDITION, 409, 0, null, "The service is free.");
        put(Result.STAMP_ALREADY_CONSUMED, Code.FAILED_PRECONDITION, 409, 0, CONSUMED_MS, "consumedPostId", "The stamp was used before.");
        put(Result.PAYMENT_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such payment.");
        put(Result.PAYMENT_STATE, Code.FAILED_PRECONDITION, 409, 0, "paymentState", "The payment is not in a state that allows this.");
        put(Result.PAYMENTS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more payments can be kept. With a new request id it may pass when there is room.");
        put(Result.AMOUNT_DIFFERS, Code.FAILED_PRECONDITION, 409, 0, "dueMinor", "Not the amount that is due.");
        put(Result.CURRENCY_MISMATCH, Code.FAILED_PRECONDITION, 409, 0, null, "Not the currency of what is to be paid.");
        put(Result.TERMINAL_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such terminal at this post, or it is not in use.");
        put(Result.TERMINAL_BUSY, Code.ABORTED, 409, 0, null, "The terminal has another payment under way.");
        put(Result.TRANSACTION_KNOWN, Code.ALREADY_EXISTS, 409, 0, null, "This transaction of the terminal or the treasury was recorded for another payment. One charge never pays twice.");
        put(Result.NOT_PROPOSED, Code.FAILED_PRECONDITION, 409, 0, null, "Nobody has proposed this for the stamp.");
        put(Result.ALREADY_PROPOSED, Code.FAILED_PRECONDITION, 409, 0, null, "Something is proposed for the stamp already; decide that first.");
        put(Result.SECOND_PERSON_NEEDED, Code.PERMISSION_DENIED, 403, 0, null, "It takes another person: not the one who proposed it, and for money not the one who collected it.");
        put(Result.BATCH_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such batch of payments, or nothing to close.");
        put(Result.BATCH_STATE, Code.FAILED_PRECONDITION, 409, 0, null, "The batch is not in a state that allows this.");
        put(Result.ALREADY_SETTLED, Code.FAILED_PRECONDITION, 409, 0, null, "Settled before.");
        put(Result.NOT_TERMINAL, Code.FAILED_PRECONDITION, 409, 0, null, "Only what has ended, long enough ago, can be retired.");
        put(Result.BREAK_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such break.");
        put(Result.BREAKS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more breaks can be kept. With a new request id it may pass when there is room.");
        put(Result.BREAK_STATE, Code.FAILED_PRECONDITION, 409, 0, null, "The break is resolved.");
        put(Result.TARIFFS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more versions of tariffs can be kept.");
        put(Result.STAMP_DOES_NOT_FIT, Code.FAILED_PRECONDITION, 409, 0, null, "A stamp can be used again only for the same person, service and quantity.");
        put(Result.SECRET_WRONG, Code.PERMISSION_DENIED, 403, 0, null, "The secret code is not the stamp's.");
        put(Result.SECRET_TRIES_SPENT, Code.RESOURCE_EXHAUSTED, 429, 720_000, null, "Too many wrong secret codes, for this stamp or from this address: none is compared now. Try again after the given delay; nothing was done.");
        put(Result.QUOTA_OF_RESOURCE, Code.FAILED_PRECONDITION, 409, 0, null, "Places are kept for channels at desks only.");
        put(Result.QUOTA_ABOVE_CAPACITY, Code.FAILED_PRECONDITION, 409, 0, null, "More is kept for channels and withheld than the capacity is; number1 is the first such unit.");
        put(Result.KEPT_FOR_CHANNEL, Code.FAILED_PRECONDITION, 409, 0, null, "No room for everybody, but the visit would have room among what is kept for others: ask there; number1 says where: 1 the call centre, 2 the counter, 4 assistance, or their sum.");
        put(Result.RETURN_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such return of money.");
        put(Result.TICKET_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such ticket in the hall: it has ended.");
        put(Result.TICKET_STATE, Code.FAILED_PRECONDITION, 409, 0, TICKET_STATE, "The ticket is not in a state that allows this.");
        put(Result.TICKETS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more tickets can be kept, or 4 096 wait at this desk already.");
        put(Result.QUEUE_EMPTY, Code.NOT_FOUND, 404, 0, null, "Nobody waits at these desks.");
        put(Result.OVERBOOKED_RESOURCE, Code.FAILED_PRECONDITION, 409, 0, null, "Only desks have places beyond their counters.");
        put(Result.OVERBOOKED_ABOVE_HALF, Code.FAILED_PRECONDITION, 409, 0, null, "More than half of a unit's capacity would be beyond the counters; number1 is the first such unit.");
        put(Result.EARLIER_STAMP_OVER, Code.FAILED_PRECONDITION, 409, 0, "sinceMs", "The time of the older system's stamp is over by the rules: it would lapse, or be forfeited, at once.");
        put(Result.EARLIER_PRICE_DIFFERS, Code.FAILED_PRECONDITION, 409, 0, "expectedMinor", "The older system's price is not its value at its own rate, by more than a whole unit of the currency.");
        put(Result.WAITER_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "Nobody waits under this number, or not by their own wish.");
        put(Result.ALREADY_WAITING, Code.ALREADY_EXISTS, 409, 0, "waiterId", "One of the lines waits there already, or for another visit in the place of a lost one.");
        put(Result.WAITLIST_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "No more can wait. With a new request id it may pass when there is room.");
        put(Result.DATES_INVALID, Code.FAILED_PRECONDITION, 422, 0, null, "No such dates can be waited for: past, beyond the horizon, too many, or not before the appointment that is to be earlier.");
        put(Result.COOLING_UNKNOWN, Code.NOT_FOUND, 404, 0, null, "No such room cools.");
        put(Result.ERA_UNKNOWN, Code.FAILED_PRECONDITION, 409, 0, "era", "Not the era that comes next, or none whose secret is still to be revealed.");
        put(Result.ERA_IN_FORCE, Code.FAILED_PRECONDITION, 409, 0, null, "The secret of this era still decides: the era is the newest, or room of it cools.");
        put(Result.ERAS_FULL, Code.RESOURCE_EXHAUSTED, 507, 0, null, "Too many secrets have not been revealed.");
        put(Result.SECRET_DOES_NOT_MATCH, Code.PERMISSION_DENIED, 403, 0, null, "The secret is not the one whose hash was committed to.");
    }

    private ResultTable() {
    }

    /** Never null: a result that this build does not know cannot come out of this build's core. */
    public static Row of(final Result result) {
        final Row row = ROWS.get(result);
        if (row == null) {
            throw new IllegalArgumentException("no row for " + result);
        }
        return row;
    }

    /** As {@link Row#retryMs}, of a refusal with its number: a {@link Cause} has its own. */
    public static long retryMs(final Result result, final long number1) {
        return result == Result.UNAVAILABLE && number1 != 0 ? Cause.of(number1).retryMs() : of(result).retryMs();
    }

    /** As above, of a refusal with both of its numbers: that of a limit says by itself when. */
    public static long retryMs(final Result result, final long number1, final long number2) {
        return result == Result.UNAVAILABLE && number1 == Cause.LIMIT_SPENT.number() ? number2 : retryMs(result, number1);
    }

    private static void put(final Result result, final Code code, final int http, final long retryMs, final String detailName, final String text) {
        put(result, code, http, retryMs, detailName, null, text);
    }

    private static void put(final Result result, final Code code, final int http, final long retryMs, final String detailName, final String secondName, final String text) {
        ROWS.put(result, new Row(result, code, http, retryMs, detailName, secondName, text));
    }
}
