package org.mawid.engine.readmodel.records;

/** What is in the map cannot be: it has to be made anew. */
final class RecordsDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordsDamagedException(final String message) {
        super(message);
    }
}
