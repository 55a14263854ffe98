package org.mawid.api.notification.text;

import com.google.common.html.HtmlEscapers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.api.contact.ContactDetails;
import org.mawid.api.contact.Language;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.notification.notice.Channel;
import org.mawid.api.notification.notice.Happening;
import org.mawid.api.notification.notice.Kind;
import org.mawid.api.notification.notice.Notice;
import org.mawid.api.notification.send.Letter;
import org.mawid.engine.readmodel.Records;

/**
 * Writes what is sent. Links lead to where somebody signs in, or to a calendar, and do nothing by being followed: what reads mail for viruses follows every one. Any thread that may wait for records.
 */
public final class LetterWriter {
    private static final String USE = "notice";

    private final References references;
    private final Places places;
    private final Links links;
    private final Templates templates = new Templates();
    private final AppointmentCalendar calendar;

    /**
     * Addresses of pages.
     *
     * @param portal where people sign in; empty = nowhere
     * @param edge   where this server's HTTP is reached from outside, without a slash behind it; empty = from nowhere
     */
    public record Links(String portal, String edge) {
    }

    /** A paragraph, and where it leads. @param link empty = nowhere */
    private record Paragraph(String text, String link) {
    }

    public LetterWriter(final References references, final Places places, final Links links) {
        this.references = references;
        this.places = places;
        this.links = links;
        calendar = new AppointmentCalendar(references, places, templates);
    }

    /** @param appointment as records have it now, null = it is about none, or they have it no more */
    public Letter write(final Notice notice, final ContactDetails to, final Records.Appointment appointment) {
        final Language language = to.language();
        final Kind kind = notice.what().kind();
        final Map<String, String> values = values(notice.what(), language);
        final String id = references.links().token(USE, notice.name());
        if (notice.channel() == Channel.SMS) {
            final String text = templates.filled(language, kind + ".sms", values);
            return new Letter(id, to.mobile(), language, "", links.portal().isEmpty() ? text : text + ' ' + links.portal(), "", null);
        }
        final String subject = templates.filled(language, kind + ".subject", values);
        final boolean isInCalendar = kind.isOfAppointment() && appointment != null;
        final List<Paragraph> paragraphs = paragraphs(notice.what(), language, values, isInCalendar);
        return new Letter(id, to.email(), language, subject, text(paragraphs), html(language, subject, paragraphs), isInCalendar ? calendar.of(appointment, language) : null);
    }

    private Map<String, String> values(final Happening what, final Language language) {
        final Map<String, String> values = new HashMap<>();
        final String application = references.text(ReferenceKind.APPLICATION, what.applicationId());
        values.put("application", application);
        values.put("reference", what.kind().isOfAppointment() ? references.text(ReferenceKind.APPOINTMENT, what.subject()) : application);
        values.put("post", places.name(what.postId(), language));
        if (what.startMs() != 0) {
            values.put("when", Moments.whole(what.startMs(), places.zone(what.postId()), language));
            values.put("briefly", Moments.brief(what.startMs(), places.zone(what.postId()), language));
        }
        if (what.deadlineMs() != 0) {
            values.put("deadline", Moments.whole(what.deadlineMs(), places.zone(what.postId()), language));
            values.put("deadlineBriefly", Moments.brief(what.deadlineMs(), places.zone(what.postId()), language));
        }
        return values;
    }

    private List<Paragraph> paragraphs(final Happening what, final Language language, final Map<String, String> values, final boolean isInCalendar) {
        final List<Paragraph> paragraphs = new ArrayList<>();
        paragraphs.add(new Paragraph(templates.filled(language, "opening", values), ""));
        paragraphs.add(new Paragraph(templates.filled(language, what.kind() + ".text", values), ""));
        if (!links.portal().isEmpty()) {
            paragraphs.add(new Paragraph(templates.filled(language, what.kind() + ".act", values), links.portal()));
        }
        if (isInCalendar && what.kind().isToComeTrue() && !links.edge().isEmpty()) {
            paragraphs.add(new Paragraph(templates.filled(language, "feed", values), links.edge() + "/v1/appointments/" + references.text(ReferenceKind.APPOINTMENT, what.subject()) + "/calendar/"
                    + calendar.token(what.subject()) + "?language=" + language.code()));
        }
        paragraphs.add(new Paragraph(templates.filled(language, "closing", values), ""));
        return paragraphs;
    }

    private static String text(final List<Paragraph> paragraphs) {
        return String.join("\n\n", paragraphs.stream().map(each -> each.link().isEmpty() ? each.text() : each.text() + '\n' + each.link()).toList()) + '\n';
    }

    private static String html(final Language language, final String subject, final List<Paragraph> paragraphs) {
        final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"").append(language.code()).append("\" dir=\"").append(language.isRightToLeft() ? "rtl" : "ltr")
                .append("\"><head><meta charset=\"utf-8\"><title>").append(escaped(subject)).append("</title></head><body>\n");
        for (final Paragraph each : paragraphs) {
            html.append("<p>").append(escaped(each.text()));
            if (!each.link().isEmpty()) {
                html.append("<br><a dir=\"ltr\" href=\"").append(escaped(each.link())).append("\">").append(escaped(each.link())).append("</a>");
            }
            html.append("</p>\n");
        }
        return html.append("</body></html>\n").toString();
    }

    private static String escaped(final String text) {
        return HtmlEscapers.htmlEscaper().escape(text);
    }
}
