package org.mawid.engine.upkeep;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.archive.Archive;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalDamagedException;
import org.mawid.engine.journal.JournalException;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.InvariantBroken;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.PoisonedPositionException;
import org.mawid.engine.snapshot.Replay;
import org.mawid.engine.snapshot.SnapshotDamagedException;
import org.mawid.engine.snapshot.SnapshotHeader;
import org.mawid.engine.snapshot.Snapshots;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.ApplicationRetiredDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/**
 * Looks at a data directory that nobody serves: every group of the journal, every snapshot and every block of the archive is checked,
 * the journal is replayed from as far back as it can be, and every promise of the state is tried. Changes nothing.
 */
public final class Inspection {
    /**
     * One that is wrong.
     *
     * @param offset   in the file, bytes; 0 when it is about the whole of it
     * @param position that cannot be replayed; 0 when it is not about one
     */
    public record Damage(DamageKind kind, String file, long offset, long position, String what) {
        private Damage(final DamageKind kind, final Path file, final long offset, final String what) {
            this(kind, file.toString(), offset, 0, what);
        }
    }

    /** Told how far the replay is, now and then, on the inspecting thread. */
    @FunctionalInterface
    public interface Progress {
        /** @param position replayed to here @param last where the journal ends */
        void at(long position, long last);
    }

    /** The state's hash at a position where a snapshot was made or that was asked for. @param agrees whether it is the snapshot's, if there is one */
    public record HashAt(long position, long stateHash, boolean agrees) {
    }

    /**
     * @param journalId     32 hexadecimal digits, empty when it could not be read
     * @param firstPosition first position still in the journal
     * @param replayedFrom  position from which the state was rebuilt, 0 = from nothing
     * @param position      last position that could be applied
     * @param records       records in the journal up to there; 0 when the journal cannot be opened
     * @param nowMs         log time of the last position, ms since 1970-01-01 UTC
     * @param coreVersion   version of the rules of behaviour in force there
     * @param stateHash     hash over the whole state at {@code position}; 0 when the one behind it was applied in part
     * @param counts        counts of everything by state
     * @param books         by post and currency, with each account that ever moved, memorandum accounts too
     * @param hashes        at each snapshot and at the position that was asked for, ascending
     * @param archived      applications in the archive
     * @param skips         positions passed over by the operator
     * @param tornTail      what follows the end of the journal, or of the archive, and was never acknowledged; null if nothing. No damage
     * @param damages       what is wrong
     */
    public record Report(
            String journalId, boolean simulation, long firstPosition, long replayedFrom, long position, long records, long nowMs, int coreVersion,
            long stateHash, Map<String, Long> counts, List<MoneyView.Book> books, List<HashAt> hashes, long archived, long[] skips, String tornTail, List<Damage> damages) {
        public boolean isWhole() {
            return damages.isEmpty();
        }
    }

    private static final HexFormat HEX = HexFormat.of();
    private static final long SLICE = 50_000;

    private final Disk disk;
    private final DataDirectory directory;
    private final long asked;
    private final Progress progress;
    private final List<Damage> damages = new ArrayList<>();
    private final List<HashAt> hashes = new ArrayList<>();
    private final LongHashSet retired = new LongHashSet();
    private final LongHashSet archived = new LongHashSet();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ApplicationRetiredDecoder retiredEvent = new ApplicationRetiredDecoder();
    private final ApplicationRecordDecoder archivedRecord = new ApplicationRecordDecoder();
    private Archive.Contents archiveRead;
    private long poisoned; // the position that could not be applied, or only in part; 0 = all could be

    private Inspection(final Disk disk, final DataDirectory directory, final long asked, final Progress progress) {
        this.disk = disk;
        this.directory = directory;
        this.asked = asked;
        this.progress = progress;
    }

    /** As {@link #of(Disk, DataDirectory, long, Progress)}, on the machine's file system. */
    public static Report of(final DataDirectory directory, final long asked, final Progress progress) {
        return of(FileDisk.plain(), directory, asked, progress);
    }

    /** As {@link #of(Disk, DataDirectory, long, Progress)}, without either. */
    public static Report of(final Disk disk, final DataDirectory directory) {
        return of(disk, directory, 0, (position, last) -> { });
    }

    /**
     * @param asked a position whose state hash is wanted, beside those of the snapshots; 0 = none
     * @throws UpkeepException when it cannot be looked at at all: another process has it, it is of a newer program, or
     *     there is nothing, or not that position
     */
    public static Report of(final Disk disk, final DataDirectory directory, final long asked, final Progress progress) {
        try {
            return new Inspection(disk, directory, asked, progress).run();
        } catch (final NewerProgramException e) {
            throw new UpkeepException(e.getMessage(), e);
        } catch (final IOException e) {
            throw new UpkeepException("looking at " + directory.root() + " failed: " + FileTrouble.of(e), e);
        }
    }

