package org.mawid.api.server;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mawid.api.application.ApplicationGrpc;
import org.mawid.api.appointment.AppointmentGrpc;
import org.mawid.api.audit.AuditGrpc;
import org.mawid.api.availability.AvailabilityGrpc;
import org.mawid.api.callcentre.CallCentreGrpc;
import org.mawid.api.catalogue.CatalogueGrpc;
import org.mawid.api.closure.ClosureGrpc;
import org.mawid.api.command.CommandGrpc;
import org.mawid.api.contact.grpc.ContactGrpc;
import org.mawid.api.identity.grpc.IdentityGrpc;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.LocalAnswers;
import org.mawid.api.hall.HallGrpc;
import org.mawid.api.http.Backends;
import org.mawid.api.http.PostZones;
import org.mawid.api.inventory.InventoryGrpc;
import org.mawid.api.ledger.LedgerGrpc;
import org.mawid.api.ledger.StatementGrpc;
import org.mawid.api.ledger.TerminalCalls;
import org.mawid.api.limit.Limits;
import org.mawid.api.manifest.Manifests;
import org.mawid.api.oidc.Entry;
import org.mawid.api.payment.PaymentGrpc;
import org.mawid.api.reporting.ReportGrpc;
import org.mawid.api.rpc.CallCapability;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Waiting;
import org.mawid.api.schedule.ScheduleGrpc;
import org.mawid.api.stamp.StampGrpc;
import org.mawid.api.stamp.check.CallerLimit;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.stamp.document.StampPress;
import org.mawid.api.waitlist.WaitlistGrpc;
import org.mawid.api.watch.WatchGrpc;

/** All services on one port, with health and, if wanted, reflection. It listens at once and says SERVING when told to. */
public final class GrpcServer implements AutoCloseable {
    private final GrpcServerConfig config;
    private final GrpcTransport transport;
    private final HealthStatusManager health = new HealthStatusManager();
    private final Waiting waiting;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile WatchGrpc watch;
    private volatile StatementGrpc statements;

    private GrpcServer(final GrpcServerConfig config, final LocalAnswers localAnswers) {
        this.config = config;
        transport = new GrpcTransport(config, localAnswers);
        waiting = new Waiting(config.readTimeoutMs());
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
    }

    /**
     * Listens and answers; health says NOT_SERVING until {@link #ready}.
     *
     * @throws IOException when the address is taken, or certificate or key cannot be used
     */
    public static GrpcServer start(final GrpcServerConfig config, final Gateway gateway) throws IOException {
        final GrpcServer server = listen(config, gateway.localAnswers());
        server.serve(gateway);
        return server;
    }

    /**
     * Listens; every call but health's is UNAVAILABLE until {@link #serve}.
     *
     * @throws IOException when the address is taken, or certificate or key cannot be used
     */
    public static GrpcServer listen(final GrpcServerConfig config) throws IOException {
        return listen(config, new LocalAnswers());
    }

    /** As {@link #listen(GrpcServerConfig)}. @param localAnswers of the gateway to come: counts what is refused until then, and what is no message */
    static GrpcServer listen(final GrpcServerConfig config, final LocalAnswers localAnswers) throws IOException {
        final GrpcServer server = new GrpcServer(config, localAnswers);
        try {
            server.transport.listen(List.of(server.health.getHealthService()));
            return server;
        } catch (final IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** From now on calls are answered. Once, after {@link #listen}. Stamps' documents are signed by a key that nobody keeps, and tell the time in UTC. */
    public void serve(final Gateway gateway) {
        serve(gateway, null, CallerLimit.ofAskers());
    }

    /** As {@link #serve(Gateway)}. @param time where calls may say what time it is, null = nowhere: a live server knows it @param askers those of all edges */
    void serve(final Gateway gateway, final SimulatedTime time, final CallerLimit askers) {
        serve(gateway, time, askers, PostZones.UTC, new StampPress(gateway, SigningKeys.passing(), postId -> ZoneOffset.UTC), Backends.NONE);
    }

    /** As {@link #serve(Gateway, SimulatedTime, CallerLimit)}. @param press of stamps' documents; whoever calls closes it, after this */
    void serve(final Gateway gateway, final SimulatedTime time, final CallerLimit askers, final PostZones zones, final StampPress press, final Backends backends) {
        serve(gateway, time, askers, zones, press, backends, null);
    }

    /** As above. @param entry who may do what; null = whoever calls may do anything */
    void serve(final Gateway gateway, final SimulatedTime time, final CallerLimit askers, final PostZones zones, final StampPress press, final Backends backends, final Entry entry) {
        final Calls calls = new Calls(gateway, transport.eventLoops(), waiting, entry == null ? null : entry.access(), entry == null ? Limits.NONE : entry.limits(), backends.capabilities());
        final TerminalCalls terminals = new TerminalCalls(calls, backends.till());
        watch = new WatchGrpc(calls, config.maxWatches());
        statements = new StatementGrpc(backends.reconciliation());
        final List<BindableService> services = new ArrayList<>(List.of(
                new CatalogueGrpc(calls, backends.tariffs(), backends.places()), new InventoryGrpc(calls), new ClosureGrpc(calls, zones::of), new HallGrpc(calls), new WaitlistGrpc(calls), new ScheduleGrpc(calls, backends.schedules()), new ApplicationGrpc(calls, backends.persons()), new ContactGrpc(calls, backends.persons()), new IdentityGrpc(calls, backends.persons()), new CallCentreGrpc(calls, backends.persons(), backends.callCentre()), new AvailabilityGrpc(calls),
                new AppointmentGrpc(calls, new Manifests(gateway, press, backends.places())), new StampGrpc(calls, askers, press), new PaymentGrpc(calls, terminals, backends.payments()), new LedgerGrpc(calls, terminals, backends.closings()), statements,
                new ReportGrpc(calls, backends.reports()), new AuditGrpc(calls), new CommandGrpc(calls, config.maxStreams()), watch));
        if (time != null) {
            services.replaceAll(time::in);
        }
        if (backends.capabilities() != null) {
            services.replaceAll(new CallCapability()::in);
        }
        if (entry != null) {
            services.replaceAll(new GrpcAccess(entry, calls, transport.refused(), backends.callCentre())::in);
        }
        if (config.reflection()) {
            services.add(ProtoReflectionServiceV1.newInstance());
        }
        gateway.engine().onHalt(reason -> notReady());
        transport.open(services);
    }

    /** Bytes of answers that wait to be read. */
    long unreadBytes() {
        return transport.budget().bytes();
    }

    /** As if another second had passed for clients that do not read. */
    void lookForUnread() {
        transport.budget().look();
    }

    /** Full names of those of its own services. */
    List<String> methods() {
        return transport.methods().stream().filter(method -> method.startsWith("mawid.")).toList();
    }

    public int port() {
        return transport.port();
    }

    /** From now on health says SERVING. */
    public void ready() {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
    }

    /** From now on health says NOT_SERVING; calls are still answered. */
    public void notReady() {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
    }

    /** Takes no more calls, lets those that run end for a few seconds, then ends them. Close the engine after it. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        health.enterTerminalState();
        transport.close();
        if (watch != null) {
            watch.close();
            statements.close();
        }
        waiting.close();
    }
}
