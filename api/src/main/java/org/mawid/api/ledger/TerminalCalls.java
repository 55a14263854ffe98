package org.mawid.api.ledger;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import com.google.protobuf.MessageLite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Callers;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.terminal.BreakOff;
import org.mawid.api.terminal.TerminalState;
import org.mawid.api.terminal.closing.Closed;
import org.mawid.api.terminal.closing.ClosingOrder;
import org.mawid.api.terminal.closing.ClosingRefused;
import org.mawid.api.terminal.engine.EngineTill;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.AbortPaymentReply;
import org.mawid.grpc.AbortPaymentRequest;
import org.mawid.grpc.CloseTerminal;
import org.mawid.grpc.CloseTerminalReply;
import org.mawid.grpc.Request;
import org.mawid.grpc.TerminalConnection;
import org.mawid.grpc.TerminalTotals;
import org.mawid.sbe.Channel;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.Result;

/** What is asked of payment terminals over gRPC. On the server's event loops. */
public final class TerminalCalls {
    private static final Runnable NOTHING = () -> { };

    private final Calls calls;
    private final EngineTill till;

    /** @param till null = this server speaks to no terminals */
    public TerminalCalls(final Calls calls, final EngineTill till) {
        this.calls = calls;
        this.till = till;
    }

    /** How the terminals are, by number; those that this server speaks to. */
    Map<Integer, TerminalConnection> connections() {
        return till == null ? Map.of() : till.states().stream().collect(Collectors.toMap(TerminalState::terminalId, state -> TerminalConnection.newBuilder()
                .setConnected(state.isConnected()).setLoggedIn(state.isLoggedIn()).setReady(state.isReady()).setDoing(state.doing().name())
                .setPayments(state.payments()).build()));
    }

    void close(final CloseTerminal message, final StreamObserver<CloseTerminalReply> observer) {
        final Request request = message.getRequest();
        final int channel = request.getChannelValue();
        if ((request.getIdHigh() | request.getIdLow()) == 0 || channel < 0 || channel > Channel.SYSTEM.value()) {
            observer.onError(Refusals.of(Result.MALFORMED));
        } else if (!Callers.ofCall().mayActAs(request.getActor())) {
            observer.onError(Refusals.of(Result.FORBIDDEN));
        } else if (till == null) {
            observer.onError(Refusals.of(Cause.NO_TERMINAL));
        } else {
            final ClosingOrder order = new ClosingOrder(message.getTerminalId(), message.getEpochDay(), message.getDespiteDoubt(), request.getIdHigh(), request.getIdLow(),
                    Callers.ofCall().acting(request.getActor()), request.getOnBehalfOf(), Channel.get((short) channel));
            then(till.close(order), observer, this::reply);
        }
    }

    private CloseTerminalReply reply(final Closed closed) {
        final References references = calls.references();
        final CloseTerminalReply.Builder reply = CloseTerminalReply.newBuilder().setTerminalId(closed.terminalId()).setPostId(closed.postId()).setPeriod(closed.period())
                .setRepeatedPeriod(closed.isRepeated()).setBatch(references.text(ReferenceKind.BATCH, closed.batchId())).setCurrency(closed.currency())
                .setOurs(TerminalTotals.newBuilder().setCurrency(closed.currency()).setPaidMinor(closed.ours().paidMinor()).setPaidCount(closed.ours().paidCount())
                        .setUndoneMinor(closed.ours().undoneMinor()).setUndoneCount(closed.ours().undoneCount()))
                .setUndoneAtTerminal(closed.undoneAtTerminal()).setAgrees(closed.agrees()).setNothingToClose(closed.isNothing()).setRepeatedAnswer(closed.repeatedAnswer());
        closed.theirs().forEach(told -> reply.addTheirs(TerminalTotals.newBuilder().setCurrency(told.currency()).setPaidMinor(told.paymentsMinor()).setPaidCount(told.payments())
                .setUndoneMinor(told.reversalsMinor()).setUndoneCount(told.reversals()).setOtherMinor(told.othersMinor()).setOtherCount(told.others())));
        closed.breaks().forEach(number -> reply.addBreaks(references.text(ReferenceKind.BREAK, number)));
        return reply.build();
    }

    /** Breaks off what is on a terminal. */
    public void abort(final AbortPaymentRequest message, final StreamObserver<AbortPaymentReply> observer) {
        final long number = calls.numberToRead(ReferenceKind.PAYMENT, message.getPayment(), observer);
        if (number != 0) {
            calls.findRecord(0, observer, Result.PAYMENT_UNKNOWN, () -> calls.readModel().records().payment(number), found -> abort(found, observer));
        }
    }

    private void abort(final Records.Payment payment, final StreamObserver<AbortPaymentReply> observer) {
        if (payment.means() != PaymentMeans.TERMINAL || payment.state() != PaymentState.PENDING) {
            observer.onError(Refusals.of(Result.PAYMENT_STATE, payment.state().value(), 0));
        } else if (till == null) {
            observer.onError(Refusals.of(Cause.NO_TERMINAL));
        } else {
            then(till.cancel((int) payment.terminalId(), payment.paymentId()).thenApply(TerminalCalls::possible), observer, comesTo -> AbortPaymentReply.newBuilder()
                    .setPayment(calls.references().text(ReferenceKind.PAYMENT, payment.paymentId())).setTerminalWasTold(comesTo == BreakOff.TOLD).build());
        }
    }

    private static BreakOff possible(final BreakOff comesTo) {
        if (comesTo == BreakOff.UNKNOWN_TERMINAL || comesTo == BreakOff.NOT_IN_HAND) {
            throw Refusals.of(comesTo == BreakOff.NOT_IN_HAND ? Cause.TERMINAL_DOWN : Cause.NO_TERMINAL);
        }
        return comesTo;
    }

    /** Answers on the call's event loop. */
    private <T, R extends MessageLite> void then(final CompletionStage<T> asked, final StreamObserver<R> observer, final Function<T, R> reply) {
        ((ServerCallStreamObserver<R>) observer).setOnCancelHandler(NOTHING);
        final CallBytes bytes = CallBytes.ofCall();
        final Executor loop = calls.worker().eventLoop();
        asked.whenComplete((told, failed) -> loop.execute(() -> {
            final Throwable why = failed instanceof CompletionException ? failed.getCause() : failed;
            if (why == null) {
                Calls.give(bytes, observer, reply.apply(told));
            } else {
                observer.onError(why instanceof ClosingRefused refused ? refusal(refused) : why);
            }
        }));
    }

    private Throwable refusal(final ClosingRefused refused) {
        if (refused.unavailable() != null) {
            return Refusals.of(refused.unavailable());
        }
        final Map<String, String> more = new HashMap<>();
        if (!refused.payments().isEmpty()) {
            more.put("payments", texts(refused.payments()));
        }
        if (refused.breakId() != 0) {
            more.put("break", calls.references().text(ReferenceKind.BREAK, refused.breakId()));
        }
        return Refusals.of(refused.result(), refused.getMessage(), more);
    }

    private String texts(final List<Long> payments) {
        return payments.stream().map(number -> calls.references().text(ReferenceKind.PAYMENT, number)).collect(Collectors.joining(","));
    }
}
