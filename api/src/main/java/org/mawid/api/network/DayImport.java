package org.mawid.api.network;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.mawid.api.network.Network.Pool;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.NetworkImport.Others;
import org.mawid.engine.Engine;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes open days post by post as one staged change each, so that nobody sees a desk without its seats. All changes are
 * staged before the first is applied: when one day is refused, all are abandoned and nothing has changed. What begins to be applied is
 * finished, by whoever comes next if need be.
 * <p>Others' changes are taken over last, when all that they do not stand in the way of is staged and the days that they have would be accepted
 * by what is taken on them. Until then theirs and ours are there at once and both take room. Who stages such a day again in between is taken over alike.
 */
final class DayImport {
    private static final Logger LOG = LoggerFactory.getLogger(DayImport.class);
    /** How often what others have staged again in between is taken over. */
    private static final int ATTEMPTS = 20;

    private final Engine engine;
    private final Schedule schedule;
    private final Network network;
    private final List<Post> posts;
    private final CatalogueView log;
    private final Availability availability;
    private final Numbering numbers;
    private final CommandWriter write;
    private final CommandPipe pipe;
    private final NetworkImport.Publication publication;
    private final Unfinished unfinished;
    private final long nowMs;

    private final List<Change> changes = new ArrayList<>();
    private final CommandPipe.Refused refused = new CommandPipe.Refused();
    private final StagedElsewhere stagedElsewhere = new StagedElsewhere();
    private final AtomicInteger past = new AtomicInteger();
    private final List<Staging> contested = new ArrayList<>(); // filled on the engine's thread, read when it has answered
    private int published;
    private int kept;
    private int leftOpen;
    private int takenOver;

    /** One post that has days to publish. */
    private static final class Change {
        final Post post;
        final Iterable<OpenDay> days;
        final AtomicInteger staged = new AtomicInteger(); // counted on the engine's thread
        volatile long changeId; // set on the engine's thread
        long version;

        Change(Post post, Iterable<OpenDay> days) {
            this.post = post;
            this.days = days;
        }
    }

    private record Staging(Change change, OpenDay day) {}

    DayImport(Engine engine, Schedule schedule, List<Post> posts, Numbering numbers, CommandWriter write, CommandPipe pipe,
            NetworkImport.Publication publication, Unfinished unfinished, long nowMs) {
        this.engine = engine;
        this.schedule = schedule;
        this.network = schedule.network();
        this.posts = posts;
        this.log = engine.readModel().catalogue();
        this.availability = engine.readModel().availability();
        this.numbers = numbers;
        this.write = write;
        this.pipe = pipe;
        this.publication = publication;
        this.unfinished = unfinished;
        this.nowMs = nowMs;
    }

    /** @throws NetworkImportException a day was refused: nothing is staged any more, and nothing has changed */
    void stage(NetworkImport.Progress progress) {
        for (Post post : posts) {
            final LocalDate last = publication.lastOf(schedule, post);
            if (last == null) continue;
            final Iterable<OpenDay> days = schedule.openDays(post, publication.from(), last, publication.today());
            if (hasSomethingToPublish(days)) changes.add(new Change(post, days));
            if (publication.existing() == NetworkImport.Existing.REPLACE) leftOpen += countLeftOpen(post, days, last);
        }
        if (changes.isEmpty()) return;
        begin();
        if (refused.isEmpty()) stageDays(progress);
        if (publication.others() == Others.TAKE_OVER) takeOver();
        final boolean leave = publication.others() == Others.LEAVE;
        if (refused.isEmpty() && leave) abandonEmpty();
        if (!refused.isEmpty() || !stagedElsewhere.isEmpty() && !leave) {
            abandon();
            throwWhy();
        }
        if (!stagedElsewhere.isEmpty()) LOG.warn("{}: those are left to them, the others are published; GET /v1/changes tells which", stagedElsewhere);
    }

    private void throwWhy() {
        try {
            refused.throwIfAny();
            stagedElsewhere.throwIfAny();
        } catch (NetworkImportException e) {
            if (takenOver == 0) throw e;
            throw new NetworkImportException(e.getMessage() + "\n  " + takenOver + " changes of others had been abandoned by then");
        }
    }

