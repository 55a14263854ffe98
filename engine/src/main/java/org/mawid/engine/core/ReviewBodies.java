package org.mawid.engine.core;

import static org.mawid.engine.core.CommandCheck.isBoolean;
import static org.mawid.engine.core.CommandCheck.signed64;
import static org.mawid.engine.core.CommandCheck.unsigned16;
import static org.mawid.engine.core.CommandCheck.unsigned8;
import static org.mawid.sbe.Result.MALFORMED;
import static org.mawid.sbe.Result.OK;
import static org.mawid.sbe.Result.OUT_OF_RANGE;

import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.AskForDocumentsDecoder;
import org.mawid.sbe.AssignApplicationDecoder;
import org.mawid.sbe.DocumentKind;
import org.mawid.sbe.DocumentType;
import org.mawid.sbe.RecordDocumentDecoder;
import org.mawid.sbe.ResubmitLinesDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.ScanState;
import org.mawid.sbe.SetServiceDocumentsDecoder;

/** The bodies of what is asked for, given and decided on the way to a validation, as {@link BodyCheck}: field by field in the order of the schema. */
final class ReviewBodies {
    /** Length of the block of RecordDocument before schema version 9. */
    static final int DOCUMENT_WITHOUT_KIND = RecordDocumentDecoder.kindEncodingOffset();
    private static final int MOST_SERVICE = 128;
    private static final long MOST_ASSIGNED_MS = 86_400_000L;
    private static final int KINDS = kinds();

    private ReviewBodies() {
    }

    private static int kinds() {
        int known = 0;
        for (final DocumentKind kind : DocumentKind.values()) {
            known |= kind == DocumentKind.NOT_SAID || kind == DocumentKind.NULL_VAL || kind == DocumentKind.SBE_UNKNOWN ? 0 : 1 << kind.value();
        }
        return known;
    }

    /** Length of the fixed block of one of these commands. */
    static int blockLength(final int template) {
        return switch (template) {
            case RecordDocumentDecoder.TEMPLATE_ID -> RecordDocumentDecoder.BLOCK_LENGTH;
            case AskForDocumentsDecoder.TEMPLATE_ID -> AskForDocumentsDecoder.BLOCK_LENGTH;
            case ResubmitLinesDecoder.TEMPLATE_ID -> ResubmitLinesDecoder.BLOCK_LENGTH;
            case AssignApplicationDecoder.TEMPLATE_ID -> AssignApplicationDecoder.BLOCK_LENGTH;
            default -> SetServiceDocumentsDecoder.BLOCK_LENGTH;
        };
    }

    /** @param length of the block as it came */
    static Result fields(final long block, final int length, final int template) {
        return switch (template) {
            case RecordDocumentDecoder.TEMPLATE_ID -> recordDocument(block, length);
            case AskForDocumentsDecoder.TEMPLATE_ID -> askForDocuments(block);
            case ResubmitLinesDecoder.TEMPLATE_ID -> signed64(block + ResubmitLinesDecoder.applicationIdEncodingOffset()) < 0 ? OUT_OF_RANGE : OK;
            case AssignApplicationDecoder.TEMPLATE_ID -> assignApplication(block);
            default -> setServiceDocuments(block);
        };
    }

    private static Result recordDocument(final long block, final int length) {
        if (signed64(block + RecordDocumentDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        if (Memory.getInt(block + RecordDocumentDecoder.bytesEncodingOffset()) == 0) return OUT_OF_RANGE;
        if (unsigned16(block + RecordDocumentDecoder.pagesEncodingOffset()) == 0) return OUT_OF_RANGE;
        final int type = unsigned8(block + RecordDocumentDecoder.documentTypeEncodingOffset());
        if (type < DocumentType.PDF.value() || type > DocumentType.HEIC.value()) return MALFORMED;
        final int scan = unsigned8(block + RecordDocumentDecoder.scanEncodingOffset());
        if (scan < ScanState.NOT_SCANNED.value() || scan > ScanState.INFECTED.value()) return MALFORMED;
        final int kind = length <= DOCUMENT_WITHOUT_KIND ? 0 : unsigned8(block + RecordDocumentDecoder.kindEncodingOffset());
        return kind > DocumentKind.OTHER.value() || kind != 0 && (KINDS >>> kind & 1) == 0 ? MALFORMED : OK;
    }

    private static Result askForDocuments(final long block) {
        if (signed64(block + AskForDocumentsDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        final int kinds = Memory.getInt(block + AskForDocumentsDecoder.kindsEncodingOffset());
        return kinds == 0 || (kinds & ~KINDS) != 0 ? OUT_OF_RANGE : OK;
    }

    private static Result assignApplication(final long block) {
        if (signed64(block + AssignApplicationDecoder.applicationIdEncodingOffset()) < 0) return OUT_OF_RANGE;
        final long forMs = signed64(block + AssignApplicationDecoder.forMsEncodingOffset());
        if (forMs < 0 || forMs > MOST_ASSIGNED_MS) return OUT_OF_RANGE;
        return isBoolean(block + AssignApplicationDecoder.takesOverEncodingOffset()) ? OK : MALFORMED;
    }

    private static Result setServiceDocuments(final long block) {
        final int service = unsigned16(block + SetServiceDocumentsDecoder.serviceIdEncodingOffset());
        if (service < 1 || service > MOST_SERVICE) return OUT_OF_RANGE;
        if ((Memory.getInt(block + SetServiceDocumentsDecoder.kindsEncodingOffset()) & ~KINDS) != 0) return OUT_OF_RANGE;
        return isBoolean(block + SetServiceDocumentsDecoder.validatesEncodingOffset()) ? OK : MALFORMED;
    }
}
