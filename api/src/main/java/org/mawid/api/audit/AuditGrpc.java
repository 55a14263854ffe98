package org.mawid.api.audit;

import io.grpc.stub.StreamObserver;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Target;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.grpc.AuditEntry;
import org.mawid.grpc.AuditPage;
import org.mawid.grpc.AuditServiceGrpc;
import org.mawid.grpc.Channel;
import org.mawid.grpc.ListAuditRequest;
import org.mawid.sbe.Result;

/** {@link AuditLog} over gRPC. */
public final class AuditGrpc extends AuditServiceGrpc.AuditServiceImplBase {
    private final Calls calls;
    private final AuditLog log;

    public AuditGrpc(final Calls calls) {
        this.calls = calls;
        this.log = new AuditLog(calls.gateway().engine());
    }

    @Override
    public void listAudit(final ListAuditRequest message, final StreamObserver<AuditPage> observer) {
        final long application = calls.references().number(ReferenceKind.APPLICATION, message.getApplication());
        final Operation operation = message.getOperation().isEmpty() ? null : Operation.called(message.getOperation());
        if (application == References.INVALID || operation == null && !message.getOperation().isEmpty()) {
            observer.onError(Refusals.of(Result.MALFORMED));
        } else if (message.getLimit() < 0 || message.getLimit() > Question.MOST || message.getAfter() < 0 || message.getFromMs() < 0 || message.getToMs() < 0) {
            observer.onError(Refusals.of(Result.OUT_OF_RANGE));
        } else {
            final Question question = new Question(message.getActor(), application, message.getPerson(), operation == null ? 0 : operation.code(), message.getFromMs(),
                    message.getToMs() == 0 ? Long.MAX_VALUE : message.getToMs(), message.getAfter(), message.getLimit() == 0 ? Question.USUAL : message.getLimit());
            calls.readAside(() -> Long.MAX_VALUE, 0, observer, () -> reply(log.find(question)));
        }
    }

    private AuditPage reply(final Page page) {
        final AuditPage.Builder reply = AuditPage.newBuilder().setThrough(page.through()).setIsEnd(page.isEnd());
        page.entries().forEach(entry -> reply.addEntries(entry(entry, calls.references())));
        return reply.build();
    }

    /** As both edges tell it. */
    public static AuditEntry.Builder entry(final Entry from, final References references) {
        final AuditEntry.Builder entry = AuditEntry.newBuilder().setPosition(from.position()).setNowMs(from.nowMs()).setActor(from.actor()).setOnBehalfOf(from.onBehalfOf())
                .setChannel(Channel.valueOf("CHANNEL_" + from.channel().name())).setOperation(from.operation()).setDetail(from.grounds() == null ? from.detail() : 0).setGrounds(from.grounds() == null ? "" : from.grounds().name()).setRepeatedAnswer(from.isRepeated())
                .setReasonCode((int) from.reasonCode()).setAddress(from.address()).setLeftOut((int) from.leftOut());
        if (from.target() != null) {
            entry.setObjectKind(from.target().kind().name()).setObject(text(from.target(), references));
        }
        if (from.result() != null) {
            entry.setResultValue(from.result().value());
        }
        return from.verdict() == null ? entry : entry.setVerdictValue(from.verdict().value());
    }

    /** As the edges name it. */
    public static String text(final Target target, final References references) {
        return switch (target.kind()) {
            case PERSON -> String.format("%016x", target.number());
            default -> target.kind().reference() == null ? Long.toString(target.number()) : references.text(target.kind().reference(), target.number());
        };
    }
}
