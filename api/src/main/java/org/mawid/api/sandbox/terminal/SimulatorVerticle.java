package org.mawid.api.sandbox.terminal;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TCPSSLOptions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The simulated terminal itself: listens, answers, misbehaves. On its event loop. */
final class SimulatorVerticle extends VerticleBase {
    private static final int MOST_BYTES = 1 << 20;

    private final SimulatorSettings settings;
    private final SimulatorBank bank;
    private final SimulatorPlan plan;
    private final Consumer<String> watcher;
    private final PemKeyCertOptions identity;
    private final SimulatorDelivery delivery = new SimulatorDelivery();
    private final List<SimulatorSession> sessions = new ArrayList<>();
    private InProgress inProgress;
    /** What it works at slowly and is no payment; empty = nothing. */
    private String slow = "";
    private int tcpPort;
    private int webSocketPort;
    private int controlPort;

    /** A customer stands at the terminal. */
    private record InProgress(SimulatorSession session, JsonObject header, JsonObject request, SimulatorBehaviour behaviour, long timer) {
    }

    /** @param identity null = no TLS */
    SimulatorVerticle(final SimulatorSettings settings, final SimulatorBank bank, final SimulatorPlan plan, final Consumer<String> watcher, final PemKeyCertOptions identity) {
        this.settings = settings;
        this.bank = bank;
        this.plan = plan;
        this.watcher = watcher;
        this.identity = identity;
    }

    @Override
    public Future<?> start() {
        final Future<?> tcp = vertx.createNetServer(secured(new NetServerOptions())).connectHandler(socket -> {
            final SimulatorSession session = opened(SimulatorSession.of(socket));
            final SimulatorFrames frames = new SimulatorFrames(MOST_BYTES, message -> received(session, message), session::cut);
            socket.handler(frames).closeHandler(nothing -> sessions.remove(session)).exceptionHandler(broken -> { });
        }).listen(settings.tcpPort(), settings.host()).onSuccess(server -> tcpPort = server.actualPort());
        final HttpServerOptions webSockets = secured(new HttpServerOptions().setMaxWebSocketMessageSize(MOST_BYTES).setMaxWebSocketFrameSize(MOST_BYTES));
        final Future<?> webSocket = vertx.createHttpServer(webSockets).webSocketHandler(socket -> {
            final SimulatorSession session = opened(SimulatorSession.of(socket));
            socket.textMessageHandler(text -> received(session, Buffer.buffer(text))).closeHandler(nothing -> sessions.remove(session));
            socket.exceptionHandler(broken -> { });
        }).listen(settings.webSocketPort(), settings.host()).onSuccess(server -> webSocketPort = server.actualPort());
        final Future<?> control = vertx.createHttpServer().requestHandler(new SimulatorControl(bank, plan))
                .listen(settings.controlPort(), settings.host()).onSuccess(server -> controlPort = server.actualPort());
        return Future.all(tcp, webSocket, control);
    }

    private <T extends TCPSSLOptions> T secured(final T options) {
        if (identity != null) {
            options.setSsl(true).setKeyCertOptions(identity);
        }
        return options;
    }

    private SimulatorSession opened(final SimulatorSession session) {
        sessions.add(session);
        return session;
    }

    /** Ends all connections, as a cable that is pulled. */
    void cutAll() {
        context.runOnContext(nothing -> List.copyOf(sessions).forEach(SimulatorSession::cut));
    }

    /** Something that no till asked for, to all of them. */
    void say(final Buffer message) {
        context.runOnContext(nothing -> List.copyOf(sessions).forEach(session -> session.send(message)));
    }

    int tcpPort() {
        return tcpPort;
    }

    int webSocketPort() {
        return webSocketPort;
    }

    int controlPort() {
        return controlPort;
    }

    private void received(final SimulatorSession session, final Buffer message) {
        final JsonObject root = SimulatorJson.read(message.getBytes());
        final JsonObject header = root == null ? new JsonObject() : SimulatorJson.in(root, "SaleToPOIRequest", "MessageHeader");
        final String category = header.getString("MessageCategory");
        if (category == null || !settings.poiId().equals(header.getString("POIID"))) {
            session.cut();
            return;
        }
        watcher.accept(category);
        final JsonObject request = SimulatorJson.in(root, "SaleToPOIRequest", category + "Request");
        final SimulatorBehaviour behaviour = plan.take(category);
        if (behaviour == SimulatorBehaviour.CUT_BEFORE_CHARGING) {
            session.cut();
        } else if (behaviour == SimulatorBehaviour.SILENT) {
            return;
        } else if (category.equals("Payment")) {
            payment(session, header, request, behaviour);
        } else if (category.equals("Abort")) {
            abort(request);
        } else if (behaviour == SimulatorBehaviour.SLOW) {
            slow = key(header);
            vertx.setTimer(settings.slowMs(), nothing -> {
                slow = "";
                delivery.deliver(session, header, answer(category, header, request, behaviour), behaviour);
            });
        } else {
            delivery.deliver(session, header, answer(category, header, request, behaviour), behaviour);
        }
    }

