package org.mawid.api.manifest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.stamp.document.StampPress;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.Agenda.Visit;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.AppointmentState;

/** Makes day manifests. Reads records, which may have to come from a disk, and waits for them: on a thread that may. Any thread. */
public final class Manifests {
    /** Of what is in it; a later one may mean something else by the same names. */
    static final int VERSION = 1;
    /** Type of the token, which every verifier asks for. */
    static final String TYPE = "day-manifest";

    private static final String ISSUER = "mawid";
    private static final long RECORDS_MS = 1_000;
    private static final int MS = 1_000;
    private static final int LINES = 16;

    private final Gateway gateway;
    private final StampPress press;
    private final IntFunction<String> places;

    /** @param jws in its compact form @param position of the log that it reflects */
    public record Manifest(String jws, long position) {
    }

    /** @param places where a mobile desk is, by its number; null from it = at the post */
    public Manifests(final Gateway gateway, final StampPress press, final IntFunction<String> places) {
        this.gateway = gateway;
        this.press = press;
        this.places = places;
    }

    /**
     * Visits are those of one position; what they are about is as the records have it, at that position or a little later. Good until the end of the next date
     * at the post.
     *
     * @return null when there is no such post
     * @throws ReadModelBehindException when it cannot be read now
     */
    public Manifest of(final int postId, final int epochDay) {
        final ReadModel model = gateway.engine().readModel();
        final CatalogueView.Post post = model.catalogue().post(postId);
        if (post == null) {
            return null;
        }
        final Agenda.Visits visits = model.agenda().on(postId, epochDay);
        if (!model.records().awaitPosition(visits.position(), RECORDS_MS)) {
            throw new ReadModelBehindException("records do not reflect the visits yet: ask again");
        }
        final ZoneId zone = press.zone(postId);
        final LocalDate date = LocalDate.ofEpochDay(epochDay);
        final Set<Long> expected = new HashSet<>();
        final JsonArray appointments = new JsonArray();
        visits.visits().forEach(visit -> appointments.add(appointment(model, visit, expected)));
        final JsonObject manifest = new JsonObject().put("v", VERSION).put("iss", ISSUER).put("post", post.code()).put("postId", postId).put("date", date.toString())
                .put("zone", zone.getId()).put("position", visits.position()).put("iat", gateway.nowMs() / MS)
                .put("exp", date.plusDays(2).atStartOfDay(zone).toEpochSecond() - 1).put("expectedPersons", expected.size()).put("appointments", appointments);
        return new Manifest(press.seal(TYPE, manifest.toString().getBytes(StandardCharsets.UTF_8)), visits.position());
    }

    /** @param expected gets the persons of who is still to be served */
    private JsonObject appointment(final ReadModel model, final Visit visit, final Set<Long> expected) {
        final References references = gateway.references();
        final JsonArray legs = new JsonArray();
        int lines = 0;
        for (final Agenda.Leg leg : visit.legs()) {
            final CatalogueView.Pool desk = model.catalogue().pool(leg.deskId());
            final JsonObject json = new JsonObject().put("deskId", leg.deskId()).put("desk", desk == null ? "" : desk.code()).put("startMs", leg.startMs()).put("units", leg.units())
                    .put("lines", numbers(leg.lines()));
            final String place = places.apply(leg.deskId());
            legs.add(place == null ? json : json.put("place", place));
            lines |= leg.lines();
        }
        final Records.Application application = model.records().application(visit.applicationId());
        final JsonArray told = new JsonArray();
        final List<Records.Line> its = application == null ? List.of() : application.lines();
        for (int line = 0; line < its.size(); line++) {
            if ((lines >>> line & 1) != 0 || its.get(line).appointmentId() == visit.appointmentId()) {
                told.add(line(model, line, its.get(line)));
                if (visit.state().value() < AppointmentState.SERVED.value()) {
                    expected.add(its.get(line).personKey());
                }
            }
        }
        return new JsonObject().put("appointment", references.text(ReferenceKind.APPOINTMENT, visit.appointmentId()))
                .put("application", references.text(ReferenceKind.APPLICATION, visit.applicationId())).put("state", visit.state().name()).put("startMs", visit.startMs())
                .put("ticket", visit.ticket()).put("counter", visit.counter()).put("overflow", visit.overflow()).put("attendanceConfirmed", visit.attendance()).put("legs", legs).put("lines", told);
    }

    private JsonObject line(final ReadModel model, final int number, final Records.Line line) {
        final CatalogueView.Service service = model.catalogue().service(line.serviceId());
        final JsonObject json = new JsonObject().put("line", number).put("service", service == null ? "" : service.code()).put("serviceId", line.serviceId())
                .put("quantity", line.quantity()).put("person", String.format("%016x", line.personKey())).put("ageBand", line.ageBand().name())
                .put("priority", line.priority().name()).put("representative", line.representative()).put("state", line.state().name());
        final Records.Stamp stamp = line.stampId() == 0 ? null : model.records().stamp(line.stampId());
        return stamp == null ? json : json.put("stamp", stamp(model, stamp));
    }

    /** What the paper that somebody brings has to agree with. */
    private JsonObject stamp(final ReadModel model, final Records.Stamp stamp) {
        return new JsonObject().put("serial", gateway.references().text(ReferenceKind.STAMP, stamp.stampId())).put("state", stamp.state().name())
                .put("amountCentimes", stamp.amountCentimes()).put("localMinor", stamp.localMinor()).put("currency", stamp.currency()).put("issuedMs", stamp.issuedMs())
                .put("validUntilMs", stamp.issuedMs() + model.money().stampRules().validityMs() - 1);
    }

    private static JsonArray numbers(final int lineSet) {
        final JsonArray numbers = new JsonArray();
        for (int line = 0; line < LINES; line++) {
            if ((lineSet >>> line & 1) != 0) {
                numbers.add(line);
            }
        }
        return numbers;
    }
}
