package org.mawid.api.report;

import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.Account;
import org.mawid.sbe.LineState;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampMatter;
import org.mawid.sbe.StampState;

/** What a position adds to which sums: the definitions of {@link Measure} as rules. One thread. */
final class Counting {
    private final Facts facts;
    private List<Addition> additions;

    Counting(final Facts facts) {
        this.facts = facts;
    }

    /** @throws Facts.Stopping nothing of it is counted */
    List<Addition> of(final Happening all) {
        additions = new ArrayList<>();
        facts.asOf(all.position);
        all.steps.forEach(step -> add(step.postId(), Slice.POST, step.measure(), 1));
        for (final Happening.Submitted line : all.submitted) {
            add(line.postId(), Slice.service(line.serviceId()), Measure.LINES_SUBMITTED, 1);
            add(line.postId(), Slice.service(line.serviceId()), Measure.LINES_VALID_AT_ONCE, line.valid() ? 1 : 0);
        }
        all.lines.forEach(lines -> lines(lines, all.nowMs));
        all.visits.forEach(this::visit);
        stamps(all);
        payments(all);
        return additions;
    }

    private void add(final int postId, final Slice slice, final Measure measure, final long amount) {
        if (amount != 0) {
            additions.add(new Addition(postId, slice, measure, amount));
        }
    }

    // ---- lines

    private void lines(final Happening.Lines lines, final long nowMs) {
        final Measure measure = lines.state() == null ? Measure.LINES_SERVED : measure(lines.state());
        if (lines.set() == 0 || measure == null) {
            return;
        }
        final Records.Application application = facts.application(lines.applicationId());
        for (int set = lines.set(); set != 0; set &= set - 1) {
            final Records.Line line = application == null ? null : application.lines().get(Integer.numberOfTrailingZeros(set));
            final Slice slice = Slice.service(line == null ? 0 : line.serviceId());
            add(lines.postId(), slice, measure, 1);
            if (measure == Measure.LINES_SERVED) {
                add(lines.postId(), slice, Measure.QUANTITY_SERVED, line == null ? 1 : line.quantity());
            } else if (application != null && (measure == Measure.LINES_VALIDATED || measure == Measure.LINES_REJECTED)) {
                final long delayMs = nowMs - application.submittedMs();
                add(lines.postId(), slice, Measure.DECISION_DELAY_MS, delayMs);
                add(lines.postId(), slice, Measure.decidedAfter(delayMs), 1);
            }
        }
    }

    /** Whether somebody came, by how long ahead it was agreed. */
    private void visit(final Happening.Visit visit) {
        final Records.Appointment appointment = facts.appointment(visit.appointmentId());
        final Records.Application application = appointment == null || appointment.leadDays() == 0 ? null : facts.application(appointment.applicationId());
        if (application == null) {
            return;
        }
        int lines = 0;
        for (final Records.Leg leg : appointment.legs()) {
            lines |= leg.lines();
        }
        for (int set = lines; set != 0; set &= set - 1) {
            final Records.Line line = application.lines().get(Integer.numberOfTrailingZeros(set));
            add(visit.postId(), Slice.service(line.serviceId()), Measure.ahead(visit.kept(), appointment.leadDays()), 1);
        }
    }

    /** Null = it counts for nothing. */
    private static Measure measure(final LineState state) {
        return switch (state) {
            case VALIDATED -> Measure.LINES_VALIDATED;
            case REJECTED -> Measure.LINES_REJECTED;
            case WITHDRAWN -> Measure.LINES_WITHDRAWN;
            case EXPIRED -> Measure.LINES_EXPIRED;
            default -> null;
        };
    }

    // ---- stamps

    private static boolean isReuse(final Happening all) {
        return !all.issued.isEmpty() && all.started.stream().anyMatch(Happening.Started::hasOrigin);
    }

