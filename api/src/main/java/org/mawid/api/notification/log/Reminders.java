package org.mawid.api.notification.log;

import java.util.ArrayList;
import java.util.List;
import org.mawid.api.notification.notice.Happening;
import org.mawid.api.notification.notice.Kind;
import org.mawid.api.notification.notice.Notice;
import org.mawid.engine.readmodel.Agenda.Visit;
import org.mawid.engine.readmodel.Agenda.Visits;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.sbe.AppointmentState;

/** Which visits are near, as the agenda has them. Nothing is kept but until when has been looked: a visit that comes to be nearer than that was told just now. One thread. */
public final class Reminders {
    private final ReadModel model;
    private final Addressees addressees;

    public Reminders(final ReadModel model, final Addressees addressees) {
        this.model = model;
        this.addressees = addressees;
    }

    /**
     * Of visits that start after {@code fromMs} and not after {@code untilMs}, ms since 1970-01-01 UTC.
     *
     * @throws org.mawid.engine.readmodel.ReadModelBehindException agenda or records cannot be read now
     */
    public List<Notice> between(final long fromMs, final long untilMs) {
        final List<Notice> notices = new ArrayList<>();
        for (final CatalogueView.Post post : model.catalogue().posts()) {
            final Visits visits = model.agenda().between(post.postId(), fromMs, untilMs + 1);
            for (final Visit visit : visits.visits()) {
                if (visit.state() == AppointmentState.CONFIRMED && visit.startMs() > fromMs && visit.startMs() <= untilMs) {
                    notices.addAll(addressees.of(new Happening(Kind.REMINDER, visits.position(), 0, post.postId(), visit.applicationId(), visit.appointmentId(), visit.startMs(), 0)));
                }
            }
        }
        return notices;
    }
}
