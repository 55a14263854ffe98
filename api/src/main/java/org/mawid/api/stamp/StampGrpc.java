package org.mawid.api.stamp;

import io.grpc.stub.StreamObserver;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.Refusals;
import org.mawid.api.rpc.RefusedException;
import org.mawid.api.rpc.Worker;
import org.mawid.api.stamp.check.CallerLimit;
import org.mawid.api.stamp.check.StampCheck;
import org.mawid.api.stamp.document.StampPress;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.CheckStampReply;
import org.mawid.grpc.CheckStampRequest;
import org.mawid.grpc.ConsumeStamp;
import org.mawid.grpc.ConsumeStampReply;
import org.mawid.grpc.Decide;
import org.mawid.grpc.Done;
import org.mawid.grpc.GetStampDocumentRequest;
import org.mawid.grpc.GetStampKeysRequest;
import org.mawid.grpc.GetStampRequest;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.IssueStampsReply;
import org.mawid.grpc.ListPricesReply;
import org.mawid.grpc.ListPricesRequest;
import org.mawid.grpc.Price;
import org.mawid.grpc.Propose;
import org.mawid.grpc.QuoteReply;
import org.mawid.grpc.QuoteRequest;
import org.mawid.grpc.RecordConsumption;
import org.mawid.grpc.RecordConsumptionReply;
import org.mawid.grpc.RecordRefund;
import org.mawid.grpc.ReuseStamp;
import org.mawid.grpc.Stamp;
import org.mawid.grpc.StampDocument;
import org.mawid.grpc.StampKeys;
import org.mawid.grpc.StampServiceGrpc;
import org.mawid.grpc.Standing;
import org.mawid.grpc.VoidStamp;
import org.mawid.sbe.Result;

/** Stamps over gRPC. On the server's event loops. */
public final class StampGrpc extends StampServiceGrpc.StampServiceImplBase {
    private static final int QUANTITY_MAX = 255;

    private final Calls calls;
    private final CallerLimit askers;
    private final StampCheck check;
    private final StampPress press;
    private final PaperCalls paper;
    private final ThreadLocal<StampMapping> mapping = ThreadLocal.withInitial(StampMapping::new);

    /** @param askers how often one address may ask whether stamps are valid @param press that whoever calls closes, after the server */
    public StampGrpc(final Calls calls, final CallerLimit askers, final StampPress press) {
        this.calls = calls;
        this.askers = askers;
        this.press = press;
        check = new StampCheck(calls.references(), number -> calls.readModel().records().stamp(number));
        paper = new PaperCalls(calls, press);
    }

