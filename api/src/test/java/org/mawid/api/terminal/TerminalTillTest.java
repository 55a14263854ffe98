package org.mawid.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mawid.api.terminal.Incident.Kind;
import org.mawid.api.terminal.OpenPayments.OpenPayment;
import org.mawid.api.terminal.TillCommand.AskPerson;
import org.mawid.api.terminal.TillCommand.Failure;
import org.mawid.api.terminal.TillCommand.MarkInDoubt;
import org.mawid.api.terminal.TillCommand.RecordApproval;
import org.mawid.api.terminal.TillCommand.RecordFailure;
import org.mawid.api.terminal.TillPort.Recorded;
import org.mawid.api.terminal.nexo.Amount;
import org.mawid.api.terminal.nexo.Category;
import org.mawid.api.terminal.nexo.Condition;
import org.mawid.api.terminal.nexo.Incoming;
import org.mawid.api.terminal.nexo.PaymentReply;
import org.mawid.api.terminal.nexo.Reply;
import org.mawid.api.terminal.nexo.Reply.Result;
import org.mawid.api.terminal.nexo.Request;
import org.mawid.api.terminal.nexo.ReversalReply;

/** One terminal's state machine, message by message, without network or clock. */
class TerminalTillTest {
    private static final TerminalRegistration TERMINAL = TillWorld.TERMINAL;
    private static final PaymentStarted FIRST = new PaymentStarted(1, 7, 10_50, "MAD", 1_000);
    private static final long NOW = 5_000;

    private final Said said = new Said();
    private final TerminalTill till = new TerminalTill(TERMINAL, NaiveTerminal.SALE, TillWorld.TIMES, said, 0, "test");

    /** What was wanted. */
    private static final class Said implements Effects {
        private final List<Request> requests = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private final List<TillCommand> commands = new ArrayList<>();
        private final List<Kind> incidents = new ArrayList<>();
        private int disconnects;

        @Override
        public void send(final String serviceId, final Request request) {
            ids.add(serviceId);
            requests.add(request);
        }

        @Override
        public void disconnect(final String why) {
            disconnects++;
        }

        @Override
        public void record(final TillCommand command) {
            commands.add(command);
        }

        @Override
        public void askOpen() {
        }

        @Override
        public void incident(final Incident incident) {
            incidents.add(incident.kind());
        }

        @Override
        public void totals(final TerminalTotals totals) {
        }

        private Request last() {
            return requests.get(requests.size() - 1);
        }

        private String lastId() {
            return ids.get(ids.size() - 1);
        }
    }

    @Test
    void givenAPaymentTold_whenTheTerminalApproves_thenItIsRecordedOnce() {
        ready(0);
        till.started(FIRST, NOW);
        till.started(FIRST, NOW);
        assertThat(said.requests).last().isEqualTo(new Request.Payment("MAWID-1", Instant.ofEpochMilli(1_000), 10_50));
        assertThat(said.lastId()).isEqualTo("P1");
        pay("P1", charged("T1", 10_50));
        keep(Recorded.ACCEPTED);
        assertThat(said.commands).containsExactly(new RecordApproval(1, 10_50, "MAD", "visa", "1111", "A1", "T1"));
        pay("P1", charged("T1", 10_50));
        assertThat(said.incidents).containsExactly(Kind.DUPLICATE_ANSWER);
        assertThat(said.requests).hasSize(2); // login and payment
    }

    @Test
    void givenAnApproval_whenTheTerminalSaysASecondCharge_thenAPersonIsAsked() {
        approved();
        pay("P1", charged("T2", 10_50));
        assertThat(said.incidents).containsExactly(Kind.CONTRADICTORY_ANSWER);
        assertThat(said.commands).last().isEqualTo(new AskPerson(1, "charged once more after it was approved"));
    }

    @Test
    void givenAnApproval_whenTheTerminalSaysFailed_thenItIsToldAndStands() {
        approved();
        pay("P1", failed(Condition.REFUSAL));
        assertThat(said.incidents).containsExactly(Kind.CONTRADICTORY_ANSWER);
        assertThat(said.commands).hasSize(1);
    }

    @Test
    void givenAnApproval_whenTheTerminalSaysReversed_thenAPersonIsAsked() {
        approved();
        till.received(new Incoming.ReversalAnswer(NaiveTerminal.envelope(Category.REVERSAL, "R1"), 0,
                new ReversalReply(new Reply(Result.SUCCESS, Condition.NONE), "T1", Amount.of(10_50, "MAD"))), NOW);
        assertThat(said.commands).last().isEqualTo(new AskPerson(1, "reversed after it was approved"));
    }

