package org.mawid.api.application;

import java.util.List;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.rpc.Requests;
import org.mawid.grpc.AcceptPosts;
import org.mawid.grpc.AskForDocuments;
import org.mawid.grpc.AssignApplication;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.RecordDocument;
import org.mawid.grpc.RejectLines;
import org.mawid.grpc.ResubmitLines;
import org.mawid.grpc.SendMessage;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.WithdrawLines;
import org.mawid.sbe.AcceptPostsEncoder;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.AskForDocumentsEncoder;
import org.mawid.sbe.AssignApplicationEncoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.DocumentKind;
import org.mawid.sbe.DocumentType;
import org.mawid.sbe.MessageWriter;
import org.mawid.sbe.Priority;
import org.mawid.sbe.RecordDocumentEncoder;
import org.mawid.sbe.RejectLinesEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.ResubmitLinesEncoder;
import org.mawid.sbe.ScanState;
import org.mawid.sbe.SendMessageEncoder;
import org.mawid.sbe.SubmitApplicationEncoder;
import org.mawid.sbe.ValidateLinesEncoder;
import org.mawid.sbe.WithdrawLinesEncoder;

/** From messages to the commands of the log. Each method gives what {@link Draft#end} gives. One thread at a time. */
public final class ApplicationMapping {
    private static final int LINES_MAX = 16;
    private static final int POSTS_MAX = 8;

    private final SubmitApplicationEncoder submitApplication = new SubmitApplicationEncoder();
    private final ValidateLinesEncoder validateLines = new ValidateLinesEncoder();
    private final RejectLinesEncoder rejectLines = new RejectLinesEncoder();
    private final WithdrawLinesEncoder withdrawLines = new WithdrawLinesEncoder();
    private final AcceptPostsEncoder acceptPosts = new AcceptPostsEncoder();
    private final RecordDocumentEncoder recordDocument = new RecordDocumentEncoder();
    private final AskForDocumentsEncoder askForDocuments = new AskForDocumentsEncoder();
    private final ResubmitLinesEncoder resubmitLines = new ResubmitLinesEncoder();
    private final AssignApplicationEncoder assignApplication = new AssignApplicationEncoder();
    private final SendMessageEncoder sendMessage = new SendMessageEncoder();

