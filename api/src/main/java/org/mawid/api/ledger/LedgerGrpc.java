package org.mawid.api.ledger;

import com.google.protobuf.MessageLite;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.function.LongFunction;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Worker;
import org.mawid.api.treasury.closing.Closings;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.grpc.AccountSums;
import org.mawid.grpc.AssignBreak;
import org.mawid.grpc.Book;
import org.mawid.grpc.Break;
import org.mawid.grpc.CloseBatch;
import org.mawid.grpc.CloseBatchReply;
import org.mawid.grpc.CloseDayRequest;
import org.mawid.grpc.CloseTerminal;
import org.mawid.grpc.CloseTerminalReply;
import org.mawid.grpc.ClosingDocument;
import org.mawid.grpc.DefineTerminal;
import org.mawid.grpc.Done;
import org.mawid.grpc.GetBooksReply;
import org.mawid.grpc.GetBooksRequest;
import org.mawid.grpc.GetClosingRequest;
import org.mawid.grpc.LedgerServiceGrpc;
import org.mawid.grpc.ListBreaksReply;
import org.mawid.grpc.ListBreaksRequest;
import org.mawid.grpc.ListClosingsReply;
import org.mawid.grpc.ListClosingsRequest;
import org.mawid.grpc.ListReturnsReply;
import org.mawid.grpc.ListReturnsRequest;
import org.mawid.grpc.ListTerminalsReply;
import org.mawid.grpc.ListTerminalsRequest;
import org.mawid.grpc.OpenBreak;
import org.mawid.grpc.OpenBreakReply;
import org.mawid.grpc.RecordReturnSettlement;
import org.mawid.grpc.RecordSettlement;
import org.mawid.grpc.ResolveBreak;
import org.mawid.grpc.Return;
import org.mawid.grpc.SetStampRules;
import org.mawid.grpc.Terminal;
import org.mawid.grpc.TerminalConnection;
import org.mawid.sbe.Result;

/** The ledger over gRPC. On the server's event loops. */
public final class LedgerGrpc extends LedgerServiceGrpc.LedgerServiceImplBase {
    private final Calls calls;
    private final TerminalCalls terminals;
    private final ClosingCalls closings;
    private final ThreadLocal<LedgerMapping> mapping = ThreadLocal.withInitial(LedgerMapping::new);

    /** @param closings null = there are none */
    public LedgerGrpc(final Calls calls, final TerminalCalls terminals, final Closings closings) {
        this.calls = calls;
        this.terminals = terminals;
        this.closings = new ClosingCalls(calls, closings);
    }

    @Override
    public void closeTerminal(final CloseTerminal message, final StreamObserver<CloseTerminalReply> observer) {
        terminals.close(message, observer);
    }

    @Override
    public void listClosings(final ListClosingsRequest message, final StreamObserver<ListClosingsReply> observer) {
        closings.list(message, observer);
    }

    @Override
    public void getClosing(final GetClosingRequest message, final StreamObserver<ClosingDocument> observer) {
        closings.document(message, observer);
    }

    @Override
    public void closeDay(final CloseDayRequest message, final StreamObserver<ListClosingsReply> observer) {
        closings.close(message, observer);
    }

