package org.mawid.api.sync;

import io.grpc.StatusRuntimeException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.mawid.api.sync.Record.UnreadableException;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;

/**
 * Tells the server what the post has recorded: files of {@code outbox/} in the order of their names, one at a time, each under the next number of this
 * folder. What is sent is put down before with its request id and number, and sent again as it is until there is an answer: it is done once. One thread.
 */
final class Uplink {
    /** Not of the command, but of the moment: it is sent again. */
    private static final Set<Result> LATER = EnumSet.of(Result.UNAVAILABLE, Result.PENDING, Result.STORAGE_FULL, Result.DEADLINE_EXCEEDED, Result.READ_MODEL_BEHIND,
            Result.CREATED_IN_FUTURE, Result.CLIENTS_FULL);
    /** Where it was answered before anything else was looked at: the number is not used up. */
    private static final Set<Result> UNCOUNTED = EnumSet.of(Result.REQUEST_ID_REUSED, Result.REQUEST_TOO_OLD, Result.UNAUTHENTICATED, Result.FORBIDDEN);
    private static final HexFormat HEX = HexFormat.of();

    private final Shelf shelf;
    private final Link link;
    private final int postId;
    private final LongSupplier clock;
    private final SyncReport report;
    private final SecureRandom random = new SecureRandom();
    private final Path outbox;
    private final Path sending;
    private final Path numbers;
    private final Path done;
    private final Path refused;
    /** What is being sent was put down by us just now: nobody can have sent it before. */
    private boolean isFresh;

    /** @param clock ms since 1970-01-01 UTC */
    Uplink(final Shelf shelf, final Link link, final int postId, final LongSupplier clock, final SyncReport report) {
        this.shelf = shelf;
        this.link = link;
        this.postId = postId;
        this.clock = clock;
        this.report = report;
        outbox = shelf.root.resolve("outbox");
        sending = shelf.root.resolve("state").resolve("sending.json");
        numbers = shelf.root.resolve("state").resolve("numbers.json");
        done = shelf.root.resolve("done");
        refused = shelf.root.resolve("refused");
    }

    void open() throws IOException {
        for (final Path folder : List.of(outbox, done, refused, sending.getParent())) {
            shelf.files.folder(folder);
        }
        shelf.clean(sending.getParent());
        shelf.clean(done);
        shelf.clean(refused);
        if (shelf.json(numbers) == null) {
            renumber();
        }
    }

    /** A number of our own: it has counted nothing yet. */
    private void renumber() throws IOException {
        shelf.put(numbers, new JsonObject().put("clientId", 1 + random.nextInt(Integer.MAX_VALUE - 1)).put("next", 1L));
    }

