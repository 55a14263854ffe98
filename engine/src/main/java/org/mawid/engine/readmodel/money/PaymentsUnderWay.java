package org.mawid.engine.readmodel.money;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.Terminal;
import org.mawid.engine.readmodel.Records.Payment;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentChangedDecoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.PaymentStartedDecoder;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.TerminalDefinedDecoder;
import org.mawid.sbe.TerminalRecordDecoder;

/**
 * Payments that are PENDING, IN_DOUBT or UNALLOCATED, by number, and the terminals. One thread writes, any reads.
 *
 * <p>Money that comes late for a payment that had failed makes it UNALLOCATED: what it was is not known here any more, so the core is asked. What
 * the core answers is put on its thread, before it applies anything else, so no later event can have been here first.
 */
final class PaymentsUnderWay {
    private final BegunPayments begun = new BegunPayments();
    /** Those of which more is known. */
    private final ConcurrentSkipListMap<Long, Payment> payments = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Integer, Terminal> terminals = new ConcurrentSkipListMap<>();
    /** What the core is to be asked; true = it was, and the answer comes. */
    private final ConcurrentHashMap<Long, Boolean> unknown = new ConcurrentHashMap<>();
    /** Begun by the present command, and not awaited: what becomes of it comes next. */
    private Payment present;
    private volatile RecordsSource source;

    // ---- one thread

    void started(final PaymentStartedDecoder event) {
        if (event.deadlineMs() == 0) {
            present = PaymentReading.started(event);
            return;
        }
        final long paymentId = event.paymentId();
        begun.add(event);
        if (event.means() == PaymentMeans.TERMINAL) {
            terminals.computeIfPresent((int) event.terminalId(), (id, of) -> new Terminal(id, of.postId(), of.code(), of.enabled(), paymentId));
        }
    }

    void changed(final PaymentChangedDecoder event) {
        final long paymentId = event.paymentId();
        if (!begun.has(paymentId)) {
            changed(payments.get(paymentId), event);
        } else if (isUnderWay(event.state())) {
            changed(begun.payment(paymentId), event);
            begun.remove(paymentId); // after it is among the others: who reads begins here
        } else {
            final int terminalId = begun.terminalOf(paymentId);
            begun.remove(paymentId);
            free(terminalId, paymentId);
        }
    }

    private void changed(final Payment known, final PaymentChangedDecoder event) {
        final long paymentId = event.paymentId();
        final Payment was = known != null || present == null || present.paymentId() != paymentId ? known : present;
        if (was != null && was.position() > event.head().position()) {
            return; // the core has told more already
        }
        if (!isUnderWay(event.state())) {
            payments.remove(paymentId);
            unknown.remove(paymentId);
        } else if (was == null) {
            unknown.putIfAbsent(paymentId, false);
            ask();
        } else {
            payments.put(paymentId, PaymentReading.changed(was, event));
        }
        if (event.state() != PaymentState.PENDING && known != null) {
            free(known.terminalId(), paymentId);
        }
    }

    private void free(final int terminalId, final long paymentId) {
        if (terminalId != 0) {
            terminals.computeIfPresent(terminalId, (id, of) -> of.paymentId() == paymentId ? new Terminal(id, of.postId(), of.code(), of.enabled(), 0) : of);
        }
    }

    static boolean isUnderWay(final PaymentState state) {
        return state == PaymentState.PENDING || state == PaymentState.IN_DOUBT || state == PaymentState.UNALLOCATED;
    }

    void record(final Payment payment) {
        payments.put(payment.paymentId(), payment);
    }

    void defined(final TerminalDefinedDecoder event) {
        final String code = event.code();
        final boolean enabled = event.enabled() == BooleanType.YES;
        final int postId = event.postId();
        terminals.compute((int) event.terminalId(), (id, of) -> new Terminal(id, postId, code, enabled, of == null ? 0 : of.paymentId()));
    }

    void record(final TerminalRecordDecoder record) {
        terminals.put((int) record.terminalId(),
                new Terminal((int) record.terminalId(), record.postId(), record.code(), record.enabled() == BooleanType.YES, record.paymentId()));
    }

    /** Asks for what is unknown, also what was not admitted before. */
    void ask() {
        if (unknown.isEmpty() || source == null) {
            return;
        }
        unknown.forEach((paymentId, asked) -> {
            if (!asked && source.request(RecordsSource.Table.PAYMENTS, paymentId, 1, new Told())) {
                unknown.computeIfPresent(paymentId, (id, was) -> true);
            }
        });
    }

    void askFrom(final RecordsSource from) {
        source = from;
    }

    /** On the core's thread. */
    private final class Told implements RecordsSource.Slice {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private Payment told;

        @Override
        public void onRecord(final DirectBuffer message, final int offset, final int length) {
            if (header.wrap(message, offset).templateId() == PaymentRecordDecoder.TEMPLATE_ID) {
                told = PaymentReading.record(new PaymentRecordDecoder().wrapAndApplyHeader(message, offset, header), 0);
            }
        }

        @Override
        public void onEnd(final long position, final long next) {
            if (told != null && unknown.remove(told.paymentId()) != null && isUnderWay(told.state())) {
                payments.put(told.paymentId(), PaymentReading.at(told, position));
            }
        }
    }

    // ---- any thread

    /** @param ofBegun which of those that are PENDING and of which nothing more is known @param ofOthers which of the others */
    List<Payment> those(final Predicate<PaymentStartedDecoder> ofBegun, final Predicate<Payment> ofOthers) {
        final TreeMap<Long, Payment> those = begun.those(ofBegun, MoneyView.MOST);
        payments.forEach((paymentId, payment) -> {
            those.remove(paymentId);
            if (ofOthers.test(payment)) {
                those.put(paymentId, payment);
            }
        });
        return those.values().stream().limit(MoneyView.MOST).toList();
    }

    /** @param wanted which of those that are not PENDING, or wait for a person */
    List<Payment> others(final Predicate<Payment> wanted) {
        return payments.values().stream().filter(wanted).limit(MoneyView.MOST).toList();
    }

    Terminal terminal(final int terminalId) {
        return terminals.get(terminalId);
    }

    List<Terminal> terminals(final int postId) {
        return terminals.values().stream().filter(one -> postId == 0 || one.postId() == postId).limit(MoneyView.MOST).toList();
    }
}
