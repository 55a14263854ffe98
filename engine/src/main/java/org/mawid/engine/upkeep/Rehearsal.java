package org.mawid.engine.upkeep;

import java.io.IOException;
import java.util.List;
import org.agrona.DirectBuffer;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordConsumer;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalException;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.catalogue.LiveCatalogue;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.Recovery;
import org.mawid.engine.snapshot.Replay;
import org.mawid.engine.snapshot.SnapshotDamagedException;
import org.mawid.engine.snapshot.Snapshots;

/**
 * A core with the state of a data directory, on which commands are tried: it answers as the engine would, and nothing of it is written anywhere. One thread. Needs as much memory as the
 * state does.
 */
public final class Rehearsal implements AutoCloseable {
    private final EngineCore core;
    private final EventWriter events = new EventWriter();
    private final LiveCatalogue catalogue = new LiveCatalogue();

    private Rehearsal(final EngineCore core) {
        this.core = core;
        catalogue.beginRebuild();
        for (final RecordKind kind : List.of(RecordKind.RULES, RecordKind.POSTS, RecordKind.POOLS, RecordKind.SERVICES)) {
            tell(kind, (template, buffer, offset, length) -> catalogue.onMessage(core.nowMs(), buffer, offset));
        }
        catalogue.onBatchEnd();
    }

    /**
     * The state at the end of the log of a directory that nobody serves.
     *
     * @param owner who looks at it, for whoever wants it meanwhile
     * @throws UpkeepException in one line, when it cannot be read
     */
    public static Rehearsal of(final DataDirectory directory, final String owner) {
        final Disk disk = FileDisk.plain();
        try (Journal journal = Repair.examine(disk, directory, owner)) {
            final EngineCore core = Recovery.begin(Snapshots.existing(disk, directory.snapshots()), journal, journal.recoveredPosition(), Pace.full());
            Recovery.finish(core, journal, Replay.Listener.NONE);
            return new Rehearsal(core);
        } catch (final JournalException | IOException e) {
            throw new UpkeepException(FileTrouble.of(e), e);
        }
    }

    /** The state of a snapshot, also while the directory is served. @throws UpkeepException in one line, when it cannot be read */
    public static Rehearsal ofSnapshot(final DataDirectory directory, final long position) {
        final EngineCore core = new EngineCore();
        try {
            Snapshots.existing(FileDisk.plain(), directory.snapshots()).load(position, core, null, Pace.full());
            return new Rehearsal(core);
        } catch (final SnapshotDamagedException | IOException e) {
            core.close();
            throw new UpkeepException(FileTrouble.of(e), e);
        }
    }

    /** As it was when this began. */
    public CatalogueView catalogue() {
        return catalogue;
    }

    /** Log time so far, ms since 1970-01-01 UTC. */
    public long nowMs() {
        return core.nowMs();
    }

    public int coreVersion() {
        return core.coreVersion();
    }

    /** Tells all of a kind in public words. */
    public void tell(final RecordKind kind, final RecordConsumer records) {
        core.dump(kind, 0, Integer.MAX_VALUE, records);
    }

    /** The books as they stand now. */
    public List<MoneyView.Book> books() {
        return BooksTold.of(core);
    }

    /** Applies a command as if it came next. @param nowMs log time, unless that is further already */
    public void apply(final long nowMs, final DirectBuffer buffer, final int offset, final int length, final Outcome outcome) {
        events.reset();
        core.apply(core.position() + 1, Math.max(nowMs, core.nowMs()), 0, buffer, offset, length, events, outcome);
    }

    /** @throws org.mawid.engine.kernel.InvariantBroken when a promise does not hold after what was tried */
    public void check() {
        core.check();
    }

    @Override
    public void close() {
        core.close();
    }
}
