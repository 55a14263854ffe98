package org.mawid.api.gateway;

import java.util.function.Consumer;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.core.EngineCore;

/** Which payment was begun last. Filled on the core's thread, then pushed; read on the lane. */
final class LastPaymentQuestion extends Signal implements CoreQuery {
    private final Lane lane;
    private final Consumer<LastPayment> handler;
    private LastPayment last;
    private boolean handedOver;

    LastPaymentQuestion(final Lane lane, final Consumer<LastPayment> handler) {
        this.lane = lane;
        this.handler = handler;
    }

    @Override
    public void on(final EngineCore core) {
        last = new LastPayment(core.position(), core.lastPaymentId());
        lane.push(this);
    }

    @Override
    protected void onLane() {
        lane.answered(this);
        if (!handedOver) {
            handedOver = true;
            handler.accept(last);
        }
    }

    @Override
    protected void onTimeout() {
        handedOver = true;
        handler.accept(null);
    }
}
