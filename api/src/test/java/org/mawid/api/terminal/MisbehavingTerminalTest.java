package org.mawid.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mawid.api.sandbox.terminal.SimulatorBehaviour;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.mawid.api.terminal.Incident.Kind;
import org.mawid.api.terminal.NaivePort.Kept;
import org.mawid.api.terminal.TillCommand.Failure;
import org.mawid.api.terminal.TillCommand.RecordApproval;
import org.mawid.api.terminal.TillCommand.RecordFailure;

/** Over real sockets, both ways: what a terminal that misbehaves comes to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisbehavingTerminalTest {
    /** How one misbehaviour at the payment itself ends. @param failure null = approved; @param kind an incident that is told, null = none need be */
    private record End(Failure failure, Kind kind) {
    }

    private static final Map<SimulatorBehaviour, End> ENDS = new EnumMap<>(Map.ofEntries(
            Map.entry(SimulatorBehaviour.NORMAL, new End(null, null)),
            Map.entry(SimulatorBehaviour.SLOW, new End(Failure.CANCELLED, null)), // too slow: broken off
            Map.entry(SimulatorBehaviour.SILENT, new End(Failure.NEVER_HAPPENED, Kind.NO_ANSWER)),
            Map.entry(SimulatorBehaviour.SILENT_AFTER_CHARGING, new End(null, Kind.NO_ANSWER)),
            Map.entry(SimulatorBehaviour.DUPLICATE_ANSWER, new End(null, Kind.DUPLICATE_ANSWER)),
            Map.entry(SimulatorBehaviour.REORDERED_ANSWER, new End(null, Kind.DUPLICATE_ANSWER)),
            Map.entry(SimulatorBehaviour.WRONG_AMOUNT, new End(Failure.REVERSED, Kind.WRONG_AMOUNT)),
            Map.entry(SimulatorBehaviour.OTHER_CURRENCY, new End(Failure.REVERSED, Kind.WRONG_AMOUNT)),
            Map.entry(SimulatorBehaviour.WRONG_SCALE, new End(Failure.REVERSED, Kind.WRONG_AMOUNT)),
            Map.entry(SimulatorBehaviour.NEGATIVE_AMOUNT, new End(Failure.REVERSED, Kind.WRONG_AMOUNT)),
            Map.entry(SimulatorBehaviour.OTHER_TRANSACTION, new End(null, Kind.OTHER_TRANSACTION)),
            Map.entry(SimulatorBehaviour.OTHER_SERVICE, new End(null, Kind.FOREIGN_ANSWER)),
            Map.entry(SimulatorBehaviour.OTHER_TERMINAL, new End(null, Kind.FOREIGN_ANSWER)),
            Map.entry(SimulatorBehaviour.OTHER_TILL, new End(null, Kind.FOREIGN_ANSWER)),
            Map.entry(SimulatorBehaviour.CUT_BEFORE_CHARGING, new End(Failure.NEVER_HAPPENED, null)),
            Map.entry(SimulatorBehaviour.CUT_AFTER_CHARGING, new End(null, null)),
            Map.entry(SimulatorBehaviour.CUT_WITHIN_ANSWER, new End(null, null)),
            Map.entry(SimulatorBehaviour.DECLINE, new End(Failure.DECLINED, null)),
            Map.entry(SimulatorBehaviour.CANCEL, new End(Failure.CANCELLED, null)),
            Map.entry(SimulatorBehaviour.BUSY, new End(Failure.NEVER_HAPPENED, null)),
            Map.entry(SimulatorBehaviour.MALFORMED_JSON, new End(null, Kind.MALFORMED)),
            Map.entry(SimulatorBehaviour.OVERSIZED, new End(null, Kind.OVERSIZED)),
            Map.entry(SimulatorBehaviour.CARD_NUMBER_EVERYWHERE, new End(null, Kind.CARD_NUMBER_DROPPED))));

    /** A customer has little time, and a status that is slow is asked for once more. */
    private static final TerminalTimes TIMES = new TerminalTimes(800, 500, 2_000, 2_000, 20_000, 30, 3, 10, 60_000, 60_000, 5_000, 10);

    /** One terminal that misbehaves once. */
    private record Case(int terminalId, Transport transport, String at, SimulatorBehaviour behaviour, TerminalSimulator simulator) {
        @Override
        public String toString() {
            return transport + ", " + behaviour + " at " + at;
        }
    }

    private final SimulatedPost post = new SimulatedPost(TIMES);
    private final List<Case> cases = new ArrayList<>();
    private final List<Kept> payments = new ArrayList<>();

    /** All at once: most of them wait. */
    @BeforeAll
    void pay() {
        for (final Transport transport : Transport.values()) {
            for (final SimulatorBehaviour behaviour : SimulatorBehaviour.values()) {
                add(transport, "Payment", behaviour, behaviour);
                add(transport, "TransactionStatus", behaviour, SimulatorBehaviour.SILENT_AFTER_CHARGING);
                add(transport, "Reversal", behaviour, SimulatorBehaviour.WRONG_AMOUNT);
            }
        }
        post.awaitReady();
        cases.forEach(one -> payments.add(post.pay(one.terminalId(), 10_50)));
        post.awaitDecided();
    }

    private void add(final Transport transport, final String at, final SimulatorBehaviour behaviour, final SimulatorBehaviour payment) {
        final TerminalSimulator simulator = post.add(transport, 4_000);
        simulator.next("Payment", payment);
        if (!at.equals("Payment")) {
            simulator.next(at, behaviour);
        }
        cases.add(new Case(cases.size(), transport, at, behaviour, simulator));
    }

    @AfterAll
    void close() {
        post.close();
    }

    @Test
    void givenAnyMisbehaviour_thenMoneyAndBooksAgree() {
        for (final Case one : cases) {
            SimulatedPost.check(payment(one), one.simulator().charges(), one.toString());
        }
    }

    @Test
    void givenEachMisbehaviourAtAPayment_thenItEndsAsItMustAndIsTold() {
        assertThat(ENDS.keySet()).isEqualTo(EnumSet.allOf(SimulatorBehaviour.class));
        for (final Case one : at("Payment")) {
            final End end = ENDS.get(one.behaviour());
            if (end.failure() == null) {
                assertThat(payment(one).decided).as(one.toString()).isInstanceOf(RecordApproval.class);
            } else {
                assertThat(payment(one).decided).as(one.toString())
                        .isInstanceOfSatisfying(RecordFailure.class, failure -> assertThat(failure.failure()).isEqualTo(end.failure()));
            }
            assertThat(end.kind() == null || post.port.heard(one.terminalId(), end.kind())).as("%s: %s told", one, end.kind()).isTrue();
        }
    }

    @Test
    void givenEachMisbehaviourAtTheStatusOfASilentCharge_thenItIsAskedAgainOrReversed() {
        for (final Case one : at("TransactionStatus")) {
            final boolean isUnreadable = one.behaviour() == SimulatorBehaviour.WRONG_SCALE || one.behaviour() == SimulatorBehaviour.NEGATIVE_AMOUNT;
            assertThat(payment(one).decided).as(one.toString()).isInstanceOf(isUnreadable ? RecordFailure.class : RecordApproval.class);
            assertThat(one.behaviour() != SimulatorBehaviour.OTHER_TRANSACTION || post.port.heard(one.terminalId(), Kind.OTHER_TRANSACTION)).as(one.toString()).isTrue();
        }
    }

    @Test
    void givenEachMisbehaviourAtTheReversalOfAWrongCharge_thenItIsReversedOrAPersonIsAsked() {
        final Set<SimulatorBehaviour> undone = EnumSet.of(SimulatorBehaviour.DECLINE, SimulatorBehaviour.CANCEL, SimulatorBehaviour.BUSY, SimulatorBehaviour.SILENT,
                SimulatorBehaviour.CUT_BEFORE_CHARGING);
        for (final Case one : at("Reversal")) {
            final Kept kept = payment(one);
            assertThat(kept.isPersonAsked || kept.decided instanceof RecordFailure failure && failure.failure() == Failure.REVERSED)
                    .as("%s: %s", one, kept.decided).isTrue();
            if (one.behaviour() != SimulatorBehaviour.SLOW) { // which may still reverse it, after a person was asked
                assertThat(one.simulator().charges().get(0).isReversed()).as(one.toString()).isEqualTo(!undone.contains(one.behaviour()));
            }
        }
    }

    private List<Case> at(final String category) {
        return cases.stream().filter(one -> one.at().equals(category)).toList();
    }

    private Kept payment(final Case one) {
        return payments.get(one.terminalId());
    }
}
