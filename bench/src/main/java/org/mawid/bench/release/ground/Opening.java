package org.mawid.bench.release.ground;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mawid.bench.load.NoCooling;
import org.mawid.client.MawidClient;
import org.mawid.grpc.AbandonChange;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.ApplyChange;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Day;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;

/**
 * Publishes days as a post does: a staged change for each post, all of them staged before the first is applied. First the month, whose days become
 * bookable at one instant, and one day more at the hottest post, where the thousand meet: a few slots with few places. In the end, at a server that
 * is not ours, all of them as they were; also when publishing failed midway, for what began a change and what applied it are kept, and the server is
 * asked what became of them.
 */
public final class Opening {
    private static final int MOST_RUNS = 24;
    private static final int MOST_PLACES = 255;

    /** A staged change of one post's calendars. Nobody else knows its requests, so by them it is found again when no answer came. */
    private record Change(Ground.Post post, Request begin, Request apply) {
    }

    private final MawidClient client;
    private final Ground ground;
    private final Map<Ground.Post, List<AddToChange>> staged = new LinkedHashMap<>();
    private final Map<Ground.Post, List<PoolDay>> found = new LinkedHashMap<>();
    /** Begun or about to be, and not known to have been applied. */
    private final List<Change> underWay = new ArrayList<>();
    /** How often a change of the post was applied. */
    private final Map<Ground.Post, Integer> applied = new HashMap<>();

    public Opening(final MawidClient client, final Ground ground) {
        this.client = client;
        this.ground = ground;
    }

    /** All days of all posts on these dates, with the places that they have. @param releasedAtMs when they become bookable, ms since 1970-01-01 UTC @return how many */
    public int addMonth(final int fromEpochDay, final int count, final long releasedAtMs) {
        int days = 0;
        for (final Ground.Post post : ground.posts()) {
            for (final int pool : post.pools()) {
                for (int date = fromEpochDay; date < fromEpochDay + count; date++) {
                    final PoolDay day = ground.day(pool, date);
                    if (day != null) {
                        found.computeIfAbsent(post, nothing -> new ArrayList<>()).add(day);
                        add(post, day, runs(day), releasedAtMs);
                        days++;
                    }
                }
            }
        }
        return days;
    }

    /**
     * A day of its own for some slots: one after the other at the desk, nothing else is open there, and resources are in nobody's way.
     *
     * @param units of each slot
     * @return false when the date has no room for them
     */
    public boolean addSlots(final Ground.Desk desk, final int epochDay, final int units, final List<Integer> capacities, final long releasedAtMs) {
        final PoolDay day = ground.day(desk.id(), epochDay);
        if (day == null || capacities.size() * units > day.units() || capacities.size() > MOST_RUNS) {
            return false;
        }
        for (final int pool : desk.post().pools()) {
            final PoolDay ofPool = ground.day(pool, epochDay);
            if (ofPool != null && (pool == desk.id() || desk.post().desks().stream().noneMatch(other -> other.id() == pool))) {
                final int[] open = new int[ofPool.units()];
                Arrays.setAll(open, unit -> pool != desk.id() ? MOST_PLACES : unit / units < capacities.size() ? capacities.get(unit / units) : 0);
                found.computeIfAbsent(desk.post(), nothing -> new ArrayList<>()).add(ofPool);
                final PoolDay made = new PoolDay(pool, epochDay, ofPool.startMs(), releasedAtMs, ofPool.alignUnits(), open, open);
                runs(ofPool); // or it could not be given back
                add(desk.post(), made, runs(made), releasedAtMs);
                ground.put(made);
            }
        }
        return true;
    }

    /**
     * Of a server of ours: what is given back is everybody's at once. Cooling would keep it from all for longer than the minute takes, and the books know what is booked and held, not
     * what is kept. One that is not ours keeps its rules.
     */
    public void coolNothing() {
        Batches.done(client, List.of(NoCooling.command(client.newRequest())), "cooling could not be set off", Result.CORE_VERSION_UNSUPPORTED);
    }

    /** The days that were published, as they were before. */
    public List<PoolDay> found() {
        return found.values().stream().flatMap(List::stream).toList();
    }

    private void add(final Ground.Post post, final PoolDay day, final List<Run> runs, final long releasedAtMs) {
        staged.computeIfAbsent(post, nothing -> new ArrayList<>()).add(AddToChange.newBuilder().setPoolId(day.poolId()).setEpochDay(day.epochDay())
                .setStartMs(day.startMs()).setReleasedAtMs(releasedAtMs).setUnitCount(day.units()).setAlignUnits(day.alignUnits()).addAllRuns(runs).build());
    }