    @Override
    public void quote(final QuoteRequest message, final StreamObserver<QuoteReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.TARIFF_UNKNOWN, () -> quote(message));
    }

    @Override
    public void issueStamps(final IssueStamps message, final StreamObserver<IssueStampsReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.ISSUE_STAMPS, mapping.get().issueStamps(worker.draft(), message), observer,
                answer -> IssueStampsReply.newBuilder().addAllStamps(answer.stamps(calls.references()))
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void voidStamp(final VoidStamp message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.VOID_STAMP, mapping.get().voidStamp(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void consumeStamp(final ConsumeStamp message, final StreamObserver<ConsumeStampReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.CONSUME_STAMP, mapping.get().consumeStamp(worker.draft(), message), observer,
                answer -> ConsumeStampReply.newBuilder().setAmountCentimes(answer.number1()).setPosition(answer.position()).setNowMs(answer.nowMs())
                        .setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void recordConsumption(final RecordConsumption message, final StreamObserver<RecordConsumptionReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECORD_CONSUMPTION, mapping.get().recordConsumption(worker.draft(), message), observer,
                answer -> RecordConsumptionReply.newBuilder().setAmountCentimes(answer.number1()).setPosition(answer.position()).setNowMs(answer.nowMs())
                        .setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void reuseStamp(final ReuseStamp message, final StreamObserver<IssueStampsReply> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.REUSE_STAMP, mapping.get().reuseStamp(worker.draft(), message), observer,
                answer -> IssueStampsReply.newBuilder().addStamps(answer.reference(calls.references()))
                        .setPosition(answer.position()).setNowMs(answer.nowMs()).setRepeatedAnswer(answer.repeated()).build());
    }

    @Override
    public void propose(final Propose message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.PROPOSE, mapping.get().propose(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void decide(final Decide message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.DECIDE, mapping.get().decide(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void recordRefund(final RecordRefund message, final StreamObserver<Done> observer) {
        final Worker worker = calls.worker();
        calls.command(worker, CommandTemplate.RECORD_REFUND, mapping.get().recordRefund(worker.draft(), message), observer, Calls::done);
    }

    @Override
    public void getStamp(final GetStampRequest message, final StreamObserver<Stamp> observer) {
        final long number = calls.numberToRead(ReferenceKind.STAMP, message.getStamp(), observer);
        if (number != 0) {
            calls.readRecord(message.getMinPosition(), observer, Result.STAMP_UNKNOWN, () -> {
                final Records.Stamp stamp = calls.readModel().records().stamp(number);
                return stamp == null ? null : stamp(stamp);
            });
        }
    }

    @Override
    public void getStampDocument(final GetStampDocumentRequest message, final StreamObserver<StampDocument> observer) {
        paper.document(message, observer);
    }

    @Override
    public void getStampKeys(final GetStampKeysRequest message, final StreamObserver<StampKeys> observer) {
        observer.onNext(StampKeys.newBuilder().setJwkSet(press.publicKeys()).build());
        observer.onCompleted();
    }

    @Override
    public void listPrices(final ListPricesRequest message, final StreamObserver<ListPricesReply> observer) {
        calls.read(message.getMinPosition(), observer, Result.POST_UNKNOWN, () -> {
            final long position = calls.readModel().position();
            final CatalogueView catalogue = calls.readModel().catalogue();
            final CatalogueView.Post post = catalogue.post(message.getPostId());
            return post == null ? null : prices(Prices.of(catalogue, post, calls.nowMs())).setPosition(position).build();
        });
    }

    @Override
    public void checkStamp(final CheckStampRequest message, final StreamObserver<CheckStampReply> observer) {
        final long waitMs = askers.take(CallBytes.ofCall().caller());
        if (waitMs > 0) {
            observer.onError(Refusals.tooOften(CallerLimit.TOO_OFTEN, waitMs));
            return;
        }
        calls.readRecord(message.getMinPosition(), observer, Result.STAMP_UNKNOWN, () -> {
            final long position = calls.readModel().records().position();
            return CheckStampReply.newBuilder().setStanding(standing(check.standing(message.getStamp()))).setPosition(position).build();
        });
    }

    private static Standing standing(final org.mawid.api.stamp.check.Standing found) {
        return switch (found) {
            case VALID -> Standing.STANDING_VALID;
            case CONSUMED -> Standing.STANDING_CONSUMED;
            case VOID -> Standing.STANDING_VOID;
            case UNKNOWN -> Standing.STANDING_UNKNOWN;
        };
    }

    private static ListPricesReply.Builder prices(final Prices found) {
        final CatalogueView.Post post = found.post();
        final ListPricesReply.Builder reply = ListPricesReply.newBuilder().setPostId(post.postId()).setPost(post.code()).setCurrency(post.currency())
                .setMinorDigits(post.minorDigits()).setMicroMadPerUnit(post.microMadPerUnit()).setNowMs(found.nowMs());
        for (final Prices.Price one : found.prices()) {
            final Price.Builder price = Price.newBuilder().setServiceId(one.service().serviceId()).setService(one.service().code())
                    .setAmountCentimes(one.tariff().unitCentimes()).setTariffVersion((int) one.tariff().version());
            if (one.quote() != null) {
                price.setLocalMinor(one.quote().localMinor());
            }
            reply.addPrices(price);
        }
        return reply;
    }

    /** In the order in which the core would refuse. */
    private QuoteReply quote(final QuoteRequest message) {
        final int quantity = message.getQuantity() == 0 ? 1 : message.getQuantity();
        if (quantity < 0 || quantity > QUANTITY_MAX) {
            throw new RefusedException(Result.OUT_OF_RANGE);
        }
        final long position = calls.readModel().position();
        final CatalogueView catalogue = calls.readModel().catalogue();
        final CatalogueView.Post post = catalogue.post(message.getPostId());
        if (post == null) {
            throw new RefusedException(Result.POST_UNKNOWN);
        }
        if (catalogue.service(message.getServiceId()) == null) {
            throw new RefusedException(Result.SERVICE_UNKNOWN);
        }
        final long nowMs = calls.nowMs();
        if (catalogue.tariff(message.getServiceId(), nowMs) == null) {
            throw new RefusedException(Result.TARIFF_UNKNOWN);
        }
        final CatalogueView.Quote quote = catalogue.quote(message.getPostId(), message.getServiceId(), quantity, nowMs);
        if (quote == null) {
            throw new RefusedException(Result.RATE_UNKNOWN);
        }
        return QuoteReply.newBuilder().setAmountCentimes(quote.amountCentimes()).setLocalMinor(quote.localMinor())
                .setCurrency(quote.currency()).setMicroMadPerUnit(quote.microMadPerUnit())
                .setTariffVersion((int) quote.tariffVersion()).setPosition(position).build();
    }

    private Stamp stamp(final Records.Stamp record) {
        return Stamp.newBuilder().setStamp(calls.references().text(ReferenceKind.STAMP, record.stampId()))
                .setApplication(calls.references().text(ReferenceKind.APPLICATION, record.applicationId()))
                .setLine(record.line()).setPostId(record.postId()).setStateValue(record.state().value())
                .setAmountCentimes(record.amountCentimes()).setLocalMinor(record.localMinor()).setCurrency(record.currency())
                .setMicroMadPerUnit(record.microMadPerUnit()).setTariffVersion((int) record.tariffVersion())
                .setIssuedMs(record.issuedMs()).setPosition(record.position()).build();
    }
}
