package org.mawid.api.treasury;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.function.LongSupplier;
import org.mawid.api.treasury.callback.CallBacks;
import org.mawid.api.treasury.callback.SignatureCheck;
import org.mawid.api.treasury.order.PendingRound;
import org.mawid.api.treasury.order.RoundRules;
import org.mawid.api.treasury.order.Verdict;
import org.mawid.api.treasury.port.OnlinePayment;
import org.mawid.api.treasury.port.OrderState;
import org.mawid.api.treasury.port.PaymentOrder;
import org.mawid.api.treasury.port.PaymentPort;
import org.mawid.api.treasury.port.Treasury;

/** Online payments through the treasury. Nothing is kept in memory that is not in the log: it can end at any moment and begin again. Any thread. */
public final class TreasuryAdapter implements AutoCloseable {
    private final Vertx vertx;
    private final Treasury treasury;
    private final Verdict verdict;
    private final PendingRound round;
    private final CallBacks callBacks;
    private long timer = -1;

    /**
     * @param engineMs the engine's time, by which payments age
     * @param wallMs   the wall clock, by which signatures age
     */
    public TreasuryAdapter(final Vertx vertx, final Treasury treasury, final PaymentPort port, final SignatureCheck signature, final RoundRules rules, final LongSupplier engineMs,
                           final LongSupplier wallMs) {
        this.vertx = vertx;
        this.treasury = treasury;
        verdict = new Verdict(port);
        round = new PendingRound(port, treasury, rules, engineMs);
        callBacks = new CallBacks(signature, port, wallMs);
    }

    /**
     * Has an order for a payment that was just started, and says where the citizen pays. Fails with a {@code TreasuryException}: the payment then stays pending and the round takes care of it.
     *
     * @param returnTo where the citizen goes afterwards, null for nowhere
     * @param language fr, ar, en, es
     */
    public Future<OrderState> open(final OnlinePayment payment, final URI returnTo, final String language) {
        return treasury.order(new PaymentOrder(payment.reference(), payment.postId(), payment.amount(), returnTo, language))
                .compose(state -> verdict.of(payment, state).map(outcome -> state));
    }

    /** Begins to look after what is pending. @param everyMs between the beginnings of two rounds, 100 or more */
    public synchronized void start(final long everyMs) {
        if (timer < 0) {
            timer = vertx.setPeriodic(0, Math.max(100, everyMs), tick -> round.run());
        }
    }

    /** Looks after what is pending now. */
    public Future<PendingRound.Done> round() {
        return round.run();
    }

    /** What the treasury calls back; to be given requests whose body nobody has read. */
    public CallBacks callBacks() {
        return callBacks;
    }

    @Override
    public synchronized void close() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }
}
