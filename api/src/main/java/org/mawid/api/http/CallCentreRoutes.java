package org.mawid.api.http;

import com.google.protobuf.Message;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.mawid.api.callcentre.Asked;
import org.mawid.api.callcentre.CallCentre;
import org.mawid.api.callcentre.CallCentreException;
import org.mawid.grpc.CallbackOutcome;
import org.mawid.sbe.Result;

/** What the call centre has before it, over HTTP: the messages of gRPC as JSON. */
final class CallCentreRoutes {
    private static final String CALLBACK = "callback";

    private CallCentreRoutes() {
    }

    /** What somebody is looked up by. */
    static Asked asked(final Call call) {
        return new Asked(call.body().getString("reference", ""), call.body().getString("email", ""), call.body().getString("mobile", ""));
    }

    /** As {@link CallCentre#trace}. */
    static long trace(final Call call) {
        return call.loop().callCentre() == null ? 0 : call.loop().callCentre().trace(asked(call));
    }

    static void search(final Call call) {
        final Asked asked = asked(call);
        PersonalCalls.desk(call);
        Reads.lookUp(call, () -> true, read -> {
            if (read == null) {
                throw new Fault(Result.READ_MODEL_BEHIND);
            }
            answer(call, Times.utc(), () -> centre(call).search(asked));
        });
    }

    static void history(final Call call) {
        PersonalCalls.ofApplication(call, application -> PersonalCalls.run(call, () -> centre(call).history(application.applicationId()), history -> {
            if (history == null) {
                throw new Fault(Result.APPLICATION_UNKNOWN);
            }
            call.answer(200, MessageJson.of(history, call.loop().zone(application.postId())));
        }));
    }

    static void addNote(final Call call) {
        final String text = call.body().getString("text");
        PersonalCalls.ofApplication(call, application -> answer(call, call.loop().zone(application.postId()),
                () -> centre(call).addNote(application, HttpAccess.actor(call), MessageRoutes.request(call), text)));
    }

    static void askCallback(final Call call) {
        final JsonObject body = call.body();
        PersonalCalls.ofApplication(call, application -> answer(call, call.loop().zone(application.postId()),
                () -> centre(call).askCallback(application.applicationId(), Times.ms(body, "notBefore"), Times.ms(body, "notAfter"), body.getLong("reasonCode"))));
    }

    static void listCallbacks(final Call call) {
        PersonalCalls.desk(call);
        final String after = call.has("after") ? call.text("after") : "";
        answer(call, Times.utc(), () -> centre(call).callbacks(after, call.integer("limit")));
    }

    static void takeCallback(final Call call) {
        PersonalCalls.ofApplication(call, application -> answer(call, call.loop().zone(application.postId()),
                () -> centre(call).takeCallback(application.applicationId(), call.number(CALLBACK), HttpAccess.actor(call))));
    }

    static void endCallback(final Call call) {
        final CallbackOutcome outcome = CallbackOutcome.valueOf("CALLBACK_OUTCOME_" + call.body().getString("outcome"));
        PersonalCalls.ofApplication(call, application -> answer(call, call.loop().zone(application.postId()),
                () -> centre(call).endCallback(application.applicationId(), call.number(CALLBACK), HttpAccess.actor(call), outcome)));
    }

    private static CallCentre centre(final Call call) {
        return call.loop().callCentre();
    }

    private static void answer(final Call call, final ZoneId zone, final Callable<? extends Message> work) {
        PersonalCalls.run(call, () -> refusing(work), told -> call.answer(200, MessageJson.of(told, zone)));
    }

    private static Message refusing(final Callable<? extends Message> work) throws Exception {
        try {
            return work.call();
        } catch (final CallCentreException no) {
            final Result result = no.reason().result();
            final Problem problem = Problem.of(result, 0, PersonalCalls.sentence(no.getMessage())).with(PersonalCalls.REASON, no.reason().name());
            throw new Fault(no.untilMs() == 0 ? problem : problem.with("untilMs", no.untilMs()));
        }
    }
}
