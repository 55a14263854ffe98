package org.mawid.bench.kingdom;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.mawid.api.network.Network;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.archive.Archive;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.SnapshotDamagedException;
import org.mawid.engine.snapshot.Snapshots;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.DayRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.StampRecordDecoder;

/**
 * Holds the generator's books against a data directory that nobody serves. The engine's own inspection replays the journal and must find it whole;
 * then everything is counted once: what is in memory at the end, as the snapshot of the stop has it and the inspection confirms, and
 * what has left memory, as the archive has it. The calendar is compared unit by unit, and no day from today on that was published may be
 * missing. One use.
 */
final class Audit {
    /** Differences that are told; there may be more. */
    private static final int TOLD = 20;
    private static final int SLICE = 10_000;
    private static final long DAY_MS = 86_400_000L;

    private final DataDirectory directory;
    private final Books found = new Books();
    private final BitSet counted = new BitSet();
    private final List<String> differences = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ApplicationRecordDecoder application = new ApplicationRecordDecoder();
    private final AppointmentRecordDecoder appointment = new AppointmentRecordDecoder();
    private final StampRecordDecoder stamp = new StampRecordDecoder();
    private final DayRecordDecoder day = new DayRecordDecoder();
    /** Days of the engine that the books know, by pool and place in the window. */
    private final BitSet daysSeen = new BitSet();
    private boolean isTwice;
    private long retired;
    private long unitsCompared;
    private Inspection.Report report;

    Audit(final Path data) {
        directory = new DataDirectory(data);
    }

    /** @return what differs, the first few of it; empty = books and engine agree to the last unit */
    List<String> differences(final Books books, final Places places, final Inspection.Progress progress) throws IOException {
        report = Inspection.of(FileDisk.plain(), directory, 0, progress);
        report.damages().forEach(damage -> differences.add("the inspection found damage: " + damage));
        inMemory(places);
        compare(found.inspected(), report.counts(), "the snapshot", "the inspection");
        compare("holds that are left", 0, report.counts().getOrDefault("holds", -1L), "the books", "the inspection");
        compare("changes that are open", 0, report.counts().getOrDefault("changes.OPEN", -1L), "the books", "the inspection");
        archived();
        compare(books.byName(), found.byName(), "the books", "the engine");
        return differences.subList(0, Math.min(TOLD, differences.size()));
    }

    private void inMemory(final Places places) throws IOException {
        final Snapshots snapshots = Snapshots.existing(FileDisk.plain(), directory.snapshots());
        try (EngineCore core = new EngineCore()) {
            snapshots.load(report.position(), core, null, Pace.full());
            long from = 0;
            do {
                from = core.dumpApplications(from, SLICE, this::count);
            } while (from != 0);
            do {
                from = core.dump(RecordKind.DAYS, from, SLICE, (template, buffer, offset, length) -> compareDay(places, buffer, offset));
            } while (from != 0);
            requireDays(places);
        } catch (final SnapshotDamagedException e) {
            differences.add("the snapshot of the stop, position " + report.position() + ": " + e.getMessage());
        }
    }

    /** What was archived and is still in memory, because the engine stopped before it could retire it, counts there. */
    private void archived() throws IOException {
        final Archive.Contents contents = Archive.read(FileDisk.plain(), directory.archive(), JournalId.parse(report.journalId()), this::count);
        retired = contents.applications();
        contents.damages().forEach(damage -> differences.add("the archive is damaged: " + damage));
    }