    @Test
    void givenADecline_whenTheTerminalSaysChargedAfterAll_thenAPersonIsAsked() {
        ready(0);
        till.started(FIRST, NOW);
        pay("P1", failed(Condition.REFUSAL));
        keep(Recorded.ACCEPTED);
        pay("P1", charged("T1", 10_50));
        assertThat(said.incidents).containsExactly(Kind.CHARGED_AFTER_FAILURE);
        assertThat(said.commands).containsExactly(new RecordFailure(1, Failure.DECLINED, "the terminal says REFUSAL"), new AskPerson(1, "charged after it was told as failed"));
    }

    @Test
    void givenAnApprovalThatTheCoreRefuses_thenAPersonIsAsked() {
        ready(0);
        till.started(FIRST, NOW);
        pay("P1", charged("T1", 10_50));
        keep(Recorded.REFUSED);
        assertThat(said.incidents).containsExactly(Kind.COMMAND_REFUSED);
        assertThat(said.commands).last().isEqualTo(new AskPerson(1, "charged, and the approval was refused"));
    }

    @Test
    void givenAPaymentThatWasNotAskedFor_whenTheTerminalAnswersIt_thenThatIsForeign() {
        ready(0);
        till.started(FIRST, NOW);
        till.started(new PaymentStarted(2, 7, 10_50, "MAD", 1_000), NOW);
        till.received(new Incoming.PaymentAnswer(NaiveTerminal.envelope(Category.PAYMENT, "P2"), 0, reply(Result.SUCCESS, Condition.NONE, "MAWID-2", "T1", 10_50)), NOW);
        assertThat(said.incidents).containsExactly(Kind.FOREIGN_ANSWER);
        assertThat(said.commands).isEmpty();
    }

    @Test
    void givenAnAnswerOfTheRightNameAndAnotherTime_thenItIsOfAnotherTill() {
        ready(0);
        till.started(FIRST, NOW);
        final PaymentReply ours = charged("T1", 10_50);
        pay("P1", new PaymentReply(ours.reply(), ours.saleTransaction(), Instant.ofEpochMilli(60_000), "T1", "", ours.amount(), "visa", "1111", "A1"));
        assertThat(said.incidents).containsExactly(Kind.OTHER_TRANSACTION);
        assertThat(said.commands).isEmpty();
    }

    @Test
    void givenAPaymentTheTerminalCannotTake_thenItIsNotAskedForIt() {
        ready(0);
        till.started(new PaymentStarted(1, 7, 10_50, "EUR", 1_000), NOW);
        till.started(new PaymentStarted(2, 7, 0, "MAD", 1_000), NOW);
        assertThat(said.requests).hasSize(1);
        assertThat(said.commands).allMatch(command -> command instanceof RecordFailure failure && failure.failure() == Failure.NEVER_HAPPENED);
    }

    @Test
    void givenAPaymentOfAnEarlierLife_thenItsStatusIsAskedAndAPaymentThatGoesOnIsBrokenOff() {
        till.start();
        till.opened(new OpenPayments(1, List.of(new OpenPayment(FIRST, false))), NOW);
        login();
        till.opened(new OpenPayments(1, List.of(new OpenPayment(FIRST, false))), NOW);
        till.started(FIRST, NOW); // its event once more
        assertThat(said.commands).containsExactly(new MarkInDoubt(1));
        assertThat(said.last()).isEqualTo(new Request.TransactionStatus(Category.PAYMENT, "P1"));
        till.received(new Incoming.StatusAnswer(NaiveTerminal.envelope(Category.TRANSACTION_STATUS, said.lastId()), 0,
                new Reply(Result.FAILURE, Condition.IN_PROGRESS), null, null, null, null), NOW);
        assertThat(said.last()).isEqualTo(new Request.Abort("P1"));
        assertThat(said.requests).noneMatch(request -> request instanceof Request.Payment);
    }

    @Test
    void givenADoubtThatDoesNotEnd_thenAPersonIsAskedInTime() {
        till.start();
        till.opened(new OpenPayments(1, List.of(new OpenPayment(FIRST, true))), NOW);
        till.tick(NOW + TillWorld.TIMES.doubtMs() - 1);
        assertThat(said.commands).isEmpty();
        assertThat(till.wakeMs()).isEqualTo(NOW + TillWorld.TIMES.doubtMs());
        till.tick(NOW + TillWorld.TIMES.doubtMs());
        assertThat(said.commands).containsExactly(new AskPerson(1, "no clear answer of the terminal in time"));
    }

    @Test
    void givenTheApprovalIsNotKeptYet_thenTheNextPaymentWaits() {
        ready(0);
        till.started(FIRST, NOW);
        till.started(new PaymentStarted(2, 7, 20_00, "MAD", 1_000), NOW);
        pay("P1", charged("T1", 10_50));
        assertThat(said.last()).isEqualTo(new Request.Payment("MAWID-1", Instant.ofEpochMilli(1_000), 10_50));
        keep(Recorded.ACCEPTED);
        assertThat(said.last()).isEqualTo(new Request.Payment("MAWID-2", Instant.ofEpochMilli(1_000), 20_00));
    }

