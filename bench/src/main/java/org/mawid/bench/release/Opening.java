package org.mawid.bench.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mawid.client.Batch;
import org.mawid.client.MawidClient;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.ApplyChange;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;

/**
 * Publishes the month as a post does: a staged change for each post, all of them staged before the first is applied, whose days become
 * bookable at one instant. And one day more at the hottest post, where the thousand meet: a few slots with few places.
 */
final class Opening {
    private static final int MOST_RUNS = 24;
    private static final int MOST_PLACES = 255;

    private final MawidClient client;
    private final Ground ground;
    private final long releasedAtMs;
    private final Map<Ground.Post, List<AddToChange>> staged = new LinkedHashMap<>();

    /** @param releasedAtMs when the days become bookable, ms since 1970-01-01 UTC */
    Opening(final MawidClient client, final Ground ground, final long releasedAtMs) {
        this.client = client;
        this.ground = ground;
        this.releasedAtMs = releasedAtMs;
    }

    /** All days of all posts on these dates, with the capacity that they have. @return how many */
    int addMonth(final int fromEpochDay, final int count) {
        int days = 0;
        for (final Ground.Post post : ground.posts()) {
            for (final int pool : post.pools()) {
                for (int date = fromEpochDay; date < fromEpochDay + count; date++) {
                    final PoolDay day = ground.day(pool, date);
                    if (day != null) {
                        final int[] open = new int[day.units()];
                        Arrays.setAll(open, day::open);
                        add(post, day, runs(open));
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
    boolean addSlots(final Ground.Desk desk, final int epochDay, final int units, final List<Integer> capacities) {
        final PoolDay day = ground.day(desk.id(), epochDay);
        if (day == null || capacities.size() * units > day.units() || capacities.size() > MOST_RUNS) {
            return false;
        }
        for (final int pool : desk.post().pools()) {
            final PoolDay ofPool = ground.day(pool, epochDay);
            if (ofPool != null && (pool == desk.id() || desk.post().desks().stream().noneMatch(other -> other.id() == pool))) {
                final int[] open = new int[ofPool.units()];
                Arrays.setAll(open, unit -> pool != desk.id() ? MOST_PLACES : unit / units < capacities.size() ? capacities.get(unit / units) : 0);
                add(desk.post(), ofPool, runs(open));
                ground.put(new PoolDay(pool, epochDay, ofPool.startMs(), ofPool.alignUnits(), open, open));
            }
        }
        return true;
    }

    private void add(final Ground.Post post, final PoolDay day, final List<Run> runs) {
        staged.computeIfAbsent(post, nothing -> new ArrayList<>()).add(AddToChange.newBuilder().setPoolId(day.poolId()).setEpochDay(day.epochDay())
                .setStartMs(day.startMs()).setReleasedAtMs(releasedAtMs).setUnitCount(day.units()).setAlignUnits(day.alignUnits()).addAllRuns(runs).build());
    }

    /** @throws IllegalStateException when any of it is refused, or is not to be seen afterwards */
    void publish(final Asks asks) throws InterruptedException {
        final List<Ground.Post> posts = new ArrayList<>(staged.keySet());
        final List<CommandReply> begun = send(posts.stream().map(post -> Command.newBuilder().setBeginChange(BeginChange.newBuilder().setPostId(post.id())).build()).toList());
        final Map<Ground.Post, String> changes = new HashMap<>();
        final List<Command> days = new ArrayList<>();
        for (int i = 0; i < posts.size(); i++) {
            final String change = begun.get(i).getReference();
            changes.put(posts.get(i), change);
            staged.get(posts.get(i)).forEach(day -> days.add(Command.newBuilder().setAddToChange(day.toBuilder().setChange(change)).build()));
        }
        send(days);
        final List<CommandReply> applied = send(posts.stream().map(post -> Command.newBuilder().setApplyChange(ApplyChange.newBuilder()
                .setChange(changes.get(post)).setExpectedVersion(post.calendarVersion())).build()).toList());
        look(asks, applied.get(applied.size() - 1).getPosition());
    }

    private void look(final Asks asks, final long position) throws InterruptedException {
        final List<AddToChange> one = staged.values().stream().map(days -> days.get(0)).toList();
        asks.all(one, (AddToChange day, io.grpc.stub.StreamObserver<org.mawid.grpc.Day> reply) -> InventoryServiceGrpc.newStub(asks.channel()).getDay(
                GetDayRequest.newBuilder().setPoolId(day.getPoolId()).setEpochDay(day.getEpochDay()).setMinPosition(position).build(), reply)).forEach(day -> {
                    if (day == null || day.getReleasedAtMs() != releasedAtMs) {
                        throw new IllegalStateException("a day that was published is not to be seen");
                    }
                });
    }

    private List<CommandReply> send(final List<Command> commands) {
        final List<CommandReply> replies = new ArrayList<>(commands.size());
        final Batch batch = client.batch();
        for (final Command command : commands) {
            batch.add(command);
            if (batch.size() == Crowd.BATCH) {
                replies.addAll(batch.send());
            }
        }
        if (batch.size() > 0) {
            replies.addAll(batch.send());
        }
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i).getResult() != Result.OK) {
                throw new IllegalStateException("the month could not be published: " + replies.get(i).getResult() + " to " + commands.get(i).getCommandCase());
            }
        }
        return replies;
    }

    private static List<Run> runs(final int[] open) {
        final List<Run> runs = new ArrayList<>();
        for (int from = 0; from < open.length; ) {
            int end = from + 1;
            while (end < open.length && open[end] == open[from]) {
                end++;
            }
            if (open[from] > 0) {
                runs.add(Run.newBuilder().setStartUnit(from).setUnits(end - from).setCapacity(open[from]).build());
            }
            from = end;
        }
        return runs;
    }
}
