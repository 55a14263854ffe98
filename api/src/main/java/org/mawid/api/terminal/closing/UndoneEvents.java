package org.mawid.api.terminal.closing;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import org.agrona.DirectBuffer;
import org.mawid.api.terminal.closing.Undone.Part;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.sbe.Account;
import org.mawid.sbe.BatchClosedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentChangedDecoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentStartedDecoder;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.PostedDecoder;
import org.mawid.sbe.StampState;
import org.mawid.sbe.StampsChangedDecoder;

/** Finds what was {@link Undone}, in what happened and not in anybody's memory. May read a file. One thread. */
final class UndoneEvents {
    private static final int EVENTS_PER_TURN = 1_024;

    private final int terminalId;
    private final LongPredicate isElsewhere;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentStartedDecoder started = new PaymentStartedDecoder();
    private final PaymentChangedDecoder changed = new PaymentChangedDecoder();
    private final StampsChangedDecoder stamps = new StampsChangedDecoder();
    private final PostedDecoder posted = new PostedDecoder();
    private final BatchClosedDecoder closed = new BatchClosedDecoder();
    private final Set<Long> begun = new HashSet<>();
    /** Of those that began, the ones that the terminal was asked for. */
    private final Set<Long> asked = new HashSet<>();
    private final Set<Long> atOnce = new HashSet<>();
    private Part refunds = Part.NONE;
    private Part chargeBacks = Part.NONE;
    /** Of the command whose events are being read: the payment, what became of it, and of its stamps. */
    private long position;
    private long payment;
    private PaymentState paymentState = PaymentState.NULL_VAL;
    private boolean isRefund;

    private UndoneEvents(final int terminalId, final LongPredicate isElsewhere) {
        this.terminalId = terminalId;
        this.isElsewhere = isElsewhere;
    }

    /**
     * @param after       position of the log from which on it is looked; what is not kept any more is not found
     * @param upTo        which the events reflect already
     * @param isElsewhere whether a payment that began before is another terminal's, or was made by other means
     */
    static Undone of(final EventLog events, final int terminalId, final int postId, final long after, final long upTo, final LongPredicate isElsewhere) {
        final UndoneEvents found = new UndoneEvents(terminalId, isElsewhere);
        final long from = Math.max(after, events.keptFrom());
        try (EventLog.Subscription all = events.subscribe(EventLog.Cursor.after(events.epoch(), from), postId)) {
            long before = -1;
            while (!all.isLost() && all.cursor().position() <= upTo && (all.poll((cursor, buffer, offset, length) -> {
                if (cursor.position() <= upTo) {
                    found.event(cursor.position(), buffer, offset);
                }
            }, EVENTS_PER_TURN) > 0 || all.cursor().position() > before)) {
                before = all.cursor().position();
            }
        }
        return new Undone(found.atOnce.size(), found.refunds, found.chargeBacks);
    }

    private void event(final long at, final DirectBuffer buffer, final int offset) {
        if (at != position) {
            position = at;
            payment = 0;
            paymentState = PaymentState.NULL_VAL;
            isRefund = false;
        }
        switch (header.wrap(buffer, offset).templateId()) {
            case PaymentStartedDecoder.TEMPLATE_ID -> {
                started.wrapAndApplyHeader(buffer, offset, header);
                if (started.means() == PaymentMeans.TERMINAL && started.terminalId() == terminalId) {
                    begun.add(started.paymentId());
                    if (started.deadlineMs() != 0) {
                        asked.add(started.paymentId());
                    }
                }
            }
            case PaymentChangedDecoder.TEMPLATE_ID -> {
                changed.wrapAndApplyHeader(buffer, offset, header);
                payment = changed.paymentId();
                paymentState = changed.state();
                if (paymentState == PaymentState.REVERSED && changed.batchId() == 0 && asked.contains(payment)) {
                    atOnce.add(payment);
                }
            }
            case StampsChangedDecoder.TEMPLATE_ID -> {
                stamps.wrapAndApplyHeader(buffer, offset, header);
                isRefund |= stamps.state() == StampState.REFUNDED && stamps.paymentId() == payment && paymentState == PaymentState.APPROVED;
            }
            case PostedDecoder.TEMPLATE_ID -> posted(buffer, offset);
            case BatchClosedDecoder.TEMPLATE_ID -> {
                closed.wrapAndApplyHeader(buffer, offset, header);
                if (closed.means() == PaymentMeans.TERMINAL && closed.terminalId() == terminalId) {
                    atOnce.clear();
                    refunds = Part.NONE;
                    chargeBacks = Part.NONE;
                }
            }
            default -> { }
        }
    }

    private void posted(final DirectBuffer buffer, final int offset) {
        final boolean isChargeBack = paymentState == PaymentState.CHARGED_BACK;
        if (!isRefund && !isChargeBack || !begun.contains(payment) && isElsewhere.test(payment)) {
            return;
        }
        long minor = 0;
        for (final PostedDecoder.EntriesDecoder entry : posted.wrapAndApplyHeader(buffer, offset, header).entries()) {
            minor += entry.account() == Account.CARD_RECEIVABLE ? entry.creditMinor() - entry.debitMinor() : 0;
        }
        if (minor > 0 && isChargeBack) {
            chargeBacks = chargeBacks.and(minor);
        } else if (minor > 0) {
            refunds = refunds.and(minor);
        }
    }
}
