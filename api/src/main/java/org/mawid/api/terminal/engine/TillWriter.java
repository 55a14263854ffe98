package org.mawid.api.terminal.engine;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.References;
import org.mawid.api.terminal.TillCommand;
import org.mawid.api.terminal.TillCommand.AskPerson;
import org.mawid.api.terminal.TillCommand.MarkInDoubt;
import org.mawid.api.terminal.TillCommand.RecordApproval;
import org.mawid.api.terminal.TillCommand.RecordFailure;
import org.mawid.engine.CommandSource;
import org.mawid.sbe.AskPersonEncoder;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MarkInDoubtEncoder;
import org.mawid.sbe.OpenBreakEncoder;
import org.mawid.sbe.RecordApprovalEncoder;
import org.mawid.sbe.RecordFailureEncoder;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.Result;

/** The adapter's commands in the words of the log, one at a time, all by {@link #ACTOR}. One thread. */
final class TillWriter {
    /** Who acts, in every command of the adapter. */
    static final long ACTOR = TillCommand.REQUEST_SPACE;
    /** Of a break, beside the steps of a {@link TillCommand}. */
    private static final int BREAK_STEP = 8;
    private static final int NO_LAST_FOUR = 10_000;

    private final UnsafeBuffer scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(CommandSource.MAX_BYTES));
    private final Draft draft;
    private final RecordApprovalEncoder approval = new RecordApprovalEncoder();
    private final RecordFailureEncoder failure = new RecordFailureEncoder();
    private final MarkInDoubtEncoder doubt = new MarkInDoubtEncoder();
    private final AskPersonEncoder person = new AskPersonEncoder();
    private final OpenBreakEncoder open = new OpenBreakEncoder();
    private int length;

    TillWriter(final References references) {
        draft = new Draft(references);
    }

    /** @return OK, or why the core would not take it */
    Result write(final TillCommand command, final long nowMs) {
        draft.begin(scratch, 0, 0);
        if (command instanceof RecordApproval charged) {
            length = approval(charged, nowMs);
        } else if (command instanceof RecordFailure failed) {
            failure.wrapAndApplyHeader(scratch, 0, draft.header());
            request(failure.request(), command.requestId(), nowMs);
            failure.paymentId(failed.paymentId()).reasonCode(Reasons.ofFailure(failed.failure())).outcome(Reasons.outcome(failed.failure()));
            length = draft.end(failure.encodedLength());
        } else if (command instanceof MarkInDoubt) {
            doubt.wrapAndApplyHeader(scratch, 0, draft.header());
            request(doubt.request(), command.requestId(), nowMs);
            doubt.paymentId(command.paymentId());
            length = draft.end(doubt.encodedLength());
        } else if (command instanceof AskPerson asked) {
            person.wrapAndApplyHeader(scratch, 0, draft.header());
            request(person.request(), command.requestId(), nowMs);
            person.paymentId(command.paymentId()).reasonCode(Reasons.ofPerson(asked.why()));
            length = draft.end(person.encodedLength());
        }
        return draft.problem();
    }

    private int approval(final RecordApproval command, final long nowMs) {
        approval.wrapAndApplyHeader(scratch, 0, draft.header());
        request(approval.request(), command.requestId(), nowMs);
        approval.paymentId(command.paymentId()).amountMinor(command.amountMinor())
                .transaction(Words.fingerprinted(command.transactionRef(), RecordApprovalEncoder.transactionLength()))
                .authorisationCode(Words.cut(command.authorisationCode(), RecordApprovalEncoder.authorisationCodeLength()))
                .scheme(Words.cut(command.scheme(), RecordApprovalEncoder.schemeLength()))
                .lastFour(command.lastFour().matches("[0-9]{4}") ? Integer.parseInt(command.lastFour()) : NO_LAST_FOUR)
                .currency(draft.currency(command.currency()));
        return draft.end(approval.encodedLength());
    }

    /** What a terminal says of a payment on which the core has nothing more to hear. @param about null = nothing is known of it */
    Result writeBreak(final AskPerson command, final BreakType type, final KnownPayment about, final long nowMs) {
        draft.begin(scratch, 0, 0);
        open.wrapAndApplyHeader(scratch, 0, draft.header());
        request(open.request(), breakRequest(command.paymentId()), nowMs);
        open.key(Words.key("terminal " + type + ' ' + command.paymentId())).paymentId(command.paymentId()).batchId(0)
                .ourMinor(about == null ? 0 : about.amountMinor()).theirMinor(0).detailHash(Words.key(command.why()))
                .postId(about == null ? 0 : about.postId()).currency(about == null ? Draft.NO_CURRENCY : about.currency()).breakType(type);
        length = draft.end(open.encodedLength());
        return draft.problem();
    }

    static UUID breakRequest(final long paymentId) {
        return new UUID(TillCommand.REQUEST_SPACE, paymentId << 4 | BREAK_STEP);
    }

    static CommandTemplate template(final TillCommand command) {
        if (command instanceof RecordApproval) {
            return CommandTemplate.RECORD_APPROVAL;
        }
        if (command instanceof RecordFailure) {
            return CommandTemplate.RECORD_FAILURE;
        }
        return command instanceof MarkInDoubt ? CommandTemplate.MARK_IN_DOUBT : CommandTemplate.ASK_PERSON;
    }

    /** Every byte is written: the buffer has carried other commands, and a repeat must be equal. */
    private static void request(final RequestEncoder request, final UUID id, final long nowMs) {
        request.deadlineMs(0).idHigh(id.getMostSignificantBits()).idLow(id.getLeastSignificantBits()).createdMs(nowMs).sequence(0).actor(ACTOR)
                .onBehalfOf(0).clientId(0).channel(Channel.SYSTEM).putReserved((short) 0, (short) 0, (short) 0);
    }

    DirectBuffer buffer() {
        return scratch;
    }

    int length() {
        return length;
    }

    /** What a break says of a payment. */
    record KnownPayment(int postId, long amountMinor, String currency) {
    }
}
