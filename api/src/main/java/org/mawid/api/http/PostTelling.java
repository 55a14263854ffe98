package org.mawid.api.http;

import com.google.protobuf.Message;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.DirectBuffer;
import org.mawid.api.watch.EventMapping;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.grpc.Event;

/** All that happens at a post. The snapshot has days first, then visits, then where events go on from. */
final class PostTelling implements Telling {
    private static final int DAYS_PER_TURN = 16;
    private static final int VISITS_PER_TURN = 64;

    /** A day of the snapshot that is still to be sent. */
    record DayToSend(int poolId, int epochDay) {
    }

    private final ReadModel model;
    private final EventMapping mapping;
    private final ZoneId zone;
    private final int postId;
    private final Deque<DayToSend> days;
    private final boolean wantsVisits;
    /** Of the snapshot, still to be sent; null = they have not been read. */
    private Deque<Agenda.Visit> visits;
    private long visitsPosition;

    /** @param visits whether the snapshot also says who comes */
    PostTelling(final Loop loop, final int postId, final Deque<DayToSend> days, final boolean visits) {
        this.model = loop.readModel();
        this.mapping = new EventMapping(loop.references());
        this.zone = loop.zone(postId);
        this.postId = postId;
        this.days = days;
        this.wantsVisits = visits;
    }

    @Override
    public boolean snapshot(final Buffer bytes, final EventLog.Cursor cursor) {
        for (int i = 0; i < DAYS_PER_TURN && !days.isEmpty(); i++) {
            final DayToSend next = days.remove();
            final Availability.DayView view = model.availability().day(next.poolId(), next.epochDay());
            if (view != null) {
                Telling.append(bytes, null, "day", InventoryRoutes.day(view, zone));
            }
        }
        if (!days.isEmpty() || wantsVisits && !readVisits(bytes)) {
            return false;
        }
        final JsonObject end = new JsonObject().put("position", cursor.position());
        Telling.append(bytes, cursor, "snapshot", wantsVisits ? end.put("visitsPosition", visitsPosition) : end);
        return true;
    }

    /** All of one position, which is not before that of the subscription: it was shown earlier. @return whether these were the last */
    private boolean readVisits(final Buffer bytes) {
        if (visits == null) {
            final Agenda.Visits found = model.agenda().between(postId, 0, Long.MAX_VALUE);
            visits = new ArrayDeque<>(found.visits());
            visitsPosition = found.position();
        }
        for (int i = 0; i < VISITS_PER_TURN && !visits.isEmpty(); i++) {
            Telling.append(bytes, null, "visit", MessageJson.of(mapping.visit(visits.remove()), zone));
        }
        return visits.isEmpty();
    }

    @Override
    public void event(final Buffer bytes, final EventLog.Cursor cursor, final DirectBuffer buffer, final int offset) {
        if (!EventMapping.isTold(buffer, offset)) {
            return;
        }
        final Event event = mapping.event(cursor, buffer, offset);
        final var only = MessageJson.only(event, "event");
        final JsonObject json = Times.put(new JsonObject(), "now", event.getNowMs(), zone).put("postId", event.getPostId());
        json.mergeIn(MessageJson.of((Message) only.getValue(), zone));
        Telling.append(bytes, cursor, only.getKey().getJsonName(), json);
    }

    @Override
    public void turnEnded(final Buffer bytes, final EventLog.Cursor cursor) {
        // each event was told by itself
    }
}
