package org.mawid.api.ledger;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.mawid.api.gateway.Cause;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.treasury.StatementIntake;
import org.mawid.api.treasury.reconciliation.Reconciliation;
import org.mawid.api.treasury.statement.Finding;
import org.mawid.grpc.FindingType;
import org.mawid.grpc.StatementPart;
import org.mawid.grpc.TakeStatementsReply;
import org.mawid.sbe.Result;

/** One file that arrives part by part. Synchronised; parts come on an event loop and go to the disk on another thread, the next one when it is there. */
final class StatementParts implements StreamObserver<StatementPart> {
    private static final String PREFIX = "FINDING_TYPE_";

    private final Reconciliation reconciliation;
    private final ServerCallStreamObserver<TakeStatementsReply> call;
    private final Executor disk;
    private final Set<Finding.Type> accepted = EnumSet.noneOf(Finding.Type.class);
    private Reconciliation.Upload upload;
    private OutputStream out;
    private long bytes;
    private boolean isOver;

    /** @param reconciliation null = no statement is taken @param disk where writing waits */
    StatementParts(final Reconciliation reconciliation, final ServerCallStreamObserver<TakeStatementsReply> call, final Executor disk) {
        this.reconciliation = reconciliation;
        this.call = call;
        this.disk = disk;
    }

    @Override
    public void onNext(final StatementPart part) {
        disk.execute(() -> write(part));
    }

    private synchronized void write(final StatementPart part) {
        if (isOver) {
            return;
        }
        try {
            if (!isOpen()) {
                refuse(Refusals.of(Cause.NOT_TAKEN));
                return;
            }
            for (final FindingType accept : part.getAcceptList()) {
                if (accept == FindingType.FINDING_TYPE_UNSPECIFIED || accept == FindingType.UNRECOGNIZED) {
                    refuse(Refusals.of(Result.OUT_OF_RANGE));
                    return;
                }
                accepted.add(Finding.Type.valueOf(accept.name().substring(PREFIX.length())));
            }
            bytes += part.getData().size();
            if (bytes > reconciliation.mostBytes()) {
                refuse(Refusals.of(Result.MALFORMED, "A statement file may have " + reconciliation.mostBytes() + " bytes: have the treasury split it, or set mawid.statements.bytes.",
                        Map.of("reason", "TOO_LARGE")));
                return;
            }
            part.getData().writeTo(out);
            call.request(1);
        } catch (final IOException e) {
            refuse(StatementGrpc.refusal(e));
        }
    }

    private boolean isOpen() throws IOException {
        if (upload == null && reconciliation != null) {
            upload = reconciliation.upload();
            out = upload == null ? null : Files.newOutputStream(upload.file());
        }
        return upload != null;
    }

    @Override
    public void onCompleted() {
        disk.execute(this::whole);
    }

    private synchronized void whole() {
        if (isOver) {
            return;
        }
        try {
            if (!isOpen()) {
                refuse(Refusals.of(Cause.NOT_TAKEN));
                return;
            }
            isOver = true;
            out.close();
            upload.offer(accepted).whenComplete(this::answer);
        } catch (final IOException e) {
            isOver = false;
            refuse(StatementGrpc.refusal(e));
        }
    }

    private void answer(final StatementIntake.Result result, final Throwable trouble) {
        upload.close();
        if (trouble != null) {
            call.onError(StatementGrpc.refusal(trouble));
        } else if (result.untold() > 0) {
            call.onError(Refusals.of(Cause.NOT_TAKEN));
        } else {
            call.onNext(StatementGrpc.reply(result));
            call.onCompleted();
        }
    }

    @Override
    public void onError(final Throwable broken) {
        gone();
    }

    /** The client has gone: a file that has not come to its end is not taken. */
    void gone() {
        disk.execute(this::drop);
    }

    private synchronized void refuse(final RuntimeException why) {
        drop();
        call.onError(why);
    }

    private synchronized void drop() {
        if (isOver) {
            return;
        }
        isOver = true;
        if (upload != null) {
            try {
                out.close();
            } catch (final IOException e) {
                // what was written goes in any case
            }
            upload.close();
        }
    }
}
