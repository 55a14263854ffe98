package org.mawid.api.network;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.mawid.engine.Engine;
import org.mawid.engine.FileTrouble;
import org.mawid.sbe.Result;

/**
 * Brings days of one post into force by one staged change: all or none. What a killed process has left staged is abandoned by whoever comes next, and nothing of
 * anybody else's. One caller at a time; waits for the disk.
 */
public final class StagedDays {
    private static final long CATCH_UP_MS = 60_000;
    /** Refusals told in full. */
    private static final int KEPT = 1_000;

    private final Engine engine;
    private final LongSupplier nowMs;
    private final Unfinished unfinished;
    private final long stallMs;

    public sealed interface Ended {
        /** @param version of the post's calendars, now @param position of the log; the read side reflects it */
        record Applied(long version, long position) implements Ended {}

        /** Somebody else has changed the post's calendars. Nothing was done. @param version that they have now */
        record Conflict(long version) implements Ended {}

        /** Nothing was done. @param days the first thousand */
        record Refused(List<RefusedDay> days) implements Ended {}
    }

    /** @param number as the core says with the result, such as the closure */
    public record RefusedDay(PlannedDay day, Result why, long number) {}

    /**
     * @param note  file beside the log in which it stands what has been begun; nobody else's. {@code null} = a process that is killed leaves its change for good
     * @param nowMs for {@code createdMs}, ms since 1970-01-01 UTC
     */
    public StagedDays(Engine engine, Path note, LongSupplier nowMs) {
        this(engine, note, nowMs, CommandPipe.STALL_MS);
    }

    StagedDays(Engine engine, Path note, LongSupplier nowMs, long stallMs) {
        this.engine = engine;
        this.nowMs = nowMs;
        this.unfinished = new Unfinished(note);
        this.stallMs = stallMs;
    }

    /**
     * Abandons what was left staged by a process that was killed.
     *
     * @return changes, 0 or 1
     * @throws NetworkImportException the engine has stopped, or the note cannot be read
     */
    public int abandonWhatWasLeft() {
        try {
            final Unfinished.Left left = unfinished.of(engine.status().appliedPosition());
            if (left.isNothing()) return 0;
            final Set<Long> begun = OpenChanges.begunBy(engine, left.importId(), left.firstRequest(), left.lastRequest(), stallMs);
            begun.addAll(left.changes());
            final List<Long> open = OpenChanges.of(engine, (changeId, postId) -> begun.contains(changeId), stallMs);
            final CommandPipe pipe = new CommandPipe(engine, stallMs);
            final CommandWriter write = writer();
            open.forEach(changeId -> pipe.send((slot, offset) -> write.abandonChange(slot, offset, changeId), (result, number1) -> { }));
            pipe.await();
            unfinished.end();
            return open.size();
        } catch (IOException e) {
            throw new NetworkImportException("what a change of days has left cannot be told: " + FileTrouble.of(e));
        }
    }

    /**
     * Whether days may keep places for channels, by the rules that the log is at.
     *
     * @throws NetworkImportException the engine has stopped or does not answer
     */
    public boolean keepsQuotas() {
        return OpenChanges.keepsQuotas(engine, stallMs);
    }

    /**
     * Whether days of desks may have places beyond the counters, by the rules that the log is at.
     *
     * @throws NetworkImportException the engine has stopped or does not answer
     */
    public boolean keepsOverbooking() {
        return OpenChanges.keepsOverbooking(engine, stallMs);
    }

    /** Returns when the read side reflects all that is durable. */
    public void catchUp() {
        catchUp(engine.status().durablePosition());
    }

    /**
     * @param expectedVersion of the post's calendars
     * @param days            at least one, each pool and date once
     * @throws NetworkImportException the engine has stopped or does not answer: nothing is in force, or, when only the last answer is missing, everything
     */
    public Ended apply(int postId, long expectedVersion, List<PlannedDay> days) {
        abandonWhatWasLeft();
        final CommandPipe pipe = new CommandPipe(engine, stallMs);
        final CommandWriter write = writer();
        try {
            unfinished.announce(engine.status().appliedPosition(), write.importId(), write.nextRequest(), write.nextRequest());
            final long[] change = new long[1];
            final Result[] ended = new Result[1];
            ask(pipe, (slot, offset) -> write.beginChange(slot, offset, postId), ended, change);
            if (ended[0] != Result.OK) throw new NetworkImportException("no change could be begun: " + ended[0]);
            final long changeId = change[0];
            unfinished.note(pipe.position(), List.of(changeId));
            final List<RefusedDay> refused = stage(pipe, write, changeId, days);
            final long[] version = new long[1];
            if (refused.isEmpty()) {
                ask(pipe, (slot, offset) -> write.applyChange(slot, offset, changeId, expectedVersion), ended, version);
                if (ended[0] == Result.OK) {
                    unfinished.end();
                    catchUp(pipe.position());
                    return new Ended.Applied(version[0], pipe.position());
                }
            }
            final Result why = ended[0];
            ask(pipe, (slot, offset) -> write.abandonChange(slot, offset, changeId), ended, change);
            unfinished.end();
            catchUp(pipe.position());
            if (!refused.isEmpty()) return new Ended.Refused(refused);
            if (why == Result.CONFLICT) return new Ended.Conflict(version[0]);
            throw new NetworkImportException("the change was not applied: " + why + (why == Result.CHANGE_UNKNOWN ? ", somebody has abandoned it" : ""));
        } catch (IOException e) {
            throw new NetworkImportException("nothing was changed, for it cannot be kept what would have to be ended if the server were killed: " + FileTrouble.of(e));
        }
    }

    private static List<RefusedDay> stage(CommandPipe pipe, CommandWriter write, long changeId, List<PlannedDay> days) {
        final List<RefusedDay> refused = new ArrayList<>(); // filled on the engine's thread, read when all have answered
        for (PlannedDay day : days) {
            pipe.send((slot, offset) -> write.addToChange(slot, offset, changeId, day), (result, number1) -> {
                if (result != Result.OK && result != Result.IN_THE_PAST && refused.size() < KEPT) refused.add(new RefusedDay(day, result, number1)); // past: it ended while we were at it
            });
        }
        pipe.await();
        return refused;
    }

    private static void ask(CommandPipe pipe, CommandPipe.Command command, Result[] ended, long[] number) {
        pipe.send(command, (result, number1) -> {
            ended[0] = result;
            number[0] = number1;
        });
        pipe.await();
    }

    private CommandWriter writer() {
        return new CommandWriter(new SecureRandom().nextLong() | 1, nowMs);
    }

    private void catchUp(long position) {
        if (!engine.readModel().availability().awaitPosition(position, CATCH_UP_MS)) {
            throw new NetworkImportException("the read side has not reached position " + position + " within " + CATCH_UP_MS / 1_000 + " s");
        }
    }
}