    /** A post with nothing but what is left to others stays at its version, and what they have staged can be applied as they looked at it. */
    private void abandonEmpty() {
        final List<Change> empty = changes.stream().filter(change -> change.staged.get() == 0).toList();
        empty.forEach(change -> abandon(change.changeId, "the change of " + change.post.code()));
        pipe.await();
        changes.removeAll(empty);
    }

    /** Numbers of the changes that are staged. */
    List<Long> staged() {
        return changes.stream().map(change -> change.changeId).toList();
    }

    /** @throws NetworkImportException somebody has abandoned one of them, or goes on publishing at the same post; the others are applied */
    void apply() {
        final ChangesApplied applied = new ChangesApplied(write, pipe);
        changes.forEach(change -> applied.add("change of " + change.post.code(), change.changeId, change.version));
        applied.run();
    }

    int published() {
        return published - past.get() - stagedElsewhere.days();
    }

    int kept() {
        return kept;
    }

    /** Published days of the range that the files now close. Closing a day displaces people: it is not done in passing. */
    int leftOpen() {
        return leftOpen;
    }

    /**
     * Not when anything is refused. Only a place that is taken, or room for days that is, between our looking and our doing can leave theirs abandoned
     * and ours refused; the refusal says so.
     */
    private void takeOver() {
        final Set<Integer> posts = new HashSet<>();
        changes.forEach(change -> posts.add(numbers.post(change.post)));
        final Set<Long> ours = Set.copyOf(staged());
        for (int attempt = 0; attempt == 0 || attempt < ATTEMPTS && refused.isEmpty() && !contested.isEmpty(); attempt++) {
            final List<Staging> theirs = List.copyOf(contested);
            contested.clear();
            availability.awaitPosition(pipe.position(), pipe.stallMs()); // what is taken is looked at there; the core looks again
            theirs.forEach(staging -> refuseBelowTaken(staging.change, staging.day));
            if (!refused.isEmpty()) return;
            for (long changeId : OpenChanges.of(engine, (changeId, postId) -> posts.contains(postId) && !ours.contains(changeId), pipe.stallMs())) {
                abandon(changeId, "an earlier change");
                takenOver++;
            }
            theirs.forEach(staging -> stage(staging.change, staging.day, () -> contested.add(staging)));
            pipe.await();
        }
        contested.forEach(staging -> stagedElsewhere.add(describe(staging.change.post, staging.day), staging.change.post.code()));
    }

    /** As the core does, which cannot tell of a day that somebody has staged. */
    private void refuseBelowTaken(Change change, OpenDay day) {
        final Availability.DayView there = availability.day(numbers.pool(day.poolId()), day.epochDay());
        if (there == null) return;
        final Result why = PlannedDay.of(there.poolId(), day).whyNot(there, engine.readModel().cooling().on(there.poolId(), there.epochDay()));
        if (why != Result.OK) refused.add(describe(change.post, day), why, 0);
    }

    private void begin() {
        try {
            unfinished.announce(engine.status().appliedPosition(), write.importId(), write.nextRequest(), write.nextRequest() + changes.size() - 1);
        } catch (IOException e) {
            throw cannotKeep(e);
        }
        for (Change change : changes) {
            final int postId = numbers.post(change.post);
            final CatalogueView.Post known = log.post(postId);
            if (known == null) throw new NetworkImportException(change.post.code() + " is not in the catalogue");
            change.version = known.calendarVersion();
            pipe.send((slot, offset) -> write.beginChange(slot, offset, postId), (result, number1) -> {
                if (result == Result.OK) change.changeId = number1;
                else refused.add("change of " + change.post.code(), result, number1);
            });
        }
        pipe.await();
        try {
            unfinished.note(pipe.position(), changes.stream().map(change -> change.changeId).filter(changeId -> changeId != 0).toList());
        } catch (IOException e) {
            abandon();
            throw cannotKeep(e);
        }
    }

    static NetworkImportException cannotKeep(IOException e) {
        return new NetworkImportException("nothing was published, for it cannot be kept what would have to be ended or finished if the import were killed: " + FileTrouble.of(e));
    }

