package org.mawid.engine.archive;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.mawid.engine.ring.OwnWork;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves applications step by step: found by a question, durable in the archive, and only then out of memory by a command. Each step goes
 * twice through the ring, behind all that is in it, so that the busier the ring, the more of them are under way at once: a fixed share of its
 * places. With an idle ring that is one, and nobody waits behind more than one. Never waits itself. One thread, except where said.
 */
final class Conveyor {
    private static final int MOST_STEPS = 512;
    /** Records are synced together up to so many bytes: more, and the journal's own sync would wait behind them. */
    private static final int BLOCK_BYTES = 256 << 10;
    private static final Logger LOG = LoggerFactory.getLogger(Conveyor.class);

    private final OwnWork ring;
    private final LongSupplier clock;
    private final ArchiveWriter writer;
    private final Runnable wake;
    private final Walk walk = new Walk();
    private final OneToOneConcurrentArrayQueue<Step> answered = new OneToOneConcurrentArrayQueue<>(MOST_STEPS);
    private final Deque<Step> free = new ArrayDeque<>();
    private final Deque<Step> found = new ArrayDeque<>();
    private final Deque<Step> archived = new ArrayDeque<>();
    private int inRing;
    private boolean stopped;
    private long again;
    private long retired;

    /** @param wake called on the core's thread when there is something to do */
    Conveyor(final OwnWork ring, final LongSupplier clock, final ArchiveWriter writer, final Runnable wake) {
        this.ring = ring;
        this.clock = clock;
        this.writer = writer;
        this.wake = wake;
    }

    /** Nothing is under way. @param numbers most application numbers to look at before a rest */
    void begin(final long numbers) {
        stopped = false;
        again = Long.MAX_VALUE;
        walk.begin(numbers);
    }

    /**
     * Does what can be done now. @return whether it did anything
     *
     * @throws IOException the archive cannot be written: what had been found is forgotten and looked for again in the next round
     */
    boolean turn() throws IOException {
        final boolean some = takeBack();
        try {
            archive();
        } catch (final IOException e) {
            stop();
            throw e;
        }
        return some | retire() | ask();
    }

    /** Asks for no more and forgets what was found; what is archived by then goes on. */
    void stop() {
        stopped = true;
        while (!found.isEmpty()) {
            again = Math.min(again, found.peek().from());
            free.add(found.remove());
        }
    }

    /** As {@link #stop}, for good: what is archived and not yet retired will be archived again by whoever comes next. */
    void abandon() {
        stop();
        archived.clear();
    }

    /** Whether something is under way. When not, the round is over. */
    boolean isBusy() {
        final boolean busy = inRing > 0 || !archived.isEmpty() || !found.isEmpty();
        if (!busy && again != Long.MAX_VALUE) {
            walk.backTo(again);
            again = Long.MAX_VALUE;
        }
        return busy || !stopped && !walk.isOver();
    }

    /** Applications that have left memory. */
    long retired() {
        return retired;
    }

    private boolean takeBack() {
        boolean some = false;
        for (Step step = answered.poll(); step != null; step = answered.poll()) {
            some = true;
            inRing--;
            if (step.result() == null) {
                (step.bytes() == 0 ? free : found).add(step);
            } else if (step.result() == Result.STORAGE_FULL) {
                archived.add(step);
            } else {
                told(step);
                free.add(step);
            }
        }
        if (stopped) {
            stop(); // what was still being asked
        }
        return some;
    }

    private void told(final Step step) {
        if (step.result() == Result.OK) {
            retired += step.count();
        } else {
            LOG.error("applications {} to {} were archived but not retired: {}", step.first(), step.last(), step.result());
        }
    }

    private void archive() throws IOException {
        while (!found.isEmpty()) {
            block();
        }
    }

    /** As many steps as are to be synced together, one at least. */
    private void block() throws IOException {
        writer.clear();
        int bytes = 0;
        int steps = 0;
        int applications = 0;
        for (final Step step : found) {
            if (steps > 0 && bytes + step.bytes() > BLOCK_BYTES) {
                break;
            }
            step.archivedAt(writer.place());
            step.addTo(writer);
            bytes += step.bytes();
            applications += step.count();
            steps++;
        }
        writer.commit(found.peek().position(), applications);
        for (; steps > 0; steps--) {
            final Step step = found.remove();
            (step.count() == 0 ? free : archived).add(step);
        }
    }

    private boolean retire() {
        boolean some = false;
        while (!archived.isEmpty() && offer(archived.peek())) {
            archived.remove();
            some = true;
        }
        return some;
    }

    private boolean offer(final Step step) {
        step.createdMs(clock.getAsLong());
        inRing++;
        if (ring.offer(step.command, step.reply)) {
            return true;
        }
        inRing--;
        return false;
    }

    private boolean ask() {
        boolean some = false;
        while (!stopped && !walk.isOver() && inRing + archived.size() < Math.min(MOST_STEPS, 1 + ring.ringDepth() / OwnWork.ONE_IN)) {
            final Step step = free.isEmpty() ? new Step(walk, this::back) : free.remove();
            if (!ring.ask(step.question)) {
                free.add(step);
                return some;
            }
            inRing++;
            some = true;
        }
        return some;
    }

    /** Core's thread. */
    private void back(final Step step) {
        answered.add(step);
        wake.run();
    }
}
