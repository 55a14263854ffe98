package org.mawid.api.gateway;

import java.util.function.LongConsumer;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.core.EngineCore;

/** Asks the core when a remembered request was made. Filled on the core's thread, then pushed; read on the lane. */
final class CreatedQuestion extends Signal implements CoreQuery {
    private final Lane lane;
    private final long idHigh;
    private final long idLow;
    private final LongConsumer handler;
    private long createdMs;
    private boolean handedOver;

    CreatedQuestion(final Lane lane, final long idHigh, final long idLow, final LongConsumer handler) {
        this.lane = lane;
        this.idHigh = idHigh;
        this.idLow = idLow;
        this.handler = handler;
    }

    @Override
    public void on(final EngineCore core) {
        createdMs = core.createdMsOf(idHigh, idLow);
        lane.push(this);
    }

    @Override
    protected void onLane() {
        lane.answered(this);
        if (!handedOver) {
            handedOver = true;
            handler.accept(createdMs);
        }
    }

    @Override
    protected void onTimeout() {
        handedOver = true;
        handler.accept(Gateway.NOT_KNOWN);
    }
}
