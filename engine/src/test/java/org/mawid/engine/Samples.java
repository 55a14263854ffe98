package org.mawid.engine;

import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.Channel;
import org.mawid.sbe.DefinePostEncoder;
import org.mawid.sbe.DefineServiceEncoder;
import org.mawid.sbe.IssueStampsEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.SetRateEncoder;
import org.mawid.sbe.SetTariffEncoder;
import org.mawid.sbe.SubmitApplicationEncoder;
import org.mawid.sbe.VoidStampEncoder;
import org.mawid.sbe.WithdrawLinesEncoder;

/** Commands that are as small as commands can be. Upper half of their request ids: {@link #CLIENT}. */
public final class Samples {
    public static final long CLIENT = 0x5445_5354L;
    public static final int POST = 7;
    public static final int SERVICE = 3;

    private Samples() {
    }

    /** A post whose rounding says which request it was. Can be repeated for ever: it has no limits to speak of. */
    public static int definePost(final MutableDirectBuffer slot, final int offset, final long request, final long createdMs, final long deadlineMs) {
        final DefinePostEncoder post = new DefinePostEncoder();
        post.wrapAndApplyHeader(slot, offset, new MessageHeaderEncoder());
        fill(post.request(), request, createdMs, deadlineMs);
        final int postId = postOf(request);
        post.postId(postId).code("post-" + postId).currency("EUR").minorDigits((short) 2).roundToMinor(1 + (int) (request % 9_999));
        return MessageHeaderEncoder.ENCODED_LENGTH + post.encodedLength();
    }

    /** The post that such a request defines. */
    public static int postOf(final long request) {
        return (int) (request % 4_000) + 1;
    }

    /** A service whose requests are valid by rule, so that a line of it waits from the beginning. */
    public static int defineService(final MutableDirectBuffer slot, final int offset, final long request, final long createdMs) {
        final DefineServiceEncoder service = new DefineServiceEncoder();
        service.wrapAndApplyHeader(slot, offset, new MessageHeaderEncoder());
        fill(service.request(), request, createdMs, 0);
        service.serviceId(SERVICE).durationMinutes(15).code("sample").scope(ServiceScope.ANY_POST).validationRequired(BooleanType.NO)
                .appointmentRequired(BooleanType.YES).urgent(BooleanType.NO).resourceKinds((short) 0).quantityMax((short) 4);
        return MessageHeaderEncoder.ENCODED_LENGTH + service.encodedLength();
    }

    /** One person asks for the sample service at any post. */
    public static int submit(final MutableDirectBuffer slot, final int offset, final long request, final long createdMs, final long deadlineMs,
                             final long person) {
        final SubmitApplicationEncoder submit = new SubmitApplicationEncoder();
        submit.wrapAndApplyHeader(slot, offset, new MessageHeaderEncoder());
        fill(submit.request(), request, createdMs, deadlineMs);
        submit.applicant(person).postId(0).linesCount(1).next().personKey(person).serviceId(SERVICE).registeredPostId(0).quantity((short) 1)
                .ageBand(AgeBand.ADULT).priority(Priority.NONE).representative(BooleanType.NO);
        return MessageHeaderEncoder.ENCODED_LENGTH + submit.encodedLength();
    }

    /** The only line of an application ends. */
    public static int withdraw(final MutableDirectBuffer slot, final int offset, final long request, final long createdMs, final long application) {
        final WithdrawLinesEncoder withdraw = new WithdrawLinesEncoder();
        withdraw.wrapAndApplyHeader(slot, offset, new MessageHeaderEncoder());
        fill(withdraw.request(), request, createdMs, 0);
        withdraw.applicationId(application).lines(1);
        return MessageHeaderEncoder.ENCODED_LENGTH + withdraw.encodedLength();
    }

    /** What the sample service costs from the beginning of time. */
    public static int setTariff(final MutableDirectBuffer slot, final int offset, final long request, final long createdMs) {
        final SetTariffEncoder tariff = new SetTariffEncoder();
        tariff.wrapAndApplyHeader(slot, offset, new MessageHeaderEncoder());
        fill(tariff.request(), request, createdMs, 0);
        tariff.serviceId(SERVICE).version(1).validFromMs(0).componentsCount(1).next().beneficiary(Beneficiary.STAMP).amountCentimes(15_000);
        return MessageHeaderEncoder.ENCODED_LENGTH + tariff.encodedLength();
    }

    public static int setRate(final MutableDirectBuffer slot, final int offset, final long request, final long createdMs, final int postId) {
        final SetRateEncoder rate = new SetRateEncoder();
        rate.wrapAndApplyHeader(slot, offset, new MessageHeaderEncoder());
        fill(rate.request(), request, createdMs, 0);
        rate.postId(postId).microMadPerUnit(10_850_000);
        return MessageHeaderEncoder.ENCODED_LENGTH + rate.encodedLength();
    }

    /** The stamp of the only line of an application. */
    public static int issueStamp(
            final MutableDirectBuffer slot, final int offset, final long request, final long createdMs, final long application, final int postId) {
        final IssueStampsEncoder issue = new IssueStampsEncoder();
        issue.wrapAndApplyHeader(slot, offset, new MessageHeaderEncoder());
        fill(issue.request(), request, createdMs, 0);
        issue.applicationId(application).lines(1).postId(postId);
        return MessageHeaderEncoder.ENCODED_LENGTH + issue.encodedLength();
    }

    public static int voidStamp(final MutableDirectBuffer slot, final int offset, final long request, final long createdMs, final long stamp) {
        final VoidStampEncoder voiding = new VoidStampEncoder();
        voiding.wrapAndApplyHeader(slot, offset, new MessageHeaderEncoder());
        fill(voiding.request(), request, createdMs, 0);
        voiding.stampId(stamp);
        return MessageHeaderEncoder.ENCODED_LENGTH + voiding.encodedLength();
    }

    private static void fill(final RequestEncoder request, final long id, final long createdMs, final long deadlineMs) {
        request.deadlineMs(deadlineMs).idHigh(CLIENT).idLow(id).createdMs(createdMs).sequence(0).actor(1).onBehalfOf(0).clientId(0)
                .channel(Channel.ONLINE).putReserved((short) 0, (short) 0, (short) 0);
    }
}
