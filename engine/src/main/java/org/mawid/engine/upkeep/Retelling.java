package org.mawid.engine.upkeep;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.archive.Archive;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalException;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.PoisonedPositionException;
import org.mawid.engine.snapshot.Replay;
import org.mawid.engine.snapshot.SnapshotDamagedException;
import org.mawid.engine.snapshot.Snapshots;

/**
 * What the log of a directory that nobody serves has brought about, told once more: from its first position on, or from the oldest snapshot that goes on with
 * what there is of the journal. Changes nothing. Needs as much memory as the state does, but for the archive. One thread.
 */
public final class Retelling {
    private static final long SLICE = 50_000;
    private static final List<RecordKind> OF_COOLING = List.of(RecordKind.COOLINGS, RecordKind.COOLING_ERAS);

    /** One record of the state, valid during the call. */
    @FunctionalInterface
    public interface Records {
        /** @param offset where the message begins, with its header */
        void onRecord(DirectBuffer buffer, int offset);
    }

    /** One event, valid during the call. */
    @FunctionalInterface
    public interface Events {
        /** @param offset where the message begins, with its header */
        void onEvent(long position, DirectBuffer buffer, int offset);
    }

    /** Told of each command of the log, and then what became of it. */
    public interface Answers {
        /** Once, before all others. @param core as the position before has left it whenever {@link #onCommand} is called; only to be looked at */
        void begin(EngineCore core);

        /** Before it is applied. @param offset where the command begins, with its header; valid during the call, and anything at all */
        void onCommand(long position, long nowMs, DirectBuffer command, int offset, int length);

        /** Of the command told last. @param outcome valid during the call */
        void onAnswer(Outcome outcome);
    }

    /** @param from everything behind this position was told, 0 = all there ever was @param position to here */
    public record Told(long from, long position) {
    }

    private Retelling() {
    }

    /**
     * @param owner   who looks at it, for whoever wants it meanwhile
     * @param records told first what cools and by which secrets at the beginning; nothing, when that is the log's
     * @param events  told then all that happened
     * @throws UpkeepException in one line, when it cannot be read, or not to its end
     */
    public static Told ofCooling(final DataDirectory directory, final String owner, final Records records, final Events events, final Inspection.Progress progress) {
        final Replay.Listener listener = (position, nowMs, buffer, offset, length) -> tell(position, buffer, offset, offset + length, events);
        return tell(FileDisk.plain(), directory, owner, core -> OF_COOLING.forEach(kind -> core.dump(kind, 0, Integer.MAX_VALUE, (template, buffer, offset, length) -> records.onRecord(buffer, offset))), listener, progress);
    }

    /**
     * What each command was answered, which the log does not say and the core forgets.
     *
     * @param owner who looks at it, for whoever wants it meanwhile
     * @throws UpkeepException in one line, when it cannot be read, or not to its end: what was told before stands
     */
    public static Told ofAnswers(final DataDirectory directory, final String owner, final Answers answers, final Inspection.Progress progress) {
        return ofAnswers(FileDisk.plain(), directory, owner, answers, progress);
    }

    /** As above, on this disk. */
    public static Told ofAnswers(final Disk disk, final DataDirectory directory, final String owner, final Answers answers, final Inspection.Progress progress) {
        return tell(disk, directory, owner, answers::begin, new Replay.Listener() {
            @Override
            public void onRecord(final long position, final long nowMs, final DirectBuffer record, final int offset, final int length) {
                answers.onCommand(position, nowMs, record, offset, length);
            }

            @Override
            public void onApplied(final long position, final long nowMs, final DirectBuffer events, final int offset, final int length) {
                // What happened is not asked for
            }

            @Override
            public void onAnswered(final Outcome outcome) {
                answers.onAnswer(outcome);
            }
        }, progress);
    }

    /**
     * What has left memory for the archive: ApplicationRecord, AppointmentRecord, StampRecord and PaymentRecord, in the order in which they left, an application behind what belongs to it. Beside a server, too: whatever had left
     * memory before is told.
     *
     * @throws UpkeepException in one line, when it cannot be read, or not all of it
     */
    public static void ofArchive(final DataDirectory directory, final Records records) {
        final Archive.Contents contents;
        try {
            contents = Archive.read(FileDisk.plain(), directory.archive(), null, (template, buffer, offset, length) -> records.onRecord(buffer, offset));
        } catch (final NewerProgramException e) {
            throw new UpkeepException(e.getMessage(), e);
        } catch (final IOException e) {
            throw new UpkeepException(FileTrouble.of(e), e);
        }
        if (!contents.damages().isEmpty()) {
            final Archive.Damage first = contents.damages().get(0);
            throw new UpkeepException("the archive is damaged, so that not all of it can be told: " + first.path() + " at byte " + first.offset() + ": " + first.what());
        }
    }

    private static Told tell(final Disk disk, final DataDirectory directory, final String owner, final Consumer<EngineCore> begins, final Replay.Listener listener, final Inspection.Progress progress) {
        try (Journal journal = Repair.examine(disk, directory, owner); EngineCore core = beginning(Snapshots.existing(disk, directory.snapshots()), journal)) {
            final long from = core.position();
            begins.accept(core);
            try (JournalReader reader = journal.reader(from + 1); Replay replay = new Replay(core, Pace.full(), listener)) {
                while (core.position() < journal.recoveredPosition()) {
                    replay.upTo(Math.min(journal.recoveredPosition(), core.position() + SLICE), reader);
                    progress.at(core.position(), journal.recoveredPosition());
                }
            }
            return new Told(from, core.position());
        } catch (final NewerProgramException | PoisonedPositionException e) {
            throw new UpkeepException(e.getMessage(), e);
        } catch (final JournalException | SnapshotDamagedException | IOException e) {
            throw new UpkeepException(FileTrouble.of(e), e);
        }
    }

    private static EngineCore beginning(final Snapshots snapshots, final Journal journal) throws IOException {
        final EngineCore core = new EngineCore();
        if (journal.firstPosition() == 1) {
            return core;
        }
        boolean whole = false;
        try {
            final long oldest = Arrays.stream(snapshots.positions()).filter(position -> position >= journal.firstPosition() - 1).min()
                    .orElseThrow(() -> new IOException("the journal begins at position " + journal.firstPosition() + " and there is no snapshot to begin with"));
            snapshots.load(oldest, core, journal.id(), Pace.full());
            whole = true;
            return core;
        } finally {
            if (!whole) {
                core.close();
            }
        }
    }

    private static void tell(final long position, final DirectBuffer buffer, final int offset, final int end, final Events events) {
        for (int at = offset; at < end; at += EventWriter.FRAME_BYTES + buffer.getInt(at, ByteOrder.LITTLE_ENDIAN) + 7 & ~7) {
            events.onEvent(position, buffer, at + EventWriter.FRAME_BYTES);
        }
    }
}