    private void payment(final SimulatorSession session, final JsonObject header, final JsonObject request, final SimulatorBehaviour behaviour) {
        if (inProgress != null || behaviour == SimulatorBehaviour.BUSY) {
            delivery.deliver(session, header, told(header, SimulatorAnswers.failedPayment(request, "Busy")), SimulatorBehaviour.NORMAL);
            return;
        }
        final long delayMs = settings.customerMs() + (behaviour == SimulatorBehaviour.SLOW ? settings.slowMs() : 0);
        inProgress = new InProgress(session, header, request, behaviour, delayMs == 0 ? -1 : vertx.setTimer(delayMs, nothing -> finish(null)));
        if (delayMs == 0) {
            finish(null);
        }
    }

    private void abort(final JsonObject request) {
        final boolean isMeant = inProgress != null
                && SimulatorJson.in(request, "MessageReference").getString("ServiceID", "").equals(inProgress.header().getString("ServiceID"));
        if (isMeant && vertx.cancelTimer(inProgress.timer())) {
            finish("Aborted");
        }
    }

    /** @param condition why it fails; null = it does not, unless it was told to */
    private void finish(final String condition) {
        final InProgress over = inProgress;
        inProgress = null;
        final String failure = condition != null ? condition : switch (over.behaviour()) {
            case DECLINE -> "Refusal";
            case CANCEL -> "Cancel";
            default -> null;
        };
        final JsonObject body = failure != null ? SimulatorAnswers.failedPayment(over.request(), failure) : charged(over);
        delivery.deliver(over.session(), over.header(), told(over.header(), body), over.behaviour());
    }

    private JsonObject charged(final InProgress payment) {
        final JsonObject amounts = SimulatorJson.in(payment.request(), "PaymentTransaction", "AmountsReq");
        final BigDecimal asked = (BigDecimal) amounts.getValue("RequestedAmount");
        final String currency = amounts.getString("Currency");
        final BigDecimal amount = payment.behaviour() == SimulatorBehaviour.WRONG_AMOUNT ? asked.add(BigDecimal.valueOf(1, settings.minorDigits())) : asked;
        final String charged = payment.behaviour() == SimulatorBehaviour.OTHER_CURRENCY ? SimulatorDelivery.another(currency) : currency;
        final BigDecimal countable = charged.equals(currency) ? amount : amount.setScale(Math.min(amount.scale(), SimulatorDelivery.DIGITS_OF_ANOTHER), RoundingMode.DOWN);
        final SimulatorCharge made = bank.charge(SimulatorJson.in(payment.request(), "SaleData", "SaleTransactionID").getString("TransactionID", ""), countable, charged);
        return SimulatorAnswers.payment(payment.request(), made, bank.timeOf(made));
    }

    private JsonObject told(final JsonObject header, final JsonObject body) {
        bank.tell(key(header), body.copy());
        return body;
    }

    private JsonObject answer(final String category, final JsonObject header, final JsonObject request, final SimulatorBehaviour behaviour) {
        final boolean isRefused = behaviour == SimulatorBehaviour.DECLINE || behaviour == SimulatorBehaviour.CANCEL || behaviour == SimulatorBehaviour.BUSY;
        if (isRefused) {
            final JsonObject failure = SimulatorAnswers.failure(behaviour == SimulatorBehaviour.BUSY ? "Busy" : "NotAllowed");
            return category.equals("Reversal") ? told(header, failure) : failure;
        }
        return switch (category) {
            case "Reversal" -> told(header, reversal(request));
            case "TransactionStatus" -> status(header, request);
            case "Reconciliation" -> reconciliation(request.getString("ReconciliationType", ""));
            case "Login", "Diagnosis" -> SimulatorAnswers.success();
            default -> SimulatorAnswers.failure("UnavailableService");
        };
    }

    private JsonObject reversal(final JsonObject request) {
        final SimulatorCharge reversed = inProgress != null ? null
                : bank.reverse(SimulatorJson.in(request, "OriginalPOITransaction", "POITransactionID").getString("TransactionID", ""), request.getString("SaleReferenceID", ""));
        return reversed == null ? SimulatorAnswers.failure("NotFound") : SimulatorAnswers.reversal(reversed, bank.timeOf(reversed));
    }

    private JsonObject status(final JsonObject header, final JsonObject request) {
        final JsonObject reference = SimulatorJson.in(request, "MessageReference");
        if (slow.equals(key(reference)) || inProgress != null && key(reference).equals(key(inProgress.header()))) {
            return SimulatorAnswers.failure("InProgress").put("MessageReference", reference);
        }
        final JsonObject told = bank.told(key(reference));
        return told == null ? SimulatorAnswers.failure("NotFound").put("MessageReference", reference) : SimulatorAnswers.repeated(reference, header, told);
    }

    private JsonObject reconciliation(final String type) {
        if (type.equals("PreviousReconciliation")) {
            final int previous = bank.previousPeriod();
            return previous == 0 ? SimulatorAnswers.failure("NotFound") : SimulatorAnswers.reconciliation(previous, type, bank.previousTotals());
        }
        final int closed = bank.close();
        return SimulatorAnswers.reconciliation(closed, type, bank.previousTotals());
    }

    private static String key(final JsonObject header) {
        return header.getString("MessageCategory") + ' ' + header.getString("SaleID") + ' ' + header.getString("ServiceID");
    }
}
