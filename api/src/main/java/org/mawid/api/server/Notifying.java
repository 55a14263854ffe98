package org.mawid.api.server;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.mawid.api.contact.Contacts;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.notification.Figures;
import org.mawid.api.notification.Figures.Count;
import org.mawid.api.notification.Notifications;
import org.mawid.api.notification.Rules;
import org.mawid.api.notification.notice.Channel;
import org.mawid.api.notification.outbox.Entry;
import org.mawid.api.notification.send.Sender;
import org.mawid.api.notification.send.SmsSender;
import org.mawid.api.notification.send.SmtpSender;
import org.mawid.api.notification.text.LetterWriter;
import org.mawid.api.notification.text.Places;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Setting;

/** Whether, and how, applicants are told what becomes of their requests. Secrets are read at the start, so that what is missing is told then. One thread. */
final class Notifying implements AutoCloseable {
    private static final String PREFIX = "mawid.notify.";
    private static final int SMTP_PORT = 587;
    private static final int SMTPS_PORT = 465;
    private static final long HOUR_MS = 3_600_000;

    private final Settings settings;
    /** Null = no e-mail. */
    private final SmtpSender.Config smtp;
    /** Null = no short messages. */
    private final String smsToken;
    private Notifications notifications;

    private Notifying(final Settings settings, final SmtpSender.Config smtp, final String smsToken) {
        this.settings = settings;
        this.smtp = smtp;
        this.smsToken = smsToken;
    }

    /** Also when it is off, as it is in a simulation, where days pass by the thousand. @throws IOException a file cannot be read; names the setting */
    static Notifying of(final Settings settings) throws IOException {
        final boolean isSimulation = settings.engine().isOn(Setting.SIMULATION);
        final boolean isMail = !settings.text(EdgeSetting.NOTIFY_SMTP_URL).isEmpty() && !isSimulation;
        final boolean isSms = !settings.text(EdgeSetting.NOTIFY_SMS_URL).isEmpty() && !isSimulation;
        return new Notifying(settings, isMail ? smtp(settings) : null, isSms ? secret(settings, EdgeSetting.NOTIFY_SMS_TOKEN_FILE) : null);
    }

    /** @throws IllegalArgumentException in one line: what is wrong or missing, and what to give */
    static void check(final Settings settings) {
        rules(settings);
        timeoutMs(settings);
        final boolean isMail = !settings.text(EdgeSetting.NOTIFY_SMTP_URL).isEmpty();
        final boolean isSms = !settings.text(EdgeSetting.NOTIFY_SMS_URL).isEmpty();
        if (!isMail && !isSms) {
            refuseWhatIsForNothing(settings);
            return;
        }
        if (settings.text(EdgeSetting.PERSON_MASTER_KEY).isEmpty() || !settings.engine().isOn(Setting.RECORDS)) {
            throw new IllegalArgumentException((isMail ? EdgeSetting.NOTIFY_SMTP_URL : EdgeSetting.NOTIFY_SMS_URL).key() + " needs " + EdgeSetting.PERSON_MASTER_KEY.key() + ", for contacts, and " + Setting.RECORDS.key());
        }
        if (isMail) {
            mailServer(settings);
            needed(settings, EdgeSetting.NOTIFY_SMTP_URL, EdgeSetting.NOTIFY_FROM);
            if (!settings.text(EdgeSetting.NOTIFY_FROM).matches("[^\\p{Cntrl}<>,;@]+@[^\\p{Cntrl}\\s<>,;@]+|[^\\p{Cntrl}<>,;@]*<[^\\p{Cntrl}\\s<>,;@]+@[^\\p{Cntrl}\\s<>,;@]+>")) {
                throw SettingFiles.wrong(settings, EdgeSetting.NOTIFY_FROM);
            }
            if (settings.text(EdgeSetting.NOTIFY_SMTP_USER).isEmpty() != settings.text(EdgeSetting.NOTIFY_SMTP_SECRET_FILE).isEmpty()) {
                throw new IllegalArgumentException(EdgeSetting.NOTIFY_SMTP_USER.key() + " and " + EdgeSetting.NOTIFY_SMTP_SECRET_FILE.key() + " go together: give both or none");
            }
        }
        if (isSms) {
            SettingFiles.address(settings, EdgeSetting.NOTIFY_SMS_URL);
            needed(settings, EdgeSetting.NOTIFY_SMS_URL, EdgeSetting.NOTIFY_SMS_TOKEN_FILE);
        }
        for (final EdgeSetting page : List.of(EdgeSetting.NOTIFY_PORTAL_URL, EdgeSetting.NOTIFY_EDGE_URL)) {
            if (!settings.text(page).isEmpty() && !settings.text(page).matches("https?://[!-~]+[^/]")) {
                throw SettingFiles.wrong(settings, page);
            }
        }
    }

    private static void refuseWhatIsForNothing(final Settings settings) {
        for (final EdgeSetting setting : EdgeSetting.values()) {
            if (setting.key().startsWith(PREFIX) && setting.defaultText().isEmpty() && !settings.text(setting).isEmpty()) {
                throw new IllegalArgumentException(setting.key() + " is for notifications: give " + EdgeSetting.NOTIFY_SMTP_URL.key() + " or " + EdgeSetting.NOTIFY_SMS_URL.key() + " as well, or leave it out");
            }
        }
    }

