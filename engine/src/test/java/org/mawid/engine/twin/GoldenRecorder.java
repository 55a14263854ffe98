package org.mawid.engine.twin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.SchemaWord;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalWriter;
import org.mawid.engine.testkit.Answered;
import org.mawid.sbe.StampState;

/**
 * Records the golden journal of a NEW schema version or core version, once, before that version is released; then commit the three files. From the
 * engine's folder, with the class path of its tests and the flags of {@code jvm.args}:
 * <pre>java … org.mawid.engine.twin.GoldenRecorder src/test/resources</pre>
 * What exists is never made again: a journal that had to be recorded anew would be one that old data can no longer be trusted to replay.
 */
final class GoldenRecorder {
    private static final long SEED = 42;
    private static final int COMMANDS = 10_000;
    private static final long SWITCH_AT = 600;
    private static final long MONEY_AT = 880;
    private static final long RETURNS_AT = 1_100;
    private static final long CLOSURES_AT = 1_500;
    private static final long HALL_AT = 1_900;
    private static final long WAITLIST_AT = 2_400;
    private static final long RECORDS_AT = 2_450;
    private static final long REVIEWS_AT = 3_000;
    private static final long NEWEST_AT = 3_100;
    private static final long LOOPS_AT = 420;
    private static final int SHARE_OF_MONEY = 70;
    private static final List<Integer> SKIPPED = List.of(700, 1_400);
    private static final int GROUP_BYTES = 16 * 1024;
    private static final int MOST_IN_A_GROUP = 50;

    /** What the rules of core version 3 have decided; those of version 2 have a journal of their own. */
    private static final Set<StampState> ENDS = EnumSet.of(StampState.CONSUMED, StampState.VOID, StampState.LAPSED, StampState.FORFEITED,
            StampState.REFUNDED, StampState.CHARGED_BACK, StampState.WAIVED);

    /** What the rules of core version 10 are about. */
    private static final Set<String> REVIEWED = Set.of("a reason given", "no reason given", "attendance confirmed", "attendance confirmed again");

    private GoldenRecorder() {
    }

    /** @param arguments the folder of test resources */
    public static void main(final String[] arguments) throws IOException {
        final GoldenJournal.Version version = GoldenJournal.Version.NEWEST;
        final Path resources = Path.of(arguments[0]);
        for (final String extension : List.of(".journal", ".txt", ".state")) {
            if (Files.exists(GoldenJournal.file(resources, version, extension))) {
                throw new IllegalStateException(GoldenJournal.file(resources, version, extension) + " exists and is never made again");
            }
        }
        final Path folder = Files.createTempDirectory("golden");
        try {
            write(folder);
            final GoldenJournal.Replayed replayed = GoldenJournal.replay(folder, version.schema());
            if (!replayed.facts().get("commands").equals(GoldenJournal.commandsOfThisSchema().toString())) {
                throw new IllegalStateException("only these commands are in it: " + replayed.facts().get("commands"));
            }
            final byte[] zip = zip(folder);
            final Map<String, String> facts = new TreeMap<>(replayed.facts());
            facts.put("journal", GoldenJournal.checksum(zip));
            final StringBuilder text = new StringBuilder("# " + version + ".journal and what it brings about. Never changed: see GoldenJournal.\n");
            facts.forEach((name, value) -> text.append(name).append(' ').append(value).append('\n'));
            Files.createDirectories(resources.resolve(GoldenJournal.FOLDER));
            Files.write(GoldenJournal.file(resources, version, ".journal"), zip, StandardOpenOption.CREATE_NEW);
            Files.writeString(GoldenJournal.file(resources, version, ".txt"), text, StandardOpenOption.CREATE_NEW);
            Files.writeString(GoldenJournal.file(resources, version, ".state"), GoldenJournal.stateHash(replayed.core()) + "\n",
                    StandardOpenOption.CREATE_NEW);
        } finally {
            remove(folder);
        }
    }

    /** Seeded traffic, which twin and core agree about, in groups of all sizes. */
    private static void write(final Path folder) {
        final NaiveEngine twin = new NaiveEngine();
        final Answered.Teller twinTeller = new Answered.Teller(twin::apply);
        final Answered.Teller coreTeller = new Answered.Teller(new EngineCore()::apply);
        final CommandGenerator generator = new CommandGenerator(SEED, twin, LOOPS_AT, SHARE_OF_MONEY, SWITCH_AT, MONEY_AT, RETURNS_AT, CLOSURES_AT, HALL_AT, WAITLIST_AT, RECORDS_AT, REVIEWS_AT, NEWEST_AT);
        final Dice dice = new Dice(SEED);
        try (Journal journal = Journal.open(JournalConfig.in(folder, FileDisk.plain(), GoldenJournal.ID).withSchemaWord(SchemaWord.OURS)
                .withSizes(JournalConfig.MIN_SEGMENT_BYTES, GROUP_BYTES).withBackground(false))) {
            final JournalWriter writer = journal.writer();
            for (int position = 1, inGroup = 0; position <= COMMANDS; position++) {
                final Entry entry = generator.next();
                final int flags = SKIPPED.contains(position) ? EngineCore.SKIPPED : 0;
                final Answered expected = twinTeller.tell(position, entry.nowMs(), flags, entry.command());
                if (!coreTeller.tell(position, entry.nowMs(), flags, entry.command()).equals(expected)) {
                    throw new IllegalStateException("core and twin do not agree at " + position);
                }
                if (inGroup == 0 && !writer.hasRoom()) {
                    throw new IllegalStateException("no room");
                }
                if (!append(writer, position, entry)) {
                    writer.flush();
                    if (!writer.hasRoom() || !append(writer, position, entry)) {
                        throw new IllegalStateException("no room");
                    }
                    inGroup = 0;
                }
                if (++inGroup >= dice.between(1, MOST_IN_A_GROUP)) {
                    writer.flush();
                    inGroup = 0;
                }
            }
            writer.flush();
            SKIPPED.forEach(journal::skip);
            if (!states(twin.model()).containsAll(ENDS)) {
                throw new IllegalStateException("stamps have not come to every end in it, only to " + states(twin.model()));
            }
            if (!twin.model().reviewsSeen.keySet().containsAll(REVIEWED)) {
                throw new IllegalStateException("of what is new only this is in it: " + twin.model().reviewsSeen);
            }
        }
    }

    private static Set<StampState> states(final Model model) {
        return model.stamps.values().stream().map(stamp -> stamp.state).collect(Collectors.toCollection(() -> EnumSet.noneOf(StampState.class)));
    }

    private static boolean append(final JournalWriter writer, final int position, final Entry entry) {
        return writer.append(position, entry.nowMs(), 0, new UnsafeBuffer(entry.command()), 0, entry.command().length);
    }

    private static byte[] zip(final Path folder) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes); Stream<Path> files = Files.list(folder)) {
            out.setLevel(9);
            for (final Path file : files.filter(each -> !each.endsWith("lock")).sorted().toList()) {
                final ZipEntry entry = new ZipEntry(file.getFileName().toString());
                entry.setTime(0);
                out.putNextEntry(entry);
                out.write(Files.readAllBytes(file));
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static void remove(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