    private void stageDays(NetworkImport.Progress progress) {
        int staged = 0;
        for (Change change : changes) {
            for (OpenDay day : change.days) {
                if (isOver(day)) continue;
                if (!isToPublish(day)) {
                    kept++;
                    continue;
                }
                published++;
                stage(change, day, () -> {
                    if (publication.others() == Others.TAKE_OVER) contested.add(new Staging(change, day));
                    else stagedElsewhere.add(describe(change.post, day), change.post.code());
                });
            }
            progress.report(NetworkImport.Phase.DAYS, ++staged, changes.size());
        }
        pipe.await();
    }

    /** @param elsewhere called on the engine's thread when somebody else has staged that day */
    private void stage(Change change, OpenDay day, Runnable elsewhere) {
        pipe.send((slot, offset) -> write.addToChange(slot, offset, change.changeId, PlannedDay.of(numbers.pool(day.poolId()), day)), (result, number1) -> {
            if (result == Result.OK) change.staged.incrementAndGet();
            else if (result == Result.IN_THE_PAST) past.incrementAndGet(); // it ended while we were at it
            else if (result == Result.DAY_ALREADY_STAGED) elsewhere.run();
            else refused.add(describe(change.post, day), result, number1);
        });
    }

    /** After it no change of ours is open. */
    void abandon() {
        for (Change change : changes) {
            if (change.changeId != 0) abandon(change.changeId, "the change of " + change.post.code());
        }
        pipe.await();
        try {
            unfinished.end();
        } catch (IOException e) {
            throw new NetworkImportException("nothing was published, but what was being done cannot be forgotten: " + FileTrouble.of(e));
        }
    }

    private void abandon(long changeId, String what) {
        pipe.send((slot, offset) -> write.abandonChange(slot, offset, changeId), (result, number1) -> {
            if (result != Result.OK && result != Result.CHANGE_UNKNOWN) refused.add("abandoning " + what, result, number1); // unknown: it has ended
        });
    }

    private boolean hasSomethingToPublish(Iterable<OpenDay> days) {
        boolean something = false;
        int same = 0;
        for (OpenDay day : days) {
            if (isOver(day)) continue;
            if (isToPublish(day)) {
                something = true;
                break; // the others are looked at when they are staged
            }
            same++;
        }
        if (!something) kept += same;
        return something;
    }

    private boolean isToPublish(OpenDay day) {
        final Availability.DayView there = availability.day(numbers.pool(day.poolId()), day.epochDay());
        if (there == null) return true;
        return publication.existing() == NetworkImport.Existing.REPLACE && !isSame(there, day);
    }

    private static boolean isSame(Availability.DayView there, OpenDay day) {
        if (there.startMs() != day.startMs() || there.alignUnits() != day.alignUnits() || there.releasedAtMs() != day.releasedAtMs()
                || there.open().length != day.units() || there.withheld().length > 0
                || !PlannedDay.of(there).quotas().isNone() || there.overbooked().places().length > 0) return false; // files withhold nothing, keep nothing for channels and overbook nothing
        for (int open : there.open()) {
            if (open != day.capacity()) return false;
        }
        return true;
    }

    private int countLeftOpen(Post post, Iterable<OpenDay> days, LocalDate last) {
        final long first = publication.from().toEpochDay();
        final BitSet open = new BitSet(); // all pools of a post share its days
        days.forEach(day -> open.set((int) (day.epochDay() - first)));
        int count = 0;
        for (long date = first; date <= last.toEpochDay(); date++) {
            if (open.get((int) (date - first))) continue;
            for (Pool pool : network.poolsOf(post.id())) {
                if (availability.day(numbers.pool(pool.id()), (int) date) != null) count++;
            }
        }
        return count;
    }

    private boolean isOver(OpenDay day) {
        return day.startMs() + day.units() * OpenDay.UNIT_MS <= nowMs;
    }

    private String describe(Post post, OpenDay day) {
        return post.code() + ' ' + Numbering.code(network.pools().get(day.poolId() - 1)) + " on " + LocalDate.ofEpochDay(day.epochDay());
    }
}