    private void stamps(final Happening all) {
        final boolean reuse = isReuse(all);
        for (final Happening.Issued one : all.issued) {
            final Slice slice = Slice.stamps(one.currency(), facts.service(one.applicationId(), one.line()));
            if (reuse) {
                add(one.postId(), slice, Measure.STAMPS_REUSED, 1);
            } else {
                value(one.postId(), slice, Measure.STAMPS_ISSUED, one.centimes(), one.minor());
            }
        }
        if (reuse) {
            return; // another number for the same money
        }
        final Happening.TwoPersons decision = all.twoPersons.isEmpty() ? null : all.twoPersons.get(0);
        if (decision != null) {
            twoPersons(decision);
        }
        final boolean undone = all.changed.stream().anyMatch(payment -> payment.state() == PaymentState.REVERSED && payment.wasCharged());
        all.moved.forEach(one -> moved(one, decision, undone));
    }

    private void twoPersons(final Happening.TwoPersons one) {
        if (one.matter() == StampMatter.REFUND && !one.decided()) {
            stamp(one.postId(), one.stampId(), Measure.STAMPS_REFUND_REQUESTED);
        } else if (one.matter() == StampMatter.REFUND && !one.approved()) {
            stamp(one.postId(), one.stampId(), Measure.STAMPS_REFUND_REFUSED);
        }
    }

    /** @param decision of two persons in the same command, null = none @param undone whether a payment with its money was reversed in it */
    private void moved(final Happening.Moved one, final Happening.TwoPersons decision, final boolean undone) {
        if (undone && (one.state() == StampState.ISSUED || one.state() == StampState.VOID || one.state() == StampState.LAPSED)) {
            stamp(one.postId(), one.stampId(), Measure.STAMPS_UNPAID);
        }
        final boolean reversal = decision != null && decision.matter() == StampMatter.CONSUMPTION_REVERSAL && decision.approved();
        switch (one.state()) {
            case PAID, FORFEITED -> {
                if (reversal) {
                    stamp(one.postId(), one.stampId(), Measure.STAMPS_UNCONSUMED);
                }
                if (one.state() == StampState.FORFEITED) {
                    stamp(one.postId(), one.stampId(), Measure.STAMPS_FORFEITED);
                } else if (decision == null && one.byPayment()) {
                    stamp(one.postId(), one.stampId(), Measure.STAMPS_PAID);
                }
            }
            case CONSUMED -> {
                final Slice slice = stamp(one.postId(), one.stampId(), Measure.STAMPS_CONSUMED);
                add(one.postId(), slice, Measure.STAMPS_CONSUMED_ELSEWHERE, one.atPost() == one.postId() ? 0 : 1);
            }
            case WAIVED -> waived(one, reversal);
            case VOID -> stamp(one.postId(), one.stampId(), Measure.STAMPS_VOIDED);
            case LAPSED -> stamp(one.postId(), one.stampId(), Measure.STAMPS_LAPSED);
            case REFUNDED -> stamp(one.postId(), one.stampId(), Measure.STAMPS_REFUNDED);
            case CHARGED_BACK -> chargedBack(one);
            default -> {
                // under way: it counts when it has come to something
            }
        }
    }

    private void waived(final Happening.Moved one, final boolean reversal) {
        if (one.atPost() == 0 && !reversal) {
            stamp(one.postId(), one.stampId(), Measure.STAMPS_WAIVED);
        } else {
            final Records.Stamp stamp = facts.stamp(one.stampId());
            add(one.postId(), slice(stamp), reversal ? Measure.STAMPS_WAIVED_UNUSED : Measure.STAMPS_WAIVED_USED, 1);
        }
    }

    /** When it was used stays with it for good from then on. */
    private void chargedBack(final Happening.Moved one) {
        final Slice slice = stamp(one.postId(), one.stampId(), Measure.STAMPS_CHARGED_BACK);
        final Records.Stamp stamp = facts.stamp(one.stampId());
        add(one.postId(), slice, Measure.STAMPS_CHARGED_BACK_AFTER_USE, stamp != null && stamp.consumedMs() != 0 ? 1 : 0);
    }

