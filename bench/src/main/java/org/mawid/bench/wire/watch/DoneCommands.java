package org.mawid.bench.wire.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongArrayList;
import org.mawid.bench.load.Life;
import org.mawid.bench.wire.grpc.GrpcLives;

/** The books of a load: the commands that were answered as done, by position; against them it is held what watchers got. Any thread. */
final class DoneCommands implements GrpcLives.Listener {
    static final long UNKNOWN = Long.MIN_VALUE;

    private final Map<Integer, LongArrayList> positionsOfPost = new HashMap<>();
    private final Map<Integer, Long> lastOfPost = new HashMap<>();
    private final Long2LongHashMap dueNs = new Long2LongHashMap(UNKNOWN);
    private final Long2LongHashMap answeredNs = new Long2LongHashMap(UNKNOWN);
    private long last;

    @Override
    public void done(final Life life, final long position, final long sinceNs) {
        done(position, life.postId(), sinceNs, System.nanoTime());
    }

    synchronized void done(final long position, final int postId, final long due, final long answered) {
        positionsOfPost.computeIfAbsent(postId, post -> new LongArrayList()).addLong(position);
        lastOfPost.merge(postId, position, Math::max);
        last = Math.max(last, position);
        dueNs.put(position, due);
        answeredNs.put(position, answered);
    }

    /** @param postId 0 = all @return 0 when there is none */
    synchronized long lastPosition(final int postId) {
        return postId == 0 ? last : lastOfPost.getOrDefault(postId, 0L);
    }

    /** When the command of a position was due, {@link #UNKNOWN} when it is none of these. */
    synchronized long dueNs(final long position) {
        return dueNs.get(position);
    }

    synchronized long answeredNs(final long position) {
        return answeredNs.get(position);
    }

    synchronized long count() {
        return dueNs.size();
    }

    /** In order. @param postId 0 = all */
    synchronized long[] positions(final int postId) {
        final LongArrayList positions = new LongArrayList();
        positionsOfPost.forEach((post, of) -> {
            if (postId == 0 || post == postId) {
                of.forEachOrderedLong(positions::addLong);
            }
        });
        final long[] sorted = positions.toLongArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /**
     * What is wrong with what some watchers of one post (or of all) got, who began at one position: each must have every later one once, none
     * that is nobody's, and as many events as the others.
     *
     * @return empty when nothing is
     */
    static String fault(final long[] positions, final List<Received> watchers) {
        int most = 0;
        for (final Received watcher : watchers) {
            most = Math.max(most, watcher.count());
        }
        for (final Received watcher : watchers) {
            final String fault = watcher.fault().isEmpty() ? faultOf(positions, watcher) : watcher.fault();
            if (!fault.isEmpty()) {
                return fault;
            }
            if (watcher.count() != most) {
                return "one watcher got " + watcher.count() + " events and another " + most + " of the same positions";
            }
        }
        return "";
    }

    private static String faultOf(final long[] positions, final Received watcher) {
        int next = 0;
        while (next < positions.length && positions[next] <= watcher.began()) {
            next++;
        }
        for (int event = 0; event < watcher.count(); event++) {
            final long position = watcher.position(event);
            if (next > 0 && positions[next - 1] == position) {
                continue;
            }
            if (next == positions.length || position < positions[next]) {
                return "an event of position " + position + " came, which no command of these was given";
            }
            if (position > positions[next]) {
                return "position " + positions[next] + " is missing: position " + position + " came instead";
            }
            next++;
        }
        return next == positions.length ? "" : positions.length - next + " positions are missing at the end, from " + positions[next] + " on";
    }

    /** Watchers by what they follow. */
    static Map<Integer, List<Received>> byPost(final List<? extends Watcher> watchers) {
        final Map<Integer, List<Received>> byPost = new HashMap<>();
        watchers.forEach(watcher -> byPost.computeIfAbsent(watcher.postId(), post -> new ArrayList<>()).add(watcher.received()));
        return byPost;
    }
}
