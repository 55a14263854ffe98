package org.mawid.engine.snapshot;

import java.io.IOException;
import java.security.SecureRandom;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From files to a core that stands where the journal ends. */
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    /** Of the cores of this process. */
    private static final long INDEX_KEY = new SecureRandom().nextLong();

    private Recovery() {
    }

    /**
     * Loads the newest snapshot that is whole, or begins with an empty state when the journal goes back to its first position.
     *
     * @param upTo last durable position of the journal
     * @throws IOException when there is no place to begin, or a snapshot is ahead of the journal
     */
    public static EngineCore begin(final Snapshots snapshots, final Journal journal, final long upTo, final Pace pace) throws IOException {
        final long first = journal.firstPosition();
        String damage = "";
        for (final long position : snapshots.positions()) {
            if (position > upTo) {
                throw new IOException("the snapshot of position " + position + " is ahead of the journal, which ends at " + upTo
                        + ": records that had been durable are gone; restore the newest back-up");
            }
            if (position < first - 1) {
                break;
            }
            final EngineCore core = new EngineCore(INDEX_KEY);
            boolean whole = false;
            try {
                snapshots.load(position, core, journal.id(), pace);
                whole = true;
                return core;
            } catch (final SnapshotDamagedException e) {
                damage = e.getMessage();
                LOG.error("{}; an older snapshot or the journal's beginning is used instead", damage);
            } finally {
                if (!whole) {
                    core.close();
                }
            }
        }
        if (first > 1) {
            throw new IOException("the journal begins at position " + first + " and there is no whole snapshot to begin with"
                    + (damage.isEmpty() ? "" : " (" + damage + ")") + "; bring archived segments or a snapshot back from a back-up");
        }
        return new EngineCore(INDEX_KEY);
    }

    /** Applies the journal to its end. @param listener told of each position that is replayed */
    public static void finish(final EngineCore core, final Journal journal, final Replay.Listener listener) {
        final long from = core.position() + 1;
        final long startNanos = System.nanoTime();
        try (JournalReader reader = journal.reader(from); Replay replay = new Replay(core, Pace.full(), listener)) {
            replay.upTo(journal.recoveredPosition(), reader);
        }
        final long records = core.position() - from + 1;
        LOG.info("recovered to position {}: {} records replayed in {} ms", core.position(), records, (System.nanoTime() - startNanos) / 1_000_000);
    }
}
