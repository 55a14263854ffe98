package org.mawid.api.server;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;

/** Of a call whose token is being looked at. Nothing was asked of its client yet; what the service asks for as it begins comes before its listener is here. */
final class Later<Q> extends ServerCall.Listener<Q> {
    private final List<Q> early = new ArrayList<>();
    private ServerCall.Listener<Q> listener;
    private boolean isReady;
    private boolean isHalfClosed;
    boolean isCancelled;

    void goOn(final ServerCall.Listener<Q> begun) {
        listener = begun;
        if (isReady) {
            listener.onReady();
        }
        early.forEach(listener::onMessage);
        early.clear();
        if (isHalfClosed) {
            listener.onHalfClose();
        }
    }

    @Override
    public void onMessage(final Q message) {
        if (listener == null) {
            early.add(message);
        } else {
            listener.onMessage(message);
        }
    }

    @Override
    public void onHalfClose() {
        isHalfClosed = true;
        if (listener != null) {
            listener.onHalfClose();
        }
    }

    @Override
    public void onReady() {
        isReady = true;
        if (listener != null) {
            listener.onReady();
        }
    }

    @Override
    public void onCancel() {
        isCancelled = true;
        if (listener != null) {
            listener.onCancel();
        }
    }

    @Override
    public void onComplete() {
        if (listener != null) {
            listener.onComplete();
        }
    }
}
