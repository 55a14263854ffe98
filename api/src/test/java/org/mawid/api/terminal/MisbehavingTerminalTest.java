package org.mawid.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.sandbox.terminal.SimulatorBehaviour;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.mawid.api.terminal.Incident.Kind;
import org.mawid.api.terminal.NaivePort.Kept;
import org.mawid.api.terminal.TillCommand.Failure;
import org.mawid.api.terminal.TillCommand.RecordApproval;
import org.mawid.api.terminal.TillCommand.RecordFailure;

/** Over real sockets, both ways: what a terminal that misbehaves comes to. */
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

    /** A status that is slow is asked for once more. */
    private static final TerminalTimes QUICK = new TerminalTimes(300, 200, 1_000, 1_000, 20_000, 30, 3, 10, 60_000, 60_000, 5_000, 10);

    private SimulatedPost post;
    private final List<TerminalSimulator> simulators = new ArrayList<>();
    private final List<Kept> payments = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    @AfterEach
    void close() {
        post.close();
    }

    @Test
    void givenEachMisbehaviourAtAPayment_thenItEndsAsItMustAndIsTold() {
        post = new SimulatedPost();
        assertThat(ENDS.keySet()).isEqualTo(EnumSet.allOf(SimulatorBehaviour.class));
        final List<End> ends = new ArrayList<>();
        for (final Transport transport : Transport.values()) {
            ENDS.forEach((behaviour, end) -> {
                add(transport, transport + " " + behaviour).next("Payment", behaviour);
                ends.add(end);
            });
        }
        payAll();
        for (int i = 0; i < payments.size(); i++) {
            final Kept kept = payments.get(i);
            SimulatedPost.check(kept, simulators.get(i).charges(), names.get(i));
            final End end = ends.get(i);
            if (end.failure() == null) {
                assertThat(kept.decided).as(names.get(i)).isInstanceOf(RecordApproval.class);
            } else {
                assertThat(kept.decided).as(names.get(i)).isInstanceOfSatisfying(RecordFailure.class, failure -> assertThat(failure.failure()).isEqualTo(end.failure()));
            }
            assertThat(end.kind() == null || post.port.heard(i, end.kind())).as("%s: %s told", names.get(i), end.kind()).isTrue();
            if (names.get(i).endsWith(" NORMAL")) {
                assertThat(kept.decided).isEqualTo(new RecordApproval(kept.started.paymentId(), 10_50, "EUR", "Mastercard", "9999", "A1", "SIM-1"));
                assertThat(post.terminals.states().get(i).incidents().values()).as(names.get(i)).containsOnly(0L);
            }
        }
    }

    @Test
    void givenEachMisbehaviourAtTheStatusOfASilentCharge_thenMoneyAndBooksAgree() {
        afterwards("TransactionStatus", SimulatorBehaviour.SILENT_AFTER_CHARGING);
        for (int i = 0; i < payments.size(); i++) {
            final boolean isUnreadable = names.get(i).endsWith("WRONG_SCALE") || names.get(i).endsWith("NEGATIVE_AMOUNT");
            assertThat(payments.get(i).decided).as(names.get(i)).isInstanceOf(isUnreadable ? RecordFailure.class : RecordApproval.class);
            if (names.get(i).endsWith("OTHER_TRANSACTION")) {
                assertThat(post.port.heard(i, Kind.OTHER_TRANSACTION)).as(names.get(i)).isTrue();
            }
        }
    }

    @Test
    void givenEachMisbehaviourAtTheReversalOfAWrongCharge_thenItIsReversedOrAPersonIsAsked() {
        afterwards("Reversal", SimulatorBehaviour.WRONG_AMOUNT);
        for (int i = 0; i < payments.size(); i++) {
            final boolean isRefused = names.get(i).endsWith("DECLINE") || names.get(i).endsWith("CANCEL") || names.get(i).endsWith("BUSY")
                    || names.get(i).endsWith(" SILENT") || names.get(i).endsWith("CUT_BEFORE_CHARGING");
            assertThat(payments.get(i).isPersonAsked || payments.get(i).decided instanceof RecordFailure failure && failure.failure() == Failure.REVERSED)
                    .as("%s: %s", names.get(i), payments.get(i).decided).isTrue();
            if (!names.get(i).endsWith("SLOW")) { // which may still reverse it, after a person was asked
                assertThat(simulators.get(i).charges().get(0).isReversed()).as(names.get(i)).isEqualTo(!isRefused);
            }
        }
    }

    @Test
    void givenEachMisbehaviourAtLogin_thenTheTerminalIsPaidAtAllTheSame() {
        post = new SimulatedPost();
        for (final Transport transport : Transport.values()) {
            for (final SimulatorBehaviour behaviour : EnumSet.of(SimulatorBehaviour.CUT_BEFORE_CHARGING, SimulatorBehaviour.CUT_AFTER_CHARGING, SimulatorBehaviour.DECLINE,
                    SimulatorBehaviour.MALFORMED_JSON, SimulatorBehaviour.OVERSIZED, SimulatorBehaviour.DUPLICATE_ANSWER)) {
                final TerminalSimulator simulator = add(transport, transport + " login " + behaviour);
                simulator.next("Login", behaviour);
                simulator.cut();
            }
        }
        payAll();
        for (int i = 0; i < payments.size(); i++) {
            SimulatedPost.check(payments.get(i), simulators.get(i).charges(), names.get(i));
        }
    }

    private void afterwards(final String category, final SimulatorBehaviour first) {
        post = new SimulatedPost(QUICK);
        for (final Transport transport : Transport.values()) {
            for (final SimulatorBehaviour behaviour : SimulatorBehaviour.values()) {
                final TerminalSimulator simulator = add(transport, transport + " " + category + " " + behaviour);
                simulator.next("Payment", first);
                simulator.next(category, behaviour);
            }
        }
        payAll();
        for (int i = 0; i < payments.size(); i++) {
            SimulatedPost.check(payments.get(i), simulators.get(i).charges(), names.get(i));
        }
    }

    private TerminalSimulator add(final Transport transport, final String name) {
        final TerminalSimulator simulator = post.add(transport, 2_000);
        simulators.add(simulator);
        names.add(name);
        return simulator;
    }

    private void payAll() {
        post.awaitReady();
        for (int i = 0; i < simulators.size(); i++) {
            payments.add(post.pay(i, 10_50));
        }
        post.awaitDecided();
    }
}
