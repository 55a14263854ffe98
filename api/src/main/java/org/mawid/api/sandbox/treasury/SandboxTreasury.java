package org.mawid.api.sandbox.treasury;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A treasury to play with: <b>no money moves</b>. Listens on loopback only. What it does wrong on demand is in {@link SandboxFault}; what it did wrong is in {@link #injected()}. The same can be asked for by
 * {@code POST /sandbox/faults} with for instance {@code {"next":["SLOW","DUPLICATE_CALL_BACK"]}} or {@code {"seed":7,"share":0.1}}. Any thread.
 */
public final class SandboxTreasury implements AutoCloseable {
    private final SandboxFaults faults = new SandboxFaults();
    private final SandboxBooks books;
    private final SandboxStatements statements;
    private final SandboxCallBacks callBacks;
    private final SandboxRoutes routes;
    private final boolean isTls;
    private final Vertx vertx;
    private HttpServer server;

    private SandboxTreasury(final Vertx vertx, final SandboxSettings settings, final LongSupplier nowMs, final LongSupplier wallMs) {
        this.vertx = vertx;
        isTls = settings.certificate() != null;
        books = new SandboxBooks(nowMs);
        statements = new SandboxStatements(books, faults, settings);
        callBacks = new SandboxCallBacks(vertx, settings, wallMs);
        routes = new SandboxRoutes(vertx, this, settings, books, faults);
    }

    /**
     * @param port   0 = any free one
     * @param nowMs  by which days end, ms since 1970-01-01 UTC
     * @param wallMs by which call-backs are signed
     */
    public static Future<SandboxTreasury> start(final Vertx vertx, final SandboxSettings settings, final int port, final LongSupplier nowMs, final LongSupplier wallMs) {
        final SandboxTreasury sandbox = new SandboxTreasury(vertx, settings, nowMs, wallMs);
        final HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(port);
        if (sandbox.isTls) {
            options.setSsl(true).setKeyCertOptions(new PemKeyCertOptions().addCertPath(settings.certificate().toString()).addKeyPath(settings.key().toString()));
            if (settings.clientTrust() != null) {
                options.setClientAuth(ClientAuth.REQUIRED).setTrustOptions(new PemTrustOptions().addCertPath(settings.clientTrust().toString()));
            }
        }
        return vertx.createHttpServer(options).requestHandler(sandbox.routes.router()).listen().map(listening -> {
            sandbox.server = listening;
            return sandbox;
        });
    }

    public int port() {
        return server.actualPort();
    }

    /** Where it is. */
    public String base() {
        return (isTls ? "https" : "http") + "://127.0.0.1:" + port();
    }

    /** From now on it calls back there. */
    public void callBackTo(final URI url) {
        callBacks.to(url);
    }

    /** The citizen presses Pay. @return false when there is no such order, or it is not open */
    public boolean pay(final String reference) {
        final SandboxOrder order = books.byReference(reference);
        if (order == null || !order.isOpen()) {
            return false;
        }
        final SandboxFault fault = faults.next(SandboxFault.Place.PAYMENT);
        final long minor = fault == SandboxFault.WRONG_AMOUNT ? order.minor * 2 : fault == SandboxFault.OFF_BY_ONE ? order.minor - 1 : order.minor;
        final String currency = fault != SandboxFault.OTHER_CURRENCY ? order.currency : order.currency.equals("MAD") ? "EUR" : "MAD";
        if (!books.charge(order, minor, currency)) {
            return false;
        }
        if (fault != null) {
            faults.happened(fault, reference);
        }
        final JsonObject told = order.json(base());
        vertx.runOnContext(now -> callBacks.tell(told, fault));
        return true;
    }

    /** The citizen presses Refuse, as a bank would. */
    public boolean refuse(final String reference) {
        return end(reference, "REFUSED");
    }

    /** The citizen goes away. */
    public boolean cancel(final String reference) {
        return end(reference, "CANCELLED");
    }

    /** Nobody came. */
    public boolean expire(final String reference) {
        return end(reference, "EXPIRED");
    }

    private boolean end(final String reference, final String status) {
        final SandboxOrder order = books.byReference(reference);
        if (order == null || !books.end(order, status)) {
            return false;
        }
        final JsonObject told = order.json(base());
        vertx.runOnContext(now -> callBacks.tell(told, null));
        return true;
    }

    /** How often it has charged for a reference, which is once or not at all. */
    public boolean hasCharged(final String reference) {
        final SandboxOrder order = books.byReference(reference);
        return order != null && order.status.equals("PAID");
    }

    /** What it has given back, minor units, by the reference of the refund. */
    public Map<String, Long> givenBack() {
        return books.givenBack();
    }

    /** Whoever has paid by card has taken all of it back from the bank, which takes it from the treasury's account. @return false when nothing was charged for the reference, or a part of it was given back */
    public boolean chargeBack(final String reference) {
        return books.chargeBack(reference);
    }

    /** A terminal's closing has come to it: money that is to be on a statement as one line. @param reference of the batch @param payments in it */
    public void terminalBatch(final String reference, final int postId, final long grossMinor, final String currency, final int payments) {
        books.batch(new SandboxMovement(reference, Integer.toString(postId), true, grossMinor, currency, Math.max(2, payments), books.today()));
    }

    /**
     * The statement of a day, with what happened {@link SandboxSettings#delayDays()} before. A day is closed when it or a later one is first asked for.
     *
     * @param version of the schema, 02 to 08
     * @return null when it has none of that day
     */
    public byte[] statement(final String currency, final LocalDate day, final boolean isNotification, final String version) {
        return statements.file(currency, Math.toIntExact(day.toEpochDay()), isNotification, version);
    }

    /** Publishes tariffs: {@code [{"service":…,"from":"2026-01-01","components":[{"component":…,"beneficiary":…,"amount":{"value":"100.00","currency":"MAD"}}]}]}. */
    public void publish(final JsonArray tariffs) {
        routes.publish(new JsonObject().put("tariffs", tariffs));
    }

    /** As {@link #publish}, under a version of somebody's choice: one that there was before, say. */
    public void publishAs(final String version, final JsonArray tariffs) {
        routes.publish(version, new JsonObject().put("tariffs", tariffs));
    }

    /** Misbehaves so at the next occasion; after those that were asked for before. */
    public void next(final SandboxFault fault) {
        faults.ask(fault);
    }

    /** Misbehaves in a share of all occasions, as the seed has it. @param share 0 to 1 @param among of which faults */
    public void draw(final long seed, final double share, final List<SandboxFault> among) {
        faults.draw(seed, share, among);
    }

    /** Answers nothing but 503 until told otherwise; page and control go on. */
    public void down(final boolean isDown) {
        faults.down(isDown);
    }

    /** Whether payments of a post and day always come as one net line. */
    public void netAlways(final boolean is) {
        statements.netAlways(is);
    }

    /** Behaves from now on. */
    public void calm() {
        faults.calm();
    }

    /** All that went wrong so far, in that order; batches that are no fault too. */
    public List<SandboxInjection> injected() {
        return faults.injected();
    }

    @Override
    public void close() {
        callBacks.close();
        if (server != null) {
            server.close();
        }
    }
}
