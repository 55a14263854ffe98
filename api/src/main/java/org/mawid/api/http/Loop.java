package org.mawid.api.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.audit.AuditLog;
import org.mawid.api.callcentre.CallCentre;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.command.CommandMapping;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.Lane;
import org.mawid.api.gateway.References;
import org.mawid.api.http.Contract.Operation;
import org.mawid.api.notification.text.AppointmentCalendar;
import org.mawid.api.person.desk.PersonalDesk;
import org.mawid.api.report.Reports;
import org.mawid.api.schedule.ScheduleDesk;
import org.mawid.api.stamp.check.CallerLimit;
import org.mawid.api.stamp.check.StampCheck;
import org.mawid.api.stamp.document.StampPress;
import org.mawid.api.terminal.engine.EngineTill;
import org.mawid.api.treasury.closing.Closings;
import org.mawid.api.treasury.reconciliation.Reconciliation;
import org.mawid.engine.CommandSource;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.grpc.Command;

/** What one event loop has for itself, so that its calls share nothing with the others. Only on that loop's thread. */
final class Loop {
    private final Vertx vertx;
    private final Shared shared;
    private final Connections connections;
    private final Lane lane;
    private final Draft draft;
    private final CommandMapping mapping = new CommandMapping();
    private final UnsafeBuffer scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(CommandSource.MAX_BYTES));
    private final RequestCheck check = new RequestCheck();
    private String asking;

    /** What all event loops share; any thread. */
    record Shared(HttpConfig config, Contract contract, Gateway gateway, PostZones zones, EdgeMetrics metrics, FirstSeen firstSeen, CallerLimit askers,
                  StampCheck stampCheck, StampPress press, Backends backends, HttpAccess access, AuditLog audit) {
    }

    Loop(final Vertx vertx, final Context context, final Shared shared, final Connections connections) {
        this.connections = connections;
        this.vertx = vertx;
        this.shared = shared;
        this.lane = shared.gateway().lane(task -> context.runOnContext(nothing -> task.run()));
        this.draft = new Draft(shared.gateway().references(), shared.gateway().secretGuard(), () -> asking);
    }

    /** Encodes a command, to be submitted at once: the next one is written over it. @param from address of who asks @return what {@link Draft#end} gives */
    int encode(final Command command, final String from) {
        asking = from;
        return mapping.encode(draft.begin(scratch, 0, 0), command);
    }

    /** Address of who calls, as text without port; empty = it has none. */
    String client(final HttpServerRequest request) {
        return Forwarding.client(request, config().proxies());
    }

    /** Those of this event loop. */
    Connections connections() {
        return connections;
    }

    Draft draft() {
        return draft;
    }

    UnsafeBuffer encoded() {
        return scratch;
    }

    Vertx vertx() {
        return vertx;
    }

    Lane lane() {
        return lane;
    }

    RequestCheck check() {
        return check;
    }

    HttpConfig config() {
        return shared.config();
    }

    Contract contract() {
        return shared.contract();
    }

    Gateway gateway() {
        return shared.gateway();
    }

    References references() {
        return shared.gateway().references();
    }

    ReadModel readModel() {
        return shared.gateway().engine().readModel();
    }

    CatalogueView catalogue() {
        return readModel().catalogue();
    }

    EdgeMetrics metrics() {
        return shared.metrics();
    }

    /** The edge refuses by itself what was asked: counted when it is a command. */
    void refused(final Operation operation, final Problem problem) {
        final CommandTemplate command = operation.command();
        if (command != null) {
            gateway().localAnswers().count(command, problem.result(), problem.cause());
        }
    }

    /** Null when whoever calls may do anything. */
    HttpAccess access() {
        return shared.access();
    }

    /** One question at a time. */
    AuditLog audit() {
        return shared.audit();
    }

    /** How often one address may ask whether stamps are valid. */
    CallerLimit askers() {
        return shared.askers();
    }

    StampCheck stampCheck() {
        return shared.stampCheck();
    }

    StampPress press() {
        return shared.press();
    }

    /** Null when nothing is paid online. */
    OnlinePayments payments() {
        return shared.backends().payments();
    }

    /** Null when this server speaks to no terminals. */
    EngineTill till() {
        return shared.backends().till();
    }

    Reports reports() {
        return shared.backends().reports();
    }

    /** Null when no statement is taken. */
    Reconciliation reconciliation() {
        return shared.backends().reconciliation();
    }

    /** Null when none are taken. */
    ScheduleDesk schedules() {
        return shared.backends().schedules();
    }

    /** Null when no texts and documents are kept. */
    PersonalDesk persons() {
        return shared.backends().persons();
    }

    /** Null likewise. */
    CallCentre callCentre() {
        return shared.backends().callCentre();
    }

    /** Null when calendar programs are told no appointments. */
    AppointmentCalendar calendar() {
        return shared.backends().calendar();
    }

    /** Null when none is asked for. */
    Capabilities capabilities() {
        return shared.backends().capabilities();
    }

    /** Null when there are none. */
    Closings closings() {
        return shared.backends().closings();
    }

    /** Where a mobile desk is; null = at its post. */
    String place(final int deskId) {
        return shared.backends().places().apply(deskId);
    }

    FirstSeen firstSeen() {
        return shared.firstSeen();
    }

    ZoneId zone(final int postId) {
        return shared.zones().of(postId);
    }

    /** Of the post of a desk or resource; UTC when there is none. */
    ZoneId zoneOfPool(final int poolId) {
        final CatalogueView.Pool pool = catalogue().pool(poolId);
        return pool == null ? Times.utc() : zone(pool.postId());
    }
}
