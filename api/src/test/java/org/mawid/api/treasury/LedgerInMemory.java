package org.mawid.api.treasury;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.port.OnlinePayment;
import org.mawid.api.treasury.port.PaymentPort;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.port.RequestId;
import org.mawid.api.treasury.port.TreasuryCommand;

/** The ledger as the adapter sees it, with the core's rules for payments, in a few maps. Can be unavailable. Synchronised. */
public final class LedgerInMemory implements PaymentPort {
    private final Map<Long, OnlinePayment> payments = new TreeMap<>();
    private final Map<String, Long> numbers = new LinkedHashMap<>();
    private final Set<RequestId> done = new HashSet<>();
    private final List<TreasuryCommand> kept = new ArrayList<>();
    private final Map<Long, TreasuryCommand.OpenBreak> breaks = new LinkedHashMap<>();
    private final Map<Long, String> transactions = new LinkedHashMap<>();
    private boolean isUnavailable;
    private long failAfter = Long.MAX_VALUE;

    /** A payment that has just been started. */
    public synchronized OnlinePayment start(final String reference, final long minor, final String currency, final long startedMs) {
        final long number = numbers.size() + 1;
        final OnlinePayment payment = new OnlinePayment(number, reference, 12, new Amount(minor, currency), minor, PaymentState.PENDING, startedMs);
        payments.put(number, payment);
        numbers.put(reference, number);
        return payment;
    }

    public synchronized void unavailable(final boolean is) {
        isUnavailable = is;
    }

    /** The core goes away after so many more commands. */
    public synchronized void failAfter(final long commands) {
        failAfter = commands;
    }

    public synchronized void state(final String reference, final PaymentState state) {
        payments.computeIfPresent(numbers.get(reference), (number, before) -> with(before, state));
    }

    @Override
    public synchronized OnlinePayment find(final String reference) {
        final Long number = numbers.get(reference);
        return number == null ? null : payments.get(number);
    }

    @Override
    public synchronized List<OnlinePayment> pending(final long after, final int limit) {
        return payments.values().stream().filter(payment -> payment.number() > after && payment.state().isOpen()).limit(limit).toList();
    }

    @Override
    public synchronized Future<Told> tell(final TreasuryCommand command) {
        if (isUnavailable || failAfter-- <= 0) {
            return Future.succeededFuture(Told.UNAVAILABLE);
        }
        if (done.contains(command.requestId())) {
            return Future.succeededFuture(Told.REPEATED);
        }
        final Told told = apply(command);
        if (told == Told.DONE) {
            done.add(command.requestId());
            kept.add(command);
        }
        return Future.succeededFuture(told);
    }

    private Told apply(final TreasuryCommand command) {
        if (command instanceof TreasuryCommand.RecordApproval approval) {
            final OnlinePayment payment = payments.get(approval.payment());
            if (approval.order().equals(transactions.put(approval.payment(), approval.order()))) {
                return Told.REPEATED;
            }
            final boolean isAsAsked = approval.amount().equals(payment.amount());
            return to(payment, payment.state().isOpen() && isAsAsked ? PaymentState.APPROVED : payment.state().isPaid() ? null : PaymentState.UNALLOCATED);
        } else if (command instanceof TreasuryCommand.RecordFailure failure) {
            final OnlinePayment payment = payments.get(failure.payment());
            return to(payment, !payment.state().isOpen() ? null : failure.failure() == TreasuryCommand.Failure.DECLINED ? PaymentState.DECLINED : PaymentState.CANCELLED);
        } else if (command instanceof TreasuryCommand.MarkInDoubt doubt) {
            final OnlinePayment payment = payments.get(doubt.payment());
            return to(payment, payment.state() == PaymentState.PENDING ? PaymentState.IN_DOUBT : null);
        } else if (command instanceof TreasuryCommand.OpenBreak found) {
            return breaks.putIfAbsent(found.key(), found) == null ? Told.DONE : Told.REPEATED;
        }
        return Told.DONE;
    }

    private Told to(final OnlinePayment payment, final PaymentState state) {
        if (state == null) {
            return Told.REFUSED;
        }
        payments.put(payment.number(), with(payment, state));
        return Told.DONE;
    }

    private static OnlinePayment with(final OnlinePayment payment, final PaymentState state) {
        return new OnlinePayment(payment.number(), payment.reference(), payment.postId(), payment.amount(), payment.amountCentimes(), state, payment.startedMs());
    }

    public synchronized PaymentState state(final String reference) {
        return find(reference).state();
    }

    /** What the log has of one kind, in order. */
    public synchronized <T extends TreasuryCommand> List<T> kept(final Class<T> kind) {
        return kept.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public synchronized List<TreasuryCommand.OpenBreak> breaks() {
        return List.copyOf(breaks.values());
    }

    public synchronized List<OnlinePayment> payments() {
        return List.copyOf(payments.values());
    }
}
