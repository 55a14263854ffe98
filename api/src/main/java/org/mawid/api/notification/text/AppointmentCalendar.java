package org.mawid.api.notification.text;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Method;
import biweekly.property.Status;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import org.mawid.api.contact.Language;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.AppointmentState;

/**
 * An appointment as calendar programs take it (RFC 5545): published, under its reference, which stays, with a sequence that rises whenever it is moved or called off, so that what comes late changes nothing. Its reference,
 * its place and its time are in it, and nothing of anybody. Any thread.
 */
public final class AppointmentCalendar {
    private static final String USE = "calendar";
    private static final long UNIT_MS = 300_000;

    private final References references;
    private final Places places;
    private final Templates templates;

    /** @param places what posts are called, and their zones */
    public AppointmentCalendar(final References references, final Places places) {
        this(references, places, new Templates());
    }

    AppointmentCalendar(final References references, final Places places, final Templates templates) {
        this.references = references;
        this.places = places;
        this.templates = templates;
    }

    /** What nobody guesses, for a link to it. @param number of the appointment */
    public String token(final long number) {
        return references.links().token(USE, Long.toString(number));
    }

    /** Whether it is {@link #token}. */
    public boolean isToken(final long number, final String token) {
        return references.links().matches(USE, Long.toString(number), token);
    }

    /** As it is now. @return UTF-8 */
    public byte[] of(final Records.Appointment appointment, final Language language) {
        final boolean isOff = isOff(appointment.state());
        final String reference = references.text(ReferenceKind.APPOINTMENT, appointment.appointmentId());
        final Map<String, String> values = Map.of("reference", reference, "when", Moments.whole(appointment.startMs(), places.zone(appointment.postId()), language),
                "post", places.name(appointment.postId(), language));
        final VEvent event = new VEvent();
        event.setUid(reference + "@mawid");
        event.setSequence(appointment.reschedules() + (isOff ? 1 : 0));
        event.setDateTimeStamp(new Date(appointment.changedMs()));
        event.setDateStart(new Date(appointment.startMs()), true);
        event.setDateEnd(new Date(endMs(appointment)), true);
        event.setStatus(isOff ? Status.cancelled() : Status.confirmed());
        event.setSummary(templates.filled(language, "calendar.summary", values)).setLanguage(language.code());
        event.setDescription(templates.filled(language, "calendar.description", values)).setLanguage(language.code());
        event.setLocation(values.get("post")).setLanguage(language.code());
        final ICalendar calendar = new ICalendar();
        calendar.setProductId("-//Mawid//appointment//EN");
        calendar.setMethod(Method.publish());
        calendar.addEvent(event);
        return Biweekly.write(calendar).go().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isOff(final AppointmentState state) {
        return state == AppointmentState.CANCELLED || state == AppointmentState.DISPLACED || state == AppointmentState.NO_SHOW;
    }

    /** Of the last leg; of what has none, its start and one unit. */
    private static long endMs(final Records.Appointment appointment) {
        final int first = appointment.legs().stream().mapToInt(Records.Leg::startUnit).min().orElse(0);
        final int end = appointment.legs().stream().mapToInt(leg -> leg.startUnit() + leg.units()).max().orElse(1);
        return appointment.startMs() + (end - first) * UNIT_MS;
    }
}
