package org.mawid.api.server;

import java.util.ArrayList;
import java.util.List;
import org.mawid.grpc.AllocatePayment;
import org.mawid.grpc.AskPerson;
import org.mawid.grpc.Command;
import org.mawid.grpc.MarkInDoubt;
import org.mawid.grpc.PaymentMeans;
import org.mawid.grpc.PaymentState;
import org.mawid.grpc.RecordApproval;
import org.mawid.grpc.RecordChargeBack;
import org.mawid.grpc.RecordCounterReceipt;
import org.mawid.grpc.RecordFailure;
import org.mawid.grpc.StartPayment;

/** Money at a {@link RandomOffice}. What becomes of stamps: {@link RandomLife}. */
class RandomTill extends RandomOffice {
    private final List<Charge> payments = new ArrayList<>();
    private int transactions;

    RandomTill(final long seed, final NaiveReport twin, final int... desks) {
        super(seed, twin, desks);
    }

    int today(final int post) {
        return (int) twin.date(post, reply.getNowMs()).toEpochDay();
    }

    private Charge begun(final Paper stamp, final String means) {
        final Charge payment = new Charge();
        payment.application = stamp.line.application;
        payment.post = stamp.post;
        payment.currency = stamp.currency;
        payment.means = means;
        payment.stamps.add(stamp);
        stamps.stream().filter(one -> one != stamp && one.state.equals("ISSUED") && one.post == stamp.post && one.line.application.equals(stamp.line.application))
                .forEach(payment.stamps::add);
        payments.add(payment);
        return payment;
    }

    private static List<String> references(final Charge payment) {
        return payment.stamps.stream().map(one -> one.reference).sorted().toList();
    }

    private static long price(final Charge payment) {
        return payment.stamps.stream().mapToLong(one -> one.minor).sum();
    }

    void receipt() {
        final Paper stamp = any(stamps, one -> one.state.equals("ISSUED"));
        if (stamp != null) {
            final Charge payment = begun(stamp, "COUNTER");
            done(Command.newBuilder().setRecordCounterReceipt(RecordCounterReceipt.newBuilder().setRequest(by(CASHIER)).setApplication(payment.application)
                    .addAllStamps(references(payment)).setPostId(payment.post).setEpochDay(today(payment.post)).setAmountMinor(price(payment)).setCurrency(payment.currency)));
            payment.reference = reply.getReference();
            twin.ofPayment(ms(), payment, "paymentsStarted", 1);
            approved(payment);
        }
    }

    private void approved(final Charge payment) {
        twin.ofPayment(ms(), payment, "paymentsApproved", 1);
        twin.ofPayment(ms(), payment, "collectedMinor", price(payment));
        paid(payment);
    }

    private void paid(final Charge payment) {
        payment.state = "APPROVED";
        payment.received = price(payment);
        payment.stamps.forEach(stamp -> {
            twin.value(ms(), stamp, "stampsPaid");
            stamp.state = "PAID";
            stamp.payment = payment;
        });
    }

    void startOnline() {
        final Paper stamp = any(stamps, one -> one.state.equals("ISSUED"));
        if (stamp != null) {
            final Charge payment = begun(stamp, "ONLINE");
            done(Command.newBuilder().setStartPayment(StartPayment.newBuilder().setRequest(by(CASHIER)).setApplication(payment.application).addAllStamps(references(payment))
                    .setPostId(payment.post).setMeans(PaymentMeans.PAYMENT_MEANS_ONLINE).setEpochDay(today(payment.post))));
            payment.reference = reply.getReference();
            payment.state = "PENDING";
            payment.startedMs = ms();
            payment.stamps.forEach(one -> one.state = "PENDING");
            twin.ofPayment(ms(), payment, "paymentsStarted", 1);
        }
    }

    private static boolean isAwaited(final Charge payment) {
        return payment.state.equals("PENDING") || payment.state.equals("IN_DOUBT");
    }

    private void tell(final Charge payment, final long minor) {
        done(Command.newBuilder().setRecordApproval(RecordApproval.newBuilder().setRequest(by(CASHIER)).setPayment(payment.reference).setAmountMinor(minor)
                .setCurrency(payment.currency).setTransaction("T-" + ++transactions)));
    }

    void approve() {
        final Charge payment = any(payments, RandomTill::isAwaited);
        if (payment == null) {
            return;
        }
        final boolean right = random.nextInt(3) > 0;
        tell(payment, price(payment) + (right ? 0 : 1));
        if (right) {
            approved(payment);
        } else {
            payment.received = price(payment) + 1;
            unallocated(payment);
            payment.stamps.forEach(this::goesBack);
            payment.stamps.clear();
        }
    }

    private void unallocated(final Charge payment) {
        payment.state = "UNALLOCATED";
        twin.ofPayment(ms(), payment, "paymentsUnallocated", 1);
        twin.ofPayment(ms(), payment, "collectedMinor", payment.received);
    }

    void chargeTwice() {
        final Charge payment = any(payments, one -> one.state.equals("APPROVED") && one.means.equals("ONLINE"));
        if (payment != null) {
            second(payment, 77);
        }
    }

    private Charge second(final Charge payment, final long minor) {
        final Charge second = new Charge();
        second.application = payment.application;
        second.post = payment.post;
        second.currency = payment.currency;
        second.means = payment.means;
        second.received = minor;
        tell(payment, minor);
        second.reference = reply.getReference();
        payments.add(second);
        unallocated(second);
        return second;
    }

