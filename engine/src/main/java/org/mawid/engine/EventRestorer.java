package org.mawid.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalException;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.readmodel.MissingEvents;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.PoisonedPositionException;
import org.mawid.engine.snapshot.Replay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back events that were lost and that a snapshot hides from recovery: a second core replays the journal from its beginning, beside
 * the traffic and on a thread of its own, up to where the event log begins. Once, after a start; it is given up when there is trouble.
 */
final class EventRestorer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRestorer.class);
    private static final int SLICE = 10_000;

    private final Journal journal;
    private final MissingEvents missing;
    private final Pace pace;
    private final Thread thread = new Thread(this::run, "mawid-events-past");
    private volatile boolean stopped;

    /** @param missing null = nothing is @param sharePercent of one core that it may take */
    EventRestorer(final Journal journal, final MissingEvents missing, final int sharePercent) {
        this.journal = journal;
        this.missing = missing;
        this.pace = new Pace(sharePercent);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    void start() {
        if (missing != null) {
            thread.start();
        }
    }

    /** Gives up what it is doing and ends its thread. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    private void run() {
        boolean done = false;
        try {
            done = restore();
        } catch (final IOException | UncheckedIOException | JournalException | PoisonedPositionException e) {
            LOG.error("events up to position {} stay lost to followers: {}", missing.lastPosition(), e.getMessage());
        } catch (final OutOfMemoryError e) {
            LOG.error("events up to position {} stay lost to followers: no memory for a second core", missing.lastPosition());
        } catch (final Throwable e) {
            LOG.error("events up to position " + missing.lastPosition() + " stay lost to followers", e); // nobody else depends on it
        }
        if (!done) {
            missing.discard();
        }
    }

    private boolean restore() throws IOException {
        if (journal.firstPosition() > 1) {
            LOG.info("events up to position {} stay lost to followers: the journal's beginning is archived", missing.lastPosition());
            return false;
        }
        try (EngineCore second = new EngineCore(); JournalReader reader = journal.gentleReader(1, pace::restAfterDisk);
                Replay replay = new Replay(second, pace, missing::onReplayed)) {
            while (second.position() < missing.lastPosition() && !stopped) {
                replay.upTo(Math.min(missing.lastPosition(), second.position() + SLICE), reader);
            }
        }
        final boolean done = !stopped && missing.finish();
        if (done) {
            LOG.info("events up to position {} are there again", missing.lastPosition());
        }
        return done;
    }
}