    public int submitApplication(final Draft draft, final SubmitApplication message) {
        submitApplication.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), submitApplication.request());
        submitApplication.applicant(message.getApplicant()).postId(draft.uint16(message.getPostId()));
        final List<NewLine> lines = message.getLinesList();
        final int count = draft.count(lines.size(), LINES_MAX);
        final SubmitApplicationEncoder.LinesEncoder group = submitApplication.linesCount(count);
        for (int i = 0; i < count; i++) {
            final NewLine line = lines.get(i);
            group.next()
                    .personKey(line.getPersonKey())
                    .serviceId(draft.uint16(line.getServiceId()))
                    .registeredPostId(draft.uint16(line.getRegisteredPostId()))
                    .quantity(draft.uint8(line.getQuantity()))
                    .ageBand(AgeBand.get(draft.enumeration(line.getAgeBandValue(), AgeBand.SENIOR.value())))
                    .priority(Priority.get(draft.enumeration(line.getPriorityValue(), Priority.EMERGENCY.value())))
                    .representative(line.getRepresentative() ? BooleanType.YES : BooleanType.NO);
        }
        return draft.end(submitApplication.encodedLength());
    }

    public int validateLines(final Draft draft, final ValidateLines message) {
        validateLines.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), validateLines.request());
        validateLines.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .lines(draft.uint16(message.getLines()));
        return draft.end(validateLines.encodedLength());
    }

    public int rejectLines(final Draft draft, final RejectLines message) {
        rejectLines.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), rejectLines.request());
        rejectLines.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .lines(draft.uint16(message.getLines()))
                .reasonHash(message.getReasonHash())
                .reasonCode(draft.uint16(message.getReasonCode()));
        sealedElsewhere(draft, message.getText());
        return draft.end(rejectLines.encodedLength());
    }

    public int withdrawLines(final Draft draft, final WithdrawLines message) {
        withdrawLines.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), withdrawLines.request());
        withdrawLines.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .lines(draft.uint16(message.getLines()));
        return draft.end(withdrawLines.encodedLength());
    }

    public int acceptPosts(final Draft draft, final AcceptPosts message) {
        acceptPosts.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), acceptPosts.request());
        acceptPosts.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()));
        final int count = draft.count(message.getPostsCount(), POSTS_MAX);
        final AcceptPostsEncoder.PostsEncoder group = acceptPosts.postsCount(count);
        for (int i = 0; i < count; i++) {
            group.next().postId(draft.uint16(message.getPosts(i)));
        }
        return draft.end(acceptPosts.encodedLength());
    }

    public int sendMessage(final Draft draft, final SendMessage message) {
        sendMessage.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), sendMessage.request());
        sendMessage.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .textHash(message.getTextHash())
                .postId(draft.uint16(message.getPostId()))
                .topicCode(draft.uint16(message.getTopicCode()))
                .writer(MessageWriter.get(draft.enumeration(message.getWriterValue(), MessageWriter.CALL_CENTRE.value())));
        sealedElsewhere(draft, message.getText());
        return draft.end(sendMessage.encodedLength());
    }

    /** Whoever could have sealed a text has not. */
    private static void sealedElsewhere(final Draft draft, final String text) {
        if (!text.isEmpty()) {
            draft.refuse(Result.MALFORMED);
        }
    }

    public int recordDocument(final Draft draft, final RecordDocument message) {
        recordDocument.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), recordDocument.request());
        recordDocument.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .hash(message.getHash())
                .bytes(draft.uint32(message.getBytes()))
                .lines(draft.uint16(message.getLines()))
                .pages(draft.uint16(message.getPages()))
                .documentType(DocumentType.get(draft.enumeration(message.getDocumentTypeValue(), DocumentType.HEIC.value())))
                .scan(ScanState.get(draft.enumeration(message.getScanValue(), ScanState.INFECTED.value())));
        if (message.getKindValue() == 0) {
            draft.header().blockLength(RecordDocumentEncoder.kindEncodingOffset()).version(RecordDocumentEncoder.kindSinceVersion() - 1); // as it was before there were kinds: a repeated one is the same
            return draft.end(RecordDocumentEncoder.kindEncodingOffset());
        }
        recordDocument.kind(kind(draft, message.getKindValue()));
        return draft.end(recordDocument.encodedLength());
    }

    private static DocumentKind kind(final Draft draft, final int value) {
        return org.mawid.grpc.DocumentKind.forNumber(value) == null ? DocumentKind.get(draft.enumeration(-1, 0)) : DocumentKind.get((short) value);
    }

    public int askForDocuments(final Draft draft, final AskForDocuments message) {
        askForDocuments.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), askForDocuments.request());
        askForDocuments.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .textHash(message.getTextHash())
                .kinds(DocumentKinds.set(draft, message.getKindsValueList()))
                .lines(draft.uint16(message.getLines()))
                .reasonCode(draft.uint16(message.getReasonCode()));
        sealedElsewhere(draft, message.getText());
        return draft.end(askForDocuments.encodedLength());
    }

    public int resubmitLines(final Draft draft, final ResubmitLines message) {
        resubmitLines.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), resubmitLines.request());
        resubmitLines.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .lines(draft.uint16(message.getLines()));
        return draft.end(resubmitLines.encodedLength());
    }

    public int assignApplication(final Draft draft, final AssignApplication message) {
        assignApplication.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), assignApplication.request());
        assignApplication.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .forMs(message.getForMs())
                .takesOver(message.getTakesOver() ? BooleanType.YES : BooleanType.NO);
        return draft.end(assignApplication.encodedLength());
    }
}
