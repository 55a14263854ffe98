package org.mawid.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.TicketChangedDecoder;
import org.mawid.sbe.TicketEndedDecoder;
import org.mawid.sbe.TicketQueuedDecoder;
import org.mawid.sbe.TicketState;
import org.mawid.sbe.TimesMeasuredDecoder;

/** What hangs in the hall of a post: each call, for whoever is to hear it, and behind what has changed all of it as it is then. Numbers only. */
final class HallTelling implements Telling {
    /** Events are there before what hangs in the hall shows them: a batch of the projection, which is waited for so long at most. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Loop loop;
    private final CatalogueView.Post post;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TicketChangedDecoder changed = new TicketChangedDecoder();
    private long changedPosition;
    /** At first, too: whoever resumes may have nothing on the screen. */
    private boolean isDue = true;

    HallTelling(final Loop loop, final CatalogueView.Post post) {
        this.loop = loop;
        this.post = post;
    }

    @Override
    public boolean snapshot(final Buffer bytes, final EventLog.Cursor cursor) {
        return true; // it comes with the first turn
    }

    @Override
    public void event(final Buffer bytes, final EventLog.Cursor cursor, final DirectBuffer buffer, final int offset) {
        header.wrap(buffer, offset);
        switch (header.templateId()) {
            case TicketChangedDecoder.TEMPLATE_ID -> {
                changed.wrapAndApplyHeader(buffer, offset, header);
                if (changed.state() == TicketState.CALLED) {
                    Telling.append(bytes, cursor, "called", called());
                }
                changedAt(cursor);
            }
            case TicketQueuedDecoder.TEMPLATE_ID, TicketEndedDecoder.TEMPLATE_ID, TimesMeasuredDecoder.TEMPLATE_ID -> changedAt(cursor);
            default -> { }
        }
    }

    private JsonObject called() {
        final JsonObject json = HallRoutes.called(loop, changed.number(), changed.counter(), changed.deskId(), changed.changedMs(), post.postId());
        return json.put("again", changed.recalls() > 0);
    }

    private void changedAt(final EventLog.Cursor cursor) {
        changedPosition = cursor.position();
        isDue = true;
    }

    @Override
    public void turnEnded(final Buffer bytes, final EventLog.Cursor cursor) {
        if (!isDue) {
            return;
        }
        isDue = false;
        final long untilNanos = System.nanoTime() + PATIENCE_NANOS;
        while (loop.readModel().position() < changedPosition && System.nanoTime() - untilNanos < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        isDue = loop.readModel().position() < changedPosition; // then once more behind the next turn
        Telling.append(bytes, cursor, "hall", HallRoutes.display(loop, post));
    }
}