    private Report run() throws IOException {
        try (Journal journal = Repair.examine(disk, directory, "mawid inspect")) {
            return look(journal, archive(journal.id()));
        } catch (final JournalDamagedException e) {
            final Archive.Contents contents = archive(null);
            damages.add(damage(e));
            return withoutJournal(contents);
        } catch (final JournalException e) {
            throw new UpkeepException(FileTrouble.of(e), e);
        }
    }

    /** Read once. @param id null = not known */
    private Archive.Contents archive(final JournalId id) throws IOException {
        if (archiveRead == null) {
            archiveRead = Archive.read(disk, directory.archive(), id, this::onArchived);
            archiveRead.damages().forEach(damage -> damages.add(new Damage(DamageKind.ARCHIVE, damage.path(), damage.offset(), damage.what())));
        }
        return archiveRead;
    }

    private Report look(final Journal journal, final Archive.Contents contents) throws IOException {
        final Snapshots snapshots = Snapshots.existing(disk, directory.snapshots());
        final long first = journal.firstPosition();
        final long[] positions = snapshots.positions();
        Arrays.sort(positions);
        EngineCore core = first == 1 ? new EngineCore() : null;
        for (final long position : positions) {
            final EngineCore loaded = load(snapshots, position, journal.id());
            if (core == null && position >= first - 1) {
                core = loaded; // as far back as there is
            } else if (loaded != null) {
                loaded.close();
            }
        }
        if (core == null) {
            damages.add(new Damage(DamageKind.BEGINNING, directory.journal(), 0, "no whole snapshot continues with position " + first
                    + ", where the journal begins: its state cannot be rebuilt"));
            core = new EngineCore();
        }
        final long from = core.position();
        if (first == 1 || from > 0) {
            if (asked != 0 && (asked < from || asked > journal.recoveredPosition())) {
                throw new UpkeepException("position " + asked + " cannot be replayed: there is " + from + " to " + journal.recoveredPosition());
            }
            replay(core, journal, snapshots, withAsked(positions));
        }
        if (poisoned == 0) {
            checkPromises(core);
        }
        final boolean allArchived = checkArchive(contents);
        final String torn = both(journal.tornTail(), allArchived ? tornTail(contents) : null);
        try (EngineCore last = core) {
            final long position = poisoned == 0 ? last.position() : poisoned - 1;
            return new Report(
                    journal.id().toString(), journal.isSimulation(), first, from, position, position - first + 1, last.nowMs(),
                    last.coreVersion(), poisoned == 0 ? last.stateHash() : 0, last.counts().byName(), BooksTold.of(last), hashes, archived.size(), journal.skips(), torn,
                    damages);
        }
    }

    /** Its end is damaged, so that it cannot be opened: what the snapshots have is all that can be said. */
    private Report withoutJournal(final Archive.Contents contents) throws IOException {
        final Snapshots snapshots = Snapshots.existing(disk, directory.snapshots());
        EngineCore newest = new EngineCore();
        for (final long position : snapshots.positions()) {
            final EngineCore loaded = load(snapshots, position, null);
            if (loaded != null) {
                final boolean first = newest.position() == 0;
                (first ? newest : loaded).close();
                newest = first ? loaded : newest;
            }
        }
        try (EngineCore last = newest) {
            return new Report(
                    "", false, 0, last.position(), last.position(), 0, last.nowMs(), last.coreVersion(), last.stateHash(), last.counts().byName(),
                    BooksTold.of(last), hashes, archived.size(), new long[0], tornTail(contents), damages);
        }
    }

    /** @return null when it is damaged */
    private EngineCore load(final Snapshots snapshots, final long position, final JournalId id) throws IOException {
        final EngineCore core = new EngineCore();
        try {
            snapshots.load(position, core, id, Pace.full());
            checkPromises(core);
            return core;
        } catch (final SnapshotDamagedException e) {
            damages.add(new Damage(DamageKind.SNAPSHOT, e.file(), e.offset(), e.getMessage()));
            core.close();
            return null;
        } catch (final NewerProgramException e) {
            core.close();
            throw e;
        }
    }

    private void replay(final EngineCore core, final Journal journal, final Snapshots snapshots, final long[] positions) throws IOException {
        try (JournalReader reader = journal.reader(journal.firstPosition()); Replay replay = new Replay(core, Pace.full(), this::onApplied)) {
            reader.read(core.position(), (position, nowMs, flags, buffer, offset, length) -> { }); // checked, though already in the state
            for (final long position : positions) {
                if (position >= core.position()) {
                    upTo(position, core, replay, reader, journal.recoveredPosition());
                    compare(core, snapshots, position);
                }
            }
            upTo(journal.recoveredPosition(), core, replay, reader, journal.recoveredPosition());
            replay.upTo(Long.MAX_VALUE, reader); // what follows is looked at too
        } catch (final JournalDamagedException e) {
            damages.add(damage(e));
        } catch (final PoisonedPositionException e) {
            poisoned = e.position();
            final boolean passed = Arrays.stream(snapshots.positions()).anyMatch(snapshot -> snapshot >= e.position());
            damages.add(new Damage(passed ? DamageKind.REPLAY : DamageKind.POISONED, directory.journal().toString(), 0, e.position(), e.getMessage()));
        }
    }

