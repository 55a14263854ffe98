package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import org.mawid.api.access.CallHeaders;
import org.mawid.api.access.Grounds;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.capability.CapabilityTrouble;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ResultTable;
import org.mawid.api.limit.Spent;
import org.mawid.api.oidc.TokenTrouble;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.Result;
import org.mawid.sbe.TicketState;

/**
 * What an RFC 9457 problem says. The members that depend on the result come from the number that the core told with its refusal.
 */
final class Problem {
    static final String TYPE = "urn:mawid:result:";
    /** Places that are told; whoever has more of them wrong learns nothing from the rest, and an answer must not be many times its request. */
    private static final int MOST_ERRORS = 32;

    private static final int TOO_LARGE = 413;
    private static final String CHALLENGE = "Bearer realm=\"mawid\"";

    private final ResultTable.Row row;
    private final int status;
    private final String detail;
    private final JsonArray errors = new JsonArray();
    private final JsonObject more = new JsonObject();
    private long retryMs;
    private int cause;
    private String challenge;

    private Problem(final Cause cause) {
        this(Result.UNAVAILABLE, 0, cause.text());
        this.cause = cause.number();
        retryMs = cause.retryMs();
        more.put(ResultTable.CAUSE, cause.name());
    }

    private Problem(final Result result, final int status, final String detail) {
        this.row = ResultTable.of(result);
        this.status = status == 0 ? row.http() : status;
        this.detail = detail == null ? row.text() : detail;
        this.retryMs = row.retryMs();
    }

    static Problem of(final Result result) {
        return new Problem(result, 0, null);
    }

    /** Asked too often, or for too much. */
    static Problem limited(final Spent spent) {
        final Problem problem = new Problem(Result.UNAVAILABLE, 429, Cause.LIMIT_SPENT.text()).after(spent.waitMs()).with(ResultTable.CAUSE, Cause.LIMIT_SPENT.name())
                .with(Spent.LIMIT, spent.limit()).with(Spent.RETRY_AFTER_MS, spent.waitMs());
        problem.cause = Cause.LIMIT_SPENT.number();
        return problem;
    }

    /** Who calls is not known. */
    static Problem unauthenticated(final TokenTrouble why) {
        final Problem problem = new Problem(Result.UNAUTHENTICATED, 0, why.text()).with(CallHeaders.TOKEN, why.name());
        problem.challenge = why == TokenTrouble.MISSING ? CHALLENGE : CHALLENGE + ", error=\"invalid_token\", error_description=\"" + why.text() + '"';
        return problem;
    }

    /** How to authenticate (RFC 6750); null = that is not it. */
    String challenge() {
        return challenge == null && row.result() == Result.FORBIDDEN && !more.containsKey(Capabilities.NAME) ? CHALLENGE + ", error=\"insufficient_scope\"" : challenge;
    }

    /** It takes a capability, or another one. */
    static Problem uncovered(final CapabilityTrouble why) {
        return new Problem(Result.FORBIDDEN, 0, why.text()).with(Capabilities.NAME, why.name());
    }

    /** UNAVAILABLE, and why. */
    static Problem of(final Cause cause) {
        return new Problem(cause);
    }

    /** Of HTTP itself: the status says more than the result. */
    static Problem of(final Result result, final int status, final String detail) {
        return new Problem(result, status, detail);
    }

    /** @param number1 see {@link ResultTable.Row#detailName()} @param number2 see {@link ResultTable.Row#secondName()} @param zone that instants are told in */
    static Problem refused(final Result result, final long number1, final long number2, final ZoneId zone) {
        if (result == Result.UNAVAILABLE) {
            return of(Cause.of(number1));
        }
        final Problem problem = of(result);
        final String name = problem.row.detailName();
        if ("atMs".equals(name)) {
            // Not Retry-After: the same request is refused for good, only another one may pass then.
            Times.put(problem.more, problem.status == 429 ? "retryAt" : "availableFrom", number1, zone);
        } else if (ResultTable.CONSUMED_MS.equals(name)) {
            Times.put(problem.more, "consumed", number1, zone);
        } else if (ResultTable.APPOINTMENT_STATE.equals(name)) {
            problem.more.put(name, AppointmentState.get((short) number1).name());
        } else if (ResultTable.TICKET_STATE.equals(name)) {
            problem.more.put(name, TicketState.get((short) number1).name());
        } else if (name != null) {
            problem.more.put(name, number1);
        }
        if (problem.row.secondName() != null) {
            problem.more.put(problem.row.secondName(), number2);
        }
        return problem;
    }

    /** When the same request is worth repeating. */
    Problem after(final long ms) {
        retryMs = ms;
        return this;
    }

    /** Something wrong at that place of the body. */
    Problem at(final String pointer, final String what) {
        return add("pointer", pointer, what);
    }

    /** Something wrong with a parameter: of path, query or header. */
    Problem in(final String parameter, final String what) {
        return add("parameter", parameter, what);
    }

    /** Something wrong on that line of a body that is no JSON, or none yet. */
    Problem atLine(final int line, final String what) {
        return add("line", line, what);
    }

    private Problem add(final String kind, final Object place, final String what) {
        if (!isFull()) {
            errors.add(new JsonObject().put(kind, place).put("detail", what));
        }
        return this;
    }

    Problem with(final String name, final Object value) {
        more.put(name, value);
        return this;
    }

    /** True when no more places are told. */
    boolean isFull() {
        return errors.size() >= MOST_ERRORS;
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    Result result() {
        return row.result();
    }

    /** What is written of a call that ends with this; null = nothing. */
    Grounds grounds() {
        return status == TOO_LARGE ? Grounds.TOO_LARGE : Grounds.of(row.result(), more.getString(Capabilities.NAME), more.getString(Grounds.REASON));
    }

    /** Number of the {@link Cause} when the result is UNAVAILABLE, else 0. */
    int cause() {
        return cause;
    }

    int status() {
        return status;
    }

    /** For Retry-After, whole seconds, 0 = the same request is not worth repeating. */
    long retrySeconds() {
        return (retryMs + 999) / 1_000;
    }

    JsonObject json() {
        final JsonObject json = new JsonObject()
                .put("type", TYPE + row.result().name())
                .put("title", row.result().name())
                .put("status", status)
                .put("detail", detail)
                .put("result", row.result().name());
        if (!errors.isEmpty()) {
            json.put("errors", errors);
        }
        return json.mergeIn(more);
    }
}