    private Slice stamp(final int postId, final long stampId, final Measure measure) {
        final Records.Stamp stamp = facts.stamp(stampId);
        final Slice slice = slice(stamp);
        value(postId, slice, measure, stamp == null ? 0 : stamp.amountCentimes(), stamp == null ? 0 : stamp.localMinor());
        return slice;
    }

    private Slice slice(final Records.Stamp stamp) {
        return stamp == null ? Slice.POST : Slice.stamps(stamp.currency(), facts.service(stamp.applicationId(), stamp.line()));
    }

    private void value(final int postId, final Slice slice, final Measure measure, final long centimes, final long minor) {
        add(postId, slice, measure, 1);
        add(postId, slice, measure.centimes(), centimes);
        add(postId, slice, measure.minor(), minor);
    }

    // ---- payments

    private void payments(final Happening all) {
        if (!isReuse(all)) {
            for (final Happening.Started one : all.started) {
                add(one.postId(), Slice.payments(one.currency(), one.means()), Measure.PAYMENTS_STARTED, one.hasOrigin() ? 0 : 1);
            }
            all.changed.forEach(one -> changed(one, all));
        }
        if (!all.isSettlement) {
            all.entries.forEach(this::entry);
        }
    }

    private void changed(final Happening.Changed one, final Happening all) {
        final Measure measure = switch (one.state()) {
            case APPROVED -> !isPaidBy(all) ? null : isDebited(all, Account.UNALLOCATED.value()) ? Measure.PAYMENTS_ALLOCATED : Measure.PAYMENTS_APPROVED;
            case IN_DOUBT -> all.moved.stream().anyMatch(stamp -> stamp.state() == StampState.IN_DOUBT) ? Measure.PAYMENTS_IN_DOUBT : null;
            case UNALLOCATED -> all.entries.isEmpty() ? null : Measure.PAYMENTS_UNALLOCATED;
            case DECLINED -> Measure.PAYMENTS_DECLINED;
            case CANCELLED -> Measure.PAYMENTS_CANCELLED;
            case NOT_MADE -> Measure.PAYMENTS_NOT_MADE;
            case RETURNED -> Measure.PAYMENTS_RETURNED;
            case REVERSED -> Measure.PAYMENTS_REVERSED;
            case CHARGED_BACK -> Measure.PAYMENTS_CHARGED_BACK;
            default -> null;
        };
        if (measure != null) {
            add(one.postId(), Slice.payments(one.currency(), means(one.paymentId(), all)), measure, 1);
        }
    }

    /** Approved by this command, not only told again with what is left of it. */
    private static boolean isPaidBy(final Happening all) {
        return all.twoPersons.isEmpty() && all.moved.stream().anyMatch(stamp -> stamp.state() == StampState.PAID && stamp.byPayment());
    }

    private static boolean isDebited(final Happening all, final int account) {
        return all.entries.stream().anyMatch(entry -> entry.account() == account && entry.debitMinor() != 0);
    }

    private int means(final long paymentId, final Happening all) {
        for (final Happening.Started one : all.started) {
            if (one.paymentId() == paymentId) {
                return one.means();
            }
        }
        final Records.Payment payment = facts.payment(paymentId);
        return payment == null ? 0 : payment.means().value();
    }

    private void entry(final Happening.Entry one) {
        final int means = means(one.account());
        if (means != 0) {
            add(one.postId(), Slice.payments(one.currency(), means), Measure.COLLECTED_MINOR, one.debitMinor());
            add(one.postId(), Slice.payments(one.currency(), means), Measure.GIVEN_BACK_MINOR, one.creditMinor());
        }
    }

    /** By which means what is receivable on this account was collected; 0 = it is another account. */
    private static int means(final int account) {
        if (account == Account.CARD_RECEIVABLE.value()) {
            return PaymentMeans.TERMINAL.value();
        }
        if (account == Account.ONLINE_RECEIVABLE.value()) {
            return PaymentMeans.ONLINE.value();
        }
        if (account == Account.OPENING_BALANCE.value()) {
            return PaymentMeans.EARLIER.value();
        }
        return account == Account.COUNTER_CASH.value() ? PaymentMeans.COUNTER.value() : 0;
    }
}
