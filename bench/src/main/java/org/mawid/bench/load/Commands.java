package org.mawid.bench.load;

import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.CallEncoder;
import org.mawid.sbe.CancelEncoder;
import org.mawid.sbe.Channel;
import org.mawid.sbe.CheckInEncoder;
import org.mawid.sbe.ConfirmEncoder;
import org.mawid.sbe.ConsumeStampEncoder;
import org.mawid.sbe.HoldEncoder;
import org.mawid.sbe.IssueStampsEncoder;
import org.mawid.sbe.JoinWaitlistEncoder;
import org.mawid.sbe.MarkNoShowEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.Priority;
import org.mawid.sbe.RecordApprovalEncoder;
import org.mawid.sbe.ReleaseEncoder;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.RescheduleEncoder;
import org.mawid.sbe.RetireEncoder;
import org.mawid.sbe.ServeEncoder;
import org.mawid.sbe.SetCapacityEncoder;
import org.mawid.sbe.SetCoreVersionEncoder;
import org.mawid.sbe.StartPaymentEncoder;
import org.mawid.sbe.SubmitApplicationEncoder;
import org.mawid.sbe.ValidateLinesEncoder;
import org.mawid.sbe.WalkInEncoder;
import org.mawid.sbe.WithdrawLinesEncoder;

/** Writes the commands of an appointment's life as SBE messages. Each one gets the next request id. One instance a thread; what comes often allocates nothing. */
public final class Commands {
    private static final int DIGITS = 16;
    private static final int NO_CARD = 10_000;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SubmitApplicationEncoder submit = new SubmitApplicationEncoder();
    private final ValidateLinesEncoder validate = new ValidateLinesEncoder();
    private final HoldEncoder hold = new HoldEncoder();
    private final ConfirmEncoder confirm = new ConfirmEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final RescheduleEncoder reschedule = new RescheduleEncoder();
    private final CheckInEncoder checkIn = new CheckInEncoder();
    private final CallEncoder call = new CallEncoder();
    private final ServeEncoder serve = new ServeEncoder();
    private final MarkNoShowEncoder markNoShow = new MarkNoShowEncoder();
    private final WalkInEncoder walkIn = new WalkInEncoder();
    private final ReleaseEncoder release = new ReleaseEncoder();
    private final WithdrawLinesEncoder withdraw = new WithdrawLinesEncoder();
    private final RetireEncoder retire = new RetireEncoder();
    private final SetCapacityEncoder setCapacity = new SetCapacityEncoder();
    private final IssueStampsEncoder issueStamps = new IssueStampsEncoder();
    private final StartPaymentEncoder startPayment = new StartPaymentEncoder();
    private final RecordApprovalEncoder recordApproval = new RecordApprovalEncoder();
    private final ConsumeStampEncoder consumeStamp = new ConsumeStampEncoder();
    private final byte[] transaction = new byte[RecordApprovalEncoder.transactionLength()];
    private final long idHigh;
    private long actor = 1;
    private long idLow;

    /** @param idHigh upper half of all request ids made here: another one for each instance of a run, never 0 */
    public Commands(final long idHigh) {
        this.idHigh = idHigh;
    }

    /** For whoever keeps request ids, to send one again. @param low lower half of the next command's id */
    public void nextId(final long low) {
        idLow = low - 1;
    }

    /** @return bytes written, as for all methods here */
    public int submit(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long personKey, final int serviceId) {
        return submit(buffer, offset, createdMs, personKey, serviceId, 0);
    }

    /** @param postId for which post, 0 = any */
    public int submit(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long personKey, final int serviceId, final int postId) {
        submit.wrapAndApplyHeader(buffer, offset, header);
        request(submit.request(), createdMs);
        submit.applicant(personKey).postId(postId);
        submit.linesCount(1).next().personKey(personKey).serviceId(serviceId).registeredPostId(0).quantity((short) 1)
                .ageBand(AgeBand.ADULT).priority(Priority.NONE).representative(BooleanType.NO);
        return MessageHeaderEncoder.ENCODED_LENGTH + submit.encodedLength();
    }

    public int validate(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long applicationId) {
        validate.wrapAndApplyHeader(buffer, offset, header);
        request(validate.request(), createdMs);
        validate.applicationId(applicationId).lines(1);
        return MessageHeaderEncoder.ENCODED_LENGTH + validate.encodedLength();
    }