    /** A second charge pays for another stamp of its application. */
    void allocate() {
        final Charge payment = any(payments, one -> one.state.equals("APPROVED") && one.means.equals("ONLINE") && other(one) != null);
        if (payment != null) {
            issue(other(payment), payment.post);
            final Paper stamp = stamps.get(stamps.size() - 1);
            final Charge second = second(payment, stamp.minor);
            done(Command.newBuilder().setAllocatePayment(AllocatePayment.newBuilder().setRequest(by(HEAD)).setPayment(second.reference)
                    .setApplication(second.application).addStamps(stamp.reference)));
            twin.ofPayment(ms(), second, "paymentsAllocated", 1);
            second.stamps.add(stamp);
            paid(second);
        }
    }

    private Row other(final Charge payment) {
        return lines.stream().filter(one -> one.application.equals(payment.application) && one.state.equals("VALIDATED") && one.stamp == null).findFirst().orElse(null);
    }

    private void goesBack(final Paper stamp) {
        if (stamp.line.isOver()) {
            voided(stamp);
        } else {
            stamp.state = "ISSUED";
        }
    }

    void fail() {
        final Charge payment = any(payments, RandomTill::isAwaited);
        if (payment != null) {
            final PaymentState outcome = List.of(PaymentState.PAYMENT_STATE_DECLINED, PaymentState.PAYMENT_STATE_CANCELLED, PaymentState.PAYMENT_STATE_NOT_MADE,
                    PaymentState.PAYMENT_STATE_REVERSED).get(random.nextInt(4));
            failure(payment, outcome);
            payment.state = "FAILED";
            twin.ofPayment(ms(), payment, switch (outcome) {
                case PAYMENT_STATE_DECLINED -> "paymentsDeclined";
                case PAYMENT_STATE_CANCELLED -> "paymentsCancelled";
                case PAYMENT_STATE_NOT_MADE -> "paymentsNotMade";
                default -> "paymentsReversed";
            }, 1);
            payment.stamps.forEach(this::goesBack);
            payment.stamps.clear();
        }
    }

    private void failure(final Charge payment, final PaymentState outcome) {
        done(Command.newBuilder().setRecordFailure(RecordFailure.newBuilder().setRequest(by(HEAD)).setPayment(payment.reference).setOutcome(outcome)));
    }

    void reverse() {
        final Charge payment = any(payments, one -> one.state.equals("APPROVED") || one.state.equals("UNALLOCATED"));
        if (payment != null) {
            failure(payment, PaymentState.PAYMENT_STATE_REVERSED);
            if (payment.state.equals("UNALLOCATED")) {
                payment.state = "RETURNED";
                twin.ofPayment(ms(), payment, "paymentsReturned", 1);
                twin.ofPayment(ms(), payment, "givenBackMinor", payment.received);
            } else {
                payment.state = "REVERSED";
                twin.ofPayment(ms(), payment, "paymentsReversed", 1);
                gone(payment, false);
            }
        }
    }

    void chargeBack() {
        final Charge payment = any(payments, one -> one.state.equals("APPROVED") && one.received > 0);
        if (payment != null) {
            done(Command.newBuilder().setRecordChargeBack(RecordChargeBack.newBuilder().setRequest(by(HEAD)).setPayment(payment.reference).setAmountMinor(payment.received)
                    .setCurrency(payment.currency)));
            payment.state = "CHARGED_BACK";
            twin.ofPayment(ms(), payment, "paymentsChargedBack", 1);
            gone(payment, true);
        }
    }

    private void gone(final Charge payment, final boolean chargedBack) {
        twin.ofPayment(ms(), payment, "givenBackMinor", payment.received);
        for (final Paper stamp : payment.stamps) {
            if (stamp.state.equals("REFUND_REQUESTED") && stamp.refundApproved) {
                twin.value(ms(), stamp, "stampsRefunded");
                ended(stamp, "REFUNDED");
            } else if (stamp.state.equals("CONSUMED") || chargedBack && (stamp.state.equals("PAID") || stamp.state.equals("REFUND_REQUESTED"))) {
                twin.value(ms(), stamp, "stampsChargedBack");
                if (stamp.state.equals("CONSUMED")) {
                    twin.ofStamp(ms(), stamp, "stampsChargedBackAfterUse");
                }
                ended(stamp, "CHARGED_BACK");
            } else if (stamp.state.equals("PAID") || stamp.state.equals("REFUND_REQUESTED")) {
                twin.value(ms(), stamp, "stampsUnpaid");
                goesBack(stamp);
            }
        }
        payment.stamps.clear();
        payment.received = 0;
    }

    void doubt() {
        doubt(any(payments, RandomTill::isAwaited));
    }

    /** Before the rules say so, at an hour that nobody is told. */
    void doubtWhatIsOld() {
        doubt(any(payments, one -> one.state.equals("PENDING") && one.startedMs < reply.getNowMs() - 20 * 3_600_000));
    }

    private void doubt(final Charge payment) {
        if (payment != null && payment.state.equals("PENDING")) {
            done(random.nextBoolean() ? Command.newBuilder().setMarkInDoubt(MarkInDoubt.newBuilder().setRequest(by(HEAD)).setPayment(payment.reference))
                    : Command.newBuilder().setAskPerson(AskPerson.newBuilder().setRequest(by(HEAD)).setPayment(payment.reference)));
            payment.state = "IN_DOUBT";
            twin.ofPayment(ms(), payment, "paymentsInDoubt", 1);
        } else if (payment != null) {
            done(Command.newBuilder().setAskPerson(AskPerson.newBuilder().setRequest(by(HEAD)).setPayment(payment.reference)));
        }
    }
}
