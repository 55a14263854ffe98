package org.mawid.api.server;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.mawid.api.audit.trail.AuditTrail;
import org.mawid.api.callcentre.CallCentre;
import org.mawid.api.contact.Contacts;
import org.mawid.api.document.ClamdScan;
import org.mawid.api.document.DocumentLimits;
import org.mawid.api.document.DocumentLog;
import org.mawid.api.document.Documents;
import org.mawid.api.document.MalwareScan;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.identity.Identities;
import org.mawid.api.notification.outbox.Entry;
import org.mawid.api.person.LegalHolds;
import org.mawid.api.person.PersonalData;
import org.mawid.api.person.desk.PersonalDesk;
import org.mawid.api.person.trace.Beside;
import org.mawid.api.retention.Retention;
import org.mawid.api.retention.RetentionKind;
import org.mawid.api.retention.RetentionRules;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.Seals;
import org.mawid.api.sealed.store.FolderStore;
import org.mawid.api.sealed.store.S3Store;
import org.mawid.api.sealed.store.SealedStore;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Setting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** What is kept of persons, as the settings have it. Master keys are read at the start, so that what is wrong is told then. One thread. */
public final class Persons implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Persons.class);

    private final Settings settings;
    private final List<MasterKey> masters;
    private PersonalDesk desk;
    private AuditTrail trail;
    private CallCentre callCentre;
    private Retention retention;

    private Persons(final Settings settings, final List<MasterKey> masters) {
        this.settings = settings;
        this.masters = masters;
    }

    /** @throws IOException a master key cannot be read or used, or others can read it @throws IllegalArgumentException it has no address of one */
    static Persons of(final Settings settings) throws IOException {
        final String newest = settings.text(EdgeSetting.PERSON_MASTER_KEY);
        return new Persons(settings, newest.isEmpty() ? List.of() : MasterKey.all(newest, settings.list(EdgeSetting.PERSON_MASTER_OLDER)));
    }

    /** @throws IllegalArgumentException in one line: which setting is wrong, and its range */
    static void check(final Settings settings) {
        final String endpoint = settings.text(EdgeSetting.PERSON_S3_ENDPOINT);
        if (!endpoint.isEmpty() && !endpoint.matches("https?://[^/\\s]+/?")) {
            throw new IllegalArgumentException(EdgeSetting.PERSON_S3_ENDPOINT.key() + " = " + endpoint + " is not " + EdgeSetting.PERSON_S3_ENDPOINT.range());
        }
        final String clamd = settings.text(EdgeSetting.PERSON_CLAMD);
        if (!clamd.isEmpty() && !clamd.matches("\\S+:\\d{1,5}")) {
            throw new IllegalArgumentException(EdgeSetting.PERSON_CLAMD.key() + " = " + clamd + " is not " + EdgeSetting.PERSON_CLAMD.range());
        }
        settings.number(EdgeSetting.PERSON_CLAMD_TIMEOUT_MS, 100, 600_000);
        rules(settings);
    }

    private static RetentionRules rules(final Settings settings) {
        final Map<RetentionKind, Integer> days = new EnumMap<>(RetentionKind.class);
        for (final RetentionKind kind : RetentionKind.values()) {
            days.put(kind, (int) settings.number(EdgeSetting.valueOf("RETENTION_" + kind + "_DAYS"), 0, RetentionRules.MOST_DAYS));
        }
        return new RetentionRules(days);
    }

    /** @throws IOException keys or folders cannot be used */
    void open(final Gateway gateway) throws IOException {
        if (!masters.isEmpty()) {
            final PersonalData data = data(settings, masters, gateway::nowMs);
            desk = new PersonalDesk(data, documents(settings, data, gateway::nowMs, new DocumentLog(gateway.engine(), gateway::nowMs)), new Contacts(folder(settings), data, gateway::nowMs),
                    new Identities(folder(settings), data, gateway::nowMs));
            final RetentionRules rules = rules(settings);
            trail = new AuditTrail(gateway.engine(), new DataDirectory(settings.engine().data()).readModel().resolve(AuditTrail.FOLDER));
            callCentre = new CallCentre(gateway, desk, trail, folder(settings), rules.keptMs(RetentionKind.CALLBACKS));
            retention = Retention.of(folder(settings), data, desk.documents(), desk.contacts(), gateway.engine(), callCentre::forgetCallbacks, rules, gateway::nowMs);
        }
    }

    /** Once commands are admitted: what an earlier life has left is ended, beside all else. @param audit told how many things were deleted by rule */
    void begin(final LongConsumer audit) {
        if (desk != null) {
            retention.auditedBy(audit);
            desk.in(desk.documents()::sweep).whenComplete((ended, trouble) -> {
                if (trouble != null) {
                    LOG.warn("documents that were on their way are left for the next start: {}", trouble.getMessage());
                }
            });
            if (settings.engine().isOn(Setting.RECORDS)) { // without them it is not known what belongs to whom
                trail.begin();
            }
            if (!settings.engine().isOn(Setting.SIMULATION) && settings.engine().isOn(Setting.RECORDS)) { // where days pass by the thousand, or nobody knows what has ended
                retention.begin();
            }
        }
    }

    /** For a command beside the server, or without one. @return null when nothing is kept here @throws IOException as {@link #of} and {@link #open}, or no server has kept anything in the directory */
    public static PersonalData data(final Settings settings) throws IOException {
        final List<MasterKey> masters = of(settings).masters;
        requireThere(settings);
        return masters.isEmpty() ? null : data(settings, masters, System::currentTimeMillis);
    }

    /** As {@link #data}, for what needs no master key: nothing can be opened with it. */
    public static PersonalData toErase(final Settings settings) throws IOException {
        requireThere(settings);
        return data(settings, List.of(MasterKey.passing()), System::currentTimeMillis);
    }

    /** As {@link #data}, of those. */
    public static Documents documents(final Settings settings, final PersonalData data) throws IOException {
        return documents(settings, data, System::currentTimeMillis, Documents.Listener.NOBODY);
    }

    /** Likewise. */
    public static Contacts contacts(final Settings settings, final PersonalData data) throws IOException {
        return new Contacts(folder(settings), data, System::currentTimeMillis);
    }

    /** Likewise. */
    public static Identities identities(final Settings settings, final PersonalData data) throws IOException {
        return new Identities(folder(settings), data, System::currentTimeMillis);
    }

    /** Likewise, beside a server or without one. @throws IOException no server has kept anything in the directory */
    public static LegalHolds holds(final Settings settings) throws IOException {
        requireThere(settings);
        return new LegalHolds(folder(settings));
    }

    private static Documents documents(final Settings settings, final PersonalData data, final LongSupplier nowMs, final Documents.Listener listener) throws IOException {
        return new Documents(folder(settings), data, scan(settings), DocumentLimits.USUAL, nowMs, listener);
    }

    private static MalwareScan scan(final Settings settings) {
        final String clamd = settings.text(EdgeSetting.PERSON_CLAMD);
        if (clamd.isEmpty()) {
            return MalwareScan.NONE;
        }
        final int colon = clamd.lastIndexOf(':');
        return new ClamdScan(InetSocketAddress.createUnresolved(clamd.substring(0, colon), Integer.parseInt(clamd.substring(colon + 1))),
                (int) settings.number(EdgeSetting.PERSON_CLAMD_TIMEOUT_MS, 100, 600_000));
    }

    /** A wrong name must not become a new folder of keys. */
    private static void requireThere(final Settings settings) throws IOException {
        if (!Files.isDirectory(folder(settings))) {
            throw new IOException(settings.engine().data() + " has nothing of persons: name the directory that 'mawid serve --data' is given");
        }
    }

    private static Path folder(final Settings settings) {
        return new DataDirectory(settings.engine().data()).root().resolve(PersonalData.FOLDER);
    }

    private static PersonalData data(final Settings settings, final List<MasterKey> masters, final LongSupplier nowMs) throws IOException {
        final Path root = new DataDirectory(settings.engine().data()).root();
        final Path folder = folder(settings);
        final String keys = settings.text(EdgeSetting.PERSON_KEYS);
        final Seals seals = Seals.open(keys.isEmpty() ? root.resolve(PersonalData.KEYS) : Path.of(keys), masters);
        return new PersonalData(folder, seals, store(settings, folder), nowMs);
    }

    private static SealedStore store(final Settings settings, final Path folder) throws IOException {
        final String bucket = settings.text(EdgeSetting.PERSON_S3_BUCKET);
        if (bucket.isEmpty()) {
            return new FolderStore(folder.resolve(PersonalData.SEALED));
        }
        final String endpoint = settings.text(EdgeSetting.PERSON_S3_ENDPOINT);
        return new S3Store(endpoint.isEmpty() ? null : URI.create(endpoint), settings.text(EdgeSetting.PERSON_S3_REGION), bucket, DefaultCredentialsProvider.builder().build());
    }

    /** Once it is open. */
    Persons countedBy(final EdgeMetrics metrics) {
        if (retention != null) {
            metrics.countRetention(retention.figures());
            metrics.countTrail(trail.figures());
        }
        return this;
    }

    /** Null when nothing is kept here, or not yet. */
    PersonalDesk desk() {
        return desk;
    }

    /** What stands of persons beside the log, once it is open. */
    Beside beside(final Notifying notifying) {
        return new Beside() {
            @Override
            public JsonArray callbacks(final long application) throws IOException {
                return callCentre == null ? new JsonArray() : callCentre.trace(application);
            }

            @Override
            public List<Entry> waiting(final long person) throws IOException {
                return notifying.waiting(person);
            }
        };
    }

    /** Likewise. */
    CallCentre callCentre() {
        return callCentre;
    }

    /** Likewise. */
    Retention retention() {
        return retention;
    }

    @Override
    public void close() {
        if (desk != null) {
            retention.close();
            desk.close();
            callCentre.close();
            trail.close();
        }
    }
}
