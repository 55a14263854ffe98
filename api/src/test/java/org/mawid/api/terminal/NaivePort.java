package org.mawid.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.mawid.api.terminal.OpenPayments.OpenPayment;
import org.mawid.api.terminal.TillCommand.AskPerson;
import org.mawid.api.terminal.TillCommand.MarkInDoubt;
import org.mawid.api.terminal.TillCommand.RecordApproval;
import org.mawid.api.terminal.TillCommand.RecordFailure;
import org.mawid.api.terminal.TillPort.Recorded;

/** The core's part in payments, on maps: what it keeps survives every life of the adapter. Any thread. */
final class NaivePort {
    enum State { PENDING, IN_DOUBT, APPROVED, FAILED, WITH_PERSON }

    static final class Kept {
        final PaymentStarted started;
        State state = State.PENDING;
        int approvals;
        TillCommand decided;
        boolean isPersonAsked;

        private Kept(final PaymentStarted started) {
            this.started = started;
        }

        boolean isOpen() {
            return state == State.PENDING || state == State.IN_DOUBT;
        }
    }

    private final Map<Long, Kept> payments = new TreeMap<>();
    private final Map<UUID, Recorded> answers = new HashMap<>();
    private final Map<UUID, TillCommand> commands = new HashMap<>();

    synchronized PaymentStarted start(final int terminalId, final long amountMinor, final String currency, final long nowMs) {
        final PaymentStarted started = new PaymentStarted(payments.size() + 1, terminalId, amountMinor, currency, nowMs);
        payments.put(started.paymentId(), new Kept(started));
        return started;
    }

    synchronized Recorded record(final TillCommand command) {
        final TillCommand before = commands.putIfAbsent(command.requestId(), command);
        if (before != null) {
            assertThat(before.getClass()).as("one request id, two commands").isEqualTo(command.getClass());
            return answers.get(command.requestId());
        }
        final Recorded answer = apply(command, payments.get(command.paymentId()));
        answers.put(command.requestId(), answer);
        return answer;
    }

    private static Recorded apply(final TillCommand command, final Kept kept) {
        if (command instanceof AskPerson) {
            kept.isPersonAsked = true;
            kept.state = kept.isOpen() ? State.WITH_PERSON : kept.state;
            return Recorded.ACCEPTED;
        }
        if (!kept.isOpen() || command instanceof MarkInDoubt && kept.state == State.IN_DOUBT) {
            return Recorded.REFUSED;
        }
        if (command instanceof RecordApproval approval) {
            assertThat(approval.amountMinor()).isEqualTo(kept.started.amountMinor());
            kept.approvals++;
            kept.state = State.APPROVED;
            kept.decided = command;
        } else if (command instanceof RecordFailure) {
            kept.state = State.FAILED;
            kept.decided = command;
        } else {
            kept.state = State.IN_DOUBT;
        }
        return Recorded.ACCEPTED;
    }

    synchronized OpenPayments open(final int terminalId) {
        final List<OpenPayment> open = new ArrayList<>();
        payments.values().stream().filter(kept -> kept.isOpen() && kept.started.terminalId() == terminalId)
                .forEach(kept -> open.add(new OpenPayment(kept.started, kept.state == State.IN_DOUBT)));
        return new OpenPayments(payments.size(), open);
    }

    synchronized Kept payment(final long id) {
        return payments.get(id);
    }

    synchronized List<Kept> payments() {
        return List.copyOf(payments.values());
    }

    synchronized boolean isAllDecided() {
        return payments.values().stream().noneMatch(Kept::isOpen);
    }
}
