package org.mawid.api.notification.log;

import java.util.ArrayList;
import java.util.List;
import org.mawid.api.notification.notice.Happening;
import org.mawid.api.notification.notice.Notice;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.ReadModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes through the log from a cursor on. After an exception it is to be closed, and another one begun where all was kept. One thread. */
public final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int EVENTS_AT_ONCE = 256;

    private static final long ANY_EPOCH = 0;

    private final ReadModel model;
    private final EventLog events;
    private final Addressees addressees;
    private final NoticeEvents picking = new NoticeEvents();
    private EventLog.Subscription subscription;
    private Cursor from;
    /** What records were behind; null = nothing. */
    private List<Happening> read;

    /** What is to be told of the events up to a cursor. */
    public record Turn(List<Notice> notices, Cursor cursor) {
    }

    /** @param from where to go on, of whatever epoch: of one journal a position has the same events */
    public Follower(final ReadModel model, final Addressees addressees, final Cursor from) {
        this.model = model;
        this.events = model.events();
        this.addressees = addressees;
        this.from = new Cursor(ANY_EPOCH, from.position(), from.ordinal());
    }

    /**
     * What comes next.
     *
     * @return null = nothing for now
     * @throws org.mawid.engine.readmodel.ReadModelBehindException records cannot be read now
     */
    public Turn next() {
        if (read == null && !read()) {
            return null;
        }
        final Cursor upTo = subscription.cursor();
        if (!read.isEmpty() && model.records().position() < upTo.position()) {
            return null; // records come after the events
        }
        final List<Notice> notices = new ArrayList<>();
        for (final Happening happening : read) {
            notices.addAll(addressees.of(happening));
        }
        read = null;
        return new Turn(notices, upTo);
    }

    private boolean read() {
        if (subscription == null) {
            if (events.position() < from.position() || events.isRestoring() && events.keptFrom() > from.position()) {
                return false; // they are still coming
            }
            subscription = events.subscribe(from, 0);
        }
        final Cursor before = subscription.cursor();
        final int count = subscription.poll(picking, EVENTS_AT_ONCE);
        if (count == 0 && subscription.isLost()) {
            beginAnew(before);
            return false;
        }
        if (count == 0 && subscription.cursor().equals(before)) {
            return false;
        }
        read = picking.take();
        return true;
    }

    /** Never further back: what was told is not told again. */
    private void beginAnew(final Cursor last) {
        subscription.close();
        subscription = null;
        from = new Cursor(ANY_EPOCH, last.position(), last.ordinal());
        if (!events.isRestoring() && events.keptFrom() > last.position()) {
            LOG.warn("notifications miss what happened between positions {} and {}: the events are not kept any more", last.position(), events.keptFrom());
            from = Cursor.after(ANY_EPOCH, events.keptFrom());
        }
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