    public int hold(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long applicationId, final int deskId,
                    final int epochDay, final int startUnit, final int units, final boolean issueStamps) {
        hold.wrapAndApplyHeader(buffer, offset, header);
        request(hold.request(), createdMs);
        hold.applicationId(applicationId).issueStamps(issueStamps ? BooleanType.YES : BooleanType.NO);
        hold.legsCount(1).next().deskId(deskId).lines(1).epochDay(epochDay).startUnit((short) startUnit).units((short) units);
        return MessageHeaderEncoder.ENCODED_LENGTH + hold.encodedLength();
    }

    public int confirm(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long holdId) {
        confirm.wrapAndApplyHeader(buffer, offset, header);
        request(confirm.request(), createdMs);
        confirm.holdId(holdId).issueStamps(BooleanType.NO);
        return MessageHeaderEncoder.ENCODED_LENGTH + confirm.encodedLength();
    }

    public int cancel(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long appointmentId) {
        cancel.wrapAndApplyHeader(buffer, offset, header);
        request(cancel.request(), createdMs);
        cancel.appointmentId(appointmentId);
        return MessageHeaderEncoder.ENCODED_LENGTH + cancel.encodedLength();
    }

    /** The first line waits for a visit on one of these dates, both among them. */
    public int join(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long applicationId, final int postId, final int fromEpochDay,
                    final int toEpochDay) {
        final JoinWaitlistEncoder join = new JoinWaitlistEncoder().wrapAndApplyHeader(buffer, offset, header);
        request(join.request(), createdMs);
        join.applicationId(applicationId).appointmentId(0).fromEpochDay(fromEpochDay).toEpochDay(toEpochDay).lines(1).postId(postId);
        return MessageHeaderEncoder.ENCODED_LENGTH + join.encodedLength();
    }

    /** To a visit of one leg. */
    public int reschedule(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long appointmentId, final int deskId,
                          final int epochDay, final int startUnit, final int units) {
        reschedule.wrapAndApplyHeader(buffer, offset, header);
        request(reschedule.request(), createdMs);
        reschedule.appointmentId(appointmentId);
        reschedule.legsCount(1).next().deskId(deskId).lines(1).epochDay(epochDay).startUnit((short) startUnit).units((short) units);
        return MessageHeaderEncoder.ENCODED_LENGTH + reschedule.encodedLength();
    }

    public int checkIn(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long appointmentId) {
        checkIn.wrapAndApplyHeader(buffer, offset, header);
        request(checkIn.request(), createdMs);
        checkIn.appointmentId(appointmentId);
        return MessageHeaderEncoder.ENCODED_LENGTH + checkIn.encodedLength();
    }

    /** To the first counter. */
    public int call(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long appointmentId) {
        call.wrapAndApplyHeader(buffer, offset, header);
        request(call.request(), createdMs);
        call.appointmentId(appointmentId).counter((short) 1);
        return MessageHeaderEncoder.ENCODED_LENGTH + call.encodedLength();
    }

    /** @param fulfilled lines, as a set */
    public int serve(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long appointmentId, final int fulfilled) {
        serve.wrapAndApplyHeader(buffer, offset, header);
        request(serve.request(), createdMs);
        serve.appointmentId(appointmentId).fulfilled(fulfilled);
        return MessageHeaderEncoder.ENCODED_LENGTH + serve.encodedLength();
    }

    public int markNoShow(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long appointmentId) {
        markNoShow.wrapAndApplyHeader(buffer, offset, header);
        request(markNoShow.request(), createdMs);
        markNoShow.appointmentId(appointmentId);
        return MessageHeaderEncoder.ENCODED_LENGTH + markNoShow.encodedLength();
    }

    /** Of somebody without an application, for one service, with its stamp. */
    public int walkIn(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long personKey, final int serviceId,
                      final int deskId, final int epochDay) {
        walkIn.wrapAndApplyHeader(buffer, offset, header);
        request(walkIn.request(), createdMs);
        walkIn.applicationId(0).applicant(personKey).deskId(deskId).epochDay(epochDay).served(0).issueStamps(BooleanType.YES);
        walkIn.linesCount(1).next().personKey(personKey).serviceId(serviceId).registeredPostId(0).quantity((short) 1)
                .ageBand(AgeBand.ADULT).priority(Priority.NONE).representative(BooleanType.NO);
        return MessageHeaderEncoder.ENCODED_LENGTH + walkIn.encodedLength();
    }

    public int release(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long holdId) {
        release.wrapAndApplyHeader(buffer, offset, header);
        request(release.request(), createdMs);
        release.holdId(holdId);
        return MessageHeaderEncoder.ENCODED_LENGTH + release.encodedLength();
    }

