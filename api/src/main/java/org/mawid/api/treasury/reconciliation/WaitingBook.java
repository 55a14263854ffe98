package org.mawid.api.treasury.reconciliation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.mawid.api.treasury.WaitingLines;
import org.mawid.api.treasury.matching.Match;
import org.mawid.api.treasury.port.TreasuryCommand.Subject;

/**
 * Lines that wait, one each in a file that is written anew whenever they change: {@code crc TAB subject TAB number TAB reference TAB post TAB gross TAB commission TAB net TAB currency TAB valueDay TAB
 * statement TAB entry TAB line}, UTF-8. They are few: what was paid and waits for a person. One thread.
 */
final class WaitingBook implements WaitingLines {
    private static final int FIELDS = 12;

    private final Path file;
    private final Map<String, Match> lines = new LinkedHashMap<>();

    /** @throws IOException when it cannot be read, or is damaged; the message says where */
    WaitingBook(final Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            int number = 0;
            for (final String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                number++;
                final int tab = text.indexOf('\t');
                if (tab < 0 || !text.substring(0, tab).equals(checksum(text.substring(tab + 1)))) {
                    throw new IOException(file + " is damaged in line " + number + ": put a back-up in its place");
                }
                final Match line = line(text.substring(tab + 1).split("\t", -1));
                lines.put(key(line), line);
            }
        }
    }

    private static Match line(final String... words) throws IOException {
        if (words.length != FIELDS) {
            throw new IOException("a line of another build is in the book of waiting lines: put the one of this build in its place");
        }
        return new Match(Subject.valueOf(words[0]), Long.parseLong(words[1]), words[2], Integer.parseInt(words[3]), Long.parseLong(words[4]), Long.parseLong(words[5]), Long.parseLong(words[6]),
                words[7], Integer.parseInt(words[8]), words[9], words[10], Long.parseLong(words[11]));
    }

    @Override
    public List<Match> all() {
        return List.copyOf(lines.values());
    }

    @Override
    public void change(final List<Match> more, final Set<Match> done) throws IOException {
        final Map<String, Match> after = new LinkedHashMap<>(lines);
        done.forEach(line -> after.remove(key(line)));
        more.forEach(line -> after.putIfAbsent(key(line), line));
        if (after.equals(lines)) {
            return;
        }
        write(new ArrayList<>(after.values()));
        lines.clear();
        lines.putAll(after);
    }

    private void write(final List<Match> all) throws IOException {
        final StringBuilder text = new StringBuilder();
        for (final Match line : all) {
            final String words = String.join("\t", line.subject().name(), Long.toString(line.number()), line.reference(), Integer.toString(line.postId()), Long.toString(line.grossMinor()),
                    Long.toString(line.commissionMinor()), Long.toString(line.netMinor()), line.currency(), Integer.toString(line.valueDay()), clean(line.statement()), clean(line.entry()),
                    Long.toString(line.line()));
            text.append(checksum(words)).append('\t').append(words).append('\n');
        }
        final Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            final ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String key(final Match line) {
        return line.reference() + ' ' + line.line();
    }

    private static String clean(final String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String checksum(final String line) {
        final CRC32C crc = new CRC32C();
        crc.update(line.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
