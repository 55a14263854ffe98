package org.mawid.api.treasury.wire;

import org.mawid.api.treasury.port.OrderState;

/** What the treasury tells by itself. @param event its name, the same when it is told again */
public record CallBack(String event, OrderState order) {
}
