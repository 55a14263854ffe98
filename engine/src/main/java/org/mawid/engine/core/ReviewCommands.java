package org.mawid.engine.core;

import org.mawid.engine.application.Applications;
import org.mawid.engine.application.Reviews;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.ApplicationAssignedEncoder;
import org.mawid.sbe.AskForDocumentsDecoder;
import org.mawid.sbe.AssignApplicationDecoder;
import org.mawid.sbe.DocumentKindRecordedEncoder;
import org.mawid.sbe.DocumentRecordedEncoder;
import org.mawid.sbe.DocumentsAskedEncoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RecordDocumentDecoder;
import org.mawid.sbe.RequestDecoder;
import org.mawid.sbe.ResubmitLinesDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.ScanState;

/** The way of an application to a decision: documents that are asked for and given, and the officer who has it for a while. The order of the checks is public contract. */
final class ReviewCommands {
    private static final int BLOCK_LENGTH = MessageHeaderDecoder.blockLengthEncodingOffset();

    private final Rooms rooms;
    private final Applications applications;
    private final Reviews reviews;

    ReviewCommands(final Rooms rooms) {
        this.rooms = rooms;
        this.applications = rooms.applications;
        this.reviews = rooms.applications.reviews();
    }

    /** Whether another officer than the command's actor decides about an application; until when is in the outcome then. */
    static boolean isOfOther(final Applications applications, final long application, final long command, final long nowMs, final Outcome outcome) {
        final long untilMs = applications.reviews().othersUntilMs(application, actor(command), nowMs);
        if (untilMs != 0) {
            outcome.set(Result.ASSIGNED_TO_OTHER, untilMs, 0, 0);
        }
        return untilMs != 0;
    }

    Result dispatch(final int template, final long nowMs, final long command, final Outcome outcome) {
        if (!rooms.catalogue.coreVersion().keepsReviews()) return Result.CORE_VERSION_UNSUPPORTED;
        return switch (template) {
            case AskForDocumentsDecoder.TEMPLATE_ID -> ask(nowMs, command, outcome);
            case ResubmitLinesDecoder.TEMPLATE_ID -> resubmit(nowMs, command);
            default -> assign(nowMs, command, outcome);
        };
    }

    private Result ask(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long application = Memory.getLong(block + AskForDocumentsDecoder.applicationIdEncodingOffset());
        final int lineSet = Memory.getShort(block + AskForDocumentsDecoder.linesEncodingOffset());
        final Result refusal = applications.whyNotValidate(application, lineSet);
        if (refusal != Result.OK) return refusal;
        if (isOfOther(applications, application, command, nowMs, outcome)) return Result.ASSIGNED_TO_OTHER;

        final int kinds = Memory.getInt(block + AskForDocumentsDecoder.kindsEncodingOffset());
        final int reasonCode = Memory.getShort(block + AskForDocumentsDecoder.reasonCodeEncodingOffset());
        reviews.ask(application, lineSet, kinds, nowMs);
        applications.emitDecided(application, lineSet, LineState.DOCUMENTS_NEEDED, reasonCode);
        if (rooms.catalogue.coreVersion().keepsReasons()) {
            applications.giveReason(application, lineSet, reasonCode, Memory.getLong(block + AskForDocumentsDecoder.textHashEncodingOffset()));
        }
        final long at = rooms.events.beginAt(DocumentsAskedEncoder.TEMPLATE_ID, DocumentsAskedEncoder.BLOCK_LENGTH, applications.post(application));
        Memory.putLong(at + DocumentsAskedEncoder.applicationIdEncodingOffset(), application);
        Memory.putLong(at + DocumentsAskedEncoder.textHashEncodingOffset(), Memory.getLong(block + AskForDocumentsDecoder.textHashEncodingOffset()));
        Memory.putInt(at + DocumentsAskedEncoder.kindsEncodingOffset(), kinds);
        Memory.putShort(at + DocumentsAskedEncoder.linesEncodingOffset(), lineSet);
        Memory.putShort(at + DocumentsAskedEncoder.reasonCodeEncodingOffset(), reasonCode);
        rooms.events.endAt(at + DocumentsAskedEncoder.BLOCK_LENGTH);
        return Result.OK;
    }

    private Result resubmit(final long nowMs, final long command) {
        final long block = command + CommandCheck.HEADER;
        final long application = Memory.getLong(block + ResubmitLinesDecoder.applicationIdEncodingOffset());
        final int lineSet = Memory.getShort(block + ResubmitLinesDecoder.linesEncodingOffset());
        if (!applications.has(application)) return Result.APPLICATION_UNKNOWN;
        if (!applications.names(application, lineSet)) return Result.LINE_UNKNOWN;
        final long first = applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            if (applications.lines().state(first + Integer.numberOfTrailingZeros(set)) != LineState.DOCUMENTS_NEEDED.value()) return Result.LINE_STATE;
        }

