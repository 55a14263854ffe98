package org.mawid.api.notification.outbox;

import org.mawid.engine.readmodel.EventLog.Cursor;

/**
 * How far has been gone.
 *
 * @param journal        of which log, see {@link org.mawid.engine.readmodel.EventLog#journal}
 * @param cursor         of the last event that was looked at
 * @param remindedUntilMs visits that start until then have been reminded of, or need not be; ms since 1970-01-01 UTC
 */
public record Progress(String journal, Cursor cursor, long remindedUntilMs) {
    public Progress at(final Cursor newCursor) {
        return new Progress(journal, newCursor, remindedUntilMs);
    }

    public Progress remindedUntil(final long newUntilMs) {
        return new Progress(journal, cursor, newUntilMs);
    }
}
