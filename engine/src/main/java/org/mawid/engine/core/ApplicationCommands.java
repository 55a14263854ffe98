package org.mawid.engine.core;

import org.agrona.DirectBuffer;
import org.mawid.engine.application.Applications;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.IssueStampsDecoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.RejectLinesDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SubmitApplicationDecoder;
import org.mawid.sbe.ValidateLinesDecoder;
import org.mawid.sbe.VoidStampDecoder;
import org.mawid.sbe.WithdrawLinesDecoder;

/** Requests for services, what becomes of their lines, and their stamps. The order of the checks is public contract. */
final class ApplicationCommands {
    private final Rooms rooms;
    private final Applications applications;
    private final SubmitApplicationDecoder submit = new SubmitApplicationDecoder();
    private final ValidateLinesDecoder validate = new ValidateLinesDecoder();
    private final RejectLinesDecoder reject = new RejectLinesDecoder();
    private final WithdrawLinesDecoder withdraw = new WithdrawLinesDecoder();
    private final IssueStampsDecoder issueStamps = new IssueStampsDecoder();
    private final VoidStampDecoder voidStamp = new VoidStampDecoder();

    ApplicationCommands(final Rooms rooms) {
        this.rooms = rooms;
        this.applications = rooms.applications;
    }

    Result submit(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        submit.wrap(command, CommandCheck.HEADER, SubmitApplicationDecoder.BLOCK_LENGTH, SubmitApplicationDecoder.SCHEMA_VERSION);
        final int postId = submit.postId();
        if (postId != 0 && !rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        final Result refusal = applications.submission().decide(command, CommandCheck.HEADER + SubmitApplicationDecoder.BLOCK_LENGTH);
        if (refusal != Result.OK) return refusal;

        outcome.set(Result.OK, applications.submission().open(nowMs, postId, submit.applicant(), false), 0, 0);
        return Result.OK;
    }

    Result validate(final long nowMs, final DirectBuffer command) {
        validate.wrap(command, CommandCheck.HEADER, ValidateLinesDecoder.BLOCK_LENGTH, ValidateLinesDecoder.SCHEMA_VERSION);
        final Result refusal = applications.whyNotValidate(validate.applicationId(), validate.lines());
        if (refusal != Result.OK) return refusal;

        applications.validate(validate.applicationId(), validate.lines(), nowMs);
        applications.emitDecided(validate.applicationId(), validate.lines(), LineState.VALIDATED, 0);
        return Result.OK;
    }

    Result reject(final long nowMs, final DirectBuffer command) {
        reject.wrap(command, CommandCheck.HEADER, RejectLinesDecoder.BLOCK_LENGTH, RejectLinesDecoder.SCHEMA_VERSION);
        final Result refusal = applications.whyNotClose(reject.applicationId(), reject.lines());
        if (refusal != Result.OK) return refusal;

        rooms.close(reject.applicationId(), reject.lines(), LineState.REJECTED, reject.reasonCode(), nowMs);
        return Result.OK;
    }

    Result withdraw(final long nowMs, final DirectBuffer command) {
        withdraw.wrap(command, CommandCheck.HEADER, WithdrawLinesDecoder.BLOCK_LENGTH, WithdrawLinesDecoder.SCHEMA_VERSION);
        final Result refusal = applications.whyNotClose(withdraw.applicationId(), withdraw.lines());
        if (refusal != Result.OK) return refusal;

        rooms.close(withdraw.applicationId(), withdraw.lines(), LineState.WITHDRAWN, 0, nowMs);
        return Result.OK;
    }

    Result issueStamps(final long nowMs, final DirectBuffer command, final Outcome outcome) {
        issueStamps.wrap(command, CommandCheck.HEADER, IssueStampsDecoder.BLOCK_LENGTH, IssueStampsDecoder.SCHEMA_VERSION);
        final long application = issueStamps.applicationId();
        final int lineSet = issueStamps.lines();
        if (!applications.has(application)) return Result.APPLICATION_UNKNOWN;
        if (!rooms.catalogue.posts().has(issueStamps.postId())) return Result.POST_UNKNOWN;
        if (!applications.names(application, lineSet)) return Result.LINE_UNKNOWN;
        rooms.stamps.want(issueStamps.postId());
        final long first = applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            final int i = Integer.numberOfTrailingZeros(set);
            if (!applications.lines().isValidated(first + i)) return Result.NOT_VALIDATED;
            if (applications.lines().stamp(first + i) != 0) return Result.STAMP_ALREADY_ISSUED;
            final int before = rooms.stamps.wanted();
            final Result refusal = rooms.stamps.want(i, applications.lines().service(first + i), applications.lines().quantity(first + i), nowMs);
            if (refusal != Result.OK) return refusal;
            if (rooms.stamps.wanted() == before) return Result.STAMP_NOT_NEEDED;
        }
        if (rooms.stamps.isTooMany()) return Result.STAMPS_FULL;

        applications.changed(application, nowMs);
        final long issued = rooms.issueStamps(application, nowMs);
        outcome.set(Result.OK, issued & 0xFF_FFFF_FFFF_FFFFL, issued >>> 56, 0);
        return Result.OK;
    }

    Result voidStamp(final long nowMs, final DirectBuffer command) {
        voidStamp.wrap(command, CommandCheck.HEADER, VoidStampDecoder.BLOCK_LENGTH, VoidStampDecoder.SCHEMA_VERSION);
        final long stamp = voidStamp.stampId();
        if (!rooms.stamps.has(stamp)) return Result.STAMP_UNKNOWN;
        if (!rooms.stamps.isIssued(stamp)) return Result.STAMP_STATE;

        final long application = rooms.stamps.application(stamp);
        rooms.stamps.makeVoid(stamp);
        applications.lines().stamp(applications.firstLine(application) + rooms.stamps.line(stamp), 0);
        applications.changed(application, nowMs);
        return Result.OK;
    }
}
