package org.mawid.bench.wire.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.mawid.bench.load.Starts;
import org.mawid.bench.wire.loop.Client;
import org.mawid.bench.wire.loop.Idle;
import org.mawid.bench.wire.loop.OpenLoop;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;

/** Availability over gRPC, as a closed loop and as the sender of an open one: starts counted on {@value #DAYS} dates, desk after desk. */
public final class GrpcReads {
    /** Dates of one question, from the model network's first on. */
    public static final int DAYS = Starts.DATES;
    private static final long LONGEST_NS = 10_000_000_000L;
    private static final int CONNECTIONS = 4;
    /** Calls that may be on their way in an open loop. */
    private static final int PLACES = 4_096;

    private GrpcReads() {
    }

    /** Once about each desk, from the first on. @param minPosition of the log, that the answers reflect at least */
    public static Starts counted(final int port, final int desks, final long minPosition) {
        try (Channels channels = new Channels(port, 1)) {
            final AvailabilityServiceGrpc.AvailabilityServiceBlockingStub stub = AvailabilityServiceGrpc.newBlockingStub(channels.get(0));
            final List<int[]> byDesk = new ArrayList<>();
            final long fromNs = System.nanoTime();
            for (final AvailabilityQuery query : CountStarts.queries(desks)) {
                byDesk.add(counted(stub, query.toBuilder().setMinPosition(minPosition).build(), fromNs));
            }
            return new Starts(byDesk);
        }
    }

    private static int[] counted(final AvailabilityServiceGrpc.AvailabilityServiceBlockingStub stub, final AvailabilityQuery query, final long fromNs) {
        while (true) {
            try {
                return CountStarts.byDate(stub.countStarts(query));
            } catch (final StatusRuntimeException e) {
                if (e.getStatus().getCode() != Status.Code.UNAVAILABLE || System.nanoTime() - fromNs > LONGEST_NS) {
                    throw new IllegalStateException("availability was not answered: " + e.getStatus(), e);
                }
                LockSupport.parkNanos(1_000_000); // the read model is behind
            }
        }
    }

    /** Each asks again when it was answered. @param desks asked about in turn @param starts that some of the answers are held against, null = none */
    public static Closeable closed(final int port, final Tally tally, final int inFlight, final int desks, final Starts starts) {
        final Channels channels = new Channels(port, CONNECTIONS);
        for (int i = 0; i < inFlight; i++) {
            new CountStarts(channels.get(i), tally, desks, i, starts, Client.again(tally)).send(System.nanoTime());
        }
        return channels;
    }

    /** They wait to be told to ask. @param desks asked about in turn @param starts as above */
    public static OpenLoop.Sender open(final int port, final Tally tally, final int desks, final Starts starts) {
        final Channels channels = new Channels(port, CONNECTIONS);
        final Idle idle = new Idle(PLACES, channels);
        for (int number = 0; number < PLACES; number++) {
            idle.bring(new CountStarts(channels.get(number), tally, desks, number, starts, idle::add));
        }
        return idle;
    }
}
