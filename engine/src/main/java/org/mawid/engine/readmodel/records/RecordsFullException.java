package org.mawid.engine.readmodel.records;

/** The map cannot take more records. */
final class RecordsFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordsFullException(final long records) {
        super("it has " + records + " records");
    }
}
