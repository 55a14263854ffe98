package org.mawid.client;

import java.util.List;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.AskForDocuments;
import org.mawid.grpc.AssignApplication;
import org.mawid.grpc.Command;
import org.mawid.grpc.DocumentKind;
import org.mawid.grpc.ListWorkReply;
import org.mawid.grpc.ListWorkRequest;
import org.mawid.grpc.RejectLines;
import org.mawid.grpc.ResubmitLines;
import org.mawid.grpc.ValidateLines;

/** From a submission to a decision: what waits for officers, and what they and applicants do about it. Sets of lines: bit i = line i. Any thread. */
public final class Reviews {
    private final MawidClient client;

    Reviews(final MawidClient client) {
        this.client = client;
    }

    /** A page of what the officers of a post have to decide, the oldest first. */
    public ListWorkReply work(final ListWorkRequest question) {
        return client.read(ApplicationServiceGrpc::newBlockingStub, stub -> stub.listWork(question));
    }

    /** The actor decides about it for so long. @param forMs ms, 0 to 24 h; 0 = it is given back @return done with the log time until when, ms since 1970-01-01 UTC */
    public DoneReply assign(final String application, final long forMs) {
        final AssignApplication command = AssignApplication.newBuilder().setRequest(client.newRequest()).setApplication(application).setForMs(forMs).build();
        return client.command(command.getRequest(), ApplicationServiceGrpc::newBlockingStub, stub -> stub.assignApplication(command),
                reply -> new DoneReply.Done(reply.getUntilMs(), reply.getPosition()), DoneReply.Refused::new);
    }

    /** Lines wait for documents of these kinds. @param reasonCode 0 to 65 535 @param textHash of the text that says what is wanted, 0 = none */
    public DoneReply askForDocuments(final String application, final int lines, final List<DocumentKind> kinds, final int reasonCode, final long textHash) {
        return client.perform(Command.newBuilder().setAskForDocuments(AskForDocuments.newBuilder().setApplication(application).setLines(lines).addAllKinds(kinds)
                .setReasonCode(reasonCode).setTextHash(textHash)).build());
    }

    /** Lines that waited for documents wait for an officer again. */
    public DoneReply resubmit(final String application, final int lines) {
        return client.perform(Command.newBuilder().setResubmitLines(ResubmitLines.newBuilder().setApplication(application).setLines(lines)).build());
    }

    /** They are refused, unless they are held or booked. @param reasonCode 0 to 65 535 @param reasonHash of the sealed reason, 0 = none */
    public DoneReply reject(final String application, final int lines, final int reasonCode, final long reasonHash) {
        return client.perform(Command.newBuilder().setRejectLines(RejectLines.newBuilder().setApplication(application).setLines(lines)
                .setReasonCode(reasonCode).setReasonHash(reasonHash)).build());
    }

    public DoneReply validate(final String application, final int lines) {
        return client.perform(Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setApplication(application).setLines(lines)).build());
    }
}
