package org.mawid.engine.core;

import org.mawid.engine.application.Applications;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.IssueStampsDecoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.MessageSentEncoder;
import org.mawid.sbe.RejectLinesDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SendMessageDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;
import org.mawid.sbe.ValidateLinesDecoder;
import org.mawid.sbe.VoidStampDecoder;
import org.mawid.sbe.WithdrawLinesDecoder;

/** Requests for services, what becomes of their lines, their stamps, and what is written about them. The order of the checks is public contract. */
final class ApplicationCommands {
    private final Rooms rooms;
    private final Applications applications;

    ApplicationCommands(final Rooms rooms) {
        this.rooms = rooms;
        this.applications = rooms.applications;
    }

    Result submit(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final int postId = Memory.getShort(block + SubmitApplicationDecoder.postIdEncodingOffset());
        if (postId != 0 && !rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;
        final Result refusal = applications.submission().decide(command + CommandCheck.HEADER + SubmitApplicationDecoder.BLOCK_LENGTH);
        if (refusal != Result.OK) return refusal;

        outcome.set(Result.OK, applications.submission().open(nowMs, postId, Memory.getLong(block + SubmitApplicationDecoder.applicantEncodingOffset()), false), 0, 0);
        return Result.OK;
    }

    Result validate(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long application = Memory.getLong(block + ValidateLinesDecoder.applicationIdEncodingOffset());
        final int lineSet = Memory.getShort(block + ValidateLinesDecoder.linesEncodingOffset());
        final Result refusal = applications.whyNotValidate(application, lineSet);
        if (refusal != Result.OK) return refusal;
        if (ReviewCommands.isOfOther(applications, application, command, nowMs, outcome)) return Result.ASSIGNED_TO_OTHER;

        applications.validate(application, lineSet, nowMs);
        applications.emitDecided(application, lineSet, LineState.VALIDATED, 0);
        return Result.OK;
    }

    Result reject(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long application = Memory.getLong(block + RejectLinesDecoder.applicationIdEncodingOffset());
        final int lineSet = Memory.getShort(block + RejectLinesDecoder.linesEncodingOffset());
        final Result refusal = applications.whyNotClose(application, lineSet);
        if (refusal != Result.OK) return refusal;
        if (ReviewCommands.isOfOther(applications, application, command, nowMs, outcome)) return Result.ASSIGNED_TO_OTHER;

        rooms.reject(application, lineSet, Memory.getShort(block + RejectLinesDecoder.reasonCodeEncodingOffset()), Memory.getLong(block + RejectLinesDecoder.reasonHashEncodingOffset()), nowMs);
        return Result.OK;
    }

    Result withdraw(final long nowMs, final long command) {
        final long block = command + CommandCheck.HEADER;
        final Result refusal = applications.whyNotClose(Memory.getLong(block + WithdrawLinesDecoder.applicationIdEncodingOffset()), Memory.getShort(block + WithdrawLinesDecoder.linesEncodingOffset()));
        if (refusal != Result.OK) return refusal;

        rooms.close(Memory.getLong(block + WithdrawLinesDecoder.applicationIdEncodingOffset()), Memory.getShort(block + WithdrawLinesDecoder.linesEncodingOffset()), LineState.WITHDRAWN, nowMs);
        return Result.OK;
    }

    /** Also when all lines have ended: what is finished is to be collected. @param position of the command: the message's number */
    Result sendMessage(final long position, final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long application = Memory.getLong(block + SendMessageDecoder.applicationIdEncodingOffset());
        final int postId = Memory.getShort(block + SendMessageDecoder.postIdEncodingOffset());
        if (!rooms.catalogue.coreVersion().sendsMessages()) return Result.CORE_VERSION_UNSUPPORTED;
        if (!applications.has(application)) return Result.APPLICATION_UNKNOWN;
        if (!rooms.catalogue.posts().has(postId)) return Result.POST_UNKNOWN;

        applications.changed(application, nowMs);
        final long at = rooms.events.beginAt(MessageSentEncoder.TEMPLATE_ID, MessageSentEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(at + MessageSentEncoder.applicationIdEncodingOffset(), application);
        Memory.putLong(at + MessageSentEncoder.textHashEncodingOffset(), Memory.getLong(block + SendMessageDecoder.textHashEncodingOffset()));
        Memory.putShort(at + MessageSentEncoder.topicCodeEncodingOffset(), Memory.getShort(block + SendMessageDecoder.topicCodeEncodingOffset()));
        Memory.putByte(at + MessageSentEncoder.writerEncodingOffset(), Memory.getByte(block + SendMessageDecoder.writerEncodingOffset()));
        rooms.events.endAt(at + MessageSentEncoder.BLOCK_LENGTH);
        outcome.set(Result.OK, 0, position, 0);
        return Result.OK;
    }

    Result issueStamps(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long application = Memory.getLong(block + IssueStampsDecoder.applicationIdEncodingOffset());
        final int lineSet = Memory.getShort(block + IssueStampsDecoder.linesEncodingOffset());
        if (!applications.has(application)) return Result.APPLICATION_UNKNOWN;
        if (!rooms.catalogue.posts().has(Memory.getShort(block + IssueStampsDecoder.postIdEncodingOffset()))) return Result.POST_UNKNOWN;
        if (!applications.names(application, lineSet)) return Result.LINE_UNKNOWN;
        rooms.stamps.want(Memory.getShort(block + IssueStampsDecoder.postIdEncodingOffset()));
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
        final Result tooMany = rooms.stamps.whyTooMany(applications.lastStamp(application));
        if (tooMany != Result.OK) return tooMany;

        applications.changed(application, nowMs);
        final long issued = rooms.issueStamps(application, nowMs);
        outcome.set(Result.OK, issued & 0xFF_FFFF_FFFF_FFFFL, issued >>> 56, 0);
        return Result.OK;
    }

    Result voidStamp(final long nowMs, final long command) {
        final long block = command + CommandCheck.HEADER;
        final long stamp = Memory.getLong(block + VoidStampDecoder.stampIdEncodingOffset());
        if (!rooms.stamps.has(stamp)) return Result.STAMP_UNKNOWN;
        if (!rooms.stamps.isIssued(stamp)) return Result.STAMP_STATE;
        if (rooms.stamps.money().lives().matter(stamp) != 0) return Result.ALREADY_PROPOSED;

        rooms.makeVoid(stamp);
        applications.changed(rooms.stamps.application(stamp), nowMs);
        return Result.OK;
    }
}
