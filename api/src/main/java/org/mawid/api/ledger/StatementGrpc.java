package org.mawid.api.ledger;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.mawid.api.gateway.Cause;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.treasury.StatementIntake;
import org.mawid.api.treasury.reconciliation.LedgerBehindException;
import org.mawid.api.treasury.reconciliation.Reconciliation;
import org.mawid.api.treasury.statement.StatementBook;
import org.mawid.api.treasury.statement.StatementException;
import org.mawid.grpc.Finding;
import org.mawid.grpc.FindingType;
import org.mawid.grpc.ListStatementsReply;
import org.mawid.grpc.ListStatementsRequest;
import org.mawid.grpc.Statement;
import org.mawid.grpc.StatementKind;
import org.mawid.grpc.StatementPart;
import org.mawid.grpc.StatementServiceGrpc;
import org.mawid.grpc.TakeStatementsReply;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Statements over gRPC. Calls come on the server's event loops; parts of files go to the disk on a thread of its own. */
public final class StatementGrpc extends StatementServiceGrpc.StatementServiceImplBase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatementGrpc.class);
    private final Reconciliation reconciliation;
    /** One: the parts of a file, and its end, stay in their order. */
    private final ExecutorService disk = Executors.newSingleThreadExecutor(task -> {
        final Thread thread = new Thread(task, "mawid-statement-parts");
        thread.setDaemon(true);
        return thread;
    });

    /** @param reconciliation null = no statement is taken */
    public StatementGrpc(final Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @Override
    public void listStatements(final ListStatementsRequest message, final StreamObserver<ListStatementsReply> observer) {
        if (reconciliation == null) {
            observer.onError(Refusals.of(Cause.NOT_TAKEN));
            return;
        }
        final ListStatementsReply.Builder reply = ListStatementsReply.newBuilder();
        for (final StatementBook.Entry entry : reconciliation.taken()) {
            reply.addStatements(Statement.newBuilder().setKind(StatementKind.valueOf("STATEMENT_KIND_" + entry.kind().name())).setId(entry.id()).setAccount(entry.account())
                    .setCurrency(entry.currency()).setSequence(entry.sequence()).setPage(entry.page()).setClosingDay(entry.closingDay()).setFinal(entry.isFinal()));
        }
        observer.onNext(reply.build());
        observer.onCompleted();
    }

    @Override
    public StreamObserver<StatementPart> takeStatements(final StreamObserver<TakeStatementsReply> observer) {
        final ServerCallStreamObserver<TakeStatementsReply> call = (ServerCallStreamObserver<TakeStatementsReply>) observer;
        call.disableAutoRequest();
        final StatementParts parts = new StatementParts(reconciliation, call, this::inOrder);
        call.setOnCancelHandler(parts::gone);
        call.request(1);
        return parts;
    }

    /** Off the event loop. */
    private void inOrder(final Runnable step) {
        try {
            disk.execute(step);
        } catch (final RejectedExecutionException stopping) {
            step.run(); // the server is going: the last parts are refused by what they find
        }
    }

    static TakeStatementsReply reply(final StatementIntake.Result result) {
        final TakeStatementsReply.Builder reply = TakeStatementsReply.newBuilder().setSettled(result.settled()).setBreaks(result.breaks()).setRepeatedLines(result.repeated())
                .setRefused(result.refused()).setTaken(result.isTaken());
        result.statements().forEach(one -> reply.addStatements(Statement.newBuilder().setKind(StatementKind.valueOf("STATEMENT_KIND_" + one.kind().name())).setId(one.id()).setAccount(one.account())
                .setCurrency(one.currency()).setSequence(one.sequence()).setPage(one.page()).setClosingDay(one.closingDay()).setFinal(one.isFinal()).setLines(one.lines())
                .setCreditMinor(one.creditMinor()).setDebitMinor(one.debitMinor())));
        result.findings().forEach(finding -> reply.addFindings(Finding.newBuilder().setType(FindingType.valueOf("FINDING_TYPE_" + finding.type().name())).setRefuses(finding.type().refuses())
                .setStatement(finding.statement()).setStatementId(finding.statementId()).setDetail(finding.details())));
        return reply.build();
    }

    static RuntimeException refusal(final Throwable trouble) {
        if (trouble instanceof StatementException unreadable) {
            return Refusals.of(Result.MALFORMED, unreadable.getMessage(), Map.of("reason", unreadable.reason().name(), "line", Long.toString(unreadable.line()),
                    "column", Long.toString(unreadable.column())));
        } else if (trouble instanceof LedgerBehindException) {
            return Refusals.of(Cause.NOT_TAKEN);
        } else if (trouble instanceof IOException) {
            LOG.warn("a statement file cannot be taken now: {}", trouble.getMessage());
            return Refusals.of(Result.STORAGE_FULL);
        }
        return new IllegalStateException(trouble);
    }

    /** After the server. */
    @Override
    public void close() {
        disk.shutdownNow();
    }
}
