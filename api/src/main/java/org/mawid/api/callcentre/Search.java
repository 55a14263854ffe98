package org.mawid.api.callcentre;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.mawid.api.application.ApplicationGrpc;
import org.mawid.api.audit.Belonging;
import org.mawid.api.contact.ContactException;
import org.mawid.api.contact.Contacts;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.FoundApplication;
import org.mawid.grpc.HistoryVisit;
import org.mawid.grpc.SearchReply;
import org.mawid.sbe.AppointmentState;

/** Finds applications by what somebody on the line says. Any thread that may wait. */
final class Search {
    /** Source: our estimate, what an agent can read out. */
    private static final int MOST = 20;

    private final Gateway gateway;
    private final ReadModel model;
    private final References references;
    private final Contacts contacts;

    Search(final Gateway gateway, final Contacts contacts) {
        this.gateway = gateway;
        this.model = gateway.engine().readModel();
        this.references = gateway.references();
        this.contacts = contacts;
    }

    /** @throws ContactException what was said is no address @throws CallCentreException no reference, or not one thing */
    SearchReply of(final Asked asked) throws IOException, ContactException, CallCentreException {
        asked.check(references);
        final SearchReply.Builder reply = SearchReply.newBuilder();
        numbers(asked).distinct().boxed().sorted(Comparator.reverseOrder()).map(model.records()::application).filter(Objects::nonNull).limit(MOST).forEach(found -> reply.addFound(told(found)));
        return reply.build();
    }

    private LongStream numbers(final Asked asked) throws IOException, ContactException {
        if (!asked.reference().isBlank()) {
            return asked.targets(references).stream().mapToLong(target -> Belonging.now(model, target)).filter(application -> application != 0);
        }
        final List<Long> persons = asked.email().isBlank() ? contacts.byMobile(asked.mobile()) : contacts.byEmail(asked.email());
        return persons.stream().flatMapToLong(person -> LongStream.of(model.persons().applicationsOf(person)));
    }

    private FoundApplication told(final Records.Application application) {
        final FoundApplication.Builder found = FoundApplication.newBuilder().setApplication(ApplicationGrpc.message(gateway, application));
        next(application).ifPresent(found::setNextVisit);
        return found.build();
    }

    private Optional<HistoryVisit> next(final Records.Application application) {
        final long now = gateway.nowMs();
        final Stream<Records.Appointment> visits = application.lines().stream().mapToLong(Records.Line::appointmentId).filter(id -> id != 0).distinct().mapToObj(model.records()::appointment);
        return visits.filter(visit -> visit != null && visit.state() == AppointmentState.CONFIRMED && visit.startMs() > now).min(Comparator.comparingLong(Records.Appointment::startMs))
                .map(visit -> HistoryVisit.newBuilder().setAppointment(references.text(ReferenceKind.APPOINTMENT, visit.appointmentId())).setStateValue(visit.state().value()).setPostId(visit.postId())
                        .setStartMs(visit.startMs()).setLines(visit.legs().stream().mapToInt(Records.Leg::lines).reduce(0, (one, other) -> one | other)).setReschedules(visit.reschedules())
                        .setChangedMs(visit.changedMs()).build());
    }
}