    private static void needed(final Settings settings, final EdgeSetting by, final EdgeSetting setting) {
        if (settings.text(setting).isEmpty()) {
            throw new IllegalArgumentException(by.key() + " needs " + setting.key() + " as well: " + setting.purpose());
        }
    }

    /** Nothing is said to it in clear but where to begin TLS; on this machine it may be. */
    private static URI mailServer(final Settings settings) {
        try {
            final URI url = URI.create(settings.text(EdgeSetting.NOTIFY_SMTP_URL));
            if (url.getHost() != null && ("smtp".equals(url.getScheme()) || "smtps".equals(url.getScheme()))) {
                return url;
            }
        } catch (final IllegalArgumentException none) {
            throw SettingFiles.wrong(settings, EdgeSetting.NOTIFY_SMTP_URL);
        }
        throw SettingFiles.wrong(settings, EdgeSetting.NOTIFY_SMTP_URL);
    }

    private static SmtpSender.Config smtp(final Settings settings) throws IOException {
        final URI url = mailServer(settings);
        final boolean isTls = "smtps".equals(url.getScheme());
        final String user = settings.text(EdgeSetting.NOTIFY_SMTP_USER);
        return new SmtpSender.Config(url.getHost(), url.getPort() > 0 ? url.getPort() : isTls ? SMTPS_PORT : SMTP_PORT, isTls, isTls || !SettingFiles.isOfThisMachine(url), user,
                user.isEmpty() ? "" : secret(settings, EdgeSetting.NOTIFY_SMTP_SECRET_FILE), SettingFiles.file(settings, EdgeSetting.NOTIFY_SMTP_TRUST), settings.text(EdgeSetting.NOTIFY_FROM), timeoutMs(settings));
    }

    private static String secret(final Settings settings, final EdgeSetting setting) throws IOException {
        return SettingFiles.secret(settings, setting, "write to people in our name");
    }

    private static Rules rules(final Settings settings) {
        final long retryMs = settings.number(EdgeSetting.NOTIFY_RETRY_MS, 100, HOUR_MS);
        return new Rules((int) settings.number(EdgeSetting.NOTIFY_PER_SECOND, 1, 1_000), (int) settings.number(EdgeSetting.NOTIFY_PER_DAY, 1, 1_000), (int) settings.number(EdgeSetting.NOTIFY_ATTEMPTS, 1, 100),
                retryMs, HOUR_MS, settings.number(EdgeSetting.NOTIFY_REMIND_HOURS, 0, 336) * HOUR_MS);
    }

    private static int timeoutMs(final Settings settings) {
        return (int) settings.number(EdgeSetting.NOTIFY_TIMEOUT_MS, 100, 300_000);
    }

    /**
     * @param vertx    on which senders speak; to be closed after this
     * @param contacts null when nothing is kept of persons, and this is off
     * @throws IOException in one line: the outbox cannot be used
     */
    void open(final Vertx vertx, final Gateway gateway, final Contacts contacts, final Places places, final EdgeMetrics metrics) throws IOException {
        final List<Sender> senders = new ArrayList<>();
        if (smtp != null) {
            senders.add(new SmtpSender(vertx, smtp));
        }
        if (smsToken != null) {
            senders.add(new SmsSender(vertx, URI.create(settings.text(EdgeSetting.NOTIFY_SMS_URL)), smsToken, timeoutMs(settings)));
        }
        if (!senders.isEmpty()) {
            final LetterWriter writer = new LetterWriter(gateway.references(), places, new LetterWriter.Links(settings.text(EdgeSetting.NOTIFY_PORTAL_URL), settings.text(EdgeSetting.NOTIFY_EDGE_URL)));
            notifications = new Notifications(gateway, contacts, new DataDirectory(settings.engine().data()).root().resolve(Notifications.FOLDER), senders, writer, rules(settings));
            metrics.countNotifications(notifications.figures());
            notifications.open();
        }
    }

    void begin() {
        if (notifications != null) {
            notifications.begin();
        }
    }

    /** As {@link Notifications#waiting}; of what a life before has left when it is off. */
    List<Entry> waiting(final long person) throws IOException {
        return notifications != null ? notifications.waiting(person) : Notifications.left(new DataDirectory(settings.engine().data()).root().resolve(Notifications.FOLDER), person);
    }

    /** For the operator; empty when it is off. */
    JsonObject status() {
        final Notifications on = notifications;
        if (on == null) {
            return new JsonObject();
        }
        final Figures figures = on.figures();
        final JsonObject status = new JsonObject().put("position", figures.position()).put("waiting", figures.waiting());
        for (final Channel channel : Channel.values()) {
            final JsonObject counts = new JsonObject();
            for (final Count count : Count.values()) {
                counts.put(count.name(), figures.of(channel, count));
            }
            status.put(channel.name(), counts);
        }
        return new JsonObject().put("notifications", status);
    }

    @Override
    public void close() {
        if (notifications != null) {
            notifications.close();
        }
    }
}
