package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.ResultTable;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.Request;
import org.mawid.sbe.Result;

/** How a write begins and ends: request id and time, the command, its answer. */
final class Commands {
    private static final int VERSION_WITH_TIME = 7;
    private static final int LEAP_BITS = 16;

    /** Puts what the call says into a command. */
    @FunctionalInterface
    interface Body {
        void into(Call call, Request request, Command.Builder command);
    }

    /** Adds what this command answers to what all do. */
    @FunctionalInterface
    interface Reply {
        void into(Call call, Answer answer, JsonObject json);
    }

    /** Is done for a command that may go on, which it may change, before it is submitted. */
    @FunctionalInterface
    interface Before {
        /** On the event loop. @param then now or later, there too, or the call is refused */
        void submitting(Call call, MutableDirectBuffer command, Runnable then);
    }

    static final Reply NOTHING_MORE = (call, answer, json) -> { };

    private final int status;
    private final String location;
    private final Body body;
    private final Reply reply;
    private final ZoneOf zoneOf;
    /** Null = nothing. */
    private final Before before;

    /** In which zone refusals tell instants. */
    @FunctionalInterface
    interface ZoneOf {
        ZoneId of(Call call);
    }

    private Commands(final int status, final String location, final Body body, final Reply reply, final ZoneOf zoneOf, final Before before) {
        this.status = status;
        this.location = location;
        this.body = body;
        this.reply = reply;
        this.zoneOf = zoneOf;
        this.before = before;
    }

    static Commands doing(final Body body) {
        return new Commands(200, null, body, NOTHING_MORE, call -> Times.utc(), null);
    }

    /** Answers 201. @param path under which the reference that was made can be read, null = it cannot */
    static Commands making(final String path, final Body body) {
        return new Commands(201, path, body, NOTHING_MORE, call -> Times.utc(), null);
    }

    Commands telling(final Reply newReply) {
        return new Commands(status, location, body, newReply, zoneOf, before);
    }

    Commands inZone(final ZoneOf newZoneOf) {
        return new Commands(status, location, body, reply, newZoneOf, before);
    }

    /** Is submitted after that. */
    Commands after(final Before newBefore) {
        return new Commands(status, location, body, reply, zoneOf, newBefore);
    }

    /** Answers the call, now or when the core has. @throws Fault when nothing was submitted */
    void run(final Call call) {
        final Loop loop = call.loop();
        final UUID id = call.has("Idempotency-Key") ? id(call.text("Idempotency-Key")) : UUID.randomUUID();
        call.routing().response().putHeader(Answers.IDEMPOTENCY_KEY, id.toString());
        if (call.has("Mawid-Created")) {
            submit(call, id, call.number("Mawid-Created"));
        } else if (!call.has("Idempotency-Key")) {
            submit(call, id, loop.gateway().nowMs());
        } else if (id.version() == VERSION_WITH_TIME) {
            submit(call, id, id.getMostSignificantBits() >>> LEAP_BITS);
        } else {
            submitAsBefore(call, id);
        }
    }

    /** The id does not say when it was made: as at the first time, if there was one. */
    private void submitAsBefore(final Call call, final UUID id) {
        final Loop loop = call.loop();
        final Long seen = loop.firstSeen().find(id);
        if (seen != null) {
            submit(call, id, seen);
            return;
        }
        loop.gateway().createdMsOf(loop.lane(), id.getMostSignificantBits(), id.getLeastSignificantBits(), createdMs -> {
            try {
                if (createdMs == Gateway.NOT_KNOWN || createdMs == Gateway.NOT_ASKED) {
                    throw new Fault(Problem.of(createdMs == Gateway.NOT_KNOWN ? Cause.NO_ANSWER : loop.gateway().notAsked()));
                }
                submit(call, id, loop.firstSeen().keep(id, createdMs >= 0 ? createdMs : loop.gateway().nowMs()));
            } catch (final Fault fault) {
                fault.problem().with("requestId", id.toString());
                call.refuse(fault);
            } catch (final RuntimeException ours) {
                call.routing().fail(ours); // nobody else would answer here
            }
        });
    }

