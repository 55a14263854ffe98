package org.mawid.api.http;

import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;
import org.mawid.api.application.ApplicationGrpc;
import org.mawid.api.application.UnsealedText;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.message.Messages;
import org.mawid.api.person.Owners;
import org.mawid.api.sealed.Owner;
import org.mawid.sbe.MessageWriter;
import org.mawid.sbe.Result;

/** Texts of messages: sealed on their way in, opened on their way out. */
final class MessageRoutes {
    private static final String TEXT = "text";
    private static final String HASH = "textHash";

    private MessageRoutes() {
    }

    /** @param command runs with the hash of the text, when there is one: it is looked at and sealed for whoever may send it */
    static Consumer<Call> sealing(final Commands command, final UnsealedText what) {
        final Commands sealing = command.after((call, unsealed, then) -> seal(call, what, unsealed, then));
        return call -> {
            if (call.body().containsKey(TEXT) && call.body().containsKey(what.hashName())) {
                throw new Fault(Problem.of(Result.MALFORMED).at('/' + what.hashName(), "give the text, or the hash of what is sealed elsewhere"));
            }
            sealing.run(call);
        };
    }

    private static void seal(final Call call, final UnsealedText what, final MutableDirectBuffer command, final Runnable then) {
        final String text = call.body().getString(TEXT);
        if (text == null || !what.isFor(command, call.number(ReferenceKind.APPLICATION, "application"))
                || what == UnsealedText.MESSAGE && !UnsealedText.isAt(command, call.body().getInteger("postId"))) {
            then.run();
            return;
        }
        PersonalCalls.ofApplication(call, application -> PersonalCalls.run(call, () -> seal(call, what, Owners.of(application), text), hash -> {
            what.seal(command, hash);
            then.run();
        }));
    }

    private static long seal(final Call call, final UnsealedText what, final Owner owner, final String text) throws Exception {
        return what == UnsealedText.MESSAGE ? messages(call).seal(owner, request(call), text, about(call.body()))
                : call.loop().persons().reasons().seal(owner, request(call), text, Messages.aboutReason(call.body().getInteger("reasonCode", 0)));
    }

    private static JsonObject about(final JsonObject body) {
        return Messages.about(MessageWriter.valueOf(body.getString("writer")).value(), body.getInteger("topicCode"));
    }

    static void list(final Call call) {
        PersonalCalls.ofApplication(call, application -> PersonalCalls.run(call, () -> ApplicationGrpc.messages(messages(call), Owners.of(application)),
                reply -> call.answer(200, MessageJson.of(reply, call.loop().zone(application.postId())))));
    }

    static void text(final Call call) {
        final long hash = call.key(HASH);
        PersonalCalls.ofApplication(call, application -> {
            final Owner owner = Owners.of(application);
            PersonalCalls.run(call, () -> call.loop().persons().text(owner, hash), text -> {
                if (text == null) {
                    throw PersonalCalls.unknown("TEXT_UNKNOWN");
                }
                call.answer(200, new JsonObject().put(HASH, Bodies.key(hash)).put(TEXT, text));
            });
        });
    }

    private static Messages messages(final Call call) {
        return call.loop().persons().messages();
    }

    /** Empty when the client cannot repeat it. */
    static String request(final Call call) {
        if (call.has("Idempotency-Key")) {
            return Commands.id(call.text("Idempotency-Key")).toString();
        }
        return call.number("Mawid-Client") == 0 ? "" : call.number("Mawid-Client") + "/" + call.number("Mawid-Sequence");
    }
}