        reviews.resubmit(application, lineSet, nowMs);
        applications.emitDecided(application, lineSet, LineState.SUBMITTED, 0);
        return Result.OK;
    }

    private Result assign(final long nowMs, final long command, final Outcome outcome) {
        final long block = command + CommandCheck.HEADER;
        final long application = Memory.getLong(block + AssignApplicationDecoder.applicationIdEncodingOffset());
        if (!applications.has(application)) return Result.APPLICATION_UNKNOWN;
        if (reviews.undecided(application) == 0) return Result.LINE_STATE;
        if (actor(command) == 0) return Result.FORBIDDEN; // nobody can have anything for themselves
        final boolean takesOver = Memory.getByte(block + AssignApplicationDecoder.takesOverEncodingOffset()) != 0;
        if (!takesOver && isOfOther(applications, application, command, nowMs, outcome)) return Result.ASSIGNED_TO_OTHER;

        final long forMs = Memory.getLong(block + AssignApplicationDecoder.forMsEncodingOffset());
        if (forMs == 0 && reviews.find(application) == 0) return Result.OK; // nobody has it
        final long untilMs = forMs == 0 ? 0 : nowMs + forMs;
        reviews.assign(application, actor(command), untilMs);
        applications.changed(application, nowMs);
        final long at = rooms.events.beginAt(ApplicationAssignedEncoder.TEMPLATE_ID, ApplicationAssignedEncoder.BLOCK_LENGTH, applications.post(application));
        Memory.putLong(at + ApplicationAssignedEncoder.applicationIdEncodingOffset(), application);
        Memory.putLong(at + ApplicationAssignedEncoder.officerEncodingOffset(), untilMs == 0 ? 0 : actor(command));
        Memory.putLong(at + ApplicationAssignedEncoder.untilMsEncodingOffset(), untilMs);
        rooms.events.endAt(at + ApplicationAssignedEncoder.BLOCK_LENGTH);
        outcome.set(Result.OK, untilMs, 0, 0);
        return Result.OK;
    }

    /** Also when all lines have ended: what becomes known of a document does not wait for anybody. */
    Result recordDocument(final long nowMs, final long command) {
        final long block = command + CommandCheck.HEADER;
        final long application = Memory.getLong(block + RecordDocumentDecoder.applicationIdEncodingOffset());
        final int lineSet = Memory.getShort(block + RecordDocumentDecoder.linesEncodingOffset());
        if (!rooms.catalogue.coreVersion().recordsDocuments()) return Result.CORE_VERSION_UNSUPPORTED;
        if (!applications.has(application)) return Result.APPLICATION_UNKNOWN;
        if (!applications.names(application, lineSet)) return Result.LINE_UNKNOWN;

        applications.changed(application, nowMs);
        final long hash = Memory.getLong(block + RecordDocumentDecoder.hashEncodingOffset());
        final int scan = Memory.getByte(block + RecordDocumentDecoder.scanEncodingOffset());
        final long at = rooms.events.beginAt(DocumentRecordedEncoder.TEMPLATE_ID, DocumentRecordedEncoder.BLOCK_LENGTH, applications.post(application));
        Memory.putLong(at + DocumentRecordedEncoder.applicationIdEncodingOffset(), application);
        Memory.putLong(at + DocumentRecordedEncoder.hashEncodingOffset(), hash);
        Memory.putInt(at + DocumentRecordedEncoder.bytesEncodingOffset(), Memory.getInt(block + RecordDocumentDecoder.bytesEncodingOffset()));
        Memory.putShort(at + DocumentRecordedEncoder.linesEncodingOffset(), lineSet);
        Memory.putShort(at + DocumentRecordedEncoder.pagesEncodingOffset(), Memory.getShort(block + RecordDocumentDecoder.pagesEncodingOffset()));
        Memory.putByte(at + DocumentRecordedEncoder.documentTypeEncodingOffset(), Memory.getByte(block + RecordDocumentDecoder.documentTypeEncodingOffset()));
        Memory.putByte(at + DocumentRecordedEncoder.scanEncodingOffset(), scan);
        rooms.events.endAt(at + DocumentRecordedEncoder.BLOCK_LENGTH);
        final int kind = kind(command);
        if (kind != 0 && rooms.catalogue.coreVersion().keepsReviews()) {
            recordKind(application, lineSet, hash, kind, scan, nowMs);
        }
        return Result.OK;
    }

    private void recordKind(final long application, final int lineSet, final long hash, final int kind, final int scan, final long nowMs) {
        final long at = rooms.events.beginAt(DocumentKindRecordedEncoder.TEMPLATE_ID, DocumentKindRecordedEncoder.BLOCK_LENGTH, applications.post(application));
        Memory.putLong(at + DocumentKindRecordedEncoder.applicationIdEncodingOffset(), application);
        Memory.putLong(at + DocumentKindRecordedEncoder.hashEncodingOffset(), hash);
        Memory.putShort(at + DocumentKindRecordedEncoder.linesEncodingOffset(), lineSet);
        Memory.putByte(at + DocumentKindRecordedEncoder.kindEncodingOffset(), kind);
        Memory.putByte(at + DocumentKindRecordedEncoder.scanEncodingOffset(), scan);
        rooms.events.endAt(at + DocumentKindRecordedEncoder.BLOCK_LENGTH);
        if (scan == ScanState.NOT_SCANNED.value()) {
            return; // nobody has looked: it counts neither way
        }
        final int complete = reviews.recorded(application, lineSet, kind, scan == ScanState.CLEAN.value(), nowMs);
        if (complete != 0) {
            applications.validate(application, complete, nowMs);
            applications.emitDecided(application, complete, LineState.VALIDATED, 0);
        }
    }

    /** A command of before schema version 9 ends where the kind would be. */
    private static int kind(final long command) {
        return CommandCheck.unsigned16(command + BLOCK_LENGTH) > ReviewBodies.DOCUMENT_WITHOUT_KIND
                ? Memory.getByte(command + CommandCheck.HEADER + RecordDocumentDecoder.kindEncodingOffset()) : 0;
    }

    private static long actor(final long command) {
        return Memory.getLong(command + CommandCheck.HEADER + RequestDecoder.actorEncodingOffset());
    }
}