    /** An application comes before its appointments and stamps. */
    private void count(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        switch (templateId) {
            case ApplicationRecordDecoder.TEMPLATE_ID -> {
                application.wrapAndApplyHeader(buffer, offset, header);
                final int id = Math.toIntExact(application.applicationId());
                isTwice = counted.get(id);
                counted.set(id);
                if (!isTwice) {
                    found.application();
                    for (final ApplicationRecordDecoder.LinesDecoder line : application.lines()) {
                        found.lines(line.state(), 1);
                    }
                }
            }
            case AppointmentRecordDecoder.TEMPLATE_ID -> {
                if (!isTwice) {
                    appointment.wrapAndApplyHeader(buffer, offset, header);
                    final int reschedules = appointment.reschedules();
                    final var state = appointment.state();
                    int legs = 0;
                    long units = 0;
                    for (final AppointmentRecordDecoder.LegsDecoder leg : appointment.legs()) {
                        legs++;
                        units += leg.units();
                    }
                    found.appointment(state, legs, units);
                    found.moved(reschedules);
                }
            }
            case StampRecordDecoder.TEMPLATE_ID -> {
                if (!isTwice) {
                    stamp.wrapAndApplyHeader(buffer, offset, header);
                    found.stamps(stamp.state(), 1, stamp.amountCentimes());
                }
            }
            default -> differences.add("a record of template " + templateId + " where none should be");
        }
    }

    private void compareDay(final Places places, final DirectBuffer buffer, final int offset) {
        day.wrapAndApplyHeader(buffer, offset, header);
        final int pool = day.poolId();
        final int date = day.epochDay();
        if (!places.knows(pool, date)) {
            return; // older than the generator keeps
        }
        int unit = 0;
        for (final DayRecordDecoder.UnitsDecoder one : day.units()) {
            if (one.booked() != places.taken(pool, date, unit) || one.held() != 0) {
                differences.add("pool " + pool + ", date " + date + ", unit " + unit + ": the books have " + places.taken(pool, date, unit)
                        + " taken, the engine " + one.booked() + " booked and " + one.held() + " held");
            }
            unit++;
            unitsCompared++;
        }
        final int published = places.units(places.realm().postOf(pool), date);
        if (unit != published) {
            differences.add("pool " + pool + ", date " + date + ": the books have " + published + " units, the engine " + unit);
        }
        daysSeen.set(seenAt(pool, date));
    }

    /** What has passed may have left memory; a day that is still to come was published once and must be there. */
    private void requireDays(final Places places) {
        final int today = (int) Math.floorDiv(report.nowMs(), DAY_MS);
        for (final Network.Post post : places.realm().network().posts()) {
            final List<Network.Pool> pools = places.realm().network().poolsOf(post.id());
            for (int date = places.nextOpen(post.id(), today); date != Places.NEVER; date = places.nextOpen(post.id(), date + 1)) {
                requireDay(post, pools, date);
            }
        }
    }

    private void requireDay(final Network.Post post, final List<Network.Pool> pools, final int date) {
        final List<Network.Pool> lost = pools.stream().filter(pool -> !daysSeen.get(seenAt(pool.id(), date))).toList();
        if (!lost.isEmpty()) {
            differences.add("post " + post.code() + ", " + LocalDate.ofEpochDay(date) + ": the day was published and the engine does not have it, of "
                    + lost.size() + " of its " + pools.size() + " pools: " + lost.stream().map(pool -> Integer.toString(pool.id())).collect(Collectors.joining(", ")));
        }
    }

    private static int seenAt(final int pool, final int date) {
        return pool * Places.WINDOW + (date & Places.WINDOW - 1);
    }

    private void compare(final Map<String, Long> expected, final Map<String, Long> actual, final String whose, final String others) {
        expected.forEach((name, count) -> compare(name, count, actual.getOrDefault(name, -1L), whose, others));
    }

    private void compare(final String name, final long expected, final long actual, final String whose, final String others) {
        if (expected != actual) {
            differences.add(String.format(Locale.ROOT, "%s: %s %,d, %s %,d", name, whose, expected, others, actual));
        }
    }

    DataDirectory directory() {
        return directory;
    }

    /** After {@link #differences}. */
    Inspection.Report report() {
        return report;
    }

    /** Applications that have left memory; what was archived twice counts twice. */
    long retired() {
        return retired;
    }

    /** Units of the calendar that were compared one by one. */
    long unitsCompared() {
        return unitsCompared;
    }

    /** Days of a pool that these units are of. */
    int daysCompared() {
        return daysSeen.cardinality();
    }
}