    @Override
    public void defineTerminal(final DefineTerminal message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.DEFINE_TERMINAL, mapping.get().defineTerminal(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void closeBatch(final CloseBatch message, final StreamObserver<CloseBatchReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.CLOSE_BATCH, mapping.get().closeBatch(worker.draft(), message), observer,
                answer -> CloseBatchReply.newBuilder().setBatch(answer.reference(calls.references())).setSumMinor(answer.number2()).setAgrees(answer.number3() == 1)
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void recordSettlement(final RecordSettlement message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECORD_SETTLEMENT, mapping.get().recordSettlement(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void recordReturnSettlement(final RecordReturnSettlement message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECORD_RETURN_SETTLEMENT, mapping.get().recordReturnSettlement(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void openBreak(final OpenBreak message, final StreamObserver<OpenBreakReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.OPEN_BREAK, mapping.get().openBreak(worker.draft(), message), observer,
                answer -> OpenBreakReply.newBuilder().setBreakReference(answer.reference(calls.references())).setWasOpen(answer.number2() == 1)
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void assignBreak(final AssignBreak message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.ASSIGN_BREAK, mapping.get().assignBreak(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void resolveBreak(final ResolveBreak message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RESOLVE_BREAK, mapping.get().resolveBreak(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void setStampRules(final SetStampRules message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.SET_STAMP_RULES, mapping.get().setStampRules(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void getBooks(final GetBooksRequest message, final StreamObserver<GetBooksReply> observer) {
        readOf(message.getPostId(), message.getMinPosition(), observer, position -> {
            final GetBooksReply.Builder reply = GetBooksReply.newBuilder().setPosition(position);
            for (final MoneyView.Book book : calls.readModel().money().books(message.getPostId())) {
                final Book.Builder told = Book.newBuilder().setPostId(book.postId()).setCurrency(book.currency());
                book.accounts().forEach(sums -> told.addAccounts(AccountSums.newBuilder().setAccountValue(sums.account().value())
                        .setDebitMinor(sums.debitMinor()).setCreditMinor(sums.creditMinor())));
                reply.addBooks(told);
            }
            return reply.build();
        });
    }

    @Override
    public void listBreaks(final ListBreaksRequest message, final StreamObserver<ListBreaksReply> observer) {
        readOf(message.getPostId(), message.getMinPosition(), observer, position -> {
            final References references = calls.references();
            final ListBreaksReply.Builder reply = ListBreaksReply.newBuilder().setPosition(position);
            for (final MoneyView.OpenBreak open : calls.readModel().money().openBreaks(message.getPostId())) {
                reply.addBreaks(Break.newBuilder().setBreakReference(references.text(ReferenceKind.BREAK, open.breakId())).setBreakTypeValue(open.type().value())
                        .setKey(open.key()).setPostId(open.postId()).setCurrency(open.currency()).setOurMinor(open.ourMinor()).setTheirMinor(open.theirMinor())
                        .setPayment(references.text(ReferenceKind.PAYMENT, open.paymentId())).setBatch(references.text(ReferenceKind.BATCH, open.batchId()))
                        .setOwner(open.owner()).setOpenedMs(open.openedMs()));
            }
            return reply.build();
        });
    }

    @Override
    public void listReturns(final ListReturnsRequest message, final StreamObserver<ListReturnsReply> observer) {
        readOf(message.getPostId(), message.getMinPosition(), observer, position -> {
            final References references = calls.references();
            final ListReturnsReply.Builder reply = ListReturnsReply.newBuilder().setPosition(position);
            for (final MoneyView.Return due : calls.readModel().money().dueReturns(message.getPostId())) {
                reply.addReturns(Return.newBuilder().setReturnId(due.returnId()).setPayment(references.text(ReferenceKind.PAYMENT, due.paymentId()))
                        .setApplication(references.text(ReferenceKind.APPLICATION, due.applicationId())).setStamp(references.text(ReferenceKind.STAMP, due.stampId()))
                        .setBatch(references.text(ReferenceKind.BATCH, due.batchId())).setPostId(due.postId()).setCurrency(due.currency()).setAmountMinor(due.amountMinor())
                        .setOpenedMs(due.openedMs()));
            }
            return reply.build();
        });
    }

    @Override
    public void listTerminals(final ListTerminalsRequest message, final StreamObserver<ListTerminalsReply> observer) {
        readOf(message.getPostId(), message.getMinPosition(), observer, position -> {
            final ListTerminalsReply.Builder reply = ListTerminalsReply.newBuilder().setPosition(position);
            final Map<Integer, TerminalConnection> connections = terminals.connections();
            for (final MoneyView.Terminal terminal : calls.readModel().money().terminals(message.getPostId())) {
                final Terminal.Builder told = Terminal.newBuilder().setTerminalId(terminal.terminalId()).setPostId(terminal.postId()).setCode(terminal.code())
                        .setEnabled(terminal.enabled()).setPayment(calls.references().text(ReferenceKind.PAYMENT, terminal.paymentId()));
                if (connections.containsKey(terminal.terminalId())) {
                    told.setConnection(connections.get(terminal.terminalId()));
                }
                reply.addTerminals(told);
            }
            return reply.build();
        });
    }

    /** @param postId 0 = all @param answer given a position that is told with it: what is read after it reflects it, or something later */
    private <T extends MessageLite> void readOf(final int postId, final long minPosition, final StreamObserver<T> observer, final LongFunction<T> answer) {
        calls.read(minPosition, observer, Result.POST_UNKNOWN, () -> {
            final long position = calls.readModel().position();
            return postId == 0 || calls.readModel().catalogue().post(postId) != null ? answer.apply(position) : null;
        });
    }
}
