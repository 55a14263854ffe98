package org.mawid.api.terminal;

import org.mawid.api.terminal.nexo.Category;
import org.mawid.api.terminal.nexo.Request;

/** What was asked of one terminal: the one request under way, and those of late. */
final class Requests {
    private static final int RECENT = 256;

    private final ServiceIds ids;
    private final Recent<String, Boolean> recent = new Recent<>(RECENT);
    private Exchange underWay;

    Requests(final long lifeSeed) {
        ids = new ServiceIds(lifeSeed);
    }

    /** For a request that nothing waits for. */
    String nextId() {
        return ids.next();
    }

    /** @param till whose it is, null = no payment's */
    Exchange begin(final Request request, final PaymentTill till, final long untilMs) {
        final boolean isNamed = request instanceof Request.Payment || request instanceof Request.Reversal;
        underWay = new Exchange(isNamed ? ServiceIds.of(request.category(), till.id()) : ids.next(), request, till, untilMs);
        recent.put(underWay.serviceId(), Boolean.FALSE);
        return underWay;
    }

    /** Null = none. */
    Exchange underWay() {
        return underWay;
    }

    /** No answer is awaited any more. @return what was under way */
    Exchange giveUp() {
        final Exchange given = underWay;
        underWay = null;
        return given;
    }

    void waitUntil(final long untilMs) {
        underWay = underWay.until(untilMs);
    }

    /** The exchange that an answer belongs to, which is over; null = it belongs to none. */
    Exchange take(final String serviceId, final Category category) {
        if (underWay == null || !underWay.serviceId().equals(serviceId) || underWay.request().category() != category) {
            return null;
        }
        recent.put(serviceId, Boolean.TRUE);
        return giveUp();
    }

    /** It stays under way: what came was not its answer. */
    void putBack(final Exchange taken) {
        underWay = taken;
        recent.put(taken.serviceId(), Boolean.FALSE);
    }

    /** True = was answered, false = was given up, null = never made, or long ago. */
    Boolean wasAnswered(final String serviceId) {
        return recent.get(serviceId);
    }
}