    private void upTo(final long target, final EngineCore core, final Replay replay, final JournalReader reader, final long last) {
        long before = -1;
        while (core.position() < target && core.position() != before) { // it stays where it is at the journal's end
            before = core.position();
            replay.upTo(Math.min(target, before + SLICE), reader);
            progress.at(core.position(), last);
        }
    }

    private long[] withAsked(final long[] positions) {
        if (asked == 0 || Arrays.binarySearch(positions, asked) >= 0) {
            return positions;
        }
        final long[] all = Arrays.copyOf(positions, positions.length + 1);
        all[positions.length] = asked;
        Arrays.sort(all);
        return all;
    }

    private void compare(final EngineCore core, final Snapshots snapshots, final long position) throws IOException {
        if (core.position() != position) {
            damages.add(new Damage(DamageKind.JOURNAL, snapshots.file(position), 0, "the snapshot of position " + position
                    + " is ahead of the journal, which ends at " + core.position()));
            return;
        }
        final SnapshotHeader snapshot = Arrays.stream(snapshots.positions()).anyMatch(at -> at == position) ? snapshots.headerOf(position) : null;
        if (snapshot == null && position == asked) {
            hashes.add(new HashAt(position, core.stateHash(), true));
        } else if (snapshot != null) {
            final boolean agrees = snapshot.stateHash() == core.stateHash();
            hashes.add(new HashAt(position, core.stateHash(), agrees));
            if (!agrees) {
                damages.add(new Damage(DamageKind.DIFFERENCE, snapshots.file(position), 0, "the snapshot of position " + position + " says "
                        + HEX.toHexDigits(snapshot.stateHash()) + ", replaying the journal gives " + HEX.toHexDigits(core.stateHash())));
            }
        }
    }

    private void checkPromises(final EngineCore core) {
        try {
            core.check();
        } catch (final InvariantBroken e) {
            damages.add(new Damage(DamageKind.STATE, directory.root(), 0, "at position " + core.position() + ": " + e.getMessage()));
        }
        BooksTold.of(core).stream().filter(book -> !book.balances()).forEach(book -> damages.add(new Damage(DamageKind.STATE, directory.root(), 0, "at position "
                + core.position() + ": the book of post " + book.postId() + " in " + book.currency() + " does not balance")));
    }

    /**
     * Whoever left memory must be in the archive: nothing else has them. If somebody is not, what looks like a write that never ended had been
     * durable: of the very last block only the journal can tell.
     */
    private boolean checkArchive(final Archive.Contents archive) {
        final LongHashSet.LongIterator ids = retired.iterator();
        while (ids.hasNext()) {
            final long application = ids.nextValue();
            if (!archived.contains(application)) {
                final String missing = "application " + application + " was retired and is not in the archive";
                damages.add(archive.torn() == null ? new Damage(DamageKind.ARCHIVE, directory.archive(), 0, missing)
                        : new Damage(DamageKind.ARCHIVE, archive.torn().path(), archive.torn().offset(), archive.torn().what() + ", and " + missing));
                return false;
            }
        }
        return true;
    }

    private static String tornTail(final Archive.Contents archive) {
        return archive.torn() == null ? null : archive.torn().path() + " from offset " + archive.torn().offset() + ": " + archive.torn().what();
    }

    private static String both(final String one, final String other) {
        return one == null ? other : other == null ? one : one + "; " + other;
    }

    private void onArchived(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        if (templateId == ApplicationRecordDecoder.TEMPLATE_ID) {
            archivedRecord.wrapAndApplyHeader(buffer, offset, header);
            archived.add(archivedRecord.applicationId());
        }
    }

    private void onApplied(final long position, final long nowMs, final DirectBuffer events, final int offset, final int length) {
        int at = offset;
        while (at < offset + length) {
            final int bytes = events.getInt(at, ByteOrder.nativeOrder());
            if (header.wrap(events, at + EventWriter.FRAME_BYTES).templateId() == ApplicationRetiredDecoder.TEMPLATE_ID) {
                retired.add(retiredEvent.wrapAndApplyHeader(events, at + EventWriter.FRAME_BYTES, header).applicationId());
            }
            at += (EventWriter.FRAME_BYTES + bytes + 7) & ~7;
        }
    }

    private static Damage damage(final JournalDamagedException e) {
        return new Damage(DamageKind.JOURNAL, e.file(), e.offset(), e.getMessage());
    }
}
