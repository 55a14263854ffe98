package org.mawid.api.access;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** {@code access-matrix.csv}: what people have agreed on. */
public final class Matrix {
    private final Map<Operation, NamedCsvRecord> rows = new HashMap<>();

    private Matrix() {
    }

    public static Matrix read() {
        final Matrix matrix = new Matrix();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(
                new InputStreamReader(Matrix.class.getResourceAsStream("/access-matrix.csv"), StandardCharsets.UTF_8))) {
            for (final NamedCsvRecord row : reader) {
                if (matrix.rows.put(Operation.called(row.getField("operation")), row) != null) {
                    throw new IllegalStateException("twice: " + row);
                }
            }
            return matrix;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<Operation, NamedCsvRecord> rows() {
        return rows;
    }

    /** Word of the cell: {@code any}, {@code post}... @param operation as an edge calls it */
    public String cell(final String operation, final Role role) {
        return rows.get(Operation.called(operation)).getField(role.word());
    }
}
