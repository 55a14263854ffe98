package org.mawid.api.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.mawid.api.gateway.Cause;
import org.mawid.api.network.NetworkImportException;
import org.mawid.api.schedule.Difference;
import org.mawid.api.schedule.ScheduleDesk;
import org.mawid.api.schedule.ScheduleForm;
import org.mawid.api.schedule.ScheduleJson;
import org.mawid.api.schedule.ScheduleMistakenException;
import org.mawid.api.schedule.Schedules;
import org.mawid.api.schedule.UnknownPostException;
import org.mawid.api.schedule.WrittenSchedule;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a post wants of its calendars, and what is there. All that takes time is done on the desk's thread: reading, comparing, and writing the answer. */
final class ScheduleRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleRoutes.class);
    private static final String LINE = "line ";
    private static final int DONE = 200;

    private ScheduleRoutes() {
    }

    /** Applies it, or says how it differs. */
    static void apply(final Call call) {
        final ScheduleForm form = ScheduleForm.of(call.routing().request().getHeader(HttpHeaders.CONTENT_TYPE));
        if (form == null) {
            throw new Fault(Problem.of(Result.MALFORMED, 415, "The body must be application/json, text/csv or text/calendar, in UTF-8."));
        }
        final Buffer body = call.routing().body().buffer();
        if (body == null || body.length() == 0) {
            throw new Fault(Problem.of(Result.MALFORMED).at("", "a schedule is needed"));
        }
        final String post = call.post(call.text("post")).code();
        final WrittenSchedule.Period period = new WrittenSchedule.Period(post, date(call, "from"), date(call, "to"));
        final WrittenSchedule.Unsaid unsaid = new WrittenSchedule.Unsaid(call.text("pool"), call.integer("places"));
        final ScheduleDesk desk = desk(call);
        if (call.flag("dryRun")) {
            answer(call, desk.difference(post, zone -> WrittenSchedule.read(period, zone, form, body.getBytes(), unsaid)), ScheduleRoutes::compared);
        } else {
            answer(call, desk.apply(post, zone -> WrittenSchedule.read(period, zone, form, body.getBytes(), unsaid), call.has("expectedVersion") ? call.number("expectedVersion") : Schedules.ANY_VERSION),
                    ScheduleRoutes::ended);
        }
    }

    static void present(final Call call) {
        answer(call, desk(call).present(call.post(call.text("post")).code(), date(call, "from"), date(call, "to")), present -> new Told(ScheduleJson.of(present).toBuffer(), null));
    }

    /** @param json of the answer, be it a refusal @param refusal {@code null} = done */
    private record Told(Buffer json, Problem refusal) {
    }

    private static Told compared(final Difference difference) {
        return new Told(ScheduleJson.of(difference).toBuffer(), null);
    }

    private static Told ended(final Schedules.Outcome outcome) {
        final JsonObject difference = ScheduleJson.of(outcome.difference());
        if (outcome instanceof Schedules.Outcome.Applied applied) {
            return new Told(difference.put("appliedVersion", applied.version()).toBuffer(), null);
        } else if (outcome instanceof Schedules.Outcome.Refused refused) {
            return refused(Problem.of(refused.why()).with("difference", difference));
        }
        return refused(Problem.of(Result.CONFLICT).with("presentVersion", outcome.difference().version()).with("difference", difference));
    }

    private static Told refused(final Problem problem) {
        return new Told(problem.json().toBuffer(), problem);
    }

    private static ScheduleDesk desk(final Call call) {
        if (call.loop().schedules() == null) {
            throw new Fault(Problem.of(Cause.SCHEDULE_NOT_TAKEN));
        }
        return call.loop().schedules();
    }

    private static LocalDate date(final Call call, final String parameter) {
        return LocalDate.ofEpochDay(Times.epochDay(call.text(parameter)));
    }

    /** @param telling on the desk's thread */
    private static <T> void answer(final Call call, final CompletableFuture<T> asked, final Function<T, Told> telling) {
        if (asked == null) {
            throw new Fault(Problem.of(Cause.SCHEDULE_NOT_TAKEN));
        }
        Future.fromCompletionStage(asked.thenApply(telling), call.loop().vertx().getOrCreateContext()).onComplete(told -> Reads.guarded(call, () -> {
            if (told.failed()) {
                throw refusal(told.cause() instanceof CompletionException wrapped ? wrapped.getCause() : told.cause());
            } else if (told.result().refusal() != null) {
                call.refuse(told.result().refusal(), told.result().json());
            } else {
                call.answer(DONE, told.result().json());
            }
        }));
    }

    private static RuntimeException refusal(final Throwable trouble) {
        if (trouble instanceof ScheduleMistakenException mistaken) {
            final Problem problem = Problem.of(Result.MALFORMED, 400, "The schedule has " + mistaken.total() + " mistakes: nothing was done.");
            mistaken.mistakes().forEach(mistake -> add(problem, mistake));
            return new Fault(problem);
        } else if (trouble instanceof UnknownPostException) {
            return new Fault(Result.POST_UNKNOWN);
        } else if (trouble instanceof NetworkImportException) {
            LOG.warn("a schedule was not taken: {}", trouble.getMessage());
            return new Fault(Problem.of(Cause.SCHEDULE_NOT_TAKEN));
        }
        return new IllegalStateException("a schedule met an accident", trouble);
    }

    /** Where it stands: a parameter, a line, or a JSON pointer. */
    private static void add(final Problem problem, final ScheduleMistakenException.Mistake mistake) {
        final String where = mistake.where();
        if (where.equals("from") || where.equals("to") || where.equals("post")) {
            problem.in(where, mistake.what());
        } else if (where.startsWith(LINE)) {
            problem.atLine(Integer.parseInt(where.substring(LINE.length())), mistake.what());
        } else {
            problem.at(where.isEmpty() ? "" : '/' + where.replace("\"", "").replace("[", "/").replace("]", "").replace('.', '/'), mistake.what());
        }
    }
}