    /**
     * Tells all there is.
     *
     * @return whether all was answered; else something is to be sent later
     * @throws StatusRuntimeException the line was lost
     */
    boolean tell() throws IOException {
        JsonObject left = shelf.json(sending);
        if (left != null && left.getLong("sequence") < shelf.json(numbers).getLong("next") && left.getInteger("clientId").equals(shelf.json(numbers).getInteger("clientId"))) {
            forget(left.getString("file")); // it was answered, and put away
            left = null;
        }
        if (left != null && !send(left)) {
            return false;
        }
        for (final String name : shelf.names(outbox)) {
            if (name.endsWith(".json")) {
                final JsonObject next = put(name);
                isFresh = true;
                if (next != null && !send(next)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Puts down what is to be sent. @return null when it cannot be */
    private JsonObject put(final String name) throws IOException {
        final byte[] content = shelf.files.read(outbox.resolve(name));
        if (content == null) {
            return null; // taken back meanwhile
        }
        final String text = new String(content, StandardCharsets.UTF_8);
        try {
            final JsonObject record = new JsonObject(text);
            final Record read = new Record(record, postId);
            read.command(Request.getDefaultInstance());
            if (read.isTooLate(clock.getAsLong())) {
                refuse(name, record, "TOO_LATE", "nobody can be called by it any more: what became of the visit is told by serve or no-show");
                return null;
            }
            return number(name, record);
        } catch (final DecodeException notJson) {
            refuse(name, text, "UNREADABLE", "it is no JSON object; write it elsewhere and move it here when it is whole");
        } catch (final UnreadableException wrong) {
            refuse(name, text, "UNREADABLE", wrong.getMessage());
        }
        return null;
    }

    private JsonObject number(final String name, final JsonObject record) throws IOException {
        final JsonObject count = shelf.json(numbers);
        final byte[] id = new byte[2 * Long.BYTES];
        random.nextBytes(id);
        final JsonObject put = new JsonObject().put("file", name).put("clientId", count.getInteger("clientId")).put("sequence", count.getLong("next"))
                .put("requestId", HEX.formatHex(id)).put("createdMs", clock.getAsLong()).put("record", record);
        shelf.put(sending, put);
        return put;
    }

    /** @return false: not now */
    private boolean send(final JsonObject what) throws IOException {
        final String name = what.getString("file");
        final boolean wasFresh = isFresh;
        isFresh = false;
        final CommandReply reply = link.send(command(what));
        final Result result = reply.getResult();
        if (LATER.contains(result)) {
            report.note(name + " is sent again later: " + result + (result == Result.CREATED_IN_FUTURE ? ", the clock of this machine is ahead: set it" : ""));
            return false;
        }
        if (result == Result.MALFORMED && reply.getPosition() > 0) {
            report.note("the server's log does not take records yet: it is at a core version below 5 (mawid core-version). They wait");
            count(what);
            shelf.remove(sending);
            return false;
        }
        if (result == Result.SEQUENCE_GAP && reply.getDetail() > 0) {
            report.note("the server counts " + reply.getDetail() + " next, not " + what.getLong("sequence") + ": told so, we go on from there");
            shelf.put(numbers, shelf.json(numbers).put("next", reply.getDetail()));
            return again(name, what);
        }
        if (result == Result.SEQUENCE_REPEATED && wasFresh) {
            report.note("the server has had number " + what.getLong("sequence") + " from an older copy of this folder: it gets a new number of its own");
            shelf.remove(sending); // with its old number it would be taken for done, if the machine stopped here
            renumber();
            return again(name, what);
        }
        answered(name, what, reply);
        return true;
    }

    /** Under another number: with the one it had, it was not done. */
    private boolean again(final String name, final JsonObject what) throws IOException {
        final JsonObject next = number(name, what.getJsonObject("record"));
        isFresh = true;
        return send(next);
    }

    private Command command(final JsonObject what) throws IOException {
        final byte[] id = HEX.parseHex(what.getString("requestId"));
        final Request request = Request.newBuilder().setIdHigh(half(id, 0)).setIdLow(half(id, Long.BYTES)).setCreatedMs(what.getLong("createdMs"))
                .setClientId(what.getInteger("clientId")).setSequence(what.getLong("sequence")).setChannel(Channel.CHANNEL_COUNTER).build();
        try {
            return new Record(what.getJsonObject("record"), postId).command(request);
        } catch (final UnreadableException changed) {
            throw new IOException(sending + " cannot be read any more: somebody has changed it. Delete it, and run again", changed);
        }
    }

    private static long half(final byte[] id, final int from) {
        return ByteBuffer.wrap(id, from, Long.BYTES).getLong();
    }

    private void answered(final String name, final JsonObject what, final CommandReply reply) throws IOException {
        final Result result = reply.getResult();
        final boolean isDone = result == Result.OK || result == Result.OVERFLOW || result == Result.SEQUENCE_REPEATED;
        final JsonObject answer = new JsonObject().put("result", result.name()).put("sequence", what.getLong("sequence")).put("position", reply.getPosition());
        if (!reply.getReference().isEmpty()) {
            answer.put(isDone ? "reference" : "break", reply.getReference()); // of a refusal it is the incident that is open
        }
        if (reply.getDetail() != 0) {
            answer.put("detail", reply.getDetail());
        }
        if (reply.getStampsCount() > 0) {
            answer.put("stamps", reply.getStampsList());
        }
        if (result == Result.MALFORMED) {
            answer.put("why", "a reference or a code in it is none: somebody has mistyped it");
        }
        if (result == Result.OUT_OF_RANGE) {
            answer.put("why", "a number in it is not one that can be");
        }
        if (result == Result.SEQUENCE_REPEATED) {
            answer.put("why", "it was done when it was sent before; how it was answered then is not remembered any more");
        }
        final String kept = String.format("%09d-%s", what.getLong("sequence"), name);
        shelf.put((isDone ? done : refused).resolve(kept), new JsonObject().put("record", what.getJsonObject("record")).put("answer", answer));
        if (reply.getPosition() > 0 && !UNCOUNTED.contains(result)) {
            count(what);
        }
        forget(name);
        report.told(name, isDone || !answer.containsKey("why") ? result.name() : result.name() + ": " + answer.getString("why"));
    }

    /** Its number is used up. */
    private void count(final JsonObject what) throws IOException {
        shelf.put(numbers, shelf.json(numbers).put("next", what.getLong("sequence") + 1));
    }

    /** Nothing of it is left to do. */
    private void forget(final String name) throws IOException {
        shelf.remove(outbox.resolve(name));
        shelf.remove(sending);
    }

    private void refuse(final String name, final Object record, final String reason, final String why) throws IOException {
        shelf.put(refused.resolve(clock.getAsLong() + "-" + name), new JsonObject().put("record", record).put("answer", new JsonObject().put("result", reason).put("why", why)));
        shelf.remove(outbox.resolve(name));
        report.told(name, reason + ": " + why);
    }
}
