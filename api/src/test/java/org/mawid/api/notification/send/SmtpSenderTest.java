package org.mawid.api.notification.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.api.contact.Language;
import org.mawid.api.testkit.Certificates;
import org.mawid.api.testkit.ScriptedSmtp;

/** A letter is accepted, refused for good, or to be tried again, whatever a mail server does; and it has one recipient and the headers that it is to have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmtpSenderTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final int LONG_MS = 20_000;
    private static final int SHORT_MS = 300;

    private Vertx vertx;

    @BeforeAll
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void givenARealServer_thenTheLetterComesWhole_underItsIdEachTime() throws Exception {
        final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try (SmtpSender sender = sender(server.getSmtp().getPort(), "", "", LONG_MS)) {
            for (int i = 0; i < 2; i++) {
                assertThat(sent(sender, letter("Confirmé : تأكيد"))).isEqualTo(Outcome.ACCEPTED);
            }
            for (final MimeMessage received : server.getReceivedMessages()) {
                assertThat(received.getMessageID()).isEqualTo('<' + ID + "@rdv.example.org>");
                assertThat(received.getSubject()).isEqualTo("Confirmé : تأكيد");
                assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
                assertThat(received.getHeader("Content-Language")).containsExactly("fr");
                assertThat(GreenMailUtil.getWholeMessage(received)).contains("text/plain", "text/html", "method=PUBLISH", "appointment.ics");
            }
            assertThat(server.getReceivedMessages()).hasSize(2);
        } finally {
            server.stop();
        }
    }

    @Test
    void givenAServerThatAsksWhoWeAre_thenItIsTold_andAWrongPasswordIsTriedAgainLater() throws Exception {
        final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        server.setUser("y@example.org", "mawid", "a-password");
        try (SmtpSender right = sender(server.getSmtp().getPort(), "mawid", "a-password", LONG_MS); SmtpSender wrong = sender(server.getSmtp().getPort(), "mawid", "another", LONG_MS)) {
            assertThat(sent(right, letter("a"))).isEqualTo(Outcome.ACCEPTED);
            assertThat(sent(wrong, letter("a"))).isEqualTo(Outcome.LATER);
            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    @Test
    void givenAServerWithTls_thenItHasToBeTheRightOne(@TempDir final Path folder) throws Exception {
        final Path certificate = Certificates.make(folder, "mail");
        System.setProperty("greenmail.tls.keystore.file", certificate.resolve("store.p12").toString());
        System.setProperty("greenmail.tls.keystore.password", "changeit");
        final GreenMail server = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTPS));
        server.start();
        try (SmtpSender trusting = overTls(server.getSmtps().getPort(), certificate.resolve("server.pem")); SmtpSender strange = overTls(server.getSmtps().getPort(), null)) {
            assertThat(sent(strange, letter("a"))).isEqualTo(Outcome.LATER);
            assertThat(server.getReceivedMessages()).isEmpty();
            assertThat(sent(trusting, letter("a"))).isEqualTo(Outcome.ACCEPTED);
            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    private SmtpSender overTls(final int port, final Path trust) {
        return new SmtpSender(vertx, new SmtpSender.Config("localhost", port, true, true, "", "", trust, "no-reply@rdv.example.org", LONG_MS));
    }

    @ParameterizedTest
    @CsvSource({"RCPT,550 5.1.1 no such mailbox,REFUSED", "RCPT,451 4.7.1 greylisted,LATER", "MAIL,553 not you,LATER", "EHLO,554 go away,LATER", ".,554 5.7.1 no,LATER", ".,452 4.3.1 full,LATER", ".,250 yes,ACCEPTED"})
    void givenAServerThatRefuses_thenItIsKnownWhetherItWasTheAddress(final String command, final String answer, final Outcome outcome) throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(); SmtpSender sender = sender(server.port(), "", "", LONG_MS)) {
            server.answer(command, answer);
            if (command.equals("EHLO")) {
                server.answer("HELO", answer);
            }
            assertThat(sent(sender, letter("a"))).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource({"EHLO", "RCPT", "."})
    void givenAServerThatFallsSilent_thenItIsNotWaitedForForLong(final String command) throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(); SmtpSender sender = sender(server.port(), "", "", SHORT_MS)) {
            server.answer(command, ScriptedSmtp.SILENCE);
            assertThat(sent(sender, letter("a"))).isEqualTo(Outcome.LATER);
        }
    }

    @ParameterizedTest
    @CsvSource({"EHLO", "RCPT", "."})
    void givenAServerThatHasBeenSilentForManyLetters_whenItSpeaksAgain_thenLettersAreAccepted(final String command) throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(); SmtpSender sender = sender(server.port(), "", "", SHORT_MS)) {
            server.answer(command, ScriptedSmtp.SILENCE);
            final List<Future<Outcome>> silent = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                silent.add(sender.send(letter("a")));
            }
            for (final Future<Outcome> each : silent) {
                assertThat(each.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS)).isEqualTo(Outcome.LATER);
            }
            server.answer(command, command.equals(".") ? "250 accepted" : "250 yes");
            await().atMost(Duration.ofSeconds(60)).until(() -> sent(sender, letter("a")) == Outcome.ACCEPTED);
        }
    }

    @Test
    void givenNobodyThere_orNobodyWhoBeginsTls_thenNothingIsSaid() throws Exception {
        final int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (SmtpSender sender = sender(closed, "", "", LONG_MS)) {
            assertThat(sent(sender, letter("a"))).isEqualTo(Outcome.LATER);
        }
        try (ScriptedSmtp server = new ScriptedSmtp();
             SmtpSender sender = new SmtpSender(vertx, new SmtpSender.Config("127.0.0.1", server.port(), false, true, "", "", null, "no-reply@rdv.example.org", LONG_MS))) {
            assertThat(sent(sender, letter("a"))).isEqualTo(Outcome.LATER);
            assertThat(server.recipients()).isEmpty();
        }
    }

    /** What goes into a letter is ours, and cannot have such things; if ever it had, no header and no recipient would come of it. */
    @Test
    void givenLinesWhereNoneBelong_thenNoHeaderAndNoRecipientComesOfThem() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(); SmtpSender sender = sender(server.port(), "", "", LONG_MS)) {
            sent(sender, letter("a\r\nBcc: b@example.com\r\n\r\nsurprise"));
            sent(sender, new Letter(ID, "y@example.org>\r\nRCPT TO:<b@example.com", Language.FRENCH, "a", "b", "<p>b</p>", null));
            sent(sender, new Letter(ID, "y@example.org, b@example.com", Language.FRENCH, "a", "b", "<p>b</p>", null));
            sent(sender, new Letter(ID, "y@example.org", Language.FRENCH, "a", "b\n.\nMAIL FROM:<x@example.com>\n", "<p>b</p>", null));
            assertThat(server.recipients()).isNotEmpty().allMatch(line -> line.equals("RCPT TO:<y@example.org>"));
            assertThat(server.letters()).allSatisfy(letter -> assertThat(letter.lines().takeWhile(line -> !line.isEmpty())).noneMatch(line -> line.regionMatches(true, 0, "Bcc:", 0, 4)));
        }
    }

    private SmtpSender sender(final int port, final String user, final String password, final int answerMs) {
        return new SmtpSender(vertx, new SmtpSender.Config("127.0.0.1", port, false, false, user, password, null, "Rendez-vous <no-reply@rdv.example.org>", answerMs));
    }

    private static Letter letter(final String subject) {
        return new Letter(ID, "y@example.org", Language.FRENCH, subject, "Bonjour,\n", "<p>Bonjour,</p>\n", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private static Outcome sent(final SmtpSender sender, final Letter letter) throws Exception {
        return sender.send(letter).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
