package org.mawid.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.EventLog;

/** What one stream of server-sent events tells. On worker threads, one at a time: it may wait for a disk. */
interface Telling {
    /** What comes before the events of a stream without a cursor, a turn of it. @param cursor after which events follow @return whether that was the last */
    boolean snapshot(Buffer bytes, EventLog.Cursor cursor);

    void event(Buffer bytes, EventLog.Cursor cursor, DirectBuffer buffer, int offset);

    /** After some events, or none. @param cursor of the last that was passed */
    void turnEnded(Buffer bytes, EventLog.Cursor cursor);

    /** @param cursor null = who is cut off behind it begins anew */
    static void append(final Buffer bytes, final EventLog.Cursor cursor, final String name, final JsonObject data) {
        if (cursor != null) {
            bytes.appendString(id(cursor));
        }
        bytes.appendString("event: ").appendString(name).appendString("\ndata: ").appendBuffer(data.toBuffer()).appendString("\n\n");
    }

    static String id(final EventLog.Cursor cursor) {
        return "id: " + cursor.epoch() + '-' + cursor.position() + '-' + cursor.ordinal() + '\n';
    }
}
