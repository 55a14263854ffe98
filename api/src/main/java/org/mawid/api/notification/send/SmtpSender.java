package org.mawid.api.notification.send;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.mawid.api.notification.notice.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** E-mail over SMTP (RFC 5321), by Vert.x' client. What the server says of a letter may name its address, and is not logged: only its code. */
public final class SmtpSender implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpSender.class);
    private static final int CONNECTIONS = 4;
    private static final int CONNECT_MS = 10_000;
    private static final String CALENDAR = "text/calendar; charset=utf-8; method=PUBLISH";
    /** How the client tells that it was the address. */
    private static final String RECIPIENT = "recipient address not accepted";

    /**
     * Where, and as whom.
     *
     * @param tls      from the first byte on
     * @param mustTls  else by STARTTLS, and nothing goes out without it
     * @param user     empty = nobody asks who we are
     * @param trust    PEM, null = what Java trusts
     * @param from     an address, or one with a name in front of it
     * @param answerMs how long a letter may take
     */
    public record Config(String host, int port, boolean tls, boolean mustTls, String user, String password, Path trust, String from, int answerMs) {
        @Override
        public String toString() {
            return host + ':' + port;
        }
    }

    private final Config config;
    private final MailClient client;
    private final String domain;

    public SmtpSender(final Vertx vertx, final Config config) {
        this.config = config;
        domain = config.from().replaceAll("^.*@|[>\\s]+$", "");
        final MailConfig mail = new MailConfig(config.host(), config.port()).setOwnHostname(domain).setMaxPoolSize(CONNECTIONS).setSsl(config.tls())
                .setStarttls(config.mustTls() && !config.tls() ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED).setConnectTimeout(CONNECT_MS)
                .setIdleTimeout(config.answerMs()).setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setHostnameVerificationAlgorithm("HTTPS");
        if (config.user().isEmpty()) {
            mail.setLogin(LoginOption.DISABLED);
        } else {
            mail.setLogin(LoginOption.REQUIRED).setUsername(config.user()).setPassword(config.password());
        }
        if (config.trust() != null) {
            mail.setTrustOptions(new PemTrustOptions().addCertPath(config.trust().toString()));
        }
        client = MailClient.create(vertx, mail);
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public Future<Outcome> send(final Letter letter) {
        return client.sendMail(message(letter)).timeout(config.answerMs(), TimeUnit.MILLISECONDS).transform(sent -> Future.succeededFuture(sent.succeeded() ? Outcome.ACCEPTED : failed(sent.cause())));
    }

    private MailMessage message(final Letter letter) {
        final MailMessage message = new MailMessage().setFrom(config.from()).setTo(letter.to()).setSubject(letter.subject()).setText(letter.text()).setHtml(letter.html())
                .addHeader("Message-ID", '<' + letter.id() + '@' + domain + '>').addHeader("Content-Language", letter.language().code())
                .addHeader("Auto-Submitted", "auto-generated"); // RFC 3834: nobody on holiday answers
        if (letter.calendar() != null) {
            message.setAttachment(MailAttachment.create().setData(Buffer.buffer(letter.calendar())).setContentType(CALENDAR).setDisposition("attachment").setName("appointment.ics"));
        }
        return message;
    }

    private Outcome failed(final Throwable why) {
        if (why instanceof SMTPException answer) {
            LOG.warn("{} did not take a letter: {}", config, answer.getReplyCode());
            return answer.isPermanent() && answer.getMessage().startsWith(RECIPIENT) ? Outcome.REFUSED : Outcome.LATER;
        }
        LOG.warn("{} cannot be reached, or did not answer in time: {}", config, why.getClass().getSimpleName());
        return Outcome.LATER;
    }

    @Override
    public void close() {
        client.close();
    }
}
