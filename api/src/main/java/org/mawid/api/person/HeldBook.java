package org.mawid.api.person;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.mawid.api.gateway.DurableFile;

/**
 * Which things are held of a person: a file for each, {@code ABC/KEY} as the keys' files are, with a line for each thing, its CRC32C in front. Lines are added and synced; the last one of a name counts. A line that a
 * killed server has not finished is cut off by the next one; nobody was told of it. One change of a person at a time.
 */
final class HeldBook {
    private static final int CHECK_DIGITS = 8;
    private static final int FAN_OUT_DIGITS = 3;
    private static final int STRIPES = 64;
    private static final String GONE = "gone";

    private final Path root;
    private final Object[] stripes = new Object[STRIPES];

    HeldBook(final Path root) throws IOException {
        this.root = Files.createDirectories(root);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
    }

    /** In the order in which they came. @throws IOException the file cannot be read, or is damaged before its end */
    List<Held> of(final long person) throws IOException {
        synchronized (stripe(person)) {
            return new ArrayList<>(read(person).held.values());
        }
    }

    /** Durable when it returns. */
    void add(final Held held) throws IOException {
        append(held.owner().personKey(), List.of(held.json()));
    }

    /** Likewise; of several, those in front may be gone when the server is killed meanwhile. */
    void remove(final long person, final List<String> names) throws IOException {
        append(person, names.stream().map(name -> new JsonObject().put(GONE, name)).toList());
    }

    /** Of whom there is a file, in parts, each by the first digits of the keys. */
    List<String> parts() throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(folder -> folder.getFileName().toString()).filter(name -> name.matches("[0-9a-f]{" + FAN_OUT_DIGITS + '}')).sorted().toList();
        }
    }

    /** Whose file is there, though nothing may be held of them any more. @param part one of {@link #parts} */
    List<Long> persons(final String part) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(part))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches("[0-9a-f]{16}")).sorted().map(HexFormat::fromHexDigitsToLong).toList();
        }
    }

    /** Nothing is held of this person any more. The file stays, for a back-up may be copying it. */
    void clear(final long person) throws IOException {
        synchronized (stripe(person)) {
            if (Files.exists(file(person))) {
                try (FileChannel channel = FileChannel.open(file(person), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                    channel.force(true);
                }
            }
        }
    }

    private void append(final long person, final List<JsonObject> lines) throws IOException {
        synchronized (stripe(person)) {
            final long end = read(person).whole;
            final Path file = file(person);
            final boolean isNew = !Files.exists(file);
            if (isNew) {
                DurableFile.makeFolder(file.getParent());
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.truncate(end);
                final ByteBuffer line = ByteBuffer.wrap(lines.stream().map(json -> line(json.encode())).collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8));
                while (line.hasRemaining()) {
                    channel.write(line, end + line.position());
                }
                channel.force(true);
            }
            if (isNew) {
                DurableFile.sync(file.getParent());
            }
        }
    }

    /** @param whole bytes of the lines that are finished */
    private record Read(Map<String, Held> held, int whole) {
    }

    private Read read(final long person) throws IOException {
        final byte[] bytes;
        try {
            bytes = Files.readAllBytes(file(person));
        } catch (final NoSuchFileException none) {
            return new Read(new LinkedHashMap<>(), 0);
        }
        final Map<String, Held> held = new LinkedHashMap<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                take(person, new String(bytes, start, i - start, StandardCharsets.UTF_8), held);
                start = i + 1;
            }
        }
        return new Read(held, start);
    }

    private void take(final long person, final String line, final Map<String, Held> held) throws IOException {
        try {
            final String text = line.substring(CHECK_DIGITS + 1);
            if (check(text).equals(line.substring(0, CHECK_DIGITS))) {
                final JsonObject json = new JsonObject(text);
                if (json.containsKey(GONE)) {
                    held.remove(json.getString(GONE));
                } else {
                    held.put(json.getString("name"), Held.of(person, json));
                }
                return;
            }
        } catch (final DecodeException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
            // told below
        }
        throw new IOException(file(person) + " is damaged: restore it from its back-up");
    }

    private static String line(final String text) {
        return check(text) + ' ' + text + '\n';
    }

    private static String check(final String text) {
        final CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private Path file(final long person) {
        final String digits = HexFormat.of().toHexDigits(person);
        return root.resolve(digits.substring(0, FAN_OUT_DIGITS)).resolve(digits);
    }

    private Object stripe(final long person) {
        return stripes[Math.floorMod(Long.hashCode(person), STRIPES)];
    }
}