    public int withdraw(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long applicationId) {
        withdraw.wrapAndApplyHeader(buffer, offset, header);
        request(withdraw.request(), createdMs);
        withdraw.applicationId(applicationId).lines(1);
        return MessageHeaderEncoder.ENCODED_LENGTH + withdraw.encodedLength();
    }

    /** Of applications whose numbers follow each other. @param count 1 to 64 */
    public int retire(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long firstApplicationId, final int count) {
        retire.wrapAndApplyHeader(buffer, offset, header);
        request(retire.request(), createdMs);
        final RetireEncoder.ApplicationsEncoder applications = retire.applicationsCount(count);
        for (int i = 0; i < count; i++) {
            applications.next().applicationId(firstApplicationId + i);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + retire.encodedLength();
    }

    /** Of the first units of a published day. */
    public int setCapacity(final MutableDirectBuffer buffer, final int offset, final long createdMs, final int poolId, final int epochDay,
                           final int units, final int capacity) {
        setCapacity.wrapAndApplyHeader(buffer, offset, header);
        request(setCapacity.request(), createdMs);
        setCapacity.poolId(poolId).epochDay(epochDay).startUnit((short) 0).units((short) units).capacity((short) capacity).withheld((short) 0);
        return MessageHeaderEncoder.ENCODED_LENGTH + setCapacity.encodedLength();
    }

    public int issueStamps(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long applicationId, final int postId) {
        issueStamps.wrapAndApplyHeader(buffer, offset, header);
        request(issueStamps.request(), createdMs);
        issueStamps.applicationId(applicationId).lines(1).postId(postId);
        return MessageHeaderEncoder.ENCODED_LENGTH + issueStamps.encodedLength();
    }

    /** Online, of one stamp. */
    public int startPayment(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long applicationId, final long stampId, final int postId,
                            final int epochDay) {
        startPayment.wrapAndApplyHeader(buffer, offset, header);
        request(startPayment.request(), createdMs);
        startPayment.applicationId(applicationId).terminalId(0).epochDay(epochDay).postId(postId).means(PaymentMeans.ONLINE).stampsCount(1).next().stampId(stampId);
        return MessageHeaderEncoder.ENCODED_LENGTH + startPayment.encodedLength();
    }

    /** In the transaction that has the payment's number, in euros, of no card. */
    public int recordApproval(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long paymentId, final long amountMinor) {
        recordApproval.wrapAndApplyHeader(buffer, offset, header);
        request(recordApproval.request(), createdMs);
        long left = paymentId;
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            transaction[digit] = (byte) ('0' + left % 10);
            left /= 10;
        }
        recordApproval.paymentId(paymentId).amountMinor(amountMinor).putTransaction(transaction, 0).authorisationCode("").scheme("").lastFour(NO_CARD).currency("EUR");
        return MessageHeaderEncoder.ENCODED_LENGTH + recordApproval.encodedLength();
    }

    /** For the first line. */
    public int consumeStamp(final MutableDirectBuffer buffer, final int offset, final long createdMs, final long stampId, final long applicationId, final int postId,
                            final int epochDay) {
        consumeStamp.wrapAndApplyHeader(buffer, offset, header);
        request(consumeStamp.request(), createdMs);
        consumeStamp.stampId(stampId).applicationId(applicationId).epochDay(epochDay).postId(postId).line((short) 0).secret(0);
        return MessageHeaderEncoder.ENCODED_LENGTH + consumeStamp.encodedLength();
    }

    /** From here on the log's commands are answered by the rules of this version. */
    public int setCoreVersion(final MutableDirectBuffer buffer, final int offset, final long createdMs, final int version) {
        final SetCoreVersionEncoder command = new SetCoreVersionEncoder().wrapAndApplyHeader(buffer, offset, header);
        request(command.request(), createdMs);
        command.coreVersion(version);
        return MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength();
    }

    /** Where a token says who acts, commands say nothing of it. @return this */
    public Commands byNobody() {
        actor = 0;
        return this;
    }

    /** Fills who asks: the bench itself, online. */
    public void request(final RequestEncoder request, final long createdMs) {
        request.deadlineMs(0).idHigh(idHigh).idLow(++idLow).createdMs(createdMs).sequence(0).actor(actor).onBehalfOf(0).clientId(0)
                .channel(Channel.ONLINE);
        request.putReserved((short) 0, (short) 0, (short) 0);
    }
}
