package org.mawid.api.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.control.ControlServer;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.ReferenceKeys;
import org.mawid.api.gateway.References;
import org.mawid.api.http.Backends;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.http.HttpConfig;
import org.mawid.api.http.HttpEdge;
import org.mawid.api.network.LiveNetwork;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkImportException;
import org.mawid.api.notification.text.AppointmentCalendar;
import org.mawid.api.notification.text.Places;
import org.mawid.api.oidc.Entry;
import org.mawid.api.schedule.ScheduleDesk;
import org.mawid.api.schedule.Schedules;
import org.mawid.api.stamp.check.CallerLimit;
import org.mawid.api.stamp.check.SecretLimit;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.stamp.document.StampPress;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineStartException;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.CatalogueView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code mawid serve} runs: the engine and the edges around it. The edges listen while the engine recovers and say that they are
 * starting; they answer from {@link #ready} on.
 */
public final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    /** Of references, in the edge's folder of the data directory. */
    public static final String REFERENCE_KEY = "reference.key";
    /** The files of the last import, in the edge's folder of the data directory. */
    private static final String NETWORK = "network.zip";
    /** What a schedule has begun and not ended, likewise. */
    static final String SCHEDULE = "schedule.unfinished";

    private final EmbeddedEngine engine;
    private final Gateway gateway;
    private final GrpcServer grpc;
    private final HttpEdge http;
    private final LiveNetwork network;
    private final StampPress press;
    private final ControlServer control;
    private final SimulatedTime time;
    private final Tills tills;
    private final TreasuryLink treasury;
    private final Reporting reporting;
    private final Statements statements;
    private final ClosingDesk closings;
    private final Schedules schedules;
    private final ScheduleDesk scheduleDesk;
    private final Coolings coolings;
    private final Persons persons;
    private final SignIn signIn;
    private final Notifying notifying;
    private final Capabilities capabilities;

    private Service(final EmbeddedEngine engine, final Gateway gateway, final GrpcServer grpc, final HttpEdge http, final LiveNetwork network,
                    final SigningKeys signing, final ControlServer control, final SimulatedTime time, final Tills tills, final TreasuryLink treasury, final Reporting reporting,
                    final Statements statements, final ClosingDesk closings, final Schedules schedules, final Coolings coolings, final Persons persons, final SignIn signIn, final Notifying notifying,
                    final Capabilities capabilities) {
        this.engine = engine;
        this.gateway = gateway;
        this.grpc = grpc;
        this.http = http;
        this.network = network;
        this.reporting = reporting;
        this.press = new StampPress(gateway, signing, reporting.zones()::of);
        this.control = control;
        this.time = time;
        this.tills = tills;
        this.treasury = treasury;
        this.statements = statements;
        this.closings = closings;
        this.schedules = schedules;
        this.scheduleDesk = new ScheduleDesk(schedules);
        this.coolings = coolings;
        this.persons = persons;
        this.signIn = signIn;
        this.notifying = notifying;
        this.capabilities = capabilities;
    }

    /**
     * Listens and recovers, the two side by side. Until {@link #ready} health says NOT_SERVING, or 503, and every call UNAVAILABLE.
     *
     * @throws EngineStartException the directory cannot be used
     * @throws IOException          an address is taken, or a key, a certificate or the list of terminals cannot be used
     */
    public static Service start(final Settings settings) throws EngineStartException, IOException, InterruptedException {
        final Tills tills = Tills.of(settings);
        final TreasuryLink treasury = TreasuryLink.of(settings);
        final Statements statements = Statements.of(settings);
        final Coolings coolings = Coolings.of(settings);
        final Persons persons = Persons.of(settings);
        final SignIn signIn = SignIn.of(settings);
        final Notifying notifying = Notifying.of(settings);
        final HttpConfig httpConfig = httpConfig(settings);
        final GrpcServerConfig grpcConfig = grpcConfig(settings);
        final HttpEdge.Preparation prepared = HttpEdge.prepare(httpConfig);
        final EdgeMetrics metrics = new EdgeMetrics();
        final Recovering recovering = Recovering.begin(settings.engine(), metrics);
        final Deque<AutoCloseable> started = new ArrayDeque<>();
        started.push(signIn);
        try {
            final HttpEdge http = HttpEdge.listen(httpConfig, prepared, metrics);
            started.push(http);
            final GrpcServer grpc = GrpcServer.listen(grpcConfig, metrics.localAnswers());
            started.push(grpc);
            final EmbeddedEngine engine = recovering.engine();
            final DataDirectory directory = new DataDirectory(settings.engine().data());
            Files.createDirectories(directory.edge());
            final ReferenceKeys referenceKeys = ReferenceKeys.open(directory.edge().resolve(REFERENCE_KEY));
            final References references = References.of(referenceKeys);
            final Gateway gateway = new Gateway(engine, references,
                    settings.number(EdgeSetting.REPLY_TIMEOUT_MS, 100, 30_000), engine::nowMs, metrics.localAnswers(), new SecretLimit());
            started.push(gateway);
            statements.open(http.vertx(), gateway);
            started.push(statements);
            persons.open(gateway);
            started.push(persons);
            final boolean isSimulation = settings.engine().isOn(Setting.SIMULATION);
            final int daysAhead = (int) settings.number(EdgeSetting.CALENDAR_DAYS, 0, 400);
            // In a simulation days pass by the thousand: who tells the time says what opens.
            final LiveNetwork network = new LiveNetwork(engine, kept(directory), isSimulation ? 0 : daysAhead, engine::nowMs);
            started.push(network);
            notifying.open(http.vertx(), gateway, persons.desk() == null ? null : persons.desk().contacts(), new Places(engine.readModel(), network::names), metrics);
            started.push(notifying);
            final Reporting reporting = new Reporting(engine, network, directory.edge(), settings.engine().isOn(Setting.RECORDS));
            final Operations operations = new Operations(engine, network, reporting, new TakingOver(engine, directory, references, network::names), daysAhead, isSimulation, notifying::status, persons.countedBy(metrics).retention(), new PersonTraces(engine, references, directory, persons.beside(notifying)));
            operations.listening(http.port(), grpc.port());
            final SimulatedTime time = isSimulation ? new SimulatedTime(engine::advanceTo) : null;
            started.push(coolings.countedBy(metrics, engine.readModel().cooling()));
            final Capabilities capabilities = CapabilityChoice.open(settings, directory.edge(), gateway);
            if (capabilities != null) {
                metrics.countCapabilities(capabilities::refused);
            }
            final SigningKeys signing = SigningKeys.open(directory.edge().resolve(SigningKeys.FILE));
            return new Service(engine, gateway, grpc, http, network, signing, listen(directory, operations), time, tills.countedBy(metrics), treasury.countedBy(metrics), reporting, statements,
                    ClosingDesk.of(settings, gateway, signing).countedBy(metrics), new Schedules(engine, directory.edge().resolve(SCHEDULE), network::network, reporting, engine::nowMs),
                    coolings.open(gateway, engine, directory.edge()), persons, signIn.hashingBy(referenceKeys).countedBy(metrics), notifying, capabilities);
        } catch (final EngineStartException | IOException | RuntimeException e) {
            for (final AutoCloseable part : started) {
                closeAfter(e, part);
            }
            final Exception whole = e instanceof IOException ? recovering.whatTellsMore(e) : e;
            recovering.abandon();
            if (whole instanceof EngineStartException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** The network's files that an earlier import has kept; null when there are none. @throws IOException they cannot be read */
    public static NetworkFiles keptFiles(final Settings settings) throws IOException {
        final Path kept = kept(new DataDirectory(settings.engine().data()));
        return Files.exists(kept) ? NetworkFiles.kept(kept) : null;
    }

    /** Where the files of the last import are. */
    static Path kept(final DataDirectory directory) {
        return directory.edge().resolve(NETWORK);
    }

    /** Without it the service is whole; only the operator has to stop it for a back-up. */
    private static ControlServer listen(final DataDirectory directory, final Operations operations) {
        try {
            return ControlServer.start(directory.control(), operations);
        } catch (final IOException e) {
            LOG.warn("back-up, archive, snapshot and import of the running server are not possible: {}", FileTrouble.of(e));
            return null;
        }
    }

    private static void closeAfter(final Exception cause, final AutoCloseable part) {
        try {
            part.close();
        } catch (final Exception e) {
            cause.addSuppressed(e);
        }
    }

    private static InetAddress bind(final Settings settings) {
        try {
            return InetAddress.getByName(settings.text(EdgeSetting.BIND));
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(EdgeSetting.BIND.key() + " = " + settings.text(EdgeSetting.BIND) + " is not " + EdgeSetting.BIND.range(), e);
        }
    }

    private static HttpConfig httpConfig(final Settings settings) {
        final InetSocketAddress address = new InetSocketAddress(bind(settings), settings.port(EdgeSetting.HTTP_PORT));
        return HttpConfig.loopback(0).withAddress(address, mayBeReached(settings)).withProxies(Limiting.proxies(settings)).withAddressPercent(Limiting.addressPercent(settings)).withTls(Tls.files(settings))
                .withCorsOrigins(settings.list(EdgeSetting.CORS_ORIGINS))
                .withUnreadBytes(settings.bytes(EdgeSetting.HTTP_UNREAD_BYTES))
                .withRequestTimeoutMs(settings.number(EdgeSetting.HTTP_REQUEST_TIMEOUT_MS, 1_000, 600_000));
    }

    /** From beyond loopback: when each call is asked who makes it, with a token that does not come in clear; or it was said so. */
    private static boolean mayBeReached(final Settings settings) {
        return settings.isOn(EdgeSetting.INSECURE) || !SignIn.isOff(settings) && !settings.text(EdgeSetting.TLS_CERTIFICATE).isEmpty();
    }

    private static GrpcServerConfig grpcConfig(final Settings settings) {
        final InetSocketAddress address = new InetSocketAddress(bind(settings), settings.port(EdgeSetting.GRPC_PORT));
        return GrpcServerConfig.loopback(0).withAddress(address, mayBeReached(settings)).withProxies(Limiting.proxies(settings)).withAddressPercent(Limiting.addressPercent(settings)).withTls(Tls.files(settings))
                .withReflection(settings.isOn(EdgeSetting.REFLECTION))
                .withBounds((int) settings.number(EdgeSetting.GRPC_CONNECTIONS, 1, 100_000), settings.bytes(EdgeSetting.GRPC_UNREAD_BYTES),
                        settings.bytes(EdgeSetting.GRPC_UNREAD_CONNECTION_BYTES));
    }

    public EmbeddedEngine engine() {
        return engine;
    }

    public Gateway gateway() {
        return gateway;
    }

    public int httpPort() {
        return http.port();
    }

    public int grpcPort() {
        return grpc.port();
    }

    /** Bytes of answers over HTTP that wait to be read. */
    long unreadHttpBytes() {
        return http.unreadBytes();
    }

    /** Bytes of answers over gRPC that wait to be read. */
    long unreadBytes() {
        return grpc.unreadBytes();
    }

    /** As if another second had passed for clients over gRPC that do not read. */
    void lookForUnread() {
        grpc.lookForUnread();
    }

    public LiveNetwork network() {
        return network;
    }

    /** From now on calls are answered, health says SERVING, and calendars are kept open. Once. */
    public void ready() {
        network.start(); // before anybody is answered: an import that was killed is in force whole or not at all
        abandonSchedule(); // likewise: days that it has staged could be staged by nobody else
        tills.start(gateway); // before anybody can begin a payment
        final CallerLimit askers = CallerLimit.ofAskers();
        final Backends backends = new Backends(treasury.open(http.vertx(), gateway), tills.till(), statements.opened(), closings.begin(reporting.zones()::of), reporting.start(), scheduleDesk, this::place, persons.desk(),
                persons.callCentre(), new AppointmentCalendar(gateway.references(), new Places(engine.readModel(), network::names)), capabilities);
        final Entry entry = signIn.open(gateway);
        grpc.serve(gateway, time, askers, reporting.zones(), press, backends, entry);
        http.serve(gateway, reporting.zones(), askers, press, backends, entry);
        grpc.ready();
        treasury.begin();
        statements.begin();
        coolings.begin();
        persons.begin(signIn::swept);
        notifying.begin();
    }

    /** Of a mobile desk, as the files in force say it; null = at its post. */
    private String place(final int deskId) {
        final CatalogueView catalogue = engine.readModel().catalogue();
        final CatalogueView.Pool desk = catalogue.pool(deskId);
        return desk == null ? null : network.names().place(catalogue.post(desk.postId()).code(), desk.code());
    }

    /** On a disk that is full reads go on, and the next schedule abandons it. */
    private void abandonSchedule() {
        try {
            if (schedules.abandonWhatWasLeft() > 0) {
                LOG.warn("a schedule was being applied when the server was killed: its change is abandoned, nothing of it was in force");
            }
        } catch (final NetworkImportException e) {
            LOG.warn("what a schedule has left staged cannot be abandoned yet; the next one does it: {}", e.getMessage());
        }
    }

    /** What can wait until everything else is there begins: the records, in the background. */
    public void keepRecords() {
        engine.keepRecords();
    }

    /** Told once when the engine has stopped for good. */
    public void onHalt(final Consumer<String> listener) {
        engine.onHalt(listener);
    }

    @Override
    public void close() {
        notifying.close();
        statements.close();
        treasury.close();
        http.close();
        grpc.close();
        signIn.close();
        press.close();
        closings.close();
        scheduleDesk.close();
        persons.close();
        tills.close();
        network.close();
        reporting.close();
        coolings.close();
        if (control != null) {
            control.close();
        }
        engine.close();
        gateway.close();
    }
}
