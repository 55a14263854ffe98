package org.mawid.bench.wire.grpc;

import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Starts;
import org.mawid.bench.wire.loop.Client;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.CountStartsReply;
import org.mawid.grpc.ServiceNeed;

/** Asks over gRPC for the starts counted on {@value GrpcReads#DAYS} dates at one desk with its seats, desk after desk. */
final class CountStarts implements Client {
    /** Of so many answers to a client one is looked at date by date. */
    private static final int LOOKED_AT_EACH = 64;

    private final AvailabilityServiceGrpc.AvailabilityServiceStub stub;
    private final List<AvailabilityQuery> queries;
    private final Tally tally;
    private final Starts starts;
    private final Then then;
    private int next;
    private int answers;

    /** @param desks how many, from the first on @param first which of them comes first @param starts that some of the answers are held against, null = none */
    CountStarts(final Channel channel, final Tally tally, final int desks, final int first, final Starts starts, final Then then) {
        this.stub = AvailabilityServiceGrpc.newStub(channel);
        this.queries = queries(desks);
        this.tally = tally;
        this.starts = starts;
        this.then = then;
        this.next = first % desks;
    }

    static List<AvailabilityQuery> queries(final int desks) {
        final List<AvailabilityQuery> queries = new ArrayList<>();
        for (int desk = 0; desk < desks; desk++) {
            queries.add(AvailabilityQuery.newBuilder().addDeskIds(ModelNetwork.deskId(desk)).setFromEpochDay(ModelNetwork.FIRST_DAY).setDays(GrpcReads.DAYS)
                    .addServices(ServiceNeed.newBuilder().setServiceId(Starts.SERVICE)).build());
        }
        return queries;
    }

    @Override
    public void send(final long sinceNs) {
        final int desk = next;
        next = next + 1 == queries.size() ? 0 : next + 1;
        stub.countStarts(queries.get(desk), new Answer<>(this, tally, then, sinceNs) {
            @Override
            public void onNext(final CountStartsReply reply) {
                final String fault = fault(desk, reply);
                if (!fault.isEmpty()) {
                    tally.fail(new IllegalStateException(fault));
                }
                tally.answered(1, sinceNs());
            }
        });
    }

    private String fault(final int desk, final CountStartsReply reply) {
        if (reply.getDaysCount() != GrpcReads.DAYS) {
            return "an answer of " + reply.getDaysCount() + " dates to a question about " + GrpcReads.DAYS;
        }
        return starts == null || answers++ % LOOKED_AT_EACH != 0 ? "" : starts.differenceOf(desk, byDate(reply));
    }

    static int[] byDate(final CountStartsReply reply) {
        final int[] counted = new int[reply.getDaysCount()];
        for (int date = 0; date < counted.length; date++) {
            counted[date] = reply.getDays(date).getStarts();
        }
        return counted;
    }
}
