package org.mawid.api.cutover;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.CancelEncoder;
import org.mawid.sbe.Channel;
import org.mawid.sbe.ImportStampsEncoder;
import org.mawid.sbe.ImportVisitEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.RecordFailureEncoder;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.SubmitApplicationEncoder;
import org.mawid.sbe.ValidateLinesEncoder;
import org.mawid.sbe.WithdrawLinesEncoder;

/**
 * The commands of a cut-over. Their request ids follow from the files, the reference and the step, so that one that is sent again after a crash gets its first answer and is not done twice. They are numbered
 * as a client's of its own, whose count never expires: one that comes again when its answer is forgotten is told SEQUENCE_REPEATED, and one that never came is done, however late. One thread.
 */
final class Messages {
    /** Reason of what was undone because another part of its application was refused. */
    private static final int UNDONE = 1;

    /** Ids from there on are of cut-overs; those of posts are smaller. */
    private static final int CLIENTS = 0x8000_0000;

    private final String run;
    private final int client;
    private final MessageDigest digest;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SubmitApplicationEncoder submit = new SubmitApplicationEncoder();
    private final ValidateLinesEncoder validate = new ValidateLinesEncoder();
    private final ImportVisitEncoder visit = new ImportVisitEncoder();
    private final ImportStampsEncoder stamps = new ImportStampsEncoder();
    private final RecordFailureEncoder failure = new RecordFailureEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final WithdrawLinesEncoder withdraw = new WithdrawLinesEncoder();
    private long createdMs;
    private long sequence;

    /** @param run what tells this cut-over from any other: the hash of its files */
    Messages(final String run) {
        this.run = run;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
        client = ByteBuffer.wrap(digest.digest(run.getBytes(StandardCharsets.UTF_8))).getInt() | CLIENTS;
    }

    /** Of all commands from now on: part of what a repeat must repeat. */
    void createdMs(final long ms) {
        createdMs = ms;
    }

    /** Of the command that is written next, 1 and more. */
    void sequence(final long number) {
        sequence = number;
    }

    int submit(final MutableDirectBuffer to, final int offset, final Planned one) {
        submit.wrapAndApplyHeader(to, offset, header).applicant(one.said().applicant()).postId(one.postId());
        request(submit.request(), one.said().reference(), "submit");
        final SubmitApplicationEncoder.LinesEncoder lines = submit.linesCount(one.said().lines().size());
        for (int i = 0; i < one.said().lines().size(); i++) {
            final CutOverFiles.Line line = one.said().lines().get(i);
            lines.next().personKey(line.person()).serviceId((short) one.services()[i]).registeredPostId(one.registered()[i]).quantity((short) line.quantity()).ageBand(line.ageBand())
                    .priority(line.priority()).representative(BooleanType.NO);
        }
        return submit.limit() - offset;
    }

    int validate(final MutableDirectBuffer to, final int offset, final Planned one, final long application) {
        validate.wrapAndApplyHeader(to, offset, header).applicationId(application).lines(one.toValidate());
        request(validate.request(), one.said().reference(), "validate");
        return validate.limit() - offset;
    }

    int visit(final MutableDirectBuffer to, final int offset, final Planned one, final long application, final int number) {
        visit.wrapAndApplyHeader(to, offset, header).applicationId(application);
        request(visit.request(), one.said().reference(), "visit " + number);
        final List<Planned.Leg> legs = one.visits().get(number);
        final ImportVisitEncoder.LegsEncoder group = visit.legsCount(legs.size());
        legs.forEach(leg -> group.next().deskId(leg.deskId()).lines(leg.lines()).epochDay(leg.epochDay()).startUnit((short) leg.startUnit()).units((short) leg.units()));
        return visit.limit() - offset;
    }

    int stamps(final MutableDirectBuffer to, final int offset, final Planned one, final long application, final int number) {
        final Planned.Stamps paid = one.payments().get(number);
        stamps.wrapAndApplyHeader(to, offset, header).applicationId(application).paidDay(paid.paidDay()).postId(paid.postId()).currency(paid.currency())
                .transaction(paid.transaction()).earlierMeans(paid.means());
        request(stamps.request(), one.said().reference(), "stamps " + number);
        final ImportStampsEncoder.StampsEncoder group = stamps.stampsCount(paid.stamps().size());
        paid.stamps().forEach(stamp -> group.next().amountCentimes(stamp.amountCentimes()).localMinor(stamp.localMinor()).microMadPerUnit(stamp.microMadPerUnit())
                .issuedMs(stamp.issuedMs()).line((short) stamp.line()));
        return stamps.limit() - offset;
    }

    int reverse(final MutableDirectBuffer to, final int offset, final Planned one, final long payment) {
        failure.wrapAndApplyHeader(to, offset, header).paymentId(payment).reasonCode(UNDONE).outcome(PaymentState.REVERSED);
        request(failure.request(), one.said().reference(), "reverse " + payment);
        return failure.limit() - offset;
    }

    int cancel(final MutableDirectBuffer to, final int offset, final Planned one, final long appointment) {
        cancel.wrapAndApplyHeader(to, offset, header).appointmentId(appointment);
        request(cancel.request(), one.said().reference(), "cancel " + appointment);
        return cancel.limit() - offset;
    }

    int withdraw(final MutableDirectBuffer to, final int offset, final Planned one, final long application) {
        withdraw.wrapAndApplyHeader(to, offset, header).applicationId(application).lines((1 << one.said().lines().size()) - 1);
        request(withdraw.request(), one.said().reference(), "withdraw");
        return withdraw.limit() - offset;
    }

    /** Under a number that cannot be the next one: its answer says which would be. */
    int question(final MutableDirectBuffer to, final int offset) {
        withdraw.wrapAndApplyHeader(to, offset, header).applicationId(1).lines(1);
        request(withdraw.request(), "", "question");
        return withdraw.limit() - offset;
    }

    private void request(final RequestEncoder request, final String reference, final String step) {
        final ByteBuffer id = ByteBuffer.wrap(digest.digest((run + '\n' + reference + '\n' + step).getBytes(StandardCharsets.UTF_8)));
        request.deadlineMs(0).idHigh(id.getLong() | 1).idLow(id.getLong()).createdMs(createdMs).sequence(sequence).actor(0).onBehalfOf(0).clientId(client & 0xFFFF_FFFFL).channel(Channel.SYSTEM)
                .putReserved((short) 0, (short) 0, (short) 0);
    }
}
