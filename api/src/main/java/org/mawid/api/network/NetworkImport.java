package org.mawid.api.network;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mawid.engine.Engine;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.readmodel.CatalogueView;

/**
 * Brings an engine to what a network says, in commands through its door: first what is new and changes no answer, such as a desk, then the days as
 * staged changes; only when all of them are accepted the rest of the catalogue, and the days in force.
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

    /** What to do with days that others have staged in changes that are open, such as an officer's unfinished work. What an import that was killed has left goes anyway. */
    public enum Others {
        /** Nothing is published: one such day, and all is refused. */
        REFUSE,
        /** Those days are left to them, which the log says; the others are published. What a demo does at its start. */
        LEAVE,
        /**
         * The open changes of posts that have something to publish are abandoned, also those that are begun meanwhile. Only once all else is accepted:
         * an import that is refused leaves them as they are.
         */
        TAKE_OVER
    }

    /**
     * Which days to publish.
     *
     * @param from   first local date
     * @param to     last local date, included
     * @param today  the local date before which nothing is published any more
     * @param clip   whether posts whose calendars do not reach {@code to} are opened as far as they do; otherwise all is refused
     */
    public record Publication(LocalDate from, LocalDate to, LocalDate today, Existing existing, Others others, boolean clip) {
        /** All or nothing: refused when a post's calendars do not reach so far. */
        public Publication(LocalDate from, LocalDate to, LocalDate today, Existing existing, Others others) {
            this(from, to, today, existing, others, false);
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

    /** When all is in force, before what would have to be finished is forgotten. */
    @FunctionalInterface
    interface Afterwards {
        void run() throws IOException;
    }

    /**
     * The catalogue and the open days of all posts: all or nothing, but that what was new to the catalogue stays, with nothing offered there.
     *
     * @throws ScheduleRefusedException before anything is sent: days in the past or beyond the calendars
     * @throws NetworkImportException   the engine refused or stopped. No day and no answer has changed; or, once all was accepted, what was being
     *                                  applied is finished by the next start or the next import
     */
    public Report run(Schedule schedule, Publication publication) {
        return run(schedule, publication, () -> { });
    }

    /** As {@link #run(Schedule, Publication)}. */
    Report run(Schedule schedule, Publication publication, Afterwards afterwards) {
        refuseUncovered(schedule, publication);
        catchUp(engine.status().durablePosition());
        final long sentBefore = pipe.sent();
        final Numbering numbers = new Numbering(schedule.network(), engine.readModel().catalogue());
        final CatalogueImport catalogue = catalogue(schedule.network(), numbers);
        if (catalogue.changesFeeTimes() && !OpenChanges.knowsFeeTimes(engine, pipe.stallMs())) {
            throw new NetworkImportException("services.csv says when fees are paid, which the core version in force does not know: nothing was done."
                    + " Leave the column fee_time out, or go over to core version 4 first (mawid core-version --set 4)");
        }
        catalogue.addWhatIsNew(progress);
        catchUp(pipe.position());
        return days(schedule, schedule.network().posts(), numbers, publication, sentBefore, catalogue, afterwards);
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
        return days(schedule, posts, new Numbering(schedule.network(), engine.readModel().catalogue()), publication, pipe.sent(), null, () -> { });
    }

    /** What became of what an import had left. @param abandoned changes @param finished whether it was applied to its end */
    record Ended(int abandoned, boolean finished) {}

    /**
     * Ends what an import that was killed has left, for nobody else will: abandons what it had staged, since nobody else can stage its days; or
     * finishes it, when all had been accepted. No import may be under way.
     *
     * @param files of that import, asked for when they are needed
     */
    Ended endWhatWasLeft(Supplier<Network> files, Afterwards afterwards) {
        try {
            final Unfinished.Left left = unfinished.of(engine.status().appliedPosition());
            if (left.isNothing()) return new Ended(0, false);
            return left.applying() ? finish(left, files, afterwards) : abandon(left);
        } catch (IOException e) {
            throw new NetworkImportException("what an import has left cannot be told: " + FileTrouble.of(e));
        }
    }

    private Ended abandon(Unfinished.Left left) throws IOException {
        final Set<Long> begun = OpenChanges.begunBy(engine, left.importId(), left.firstRequest(), left.lastRequest(), pipe.stallMs());
        begun.addAll(left.changes());
        final List<Long> open = OpenChanges.of(engine, (changeId, postId) -> begun.contains(changeId), pipe.stallMs());
        for (long changeId : open) pipe.send((slot, offset) -> write.abandonChange(slot, offset, changeId), (result, number1) -> { }); // or has ended
        pipe.await();
        unfinished.end();
        return new Ended(open.size(), false);
    }

    private Ended finish(Unfinished.Left left, Supplier<Network> files, Afterwards afterwards) throws IOException {
        catchUp(engine.status().durablePosition());
        final CatalogueView log = engine.readModel().catalogue();
        if (left.network()) {
            final Network network = files.get();
            catalogue(network, new Numbering(network, log)).change(nowMs, () -> catchUp(pipe.position()));
        }
        final ChangesApplied applied = new ChangesApplied(write, pipe);
        OpenChanges.postsOf(engine, (changeId, postId) -> left.changes().contains(changeId), pipe.stallMs())
                .forEach((changeId, postId) -> applied.add("change of " + log.post(postId).code(), changeId, log.post(postId).calendarVersion()));
        applied.run();
        catchUp(pipe.position());
        if (left.network()) afterwards.run();
        unfinished.end();
        return new Ended(0, true);
    }

    private CatalogueImport catalogue(Network network, Numbering numbers) {
        return new CatalogueImport(network, engine.readModel().catalogue(), numbers, write, pipe);
    }

    private static void refuseUncovered(Schedule schedule, Publication publication) {
        if (!publication.clip()) schedule.openDays(publication.from(), publication.to(), publication.today());
    }

    /** @param catalogue {@code null} = days only */
    private Report days(Schedule schedule, List<Network.Post> posts, Numbering numbers, Publication publication, long sentBefore, CatalogueImport catalogue,
            Afterwards afterwards) {
        final DayImport days = new DayImport(engine, schedule, posts, numbers, write, pipe, publication, unfinished, nowMs.getAsLong());
        days.stage(progress);
        apply(days, catalogue);
        try {
            afterwards.run();
            unfinished.end();
        } catch (IOException e) {
            throw new NetworkImportException("all is in force, but it cannot be kept: " + FileTrouble.of(e));
        }
        return new Report(pipe.sent() - sentBefore, days.published(), days.kept(), days.leftOpen(), pipe.position());
    }

    private void apply(DayImport days, CatalogueImport catalogue) {
        final boolean changesCatalogue = catalogue != null && catalogue.hasChanges();
        if (!changesCatalogue && days.staged().isEmpty()) return;
        try {
            unfinished.applying(Math.max(pipe.position(), engine.status().durablePosition()), days.staged(), catalogue != null);
        } catch (IOException e) {
            days.abandon();
            throw DayImport.cannotKeep(e);
        }
        if (changesCatalogue) catalogue.change(nowMs, () -> catchUp(pipe.position()));
        days.apply();
        catchUp(pipe.position());
    }

    private void catchUp(long position) {
        if (!engine.readModel().availability().awaitPosition(position, CATCH_UP_MS)) {
            throw new NetworkImportException("the read side has not reached position " + position + " within " + CATCH_UP_MS / 1_000 + " s");
        }
    }
}
