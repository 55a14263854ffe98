package org.mawid.engine.twin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.SchemaWord;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.WithheldSetDecoder;

/**
 * A journal that was recorded once by a build of some schema version, under some core version at its end, and what its commands brought
 * about. Three files under {@code golden} in the test resources, none of which is ever made again:
 * {@code v1.journal} (a zip of the journal's folder), {@code v1.txt} (its checksum, and those of answers and events),
 * {@code v1.state} (the state hash: the only one that may change, and only when a row of the state changes its layout).
 * {@code v2-core2.journal} goes over to core version 2 on its way, {@code v3-core3.journal} to 3, {@code v4-core4.journal} to 4, {@code v5-core5.journal} to 5, {@code v6-core6.journal} to 6,
 * {@code v7-core7.journal} to 7, {@code v8-core8.journal} to 8, {@code v9-core9.journal} to 9, {@code v10-core10.journal} to 10.
 */
final class GoldenJournal {
    static final String FOLDER = "golden";
    static final JournalId ID = new JournalId(0x474F_4C44L, 0x454EL);
    private static final int TEMPLATE_OFFSET = 2;
    private static final int VERSION_OFFSET = 6;
    /** Events by the schema version that brought them. They are left out of what an older journal brings about; what was told then must still be told, to the byte. */
    private static final Map<Integer, Integer> ADDED = Map.of(WithheldSetDecoder.TEMPLATE_ID, 2);

    private GoldenJournal() {
    }

    /** Of which schema a journal is, and which core version is in force at its end. */
    record Version(int schema, int core) {
        static final Version NEWEST = new Version(MessageHeaderDecoder.SCHEMA_VERSION, EngineCore.NEWEST_CORE_VERSION);
        /** All that were recorded, the newest last. */
        static final List<Version> RECORDED = List.of(new Version(1, 1), new Version(2, 1), new Version(2, 2), new Version(3, 3), new Version(4, 4), new Version(5, 5), new Version(6, 6),
                new Version(7, 7), new Version(8, 8), new Version(9, 9), new Version(10, 10));

        @Override
        public String toString() {
            return "v" + schema + (core == 1 ? "" : "-core" + core);
        }
    }

    /** What replaying a journal from its first position brings about: the facts of {@code v1.txt} by name. */
    record Replayed(EngineCore core, Map<String, String> facts) {
    }

    static Path file(final Path resources, final Version version, final String extension) {
        return resources.resolve(FOLDER).resolve(version + extension);
    }

    /** Null when there is none. */
    static byte[] resource(final Version version, final String extension) {
        try (InputStream in = GoldenJournal.class.getResourceAsStream("/" + FOLDER + "/" + version + extension)) {
            return in == null ? null : in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of {@code name value}. */
    static Map<String, String> facts(final byte[] text) {
        final Map<String, String> facts = new TreeMap<>();
        new String(text, StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#") && !line.isBlank())
                .forEach(line -> facts.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
        return facts;
    }

    static void unpack(final byte[] zip, final Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Files.write(folder.resolve(Path.of(entry.getName()).getFileName()), in.readAllBytes());
            }
        }
    }

    static Journal examine(final Path folder) {
        return Journal.examine(JournalConfig.in(folder, FileDisk.plain(), ID));
    }

    static Replayed replay(final Path folder, final int version) {
        final EngineCore core = new EngineCore();
        final Answered.Teller teller = new Answered.Teller(core::apply);
        final MessageDigest events = sha256();
        final MessageDigest answers = sha256();
        final TreeSet<Integer> done = new TreeSet<>();
        final TreeSet<String> results = new TreeSet<>();
        final StringBuilder skips = new StringBuilder();
        try (Journal journal = examine(folder); JournalReader reader = journal.reader(1)) {
            reader.read(Long.MAX_VALUE, (position, nowMs, flags, buffer, offset, length) -> {
                final byte[] command = new byte[length];
                buffer.getBytes(offset, command);
                final Answered answer = teller.tell(position, nowMs, flags | SchemaWord.flags(reader.schemaWord()), command);
                events.update(ofItsTime(answer.events(), version));
                answers.update((answer.result() + " " + answer.number1() + " " + answer.number2() + " " + answer.number3() + " "
                        + answer.repeated() + "\n").getBytes(StandardCharsets.UTF_8));
                results.add(answer.result().name());
                if (answer.isDone()) {
                    done.add(buffer.getShort(offset + TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
                }
                if (flags != 0) {
                    skips.append(skips.isEmpty() ? "" : " ").append(position);
                }
            });
        }
        final Map<String, String> facts = new TreeMap<>();
        facts.put("positions", String.valueOf(core.position()));
        facts.put("commands", done.toString());
        facts.put("results", results.toString());
        facts.put("skipped", skips.toString());
        facts.put("events", hex(events.digest()));
        facts.put("answers", hex(answers.digest()));
        return new Replayed(core, facts);
    }

    /** As that version told it. An event that was added comes after the others of its position, whose ordinals it leaves as they were. */
    private static byte[] ofItsTime(final byte[] frames, final int version) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frames);
        int end = frames.length;
        for (int at = 0; at < frames.length; at += EventWriter.FRAME_BYTES + buffer.getInt(at) + 7 & ~7) {
            final int template = buffer.getShort(at + EventWriter.FRAME_BYTES + TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            buffer.putShort(at + EventWriter.FRAME_BYTES + VERSION_OFFSET, (short) version, ByteOrder.LITTLE_ENDIAN);
            if (ADDED.getOrDefault(template, 1) > version) {
                end = Math.min(end, at);
            } else if (end < frames.length) {
                throw new AssertionError("event " + template + " follows one that was added since");
            }
        }
        return Arrays.copyOf(frames, end);
    }

    /** Numbers of all commands that this build's schema knows. */
    static TreeSet<Integer> commandsOfThisSchema() {
        final TreeSet<Integer> templates = new TreeSet<>();
        final ArrayDeque<Class<?>> groups = new ArrayDeque<>(List.of(Command.class.getPermittedSubclasses()));
        while (!groups.isEmpty()) {
            final Class<?> command = groups.remove();
            if (command.isSealed()) {
                groups.addAll(List.of(command.getPermittedSubclasses()));
                continue;
            }
            try {
                templates.add(Class.forName("org.mawid.sbe." + command.getSimpleName() + "Decoder").getField("TEMPLATE_ID").getInt(null));
            } catch (final ReflectiveOperationException e) {
                throw new IllegalStateException("the kit's " + command + " is no command of the schema", e);
            }
        }
        return templates;
    }

    static String checksum(final byte[] bytes) {
        return hex(sha256().digest(bytes));
    }

    static String stateHash(final EngineCore core) {
        return HexFormat.of().toHexDigits(core.stateHash());
    }

    private static String hex(final byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
