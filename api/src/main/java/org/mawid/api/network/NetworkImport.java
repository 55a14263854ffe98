package org.mawid.api.network;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.mawid.engine.Engine;
import org.mawid.engine.readmodel.CatalogueView;

/**
 * Brings an engine to what a network says, in commands through its door: first the catalogue, then the days as staged changes.
 * Sends only what differs, so that the same files a second time are no command at all.
 * <p>Things are recognised by their codes and keep the numbers under which the log first met them. Nothing is taken away: a post,
 * desk or day that the files no longer have stays as it is.
 * <p>One import at a time; one thread.
 */
public final class NetworkImport {
    /** How long the read side may need to catch up. Milliseconds. */
    private static final long CATCH_UP_MS = 60_000;

    private final Engine engine;
    private final LongSupplier nowMs;
    private final CommandWriter write;
    private final CommandPipe pipe;
    private final Progress progress;
    private final Unfinished unfinished;

    public enum Phase { CATALOGUE, DAYS }

    /** What to do with days that are published already. */
    public enum Existing {
        /** They stay, whatever the files say: an officer may have changed them. What a server does at its start and every day. */
        KEEP,
        /** They become what the files say, also where an officer has changed them, as far as what is taken allows. What an import does. */
        REPLACE
    }

    /**
     * Which days to publish.
     *
     * @param from     first local date
     * @param to       last local date, included
     * @param today    the local date before which nothing is published any more
     * @param takeOver whether to abandon the open changes of posts that have something to publish, such as an officer's unfinished work:
     *                 days that are staged there are refused (DAY_ALREADY_STAGED). What an import that was killed has left goes anyway
     * @param clip     whether posts whose calendars do not reach {@code to} are opened as far as they do; otherwise all is refused
     */
    public record Publication(LocalDate from, LocalDate to, LocalDate today, Existing existing, boolean takeOver, boolean clip) {
        /** All or nothing: refused when a post's calendars do not reach so far. */
        public Publication(LocalDate from, LocalDate to, LocalDate today, Existing existing, boolean takeOver) {
            this(from, to, today, existing, takeOver, false);
        }

        /** @return {@code null} when the post's calendars cover nothing of it */
        LocalDate lastOf(Schedule schedule, Network.Post post) {
            return clip ? schedule.lastCovered(post, from, to) : to;
        }
    }

    @FunctionalInterface
    public interface Progress {
        /** On the importing thread. @param done posts finished, ascending to {@code total} */
        void report(Phase phase, long done, long total);
    }

    /**
     * @param commands  commands that were needed, 0 when the engine knew it all
     * @param published days that were created or replaced, of one pool each
     * @param kept      days that were there and stay as they are
     * @param leftOpen  with REPLACE: published days that the files close; they stay open, because closing one displaces people
     * @param position  of the last answer, 0 when there was none; the read side reflects it
     */
    public record Report(long commands, int published, int kept, int leftOpen, long position) {}

    /**
     * @param importId upper half of all request ids; random, never 0
     * @param nowMs    the clock for {@code createdMs}, ms since 1970-01-01 UTC
     */
    public NetworkImport(Engine engine, long importId, LongSupplier nowMs, Progress progress) {
        this(engine, importId, nowMs, progress, new Unfinished(null), CommandPipe.STALL_MS);
    }

    NetworkImport(Engine engine, long importId, LongSupplier nowMs, Progress progress, Unfinished unfinished, long stallMs) {
        if (importId == 0) throw new IllegalArgumentException("importId is 0");
        this.engine = engine;
        this.nowMs = nowMs;
        this.write = new CommandWriter(importId, nowMs);
        this.pipe = new CommandPipe(engine, stallMs);
        this.progress = progress;
        this.unfinished = unfinished;
    }

    /**
     * The catalogue, then the open days of all posts.
     *
     * @throws ScheduleRefusedException before anything is sent: days in the past or beyond the calendars
     * @throws NetworkImportException   the engine refused or stopped. No day has changed, except when it stopped while changes were
     *                                  applied; what was accepted of the catalogue stays. Running it again continues
     */
    public Report run(Schedule schedule, Publication publication) {
        refuseUncovered(schedule, publication);
        catchUp(engine.status().durablePosition());
        final long sentBefore = pipe.sent();
        final CatalogueView log = engine.readModel().catalogue();
        final Numbering numbers = new Numbering(schedule.network(), log);
        new CatalogueImport(schedule.network(), log, numbers, write, pipe).run(nowMs.getAsLong(), progress);
        catchUp(pipe.position());
        return days(schedule, schedule.network().posts(), numbers, publication, sentBefore);
    }

    /**
     * Open days only, of a network that is in the catalogue: what a rolling calendar needs every day.
     *
     * @throws ScheduleRefusedException as {@link #run}
     * @throws NetworkImportException   as {@link #run}
     */
    public Report publish(Schedule schedule, Publication publication) {
        return publish(schedule, schedule.network().posts(), publication);
    }

    /** As {@link #publish(Schedule, Publication)}, of some posts. */
    public Report publish(Schedule schedule, List<Network.Post> posts, Publication publication) {
        refuseUncovered(schedule, publication);
        catchUp(engine.status().durablePosition());
        return days(schedule, posts, new Numbering(schedule.network(), engine.readModel().catalogue()), publication, pipe.sent());
    }

    /**
     * Abandons what an import that was killed has left open: nobody will end it, and nobody else can stage its days. No import may be under way.
     *
     * @return changes that were abandoned
     */
    int endWhatWasLeft() {
        try {
            final Unfinished.Left left = unfinished.of(engine.status().appliedPosition());
            if (left.isNothing()) return 0;
            final Set<Long> begun = OpenChanges.begunBy(engine, left.importId(), left.firstRequest(), left.lastRequest(), pipe.stallMs());
            begun.addAll(left.changes());
            final List<Long> open = OpenChanges.of(engine, (changeId, postId) -> begun.contains(changeId), pipe.stallMs());
            for (long changeId : open) pipe.send((slot, offset) -> write.abandonChange(slot, offset, changeId), (result, number1) -> { }); // or has ended
            pipe.await();
            unfinished.end();
            return open.size();
        } catch (IOException e) {
            throw new NetworkImportException("what an import has left cannot be told: " + e.getMessage());
        }
    }

    private static void refuseUncovered(Schedule schedule, Publication publication) {
        if (!publication.clip()) schedule.openDays(publication.from(), publication.to(), publication.today());
    }

    private Report days(Schedule schedule, List<Network.Post> posts, Numbering numbers, Publication publication, long sentBefore) {
        final DayImport days = new DayImport(engine, schedule, posts, numbers, write, pipe, publication, unfinished, nowMs.getAsLong());
        days.run(progress);
        catchUp(pipe.position());
        return new Report(pipe.sent() - sentBefore, days.published(), days.kept(), days.leftOpen(), pipe.position());
    }

    private void catchUp(long position) {
        if (!engine.readModel().availability().awaitPosition(position, CATCH_UP_MS)) {
            throw new NetworkImportException("the read side has not reached position " + position + " within " + CATCH_UP_MS / 1_000 + " s");
        }
    }
}
