package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.BreakState;
import org.mawid.sbe.Channel;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampState;

/** What takes two persons takes two, a stamp is used once, and only a person resolves a break: seen from one command to the next. */
final class PersonsCheck {
    private final Model model;
    private Map<Long, Seen> stamps = new TreeMap<>();
    private Map<Long, PaymentState> payments = new TreeMap<>();
    private Map<Long, BreakState> breaks = new TreeMap<>();

    PersonsCheck(final Model model) {
        this.model = model;
    }

    private record Seen(StampState state, long proposer, boolean refundApproved, long consumedMs, int consumedDay) {
    }

    /** Looks at what the last command has changed. One whose bytes were spoilt may say something else than it seems: of that, only the state is kept. */
    void check(final Entry entry, final Answered answer) {
        final Map<Long, Seen> stampsNow = new TreeMap<>();
        model.stamps.forEach((id, stamp) -> stampsNow.put(id, new Seen(stamp.state, stamp.proposer, stamp.refundApproved, stamp.consumedMs, stamp.consumedDay)));
        final Map<Long, PaymentState> paymentsNow = new TreeMap<>();
        model.money.payments.forEach((id, payment) -> paymentsNow.put(id, payment.state));
        final Map<Long, BreakState> breaksNow = new TreeMap<>();
        model.money.breaks.forEach((id, one) -> breaksNow.put(id, one.state));
        if (!answer.isDone() && !answer.isWrittenDown() || answer.repeated()) {
            assertThat(stampsNow).as("a refusal and a repeat change nothing").isEqualTo(stamps);
            assertThat(paymentsNow).isEqualTo(payments);
            assertThat(breaksNow).isEqualTo(breaks);
        } else if (entry.how().isEmpty()) {
            changed(entry.said(), stampsNow, paymentsNow, breaksNow);
        }
        stamps = stampsNow;
        payments = paymentsNow;
        breaks = breaksNow;
    }

    private void changed(final Command command, final Map<Long, Seen> stampsNow, final Map<Long, PaymentState> paymentsNow,
                         final Map<Long, BreakState> breaksNow) {
        stampsNow.forEach((id, now) -> {
            if (stamps.containsKey(id)) {
                stamp(model.stamps.get(id), stamps.get(id), now, command);
            }
        });
        paymentsNow.forEach((id, state) -> {
            if (state == PaymentState.APPROVED && payments.get(id) == PaymentState.UNALLOCATED) {
                assertThat(command).isInstanceOf(Command.AllocatePayment.class);
                assertThat(command.request().actor()).as("who allocates").isNotEqualTo(model.money.payments.get(id).collector);
            }
        });
        assertThat(breaksNow.keySet()).as("breaks stay").containsAll(breaks.keySet());
        breaksNow.forEach((id, state) -> {
            if (state == BreakState.RESOLVED && breaks.get(id) != state) {
                assertThat(breaks.get(id)).isEqualTo(BreakState.OPEN);
                assertThat(command).isInstanceOf(Command.ResolveBreak.class);
                assertThat(command.request().actor()).isNotZero();
                assertThat(command.request().channel()).isNotEqualTo(Channel.SYSTEM);
            }
            assertThat(state == BreakState.OPEN || breaks.get(id) != BreakState.OPEN || command instanceof Command.ResolveBreak).isTrue();
        });
    }

    private void stamp(final Model.Stamp stamp, final Seen before, final Seen now, final Command command) {
        if (!before.refundApproved && now.refundApproved) {
            decided(before, command);
            assertThat(command.request().actor()).as("not by who collected").isNotEqualTo(model.money.payments.get(stamp.paymentId).collector);
        }
        if (now.state == StampState.REFUNDED && before.state != StampState.REFUNDED) {
            assertThat(before.refundApproved).as("refunded after it was approved").isTrue();
        }
        if (now.state == StampState.WAIVED && before.state != StampState.WAIVED) {
            assertThat(before.state).isEqualTo(StampState.ISSUED);
            decided(before, command);
        }
        if (before.consumedMs != 0 && now.consumedMs == 0) {
            decided(before, command);
            assertThat(((Command.Decide) command).epochDay()).as("taken back on the same day").isEqualTo(before.consumedDay);
        }
        if (before.consumedMs != 0 && now.consumedMs != 0) {
            assertThat(now.consumedMs).as("used once").isEqualTo(before.consumedMs);
        }
        if (before.consumedMs == 0 && now.consumedMs != 0) {
            assertThat(command).isInstanceOfAny(Command.ConsumeStamp.class, Command.RecordConsumption.class);
            assertThat(before.state).isIn(StampState.PAID, StampState.WAIVED);
        }
    }

    private static void decided(final Seen before, final Command command) {
        assertThat(command).isInstanceOf(Command.Decide.class);
        assertThat(command.request().actor()).as("the second person").isNotZero().isNotEqualTo(before.proposer);
        assertThat(before.proposer).as("the first person").isNotZero();
    }
}
