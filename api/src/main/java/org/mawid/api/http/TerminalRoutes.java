package org.mawid.api.http;

import io.vertx.core.Context;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.terminal.BreakOff;
import org.mawid.api.terminal.TerminalState;
import org.mawid.api.terminal.TerminalTotals.OfCurrency;
import org.mawid.api.terminal.closing.Closed;
import org.mawid.api.terminal.closing.ClosingOrder;
import org.mawid.api.terminal.closing.ClosingRefused;
import org.mawid.api.terminal.closing.Sums;
import org.mawid.api.terminal.engine.EngineTill;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.Channel;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.Result;

/** Payment terminals: how they are, the end of their day, a payment that is broken off. */
final class TerminalRoutes {
    private TerminalRoutes() {
    }

    static JsonObject terminals(final Call call) {
        final long position = call.loop().readModel().position();
        final EngineTill till = call.loop().till();
        final Map<Integer, TerminalState> states = till == null ? Map.of()
                : till.states().stream().collect(Collectors.toMap(TerminalState::terminalId, Function.identity()));
        final JsonArray terminals = new JsonArray();
        for (final MoneyView.Terminal terminal : call.loop().readModel().money().terminals(LedgerRoutes.postOrAll(call))) {
            final JsonObject json = new JsonObject().put("terminalId", terminal.terminalId()).put("postId", terminal.postId()).put("code", terminal.code())
                    .put("enabled", terminal.enabled());
            if (terminal.paymentId() != 0) {
                json.put("payment", call.loop().references().text(ReferenceKind.PAYMENT, terminal.paymentId()));
            }
            final TerminalState state = states.get(terminal.terminalId());
            if (state != null) {
                json.put("connection", new JsonObject().put("connected", state.isConnected()).put("loggedIn", state.isLoggedIn()).put("ready", state.isReady())
                        .put("doing", state.doing().name()).put("payments", state.payments()));
            }
            terminals.add(json);
        }
        return new JsonObject().put("terminals", terminals).put("position", position);
    }

    static void close(final Call call) {
        final UUID id = call.has("Idempotency-Key") ? Commands.id(call.text("Idempotency-Key")) : UUID.randomUUID();
        call.routing().response().putHeader(Answers.IDEMPOTENCY_KEY, id.toString());
        final ClosingOrder order = new ClosingOrder(call.integer("terminalId"), Times.epochDay(call.body().getString("date")), call.body().getBoolean("despiteDoubt", false),
                id.getMostSignificantBits(), id.getLeastSignificantBits(), HttpAccess.acting(call), call.key("Mawid-On-Behalf-Of"), Channel.valueOf(call.text("Mawid-Channel")));
        then(call, till(call).close(order), closed -> call.answer(200, json(closed, call.loop().references())));
    }

    private static JsonObject json(final Closed closed, final References references) {
        final JsonArray theirs = new JsonArray();
        for (final OfCurrency told : closed.theirs()) {
            theirs.add(new JsonObject().put("currency", told.currency()).put("paidMinor", told.paymentsMinor()).put("paidCount", told.payments())
                    .put("undoneMinor", told.reversalsMinor()).put("undoneCount", told.reversals()).put("otherMinor", told.othersMinor()).put("otherCount", told.others()));
        }
        final JsonObject json = new JsonObject().put("terminalId", closed.terminalId()).put("postId", closed.postId()).put("period", closed.period())
                .put("repeatedPeriod", closed.isRepeated()).put("theirs", theirs).put("undoneAtTerminal", closed.undoneAtTerminal()).put("agrees", closed.agrees())
                .put("nothingToClose", closed.isNothing()).put("breaks", references(closed.breaks(), ReferenceKind.BREAK, references)).put("repeatedAnswer", closed.repeatedAnswer());
        if (closed.batchId() != 0) {
            final Sums ours = closed.ours();
            json.put("batch", references.text(ReferenceKind.BATCH, closed.batchId())).put("currency", closed.currency()).put("sumMinor", ours.netMinor())
                    .put("ours", new JsonObject().put("paidMinor", ours.paidMinor()).put("paidCount", ours.paidCount()).put("undoneMinor", ours.undoneMinor())
                            .put("undoneCount", ours.undoneCount()));
        }
        return json;
    }

    static void abort(final Call call) {
        Reads.fromRecords(call, asked -> asked.loop().readModel().records().payment(asked.number(ReferenceKind.PAYMENT, "payment")), found -> {
            if (found == null) {
                throw new Fault(Result.PAYMENT_UNKNOWN);
            }
            if (found.means() != PaymentMeans.TERMINAL) {
                throw new Fault(Problem.of(Result.PAYMENT_STATE, 0, "The payment is not at a terminal: there is nothing to break off.").with("paymentState", found.state().value())
                        .with("means", found.means().name()));
            }
            if (found.state() != PaymentState.PENDING) {
                throw new Fault(Problem.refused(Result.PAYMENT_STATE, found.state().value(), 0, Times.utc()));
            }
            then(call, till(call).cancel((int) found.terminalId(), found.paymentId()), comesTo -> brokenOff(call, found, comesTo));
        });
    }

    private static void brokenOff(final Call call, final Records.Payment payment, final BreakOff comesTo) {
        switch (comesTo) {
            case NEVER_ASKED, TOLD -> call.answer(200, new JsonObject().put("payment", call.loop().references().text(ReferenceKind.PAYMENT, payment.paymentId()))
                    .put("terminalWasTold", comesTo == BreakOff.TOLD));
            case UNKNOWN_TERMINAL -> throw new Fault(Problem.of(Cause.NO_TERMINAL));
            case NOT_IN_HAND -> throw new Fault(Problem.of(Cause.TERMINAL_DOWN));
        }
    }

    private static EngineTill till(final Call call) {
        if (call.loop().till() == null) {
            throw new Fault(Problem.of(Cause.NO_TERMINAL));
        }
        return call.loop().till();
    }

    /** Goes on with the answer on the call's event loop. */
    private static <T> void then(final Call call, final CompletionStage<T> asked, final Consumer<T> answer) {
        final Context here = call.routing().vertx().getOrCreateContext();
        asked.whenComplete((told, failed) -> here.runOnContext(back -> Reads.guarded(call, () -> {
            final Throwable why = failed instanceof CompletionException ? failed.getCause() : failed;
            if (why == null) {
                answer.accept(told);
            } else if (why instanceof ClosingRefused refused) {
                throw new Fault(problem(refused, call.loop().references()));
            } else {
                call.routing().fail(why);
            }
        })));
    }

    private static Problem problem(final ClosingRefused refused, final References references) {
        final Problem problem = refused.unavailable() == null ? Problem.of(refused.result(), 0, refused.getMessage()) : Problem.of(refused.unavailable());
        if (!refused.payments().isEmpty()) {
            problem.with("payments", references(refused.payments(), ReferenceKind.PAYMENT, references));
        }
        if (refused.breakId() != 0) {
            problem.with("break", references.text(ReferenceKind.BREAK, refused.breakId()));
        }
        return problem;
    }

    private static JsonArray references(final List<Long> numbers, final ReferenceKind kind, final References references) {
        final JsonArray all = new JsonArray();
        numbers.forEach(number -> all.add(references.text(kind, number)));
        return all;
    }
}
