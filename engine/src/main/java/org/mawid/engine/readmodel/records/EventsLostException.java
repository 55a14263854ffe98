package org.mawid.engine.readmodel.records;

/** Something that happened cannot be known any more: not an error, but the map has to be made anew. */
final class EventsLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EventsLostException() {
        super("the records could not follow", null, false, false);
    }
}
