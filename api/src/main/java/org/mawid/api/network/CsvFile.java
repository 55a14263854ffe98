package org.mawid.api.network;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One file of a network: UTF-8, commas, quotes where needed, one header line. Columns are found by name, in any order; columns
 * that nobody asks for are allowed (they carry sources and remarks) but checked for characters like the others.
 */
final class CsvFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String name;
    private final Refusals refusals;
    private Map<String, Integer> header;

    private CsvFile(String name, Refusals refusals) {
        this.name = name;
        this.refusals = refusals;
    }

    /**
     * Hands every row with the right number of fields to {@code each}.
     *
     * @param bytes   the file; {@code null} when there is none
     * @param columns what the header must have
     * @return whether every row was seen. If not, a code that is missing from this file proves nothing.
     */
    static boolean read(String name, byte[] bytes, List<String> columns, Refusals refusals, Consumer<Row> each) {
        final CsvFile file = new CsvFile(name, refusals);
        if (bytes == null) return file.refuse(0, "is missing");
        if (bytes.length > Source.MAX_BYTES) return file.refuse(0, "is larger than " + Source.MAX_BYTES + " bytes");
        final String text = file.decode(bytes);
        return text != null && file.readRows(text, columns, each);
    }

    private boolean readRows(String text, List<String> columns, Consumer<Row> each) {
        long nextLine = 1;
        boolean whole = true;
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(false) // so that the line of a row that cannot be parsed is known
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // counted below, so that the other rows are still read
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text)) {
            final Iterator<CsvRecord> records = reader.iterator();
            while (records.hasNext()) {
                final CsvRecord row = records.next();
                final long line = row.getStartingLineNumber();
                nextLine = line + 1 + row.getFields().stream().mapToLong(CsvFile::lineBreaks).sum();
                if (row.getFieldCount() == 1 && row.getField(0).isEmpty()) continue; // an empty line
                if (header == null) {
                    if (!readHeader(row, columns)) return false;
                } else if (row.getFieldCount() != header.size()) {
                    whole = refuse(line, "has " + row.getFieldCount() + " fields, the header " + header.size());
                } else {
                    each.accept(new Row(name, line, header, row, refusals));
                }
            }
        } catch (CsvParseException | UncheckedIOException unreadable) {
            return refuse(nextLine, "cannot be read from here on: a quoted field that does not end, or text after its end");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // closing a reader over a string
        }
        if (header == null) return refuse(1, "has no header");
        return whole;
    }

    private boolean readHeader(CsvRecord row, List<String> columns) {
        header = new LinkedHashMap<>();
        boolean whole = true;
        for (int i = 0; i < row.getFieldCount(); i++) {
            if (header.put(row.getField(i), i) != null) whole = refuse(row.getStartingLineNumber(), "has the column " + row.getField(i) + " twice");
        }
        for (String column : columns) {
            if (header.containsKey(column)) continue;
            refusals.add(name, row.getStartingLineNumber(), column, "the column is missing");
            whole = false;
        }
        return whole;
    }

    private String decode(byte[] bytes) {
        final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        final CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        if (decoder.decode(in, out, true).isError()) {
            long line = 1;
            for (int i = 0; i < in.position(); i++) if (bytes[i] == '\n') line++;
            refuse(line, "is not UTF-8");
            return null;
        }
        final String text = out.flip().toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private boolean refuse(long line, String reason) {
        refusals.add(name, line, "", reason);
        return false;
    }

    private static long lineBreaks(String field) {
        return field.chars().filter(c -> c == '\n').count();
    }
}
