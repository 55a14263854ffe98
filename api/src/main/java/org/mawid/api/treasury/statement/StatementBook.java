package org.mawid.api.treasury.statement;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The statements that were taken, one line each in a file that only grows: {@code crc TAB kind TAB account TAB currency TAB id TAB sequence TAB page TAB open TAB nextOpening TAB
 * closingDay TAB final}, UTF-8. A line that was torn by a crash is cut off when the book is opened: its statement comes again, and its settlements are those that are there already.
 * Synchronised; any thread.
 */
public final class StatementBook implements StatementHistory, AutoCloseable {
    /** Most that are shown. */
    public static final int MOST_SHOWN = 1_000;

    private final FileChannel channel;
    private final Set<String> had = new HashSet<>();
    private final Map<String, Taken> last = new HashMap<>();
    private final Deque<Entry> newest = new ArrayDeque<>();

    /** A statement that was taken. @param sequence −1 when it has none @param page 0 when it is not in pages @param closingDay days since 1970-01-01 */
    public record Entry(Statement.Kind kind, String account, String currency, String id, long sequence, int page, int closingDay, boolean isFinal) {
    }

    private StatementBook(final FileChannel channel) {
        this.channel = channel;
    }

    /** @throws IOException when it cannot be read or written, or is damaged before its end; the message says where */
    public static StatementBook open(final Path file) throws IOException {
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            final StatementBook book = new StatementBook(channel);
            book.load(file);
            return book;
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void load(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        int from = 0;
        int line = 1;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            final String text = new String(bytes, from, i - from, StandardCharsets.UTF_8);
            final int tab = text.indexOf('\t');
            if (tab < 0 || !text.substring(0, tab).equals(checksum(text.substring(tab + 1)))) {
                throw new IOException(file + " is damaged in line " + line + ": put a back-up in its place");
            }
            remember(text.substring(tab + 1).split("\t", -1));
            from = i + 1;
            line++;
        }
        channel.truncate(from);
        channel.position(from);
    }

    private void remember(final String... words) {
        newest.addFirst(new Entry(Statement.Kind.valueOf(words[0]), words[1], words[2], words[3], Long.parseLong(words[4]), Integer.parseInt(words[5]), Integer.parseInt(words[8]), words[9].equals("1")));
        if (newest.size() > MOST_SHOWN) {
            newest.removeLast();
        }
        had.add(key(words[0], words[1], words[2], words[3], words[4], words[5], words[9]));
        if (words[0].equals(Statement.Kind.STATEMENT.name()) && (words[9].equals("1") || words[6].equals("1"))) {
            last.put(words[1] + ' ' + words[2], new Taken(words[3], Long.parseLong(words[4]), Integer.parseInt(words[5]), words[6].equals("1"),
                    words[7].isEmpty() ? null : (Long) Long.parseLong(words[7]), Integer.parseInt(words[8])));
        }
    }

    /** To be told when all that follows from its lines is in the log. Durable when it returns. */
    public synchronized void take(final List<Statement> statements) throws IOException {
        final StringBuilder text = new StringBuilder();
        for (final Statement statement : statements) {
            final Taken taken = taken(statement);
            final String line = String.join("\t", statement.kind().name(), clean(statement.account()), statement.currency(), clean(statement.id()), Long.toString(statement.sequence()),
                    Integer.toString(statement.page()), taken.isOpen() ? "1" : "0", taken.nextOpening() == null ? "" : taken.nextOpening().toString(),
                    Integer.toString(taken.closingDay()), statement.isFinal() ? "1" : "0");
            text.append(checksum(line)).append('\t').append(line).append('\n');
        }
        final ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
        text.toString().lines().forEach(line -> remember(line.substring(line.indexOf('\t') + 1).split("\t", -1)));
    }

    /** The newest first, {@value #MOST_SHOWN} at most. */
    public synchronized List<Entry> newest() {
        return List.copyOf(newest);
    }

    @Override
    public synchronized boolean had(final Statement statement) {
        return had.contains(key(statement.kind().name(), clean(statement.account()), statement.currency(), clean(statement.id()), Long.toString(statement.sequence()),
                Integer.toString(statement.page()), statement.isFinal() ? "1" : "0"));
    }

    @Override
    public synchronized Taken last(final String account, final String currency) {
        return last.get(clean(account) + ' ' + currency);
    }

    static Taken taken(final Statement statement) {
        return new Taken(statement.id(), statement.sequence(), statement.page(), !statement.isLastPage(), statement.nextOpening(), statement.closingDay());
    }

    private static String key(final String... words) {
        return String.join("\t", words);
    }

    private static String clean(final String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String checksum(final String line) {
        final CRC32C crc = new CRC32C();
        crc.update(line.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
