package org.mawid.bench.wire.grpc;

import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.wire.loop.Client;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.CountStartsReply;
import org.mawid.grpc.ServiceNeed;

/** Asks over gRPC for the starts counted on {@value GrpcReads#DAYS} dates at one desk with its seats, desk after desk. */
final class CountStarts implements Client {
    private static final int SERVICE = 4;

    private final AvailabilityServiceGrpc.AvailabilityServiceStub stub;
    private final List<AvailabilityQuery> queries;
    private final Tally tally;
    private final Then then;
    private int next;

    /** @param desks how many, from the first on @param first which of them comes first */
    CountStarts(final Channel channel, final Tally tally, final int desks, final int first, final Then then) {
        this.stub = AvailabilityServiceGrpc.newStub(channel);
        this.queries = queries(desks);
        this.tally = tally;
        this.then = then;
        this.next = first % desks;
    }

    private static List<AvailabilityQuery> queries(final int desks) {
        final List<AvailabilityQuery> queries = new ArrayList<>();
        for (int desk = 0; desk < desks; desk++) {
            queries.add(AvailabilityQuery.newBuilder().addDeskIds(ModelNetwork.deskId(desk)).setFromEpochDay(ModelNetwork.FIRST_DAY).setDays(GrpcReads.DAYS)
                    .addServices(ServiceNeed.newBuilder().setServiceId(SERVICE)).build());
        }
        return queries;
    }

    @Override
    public void send(final long sinceNs) {
        final AvailabilityQuery query = queries.get(next);
        next = next + 1 == queries.size() ? 0 : next + 1;
        stub.countStarts(query, new Answer<>(this, tally, then, sinceNs) {
            @Override
            public void onNext(final CountStartsReply reply) {
                if (reply.getDaysCount() == 0) {
                    tally.fail(new IllegalStateException("an answer without a single date"));
                }
                tally.answered(1, sinceNs());
            }
        });
    }
}
