package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.sbe.Result;

/** What became of a request whose answer was lost. */
final class OutcomeRoutes {
    private OutcomeRoutes() {
    }

    static void outcome(final Call call) {
        final UUID id = Commands.id(call.text("requestId"));
        call.loop().gateway().outcomeOf(call.loop().lane(), id.getMostSignificantBits(), id.getLeastSignificantBits(),
                answer -> Reads.guarded(call, () -> answered(call, id, answer)));
    }

    private static void answered(final Call call, final UUID id, final Answer answer) {
        if (answer.result() == Result.PENDING) {
            throw new Fault(Problem.of(Cause.NO_ANSWER).with("requestId", id.toString())); // the question was not answered in time: nothing is known of the request
        }
        if (answer.result() == Result.UNAVAILABLE) {
            throw new Fault(Problem.of(Cause.of(answer.number1())).with("requestId", id.toString()));
        }
        if (answer.result() == Result.REQUEST_UNKNOWN) {
            throw new Fault(Problem.of(answer.result()).with("requestId", id.toString()));
        }
        call.answer(200, json(call, answer));
    }

    private static JsonObject json(final Call call, final Answer answer) {
        final CommandTemplate template = answer.template();
        final JsonObject json = new JsonObject()
                .put("command", template == null ? "OPERATOR" : template.name())
                .put("result", answer.result().name());
        if (template != null && answer.isDone()) {
            if (template.made() != null && template != CommandTemplate.ISSUE_STAMPS) {
                json.put("reference", answer.reference(call.loop().references()));
            }
            if (template != CommandTemplate.ISSUE_STAMPS && answer.detail() != 0) {
                json.put("detail", answer.detail());
            }
            if (answer.ticketId() != 0) {
                json.put("ticketId", answer.ticketId());
            }
        } else if (answer.number1() != 0) {
            json.put("detail", answer.number1());
        }
        if (template != null && template.opensBreak() && answer.number3() != 0) {
            json.put("reference", answer.reference(call.loop().references()));
        }
        json.put("stamps", template == null ? new JsonArray() : Commands.stamps(call, answer));
        return Times.put(json, "now", answer.nowMs(), Times.utc());
    }
}
