package org.mawid.api.sync;

import io.vertx.core.json.JsonObject;
import org.mawid.grpc.Cursor;

/** Where in the log something is of: the cursor of a watch without its epoch. */
record Place(long position, int ordinal) implements Comparable<Place> {
    /** Behind every event of a position. */
    static final int ALL = 0xFFFF;

    static Place of(final Cursor cursor) {
        return new Place(cursor.getPosition(), cursor.getOrdinal());
    }

    /** All of a position. */
    static Place after(final long position) {
        return new Place(position, ALL);
    }

    /** Of a file; before everything when there is none. */
    static Place of(final JsonObject json) {
        return json == null ? new Place(-1, 0) : new Place(json.getLong("position", -1L), json.getInteger("ordinal", 0));
    }

    JsonObject in(final JsonObject json) {
        return json.put("position", position).put("ordinal", ordinal);
    }

    @Override
    public int compareTo(final Place other) {
        return position != other.position ? Long.compare(position, other.position) : Integer.compare(ordinal, other.ordinal);
    }
}
