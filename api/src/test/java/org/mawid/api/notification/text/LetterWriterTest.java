package org.mawid.api.notification.text;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.component.VEvent;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mawid.api.contact.ContactDetails;
import org.mawid.api.contact.Language;
import org.mawid.api.contact.Topic;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.network.NetworkNames;
import org.mawid.api.notification.notice.Channel;
import org.mawid.api.notification.notice.Happening;
import org.mawid.api.notification.notice.Kind;
import org.mawid.api.notification.notice.Notice;
import org.mawid.api.notification.send.Letter;
import org.mawid.api.testkit.OthersCalendar;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.AppointmentState;

/** Every letter in every language: one line of subject, the reference, where to sign in, and nothing that acts or is somebody's. */
class LetterWriterTest {
    private static final long PERSON = 0x5EC2_E700_0000_0001L;
    private static final String PORTAL = "https://rdv.example.org/?a=1&b=2";
    private static final long START_MS = 1_800_000_000_000L;

    private final References references = References.of(1, new byte[32]);
    private final Places places = new Places(new FakeReadModel(), () -> NetworkNames.NONE);
    private final LetterWriter writer = new LetterWriter(references, places, new LetterWriter.Links(PORTAL, "https://edge.example.org"));

    @ParameterizedTest
    @EnumSource(Kind.class)
    void givenWhateverIsTold_thenItIsWrittenInEachLanguage_eachWay(final Kind kind) {
        final String reference = references.text(kind.isOfAppointment() ? ReferenceKind.APPOINTMENT : ReferenceKind.APPLICATION, kind.isOfAppointment() ? 9 : 7);
        for (final Language language : Language.values()) {
            final Letter mail = writer.write(notice(kind, Channel.EMAIL, 5), to(language), appointment(AppointmentState.CONFIRMED, 0));
            assertThat(mail.to()).isEqualTo("y@example.org");
            assertThat(mail.subject()).contains(reference).doesNotContain("\n", "\r");
            assertThat(mail.text()).contains(PORTAL).doesNotContain("${", "<", "5ec2e7");
            assertThat(mail.html()).contains("lang=\"" + language.code() + '"', "dir=\"" + (language == Language.ARABIC ? "rtl" : "ltr") + '"', "href=\"https://rdv.example.org/?a=1&amp;b=2\"").doesNotContain("<script", "<img");
            assertThat(mail.calendar() != null).isEqualTo(kind.isOfAppointment());
            assertThat(mail.text().contains("/calendar/")).isEqualTo(kind.isToComeTrue());
            final Letter sms = writer.write(notice(kind, Channel.SMS, 5), to(language), null);
            assertThat(sms.to()).isEqualTo("+212661447789");
            assertThat(sms.text()).endsWith(PORTAL).doesNotContain("\n");
            assertThat(sms.subject()).isEmpty();
        }
    }

    @Test
    void givenNoPages_thenLettersLeadNowhere() {
        final LetterWriter plain = new LetterWriter(references, places, new LetterWriter.Links("", ""));
        for (final Kind kind : Kind.values()) {
            final Letter mail = plain.write(notice(kind, Channel.EMAIL, 5), to(Language.FRENCH), appointment(AppointmentState.CONFIRMED, 0));
            assertThat(mail.text() + mail.html()).doesNotContain("http", "href");
            assertThat(plain.write(notice(kind, Channel.SMS, 5), to(Language.FRENCH), null).text()).doesNotContain("http");
        }
    }

    @Test
    void givenTheSameNotice_thenItsLetterHasTheSameId_andNoOtherHasIt() {
        final Set<String> ids = new HashSet<>();
        for (final Kind kind : Kind.values()) {
            for (final Channel channel : Channel.values()) {
                for (long position = 1; position <= 3; position++) {
                    final String id = writer.write(notice(kind, channel, position), to(Language.FRENCH), null).id();
                    assertThat(ids.add(id)).isTrue();
                    assertThat(writer.write(Notice.of(notice(kind, channel, position).longs()), to(Language.ARABIC), null).id()).isEqualTo(id);
                }
            }
        }
    }

    @Test
    void givenAnAppointmentMovedAndCalledOff_thenItsEntryKeepsItsName_andItsSequenceRises() {
        final AppointmentCalendar calendar = new AppointmentCalendar(references, places);
        final List<Records.Appointment> life = List.of(appointment(AppointmentState.CONFIRMED, 0), appointment(AppointmentState.CONFIRMED, 1), appointment(AppointmentState.CONFIRMED, 2), appointment(AppointmentState.CANCELLED, 2));
        int last = -1;
        for (final Records.Appointment each : life) {
            final String ics = new String(calendar.of(each, Language.FRENCH), StandardCharsets.UTF_8);
            assertThat(ics).startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n").contains("METHOD:PUBLISH\r\n", "DTSTART:20270115T080000Z\r\n", "DTEND:20270115T083000Z\r\n").doesNotContain("ATTENDEE", "ORGANIZER", "VALARM");
            final OthersCalendar others = OthersCalendar.read(ics);
            assertThat(others.method()).isEqualTo("PUBLISH");
            assertThat(others.ofEvents("UID")).containsExactly(references.text(ReferenceKind.APPOINTMENT, 9) + "@mawid");
            assertThat(others.ofEvents("DTSTART")).containsExactly("20270115T080000Z");
            assertThat(others.ofEvents("STATUS")).containsExactly(each.state() == AppointmentState.CANCELLED ? "CANCELLED" : "CONFIRMED");
            assertThat(Integer.parseInt(others.ofEvents("SEQUENCE").get(0))).isGreaterThan(last);
            final VEvent event = Biweekly.parse(ics).first().getEvents().get(0);
            assertThat(event.getUid().getValue()).isEqualTo(references.text(ReferenceKind.APPOINTMENT, 9) + "@mawid");
            assertThat(event.getSequence().getValue()).isGreaterThan(last);
            last = event.getSequence().getValue();
            assertThat(event.getStatus().isCancelled()).isEqualTo(each.state() == AppointmentState.CANCELLED);
        }
        assertThat(calendar.isToken(9, calendar.token(9))).isTrue();
        assertThat(calendar.isToken(10, calendar.token(9))).isFalse();
    }

    private static Notice notice(final Kind kind, final Channel channel, final long position) {
        return new Notice(new Happening(kind, position, 2, FakeReadModel.POST, 7, kind.isOfAppointment() ? 9 : 0, START_MS, kind == Kind.OFFER_MADE ? START_MS - 1 : 0), channel, PERSON);
    }

    private static Records.Appointment appointment(final AppointmentState state, final int reschedules) {
        return new Records.Appointment(9, 7, FakeReadModel.POST, state, START_MS, 0, 0, false, false, reschedules, 3, 1_700_000_000_000L,
                List.of(new Records.Leg(FakeReadModel.DESK, 20_833, 12, 3, 1), new Records.Leg(FakeReadModel.DESK, 20_833, 15, 3, 1)), 100);
    }

    private static ContactDetails to(final Language language) {
        return new ContactDetails("y@example.org", "+212661447789", language, EnumSet.allOf(Topic.class));
    }
}
