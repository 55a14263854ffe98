package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.control.ControlClient;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AppointmentServiceGrpc.AppointmentServiceBlockingStub;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Request;
import org.mawid.grpc.Reschedule;

/** Somebody who said where they are reached is told what becomes of their visit, once, in their language, over a real mail server and a gateway for short messages; nobody else is. */
class NotificationsOverEdgesTest extends PersonFixture {
    private static final String EMAIL = "yasmine@example.org";
    private static final String MOBILE = "+212661447789";
    private static final String PORTAL = "https://rdv.example.org/login";
    private static final String WANTED = "Une photo récente, et l'extrait du casier judiciaire.";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern FEED = Pattern.compile("https://edge\\.example\\.org(/v1/appointments/\\S+/calendar/[0-9a-f]{32}\\?language=fr)");

    private final List<JsonObject> shortMessages = new CopyOnWriteArrayList<>();
    private final Set<String> tokens = new TreeSet<>();
    private GreenMail mail;
    private HttpServer gateway;
    private int remindHours;

    @Override
    @BeforeEach
    void start() throws Exception {
        if (mail == null) {
            mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            mail.start();
            gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            gateway.createContext("/send", exchange -> {
                shortMessages.add(new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)).put("key", exchange.getRequestHeaders().getFirst("Idempotency-Key")));
                tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.sendResponseHeaders(202, -1);
                exchange.close();
            });
            gateway.start();
        }
        super.start();
    }

    @AfterEach
    void end() {
        mail.stop();
        gateway.stop(0);
    }

    @Override
    Map<String, String> settings() {
        final Map<String, String> settings = super.settings();
        settings.put(EdgeSetting.NOTIFY_SMTP_URL.key(), "smtp://127.0.0.1:" + mail.getSmtp().getPort());
        settings.put(EdgeSetting.NOTIFY_FROM.key(), "Rendez-vous <no-reply@rdv.example.org>");
        settings.put(EdgeSetting.NOTIFY_SMS_URL.key(), "http://127.0.0.1:" + gateway.getAddress().getPort() + "/send");
        settings.put(EdgeSetting.NOTIFY_SMS_TOKEN_FILE.key(), token().toString());
        settings.put(EdgeSetting.NOTIFY_PORTAL_URL.key(), PORTAL);
        settings.put(EdgeSetting.NOTIFY_EDGE_URL.key(), "https://edge.example.org");
        settings.put(EdgeSetting.NOTIFY_REMIND_HOURS.key(), Integer.toString(remindHours));
        return settings;
    }

    private Path token() {
        try {
            return Files.writeString(folder.resolve("sms.token"), "a-token\n");
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void givenAVisit_whenConfirmedMovedAndCancelled_thenEachIsToldOnce_andTheCalendarFollows() throws Exception {
        OnePost.make(client, 2, 2);
        final String application = submitted(YASMINE);
        put(YASMINE, new JsonObject().put("email", EMAIL).put("mobile", MOBILE).put("language", "fr"));
        final String appointment = confirmed(application, 0);
        final MimeMessage confirmed = letters(1).get(0);
        assertThat(confirmed.getSubject()).isEqualTo("Rendez-vous confirmé : " + appointment);
        assertThat(confirmed.getAllRecipients()).extracting(Object::toString).containsExactly(EMAIL);
        assertThat(confirmed.getFrom()).extracting(Object::toString).containsExactly("Rendez-vous <no-reply@rdv.example.org>");
        assertThat(confirmed.getMessageID()).matches("<[0-9a-f]{32}@rdv\\.example\\.org>");
        assertThat(text(confirmed)).contains(appointment, PORTAL, "08:00 (UTC)");
        final VEvent first = event(confirmed);
        assertThat(first.getUid().getValue()).isEqualTo(appointment + "@mawid");
        assertThat(first.getSequence().getValue()).isZero();
        assertThat(first.getDateStart().getValue().getTime()).isEqualTo(OnePost.FIRST_DAY * 86_400_000L + 8 * 3_600_000L);
        final String feed = feed(text(confirmed));
        final String before = send("GET", feed, null).body();
        assertThat(before).contains("METHOD:PUBLISH", "STATUS:CONFIRMED", "SEQUENCE:0", "UID:" + appointment);

        stub().reschedule(Reschedule.newBuilder().setRequest(request()).setAppointment(appointment).addLegs(OnePost.leg(1, 4)).build());
        final VEvent second = event(letters(2).get(1));
        assertThat(second.getUid()).isEqualTo(first.getUid());
        assertThat(second.getSequence().getValue()).isEqualTo(1);
        stub().cancel(Cancel.newBuilder().setRequest(request()).setAppointment(appointment).build());
        final VEvent third = event(letters(3).get(2));
        assertThat(third.getStatus().isCancelled()).isTrue();
        assertThat(third.getSequence().getValue()).isEqualTo(2);
        assertThat(send("GET", feed, null).body()).contains("STATUS:CANCELLED", "SEQUENCE:2");
        await().atMost(PATIENCE).until(() -> shortMessages.size() == 3);
        assertThat(shortMessages).allSatisfy(sms -> {
            assertThat(sms.getString("to")).isEqualTo(MOBILE);
            assertThat(sms.getString("text")).contains(appointment).endsWith(PORTAL);
            assertThat(sms.getString("id")).isEqualTo(sms.getString("key")).matches("[0-9a-f]{32}");
        });
        assertThat(tokens).containsExactly("Bearer a-token");
        restart();
        OnePost.done(client, OnePost.submit(YASMINE + 1).toBuilder());
        awaitLookedAt();
        assertThat(mail.getReceivedMessages()).as("nothing is told again").hasSize(3);
        assertThat(shortMessages).hasSize(3);
    }

    @Test
    void givenTheLinkToACalendar_thenNobodyGuessesIt_andFollowingItDoesNothing() throws Exception {
        OnePost.make(client, 1, 2);
        final String application = submitted(YASMINE);
        put(YASMINE, new JsonObject().put("email", EMAIL).put("language", "fr"));
        final String appointment = confirmed(application, 0);
        final String letter = text(letters(1).get(0));
        final String feed = feed(letter);
        final long position = service.engine().status().durablePosition();
        final var answer = send("GET", feed, null);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/calendar; charset=utf-8");
        assertThat(send("GET", feed, null, "If-None-Match", answer.headers().firstValue("ETag").orElseThrow()).statusCode()).isEqualTo(304);
        final String token = feed.replaceAll("^.*/calendar/|\\?.*$", "");
        final String wrong = (token.charAt(0) == '0' ? '1' : '0') + token.substring(1);
        assertThat(json(send("GET", feed.replace(token, wrong), null), 404).getString("result")).isEqualTo("APPOINTMENT_UNKNOWN");
        assertThat(send("GET", "/v1/appointments/" + appointment + "/calendar/1", null).statusCode()).isEqualTo(400);
        for (final Matcher link = Pattern.compile("https?://\\S+").matcher(letter); link.find();) {
            assertThat(link.group()).isIn(PORTAL, "https://edge.example.org" + feed);
        }
        assertThat(service.engine().status().durablePosition()).as("nothing was done").isEqualTo(position);
    }

    @Test
    void givenAVisitThatIsNear_whenTheServerBegins_thenItIsRemindedOfOnce_inArabicFromRightToLeft() throws Exception {
        OnePost.make(client, 1, 2);
        final String application = submitted(YASMINE);
        put(YASMINE, new JsonObject().put("email", EMAIL).put("language", "ar").put("topics", JsonArray.of("REMINDER")));
        final String appointment = confirmed(application, 0);
        awaitLookedAt();
        assertThat(mail.getReceivedMessages()).as("they want reminders only").isEmpty();
        remindHours = 120;
        restart();
        final MimeMessage reminder = letters(1).get(0);
        assertThat(reminder.getSubject()).contains("تذكير بموعدكم", appointment);
        assertThat(html(reminder)).contains("<html lang=\"ar\" dir=\"rtl\">", "هل ستحضرون");
        assertThat(event(reminder).getSequence().getValue()).isZero();
        restart();
        awaitLookedAt();
        assertThat(mail.getReceivedMessages()).hasSize(1);
    }

    @Test
    void givenAMessageFromThePost_thenThatThereIsOneIsTold_andNothingOfIt_alsoNotToWhoWasErasedOrTookTheirContactsBack() throws Exception {
        OnePost.define(client);
        final String application = submitted(YASMINE);
        final String another = submitted(YASMINE + 1);
        put(YASMINE, new JsonObject().put("email", EMAIL).put("language", "en"));
        put(YASMINE + 1, new JsonObject().put("email", "badr@example.org").put("language", "es"));
        json(send("DELETE", contacts(YASMINE + 1), null), 200);
        write(another, "POST");
        write(application, "APPLICANT");
        write(application, "POST");
        final MimeMessage letter = letters(1).get(0);
        assertThat(letter.getSubject()).isEqualTo("A message is waiting for you: " + application);
        assertThat(GreenMailUtil.getWholeMessage(letter)).doesNotContain("birth certificate");
        assertThat(text(letter)).contains("paris");
        final JsonObject status = status();
        await().atMost(PATIENCE).until(() -> metrics().contains("mawid_notifications_total{channel=\"EMAIL\",outcome=\"SENT\"} 1.0"));
        await().atMost(PATIENCE).until(() -> metrics().contains("mawid_notifications_waiting 0.0")); // it waits until that it was sent is durable
        assertThat(status.getLong("position")).isPositive();
        assertThat(everyFile()).noneMatch(file -> file.contains(EMAIL) || file.contains("birth certificate"));
    }

    @Test
    void givenADayThatIsClosed_thenWhoLosesAVisitIsTold_andThatAnotherIsOfferedAndUntilWhen() throws Exception {
        OnePost.make(client, 2, 2);
        final String application = submitted(YASMINE);
        put(YASMINE, new JsonObject().put("email", EMAIL).put("language", "es"));
        final String appointment = confirmed(application, 0);
        letters(1);
        final String date = LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString();
        json(send("POST", "/v1/posts/paris/closures", new JsonObject().put("fromDate", date).put("toDate", date).put("reasonCode", 4)), 201);
        final List<MimeMessage> letters = letters(3);
        assertThat(letters.get(1).getSubject()).isEqualTo("Su cita será sustituida: " + appointment);
        assertThat(event(letters.get(1)).getStatus().isCancelled()).isTrue();
        assertThat(letters.get(2).getSubject()).isEqualTo("Se le propone una cita: " + application);
        assertThat(text(letters.get(2))).contains("08:00 (UTC)", "Está reservada para usted hasta:");
        assertThat(part(letters.get(2).getContent(), "text/calendar")).as("it is theirs when they take it").isNull();
    }

    @Test
    void givenLinesAreDecided_thenTheApplicantIsToldThatTheyMayChooseATime_orThatTheyMayNot_andNotWhy() throws Exception {
        OnePost.make(client, 1, 2);
        final String accepted = client.execute(OnePost.submit(YASMINE)).getReference();
        final String refused = client.execute(OnePost.submit(YASMINE + 1)).getReference();
        put(YASMINE, new JsonObject().put("email", EMAIL).put("language", "en").put("topics", JsonArray.of("DECISION")));
        put(YASMINE + 1, new JsonObject().put("email", "badr@example.org").put("mobile", MOBILE).put("language", "fr").put("topics", JsonArray.of("DECISION")));
        OnePost.done(client, OnePost.validate(accepted).toBuilder());
        final MimeMessage first = letters(1).get(0);
        assertThat(first.getSubject()).isEqualTo("Request accepted: " + accepted);
        assertThat(text(first)).contains(accepted, "paris", "choose the date and time", PORTAL);
        assertThat(first.getAllRecipients()).extracting(Object::toString).containsExactly(EMAIL);
        json(send("POST", "/v1/applications/" + refused + "/reject", new JsonObject().put("lines", JsonArray.of(0)).put("reasonCode", 4).put("text", "The birth certificate is another person's.")), 200);
        final MimeMessage second = letters(2).get(1);
        assertThat(second.getSubject()).isEqualTo("Demande refusée : " + refused);
        assertThat(GreenMailUtil.getWholeMessage(second)).doesNotContain("birth", "certificate");
        await().atMost(PATIENCE).until(() -> shortMessages.size() == 1);
        assertThat(shortMessages.get(0).getString("text")).contains(refused, "a été refusée").doesNotContain("birth");
        confirmed(accepted, 0);
        awaitLookedAt();
        assertThat(mail.getReceivedMessages()).as("that a visit was confirmed they did not want to know").hasSize(2);
    }

    /** Which ones is read where one signs in, and nowhere on the way: a kind of document says much of a person. */
    @Test
    void givenAnOfficerWhoMissesDocuments_whenTheyAreAskedFor_thenTheApplicantIsToldOnceInTheirLanguage_andWhereTheySeeWhichOnes() throws Exception {
        OnePost.make(client, 1, 2);
        final String french = client.execute(OnePost.submit(YASMINE)).getReference();
        final String arabic = client.execute(OnePost.submit(YASMINE + 1)).getReference();
        final String silent = client.execute(OnePost.submit(YASMINE + 2)).getReference();
        put(YASMINE, new JsonObject().put("email", EMAIL).put("mobile", MOBILE).put("language", "fr").put("topics", JsonArray.of("DOCUMENTS")));
        put(YASMINE + 1, new JsonObject().put("email", "badr@example.org").put("language", "ar"));
        put(YASMINE + 2, new JsonObject().put("email", "nobody@example.org").put("language", "es").put("topics", JsonArray.of("DECISION")));
        ask(french, "11111111-1111-4111-8111-111111111111");
        ask(french, "11111111-1111-4111-8111-111111111111"); // the answer was lost, and it is sent again
        final MimeMessage letter = letters(1).get(0);
        assertThat(letter.getAllRecipients()).extracting(Object::toString).containsExactly(EMAIL);
        assertThat(letter.getSubject()).isEqualTo("Des documents manquent : " + french);
        assertThat(text(letter)).contains("Pour la demande " + french + ", il manque des documents (paris).", "Pour voir lesquels et les envoyer :\r\n" + PORTAL);
        assertThat(html(letter)).contains("<html lang=\"fr\" dir=\"ltr\">", PORTAL);
        assertThat(part(letter.getContent(), "text/calendar")).isNull();
        await().atMost(PATIENCE).until(() -> shortMessages.size() == 1);
        assertThat(shortMessages.get(0).getString("text")).isEqualTo("Demande " + french + " : des documents manquent (paris). " + PORTAL);
        final JsonObject line = json(send("GET", "/v1/applications/" + french, null), 200).getJsonArray("lines").getJsonObject(0);
        assertThat(line.getJsonArray("wanted")).as("there they see which ones").containsExactly("PHOTO", "CRIMINAL_RECORD");
        assertThat(json(send("GET", "/v1/applications/" + french + "/messages/" + line.getString("reasonHash"), null), 200).getString("text")).isEqualTo(WANTED);

        ask(silent, "22222222-2222-4222-8222-222222222222");
        ask(arabic, "33333333-3333-4333-8333-333333333333");
        final MimeMessage second = letters(2).get(1);
        assertThat(second.getAllRecipients()).extracting(Object::toString).containsExactly("badr@example.org");
        assertThat(second.getSubject()).contains("وثائق ناقصة: ", arabic);
        assertThat(text(second)).contains("تنقص الطلب ", arabic, "لا يمكن معالجته بدونها", "لمعرفتها وإرسالها:\r\n" + PORTAL);
        assertThat(html(second)).contains("<html lang=\"ar\" dir=\"rtl\">");
        awaitLookedAt();
        restart();
        OnePost.done(client, OnePost.submit(YASMINE + 3).toBuilder());
        awaitLookedAt();
        assertThat(mail.getReceivedMessages()).as("once each, and not to who did not want to know").hasSize(2);
        assertThat(shortMessages).hasSize(1);
        for (final MimeMessage each : mail.getReceivedMessages()) {
            assertThat(subjectAndParts(each)).doesNotContain("PHOTO", "photo", "CRIMINAL", "judiciaire", WANTED);
        }
    }

    private static String subjectAndParts(final MimeMessage letter) throws Exception {
        return letter.getSubject() + text(letter) + html(letter);
    }

    private void ask(final String application, final String key) {
        json(send("POST", "/v1/applications/" + application + "/ask-for-documents", new JsonObject().put("lines", JsonArray.of(0)).put("kinds", JsonArray.of("PHOTO", "CRIMINAL_RECORD")).put("reasonCode", 12)
                .put("text", WANTED), "Mawid-Actor", "00000000000000a1", "Idempotency-Key", key), 200);
    }

    private String metrics() {
        return send("GET", "/metrics", null).body();
    }

    private void write(final String application, final String writer) {
        json(send("POST", "/v1/applications/" + application + "/messages", new JsonObject().put("postId", OnePost.POST).put("writer", writer).put("topicCode", 1).put("text", "Please bring your birth certificate.")), 200);
    }

    private static String contacts(final long person) {
        return "/v1/persons/" + HexFormat.of().toHexDigits(person) + "/contacts";
    }

    /** Who does not say what about wants to know all but that their request, which is validated by then, was. */
    private void put(final long person, final JsonObject contacts) {
        final JsonObject whole = contacts.containsKey("topics") ? contacts : contacts.copy().put("topics", JsonArray.of("APPOINTMENT", "OFFER", "DOCUMENTS", "MESSAGE", "REMINDER"));
        json(send("PUT", contacts(person), whole), 200);
    }

    private String confirmed(final String application, final int start) {
        final String hold = stub().hold(Hold.newBuilder().setRequest(request()).setApplication(application).addLegs(OnePost.leg(0, start)).build()).getHold();
        final ConfirmReply reply = stub().confirm(Confirm.newBuilder().setRequest(request()).setHold(hold).build());
        return reply.getAppointment();
    }

    private Request request() {
        final java.util.UUID id = java.util.UUID.randomUUID();
        return Request.newBuilder().setIdHigh(id.getMostSignificantBits()).setIdLow(id.getLeastSignificantBits()).setCreatedMs(service.engine().nowMs()).setChannel(Channel.CHANNEL_ONLINE).build();
    }

    private AppointmentServiceBlockingStub stub() {
        return AppointmentServiceGrpc.newBlockingStub(channel);
    }

    /** All that has come, when so many have. */
    private List<MimeMessage> letters(final int count) {
        await().atMost(PATIENCE).until(() -> mail.getReceivedMessages().length >= count);
        return Arrays.asList(mail.getReceivedMessages());
    }

    private JsonObject status() {
        try (ControlClient operator = ControlClient.connect(data().resolve("control")).orElseThrow()) {
            return operator.status().getJsonObject("notifications");
        }
    }

    /** Until nothing that has happened is still to be told. */
    private void awaitLookedAt() {
        final long position = service.engine().status().durablePosition();
        await().atMost(PATIENCE).until(() -> {
            final JsonObject status = status();
            return status.getLong("position") >= position && status.getInteger("waiting") == 0;
        });
    }

    private static String feed(final String letter) {
        final Matcher found = FEED.matcher(letter);
        assertThat(found.find()).as(letter).isTrue();
        return found.group(1);
    }

    private static String text(final MimeMessage letter) throws Exception {
        return part(letter.getContent(), "text/plain");
    }

    private static String html(final MimeMessage letter) throws Exception {
        return part(letter.getContent(), "text/html");
    }

    private static VEvent event(final MimeMessage letter) throws Exception {
        final ICalendar calendar = Biweekly.parse(part(letter.getContent(), "text/calendar")).first();
        assertThat(calendar.getMethod().getValue()).isEqualTo("PUBLISH");
        return calendar.getEvents().get(0);
    }

    /** Null when there is none. */
    private static String part(final Object content, final String type) throws Exception {
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                final BodyPart part = parts.getBodyPart(i);
                final String found = part.isMimeType(type) ? new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8) : part.isMimeType("multipart/*") ? part(part.getContent(), type) : null;
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
