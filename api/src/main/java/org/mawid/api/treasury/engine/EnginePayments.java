package org.mawid.api.treasury.engine;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.command.CommandMapping;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.Lane;
import org.mawid.api.gateway.References;
import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.port.OnlinePayment;
import org.mawid.api.treasury.port.PaymentPort;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.port.RequestId;
import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.engine.CommandSource;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.Command;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of a running engine. A command has the request id that its content gives it, so that the log has it once, whoever tells it and however often; of what a command says in words the log
 * keeps a hash, and the words are in this process's log, once.
 */
public final class EnginePayments implements PaymentPort {
    private static final Logger LOG = LoggerFactory.getLogger(EnginePayments.class);
    /** How long to wait for records that are a little behind, as they are after each command. Source: what a read over HTTP waits. */
    private static final long BEHIND_MS = 1_000;
    /** How often what was refused for want of room is tried anew. */
    private static final long ATTEMPT_MS = 60_000;

    private final Gateway gateway;
    private final References references;
    private final CoreCommands commands;
    private final Context context;
    private final Lane lane;
    private final Draft draft;
    private final CommandMapping mapping = new CommandMapping();
    private final UnsafeBuffer scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(CommandSource.MAX_BYTES));

    /** @param vertx one of its event loops is taken for the commands */
    public EnginePayments(final Vertx vertx, final Gateway gateway) {
        this.gateway = gateway;
        references = gateway.references();
        commands = new CoreCommands(references);
        context = vertx.getOrCreateContext();
        lane = gateway.lane(task -> context.runOnContext(nothing -> task.run()));
        draft = new Draft(references);
    }

    /**
     * A payment as the adapter knows it.
     *
     * @throws IllegalArgumentException when nobody could charge its amount: its post counts its currency with other decimals than ISO 4217 has; the message says so
     */
    public OnlinePayment online(final Records.Payment record) {
        final CatalogueView.Post post = gateway.engine().readModel().catalogue().post(record.postId());
        final int digits = Amount.digits(record.currency());
        if (post != null && post.currency().equals(record.currency()) && post.minorDigits() != digits) {
            throw new IllegalArgumentException("post " + post.code() + " counts " + record.currency() + " with " + post.minorDigits() + " decimals, ISO 4217 with " + digits
                    + ": nothing can be paid online there until its minor digits are set right");
        }
        return new OnlinePayment(record.paymentId(), reference(references, record.paymentId()), record.postId(), new Amount(record.amountMinor(), record.currency()),
                record.amountCentimes(), States.of(record.state()), record.startedMs());
    }

    /** What a payment is called at the treasury and on its statements: our public reference, with letters for those check symbols that no bank passes on. */
    public static String reference(final References references, final long payment) {
        return EndToEnd.of(references, payment);
    }

    /** In the adapter's words. @throws IllegalArgumentException a state of another build */
    public static PaymentState state(final org.mawid.sbe.PaymentState state) {
        return States.of(state);
    }

    /**
     * May wait for the records: not on an event loop.
     *
     * @throws ReadModelBehindException when they do not have all yet that was durable by now: what is not there may be there the next moment
     */
    @Override
    public OnlinePayment find(final String reference) {
        final long number = EndToEnd.number(references, reference);
        if (number <= 0) {
            return null;
        }
        final Records.Payment found = record(number);
        return found == null || found.means() != PaymentMeans.ONLINE ? null : online(found);
    }

    private Records.Payment record(final long number) {
        final long durable = gateway.engine().status().durablePosition();
        final Records records = gateway.engine().readModel().records();
        if (!records.awaitPosition(durable, BEHIND_MS)) {
            throw new ReadModelBehindException("the records are behind: the same again later");
        }
        return records.payment(number);
    }

    @Override
    public List<OnlinePayment> pending(final long after, final int limit) {
        final List<OnlinePayment> payments = new ArrayList<>();
        gateway.engine().readModel().money().pendingOnline().stream().filter(one -> one.paymentId() > after && !one.waitsForPerson())
                .sorted(Comparator.comparingLong(Records.Payment::paymentId)).takeWhile(one -> payments.size() < limit).forEach(one -> {
                    try {
                        payments.add(online(one));
                    } catch (final IllegalArgumentException uncountable) {
                        LOG.warn("a payment that waits cannot be asked for: {}", uncountable.getMessage());
                    }
                });
        return payments;
    }

    @Override
    public Future<Told> tell(final TreasuryCommand command) {
        final Promise<Told> told = Promise.promise();
        try {
            // What it was before is read first, and that may take a disk.
            context.executeBlocking(() -> wasSo(command), false).otherwise(false).onSuccess(wasSo -> context.runOnContext(now -> submit(command, command.requestId(), wasSo, told)));
        } catch (final RejectedExecutionException ended) {
            told.tryComplete(Told.UNAVAILABLE);
        }
        return told.future();
    }

    /** Whether the ledger has it already, by whatever request: the core then agrees and changes nothing. */
    private boolean wasSo(final TreasuryCommand command) {
        final long number = CoreCommands.payment(command);
        final Records.Payment before = number == 0 ? null : gateway.engine().readModel().records().payment(number);
        return before != null && States.isSo(before, command);
    }

    /** On our event loop, as all below. */
    private void submit(final TreasuryCommand command, final RequestId id, final boolean wasSo, final Promise<Told> told) {
        try {
            final Command message = commands.of(command, id, gateway.nowMs());
            if (message == null) {
                LOG.error("the core has no command for {} of a {}: it is for a person", command.getClass().getSimpleName(), CoreCommands.subject(command));
                told.tryComplete(Told.REFUSED);
                return;
            }
            final CommandTemplate template = CommandTemplate.of(message.getCommandCase().getNumber());
            final int length = mapping.encode(draft.begin(scratch, 0, 0), message);
            if (length == 0) {
                LOG.error("{} of the treasury's adapter is {}: it was not told to the core", template, draft.problem());
                gateway.localAnswers().count(template, draft.problem(), 0);
                told.tryComplete(Told.REFUSED);
                return;
            }
            gateway.submit(lane, template, scratch, 0, length, answer -> {
                if (answer.result() == Result.REQUEST_ID_REUSED) {
                    askAgain(command, id, told);
                } else if (answer.repeated()) {
                    remembered(command, id, answer, wasSo, told);
                } else {
                    answered(command, Outcomes.told(answer, wasSo), told);
                }
            });
        } catch (final RuntimeException ours) {
            LOG.error("the core could not be told", ours);
            told.tryComplete(Told.UNAVAILABLE);
        }
    }

    /** Told at another moment, which is all in which two requests of one id can differ: what was answered then is the answer. */
    private void askAgain(final TreasuryCommand command, final RequestId id, final Promise<Told> told) {
        gateway.outcomeOf(lane, id.high(), id.low(), answer -> remembered(command, id, answer, true, told));
    }

    /**
     * The answer of another time. For want of room it is remembered as any other, and there may be room by now: then it is told under another id, a new one each minute. All that is told here is done
     * once by its matter, whatever its id.
     */
    private void remembered(final TreasuryCommand command, final RequestId id, final Answer answer, final boolean wasSo, final Promise<Told> told) {
        if (answer.isForWantOfRoom() && id.equals(command.requestId())) {
            submit(command, id.again(gateway.nowMs() / ATTEMPT_MS), wasSo, told);
        } else {
            answered(command, Outcomes.told(answer, wasSo), told);
        }
    }

    private static void answered(final TreasuryCommand command, final Told result, final Promise<Told> told) {
        if (result == Told.DONE && command instanceof TreasuryCommand.OpenBreak found) {
            LOG.warn("break {} {}: {}", found.type(), Long.toHexString(found.key()), found.details());
        } else if (result == Told.DONE && command instanceof TreasuryCommand.AskPerson asked) {
            LOG.warn("a payment waits for a person, {}: {}", asked.doubt(), asked.details());
        }
        told.tryComplete(result);
    }
}