    private void submit(final Call call, final UUID id, final long createdMs) {
        final Loop loop = call.loop();
        final Command.Builder builder = Command.newBuilder();
        body.into(call, request(call, id, createdMs), builder);
        final Command command = builder.build();
        final int length = loop.encode(command, loop.client(call.routing().request()));
        if (length == 0) {
            throw new Fault(Problem.of(loop.draft().problem()).with("requestId", id.toString()));
        }
        final CommandTemplate template = CommandTemplate.of(command.getCommandCase().getNumber());
        final Consumer<DirectBuffer> covered = mayGoOn -> CapabilityCheck.command(call, template, mayGoOn, length, goesOn -> prepare(call, goesOn, length, prepared -> submit(call, id, template, prepared, length)));
        if (loop.access() == null) {
            covered.accept(loop.encoded());
        } else {
            loop.access().judge(call, template, loop.encoded(), length, covered::accept);
        }
    }

    private void prepare(final Call call, final DirectBuffer command, final int length, final Consumer<DirectBuffer> then) {
        if (before == null) {
            then.accept(command);
            return;
        }
        final MutableDirectBuffer copy = new UnsafeBuffer(new byte[length]); // the next command is drafted meanwhile
        copy.putBytes(0, command, 0, length);
        before.submitting(call, copy, () -> then.accept(copy));
    }

    private void submit(final Call call, final UUID id, final CommandTemplate template, final DirectBuffer command, final int length) {
        final Loop loop = call.loop();
        loop.gateway().submit(loop.lane(), template, command, 0, length, answer -> answered(call, id, answer));
    }

    private void answered(final Call call, final UUID id, final Answer answer) {
        if (answer.result() == Result.PENDING) {
            call.pending(id.toString());
        } else if (answer.isDone()) {
            done(call, answer);
        } else {
            refused(call, id, answer);
        }
    }

    private void done(final Call call, final Answer answer) {
        final JsonObject json = new JsonObject();
        reply.into(call, answer, json);
        json.put("position", answer.position());
        Times.put(json, "now", answer.nowMs(), Times.utc());
        json.put("repeatedAnswer", answer.repeated());
        if (location == null) {
            call.answer(status, json);
        } else {
            call.made(status, location + answer.reference(call.loop().references()), json);
        }
    }

    private void refused(final Call call, final UUID id, final Answer answer) {
        final Problem problem = Problem.refused(answer.result(), answer.number1(), answer.number2(), zoneOf.of(call));
        if (answer.position() != 0) {
            problem.with("position", answer.position()).with("repeatedAnswer", answer.repeated());
        }
        if (answer.template().opensBreak() && answer.number3() != 0) {
            problem.with(ResultTable.BREAK, answer.reference(call.loop().references()));
        }
        call.refuse(problem.with("requestId", id.toString()));
    }

    static JsonArray stamps(final Call call, final Answer answer) {
        final JsonArray stamps = new JsonArray();
        answer.stamps(call.loop().references()).forEach(stamps::add);
        return stamps;
    }

    private static Request request(final Call call, final UUID id, final long createdMs) {
        return Request.newBuilder()
                .setIdHigh(id.getMostSignificantBits())
                .setIdLow(id.getLeastSignificantBits())
                .setCreatedMs(createdMs)
                .setDeadlineMs(call.number("Mawid-Deadline"))
                .setActor(call.key("Mawid-Actor"))
                .setOnBehalfOf(call.key("Mawid-On-Behalf-Of"))
                .setChannel(Channel.valueOf("CHANNEL_" + call.text("Mawid-Channel")))
                .setClientId((int) call.number("Mawid-Client"))
                .setSequence(call.number("Mawid-Sequence"))
                .build();
    }

    /** @param text a UUID with or without its hyphens */
    static UUID id(final String text) {
        final String digits = text.replace("-", "");
        return new UUID(Long.parseUnsignedLong(digits.substring(0, 16), 16), Long.parseUnsignedLong(digits.substring(16), 16));
    }
}
