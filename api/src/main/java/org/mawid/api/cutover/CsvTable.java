package org.mawid.api.cutover;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One file: UTF-8, commas, and exactly these columns in this order, so that there is no place for what nobody should send. */
final class CsvTable {
    /** Some hundred thousand rows. A larger one is split into folders. */
    static final long MOST_BYTES = 64L << 20;

    private CsvTable() {
    }

    /** @param each gets each row that has as many fields as there are columns; its line is the record's starting line number @return the bytes read, empty when there is no such file */
    static byte[] read(final Path folder, final String name, final boolean optional, final List<String> columns, final Mistakes mistakes, final Consumer<CsvRecord> each) throws IOException {
        final Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            if (!optional) {
                mistakes.add(name, 0, "is missing");
            }
            return new byte[0];
        }
        if (Files.size(file) > MOST_BYTES) { // before anything of it is in memory
            mistakes.add(name, 0, "is larger than " + (MOST_BYTES >> 20) + " MiB: split it into folders");
            return new byte[0];
        }
        final byte[] bytes = Files.readAllBytes(file);
        rows(name, bytes, columns, mistakes, each);
        return bytes;
    }

    private static void rows(final String name, final byte[] bytes, final List<String> columns, final Mistakes mistakes, final Consumer<CsvRecord> each) {
        final String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString();
        } catch (final CharacterCodingException e) {
            mistakes.add(name, 0, "is not UTF-8");
            return;
        }
        boolean headed = false;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().allowUnclosedQuote(false).ofCsvRecord(text)) {
            for (final CsvRecord row : reader) {
                if (!headed) {
                    headed = true;
                    if (!row.getFields().equals(columns)) {
                        mistakes.add(name, 1, "the header must be exactly " + String.join(",", columns) + ": no other columns are read, for they may tell of persons");
                        return;
                    }
                } else if (row.getFieldCount() != columns.size()) {
                    mistakes.add(name, row.getStartingLineNumber(), "has " + row.getFieldCount() + " fields, the header " + columns.size());
                } else {
                    each.accept(row);
                }
            }
        } catch (final CsvParseException | UncheckedIOException e) {
            mistakes.add(name, 0, "cannot be read to its end: a field that is too long, or whose quote does not end");
            return;
        } catch (final IOException e) {
            throw new UncheckedIOException(e); // closing a reader over a string
        }
        if (!headed) {
            mistakes.add(name, 0, "has no header");
        }
    }
}
