package org.mawid.api.terminal.closing;

import java.util.HashSet;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.sbe.BatchClosedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentChangedDecoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentStartedDecoder;
import org.mawid.sbe.PaymentState;

/**
 * How many payments of a terminal were charged, given back at once and never booked, since it was closed last: read from what happened, not from
 * anybody's memory. May read a file. One thread.
 */
final class UndoneCount {
    private static final int EVENTS_PER_TURN = 1_024;

    private final int terminalId;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentStartedDecoder started = new PaymentStartedDecoder();
    private final PaymentChangedDecoder changed = new PaymentChangedDecoder();
    private final BatchClosedDecoder closed = new BatchClosedDecoder();
    private final Set<Long> begun = new HashSet<>();
    private final Set<Long> undone = new HashSet<>();

    private UndoneCount(final int terminalId) {
        this.terminalId = terminalId;
    }

    /**
     * @param after position of the log from which on it is looked; what is not kept any more is not counted
     * @param upTo  which the events reflect already
     */
    static int of(final EventLog events, final int terminalId, final int postId, final long after, final long upTo) {
        final UndoneCount count = new UndoneCount(terminalId);
        final long from = Math.max(after, events.keptFrom());
        try (EventLog.Subscription all = events.subscribe(EventLog.Cursor.after(events.epoch(), from), postId)) {
            long before = -1;
            while (!all.isLost() && all.cursor().position() <= upTo && (all.poll((cursor, buffer, offset, length) -> {
                if (cursor.position() <= upTo) {
                    count.event(buffer, offset);
                }
            }, EVENTS_PER_TURN) > 0 || all.cursor().position() > before)) {
                before = all.cursor().position();
            }
        }
        return count.undone.size();
    }

    private void event(final DirectBuffer buffer, final int offset) {
        switch (header.wrap(buffer, offset).templateId()) {
            case PaymentStartedDecoder.TEMPLATE_ID -> {
                started.wrapAndApplyHeader(buffer, offset, header);
                if (started.means() == PaymentMeans.TERMINAL && started.terminalId() == terminalId && started.deadlineMs() != 0) {
                    begun.add(started.paymentId());
                }
            }
            case PaymentChangedDecoder.TEMPLATE_ID -> {
                changed.wrapAndApplyHeader(buffer, offset, header);
                if (changed.state() == PaymentState.REVERSED && changed.batchId() == 0 && begun.contains(changed.paymentId())) {
                    undone.add(changed.paymentId());
                }
            }
            case BatchClosedDecoder.TEMPLATE_ID -> {
                closed.wrapAndApplyHeader(buffer, offset, header);
                if (closed.means() == PaymentMeans.TERMINAL && closed.terminalId() == terminalId) {
                    undone.clear();
                }
            }
            default -> { }
        }
    }
}
