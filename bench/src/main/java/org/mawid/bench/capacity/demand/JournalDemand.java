package org.mawid.bench.capacity.demand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mawid.api.network.Network.Post;
import org.mawid.bench.capacity.plan.PlanRefusedException;
import org.mawid.bench.capacity.plan.Prose;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalException;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.PoisonedPositionException;
import org.mawid.engine.snapshot.Replay;
import org.mawid.engine.snapshot.SnapshotDamagedException;
import org.mawid.engine.snapshot.Snapshots;

/**
 * What the journal of a stopped server tells of demand: its commands are applied to a core once more, and what happened is counted
 * ({@link JournalTally}). The directory is only read. A torn tail was never acknowledged and counts for nothing.
 */
public final class JournalDemand {
    /** Fewer days than that say nothing of a week. */
    private static final int LEAST_DAYS = 7;
    private static final int MOST_POSTS = 3;
    private static final long SLICE = 20_000;

    /** Told how far the replay is. */
    @FunctionalInterface
    public interface Progress {
        void at(long position, long last);
    }

    private final JournalTally tally = new JournalTally();
    private final Path data;

    private JournalDemand(final Path data) {
        this.data = data;
    }

    /** @throws PlanRefusedException when it cannot be read: nothing there, somebody serves it, damaged */
    public static JournalDemand read(final Path data, final Progress progress) throws IOException {
        final JournalDemand demand = new JournalDemand(data);
        final DataDirectory directory = new DataDirectory(data);
        if (!Files.isDirectory(directory.journal())) {
            throw demand.refused(whyNot(data));
        }
        final FileDisk disk = FileDisk.plain();
        try (Journal journal = Journal.examine(JournalConfig.in(directory.journal(), disk, new JournalId(0, 0)).withOwner("mawid bench plan"));
                EngineCore core = new EngineCore()) {
            demand.load(core, journal, Snapshots.existing(disk, directory.snapshots()));
            demand.catalogue(core); // durations that were in force before
            demand.replay(core, journal, progress);
            demand.catalogue(core);
        } catch (final JournalException | PoisonedPositionException | SnapshotDamagedException e) {
            throw demand.refused(": " + e.getMessage());
        }
        return demand;
    }

    private static String whyNot(final Path data) {
        if (!Files.exists(data)) {
            return " is not there";
        }
        final boolean isWithin = data.getFileName() != null && data.getFileName().toString().equals("journal") && data.toAbsolutePath().getParent() != null;
        return " is not the data directory of a server: there is no folder 'journal' in it" + (isWithin ? "; did you mean " + data.toAbsolutePath().getParent() + "?" : "");
    }

    private PlanRefusedException refused(final String why) {
        return new PlanRefusedException("--journal " + data + why);
    }

    /** A journal whose beginning was archived goes on from the oldest snapshot that it still continues. */
    private void load(final EngineCore core, final Journal journal, final Snapshots snapshots) throws IOException {
        if (journal.firstPosition() == 1) {
            return;
        }
        final long[] positions = snapshots.positions();
        Arrays.sort(positions);
        for (final long position : positions) {
            if (position >= journal.firstPosition() - 1) {
                snapshots.load(position, core, journal.id(), Pace.full());
                return;
            }
        }
        throw refused(": it begins with position " + journal.firstPosition() + " and no snapshot leads there");
    }

    private void replay(final EngineCore core, final Journal journal, final Progress progress) {
        final long last = journal.recoveredPosition();
        try (JournalReader reader = journal.reader(journal.firstPosition()); Replay replay = new Replay(core, Pace.full(), tally::onApplied)) {
            reader.read(core.position(), (position, nowMs, flags, buffer, offset, length) -> { });
            long before = -1;
            while (core.position() < last && core.position() != before) {
                before = core.position();
                replay.upTo(Math.min(last, before + SLICE), reader);
                progress.at(core.position(), last);
            }
        }
    }

    private void catalogue(final EngineCore core) {
        for (final RecordKind kind : List.of(RecordKind.POSTS, RecordKind.POOLS, RecordKind.SERVICES)) {
            long from = 0;
            do {
                from = core.dump(kind, from, 4_096, tally::onCatalogue);
            } while (from != 0);
        }
    }

    Path data() {
        return data;
    }

    /** Requests by code of post, the walk-ins too; those for any post count where they were first held, and nowhere until then. */
    public Map<String, Long> requestsByPost() {
        return tally.requestsByPost();
    }

    /** Units of service asked for, by code of service. */
    public Map<String, Long> unitsByService() {
        return tally.unitsByService();
    }

    /** @throws PlanRefusedException when it tells too little of that post */
    public Observed at(final Post post) {
        final Map<String, Long> all = requestsByPost();
        if (!all.containsKey(post.code())) {
            throw refused(" has no request for " + post.code() + (all.isEmpty() ? ", nor for any other post" : ": most are for " + all.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey())).limit(MOST_POSTS)
                    .map(entry -> Prose.text("%s (%,d)", entry.getKey(), entry.getValue())).collect(Collectors.joining(", "))));
        }
        final LocalDate from = LocalDate.ofInstant(Instant.ofEpochMilli(tally.firstMs()), post.zone());
        final LocalDate to = LocalDate.ofInstant(Instant.ofEpochMilli(tally.lastMs()), post.zone());
        final long days = to.toEpochDay() - from.toEpochDay() + 1;
        if (days < LEAST_DAYS) {
            throw refused(" tells of " + days + " day" + (days == 1 ? "" : "s") + " (" + from + " to " + to + "), at least " + LEAST_DAYS + " are needed to know a week");
        }
        return tally.observed(post, from, to);
    }
}