    @Test
    void givenAPeriodThatHasEnded_whenAPaymentBeginsBeforeItIsBooked_thenTheTerminalIsAskedForItAfterwards() {
        ready(0);
        final CompletableFuture<TerminalTotals> totals = new CompletableFuture<>();
        till.reconcile("", totals, NOW);
        assertThat(said.last()).isEqualTo(new Request.Reconciliation(true));
        till.started(FIRST, NOW);
        reconciled(new Reply(Result.FAILURE, Condition.NOT_FOUND), "");
        assertThat(said.last()).as("who came first").isEqualTo(new Request.Payment("MAWID-1", Instant.ofEpochMilli(1_000), 10_50));
        pay("P1", charged("T1", 10_50));
        keep(Recorded.ACCEPTED);
        assertThat(said.last()).isEqualTo(new Request.Reconciliation(false));
        final PaymentStarted second = new PaymentStarted(2, 7, 20_00, "MAD", 1_000);
        till.started(second, NOW);
        reconciled(new Reply(Result.SUCCESS, Condition.NONE), "1001");
        assertThat(totals).isCompletedWithValueMatching(told -> told.reconciliationId().equals("1001"));
        assertThat(said.last()).isEqualTo(new Request.Reconciliation(false));
        assertThat(till.wakeMs()).as("nothing to do but to wait").isGreaterThan(NOW);
        till.tick(NOW);
        assertThat(said.last()).isEqualTo(new Request.Reconciliation(false));
        till.closings().booked();
        till.tick(NOW);
        assertThat(said.last()).isEqualTo(new Request.Payment("MAWID-2", Instant.ofEpochMilli(1_000), 20_00));
    }

    private void reconciled(final Reply reply, final String period) {
        till.received(new Incoming.ReconciliationAnswer(NaiveTerminal.envelope(Category.RECONCILIATION, said.lastId()), 0, reply, period, List.of()), NOW);
    }

    @Test
    void givenTheSameStepOfTheSamePayment_thenItsRequestIdIsTheSameAndNoOther() {
        final List<TillCommand> steps = new ArrayList<>();
        for (long payment = 1; payment <= 3; payment++) {
            steps.add(new RecordApproval(payment, 1, "MAD", "", "", "", ""));
            steps.add(new MarkInDoubt(payment));
            steps.add(new AskPerson(payment, "x"));
            for (final Failure failure : Failure.values()) {
                steps.add(new RecordFailure(payment, failure, "x"));
            }
        }
        assertThat(steps).extracting(TillCommand::requestId).doesNotHaveDuplicates();
        assertThat(new AskPerson(3, "y").requestId()).isEqualTo(new AskPerson(3, "z").requestId());
        assertThat(new RecordApproval(1, 5, "EUR", "a", "b", "c", "d").requestId()).hasToString("4d617769-6445-5054-0000-000000000011"); // kept in logs
    }

    private void ready(final long lastPaymentId) {
        till.start();
        till.opened(new OpenPayments(lastPaymentId, List.of()), NOW);
        login();
        till.opened(new OpenPayments(lastPaymentId, List.of()), NOW);
    }

    private void login() {
        till.connected(NOW);
        till.received(new Incoming.LoginAnswer(NaiveTerminal.envelope(Category.LOGIN, said.lastId()), 0, new Reply(Result.SUCCESS, Condition.NONE)), NOW);
    }

    private void approved() {
        ready(0);
        till.started(FIRST, NOW);
        pay("P1", charged("T1", 10_50));
        keep(Recorded.ACCEPTED);
    }

    private void pay(final String serviceId, final PaymentReply reply) {
        till.received(new Incoming.PaymentAnswer(NaiveTerminal.envelope(Category.PAYMENT, serviceId), 0, reply), NOW);
    }

    private void keep(final Recorded answer) {
        till.recorded(said.commands.get(said.commands.size() - 1), answer, NOW);
    }

    private static PaymentReply charged(final String poi, final long minor) {
        return reply(Result.SUCCESS, Condition.NONE, "MAWID-1", poi, minor);
    }

    private static PaymentReply failed(final Condition why) {
        return reply(Result.FAILURE, why, "MAWID-1", "", 0);
    }

    private static PaymentReply reply(final Result result, final Condition why, final String sale, final String poi, final long minor) {
        return new PaymentReply(new Reply(result, why), sale, Instant.ofEpochMilli(1_000), poi, "", Amount.of(minor, "MAD"), "visa", "1111", "A1");
    }
}