    /** All that was added since the last time. @throws IllegalStateException when any of it is refused, or is not to be seen afterwards */
    public void publish(final Asks asks) throws InterruptedException {
        final List<Change> changes = staged.keySet().stream().map(post -> new Change(post, client.newRequest(), client.newRequest())).toList();
        underWay.addAll(changes);
        final List<CommandReply> begun = send(changes.stream().map(change -> Command.newBuilder().setBeginChange(BeginChange.newBuilder()
                .setRequest(change.begin()).setPostId(change.post().id())).build()).toList());
        final List<Command> days = new ArrayList<>();
        final List<Command> ends = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            final Change change = changes.get(i);
            final String reference = begun.get(i).getReference();
            staged.get(change.post()).forEach(day -> days.add(Command.newBuilder().setAddToChange(day.toBuilder().setChange(reference)).build()));
            ends.add(Command.newBuilder().setApplyChange(ApplyChange.newBuilder().setRequest(change.apply()).setChange(reference)
                    .setExpectedVersion(change.post().calendarVersion() + applied.getOrDefault(change.post(), 0))).build());
        }
        send(days);
        final List<CommandReply> ended = send(ends);
        changes.forEach(this::applied);
        if (!ended.isEmpty()) {
            look(asks, ended.get(ended.size() - 1).getPosition());
        }
        staged.clear();
    }

    private void applied(final Change change) {
        underWay.remove(change);
        applied.merge(change.post(), 1, Integer::sum);
    }

    /**
     * Leaves the calendars as they were found: what is still open of a publication that failed is abandoned, and every post of which a change was applied
     * has its days published as they were before. Nothing else is touched.
     *
     * @throws IllegalStateException when any of it is refused: then nothing stays open either, as far as the server can be reached
     */
    public void leaveAsFound(final Asks asks) throws InterruptedException {
        abandon(asks);
        staged.clear();
        found.forEach((post, days) -> {
            if (applied.containsKey(post)) {
                days.forEach(day -> add(post, day, runs(day), day.releasedAtMs()));
            }
        });
        try {
            publish(asks);
        } catch (final RuntimeException e) {
            abandon(asks);
            throw e;
        }
    }

    /** Ends what is open; the server says what that is. */
    private void abandon(final Asks asks) throws InterruptedException {
        final List<Change> changes = List.copyOf(underWay);
        final List<CommandReply> begun = asks.outcomes(changes.stream().map(Change::begin).toList());
        final List<CommandReply> ended = asks.outcomes(changes.stream().map(Change::apply).toList());
        final List<Command> open = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (isDone(ended.get(i))) {
                applied(changes.get(i));
            } else if (isDone(begun.get(i))) {
                open.add(Command.newBuilder().setAbandonChange(AbandonChange.newBuilder().setChange(begun.get(i).getReference())).build());
            }
        }
        Batches.done(client, open, "a change that this run began could not be abandoned");
        underWay.clear();
    }

    private static boolean isDone(final CommandReply reply) {
        return reply != null && reply.getResult() == Result.OK;
    }

    private void look(final Asks asks, final long position) throws InterruptedException {
        final List<AddToChange> one = staged.values().stream().map(days -> days.get(0)).toList();
        final List<Day> seen = asks.all(one, (day, reply) -> InventoryServiceGrpc.newStub(asks.channel()).getDay(
                GetDayRequest.newBuilder().setPoolId(day.getPoolId()).setEpochDay(day.getEpochDay()).setMinPosition(position).build(), reply));
        for (int i = 0; i < one.size(); i++) {
            if (seen.get(i) == null || seen.get(i).getReleasedAtMs() != one.get(i).getReleasedAtMs()) {
                throw new IllegalStateException("a day that was published is not to be seen");
            }
        }
    }

    private List<CommandReply> send(final List<Command> commands) {
        return Batches.done(client, commands, "days could not be published");
    }

    /** What the day offers, and what it withholds. @throws IllegalStateException in more runs than a day can be published with */
    private static List<Run> runs(final PoolDay day) {
        final List<Run> runs = new ArrayList<>();
        for (int from = 0; from < day.units(); ) {
            final int capacity = day.open(from) + day.withheld(from);
            int end = from + 1;
            while (end < day.units() && day.open(end) == day.open(from) && day.withheld(end) == day.withheld(from)) {
                end++;
            }
            if (capacity > 0) {
                runs.add(Run.newBuilder().setStartUnit(from).setUnits(end - from).setCapacity(capacity).setWithheld(day.withheld(from)).build());
            }
            from = end;
        }
        if (runs.size() > MOST_RUNS) {
            throw new IllegalStateException("pool " + day.poolId() + " on " + LocalDate.ofEpochDay(day.epochDay()) + " changes its capacity " + runs.size()
                    + " times: more than " + MOST_RUNS + " cannot be published at once, nor given back");
        }
        return runs;
    }
}
