package org.mawid.api.server;

import java.util.List;
import org.mawid.grpc.Command;
import org.mawid.grpc.ConsumeStamp;
import org.mawid.grpc.Decide;
import org.mawid.grpc.Propose;
import org.mawid.grpc.RecordRefund;
import org.mawid.grpc.ReuseStamp;
import org.mawid.grpc.StampMatter;

/** What becomes of stamps at a {@link RandomTill}: they are used, waived, given back, used again. */
final class RandomLife extends RandomTill {
    RandomLife(final long seed, final NaiveReport twin, final int... desks) {
        super(seed, twin, desks);
    }

    void consume() {
        final Paper stamp = any(stamps, one -> (one.state.equals("PAID") || one.state.equals("WAIVED")) && one.usedMs == 0
                && (one.line.state.equals("VALIDATED") || one.line.state.equals("FULFILLED")));
        if (stamp != null) {
            final int post = anyPost();
            stamp.usedDay = today(post);
            done(Command.newBuilder().setConsumeStamp(ConsumeStamp.newBuilder().setStamp(stamp.reference).setApplication(stamp.line.application).setLine(stamp.line.index)
                    .setPostId(post).setEpochDay(stamp.usedDay).setSecret(secret(stamp))));
            stamp.usedMs = ms();
            if (stamp.state.equals("WAIVED")) {
                twin.ofStamp(ms(), stamp, "stampsWaivedUsed");
            } else {
                twin.value(ms(), stamp, "stampsConsumed");
                stamp.state = "CONSUMED";
                if (post != stamp.post) {
                    twin.ofStamp(ms(), stamp, "stampsConsumedElsewhere");
                }
            }
        }
    }

    private boolean twoPersons(final Paper stamp, final StampMatter matter, final boolean decided) {
        final int day = stamp.usedDay == 0 ? today(stamp.post) : stamp.usedDay;
        done(Command.newBuilder().setPropose(Propose.newBuilder().setRequest(by(HEAD)).setStamp(stamp.reference).setMatter(matter).setEpochDay(day)));
        if (matter == StampMatter.STAMP_MATTER_REFUND) {
            twin.value(ms(), stamp, "stampsRefundRequested");
            stamp.state = "REFUND_REQUESTED";
        }
        return decided && decide(stamp, matter, day);
    }

    private boolean decide(final Paper stamp, final StampMatter matter, final int day) {
        final boolean approved = random.nextInt(3) > 0;
        done(Command.newBuilder().setDecide(Decide.newBuilder().setRequest(by(OTHER)).setStamp(stamp.reference).setMatter(matter).setApproved(approved).setEpochDay(day)));
        return approved;
    }

    void waive() {
        final Paper stamp = any(stamps, one -> one.state.equals("ISSUED"));
        if (stamp != null && twoPersons(stamp, StampMatter.STAMP_MATTER_WAIVER, true)) {
            twin.value(ms(), stamp, "stampsWaived");
            stamp.state = "WAIVED";
        }
    }

    void unconsume() {
        final Paper stamp = any(stamps, one -> one.usedMs != 0 && (one.state.equals("CONSUMED") || one.state.equals("WAIVED")) && one.usedMs > reply.getNowMs() - 6 * 3_600_000);
        if (stamp != null && twoPersons(stamp, StampMatter.STAMP_MATTER_CONSUMPTION_REVERSAL, true)) {
            if (stamp.state.equals("WAIVED")) {
                twin.ofStamp(ms(), stamp, "stampsWaivedUnused");
            } else {
                twin.value(ms(), stamp, "stampsUnconsumed");
                stamp.state = "PAID";
            }
            stamp.usedMs = 0;
            stamp.usedDay = 0;
        }
    }

    void refund() {
        final Paper stamp = any(stamps, one -> one.state.equals("PAID"));
        if (stamp == null) {
            return;
        }
        final boolean decided = random.nextInt(4) > 0;
        stamp.refundApproved = twoPersons(stamp, StampMatter.STAMP_MATTER_REFUND, decided);
        if (decided && !stamp.refundApproved) {
            twin.value(ms(), stamp, "stampsRefundRefused");
            stamp.state = "PAID";
        } else if (stamp.refundApproved && random.nextBoolean()) {
            done(Command.newBuilder().setRecordRefund(RecordRefund.newBuilder().setRequest(by(OTHER)).setStamp(stamp.reference).setAmountMinor(stamp.minor)
                    .setCurrency(stamp.currency)));
            twin.value(ms(), stamp, "stampsRefunded");
            twin.ofPayment(ms(), stamp.payment, "givenBackMinor", stamp.minor);
            stamp.payment.received -= stamp.minor;
            ended(stamp, "REFUNDED");
        }
    }

    void reuse() {
        final Paper stamp = any(stamps, one -> one.state.equals("PAID") && !one.line.state.equals("FULFILLED"));
        if (stamp != null) {
            if (!stamp.line.isOver()) {
                withdraw(stamp.line);
            }
            final Row line = submit(anyPost(), List.of(line(stamp.line.person, stamp.line.service, stamp.line.quantity)));
            if (line.state.equals("SUBMITTED")) {
                validate(line);
            }
            done(Command.newBuilder().setReuseStamp(ReuseStamp.newBuilder().setStamp(stamp.reference).setApplication(line.application).setLine(line.index)));
            twin.ofStamp(ms(), stamp, "stampsReused");
            takenOver(stamp, paper(reply.getReference(), line, stamp.post));
        }
    }

    /** Its payment is known to nobody here, and left alone. */
    private void takenOver(final Paper old, final Paper copy) {
        final Charge payment = new Charge();
        payment.application = copy.line.application;
        payment.post = old.payment.post;
        payment.currency = old.payment.currency;
        payment.means = old.payment.means;
        payment.state = "APPROVED";
        payment.received = copy.minor;
        payment.stamps.add(copy);
        old.payment.stamps.remove(old);
        old.payment.received -= old.minor;
        ended(old, "VOID");
        copy.state = "PAID";
        copy.payment = payment;
    }
}
