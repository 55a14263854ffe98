package org.mawid.bench.wire.grpc;

import java.io.Closeable;
import org.mawid.bench.wire.loop.Client;
import org.mawid.bench.wire.loop.Idle;
import org.mawid.bench.wire.loop.OpenLoop;
import org.mawid.bench.wire.loop.Tally;

/** Availability over gRPC, as a closed loop and as the sender of an open one: starts counted on {@value #DAYS} dates, desk after desk. */
public final class GrpcReads {
    /** Dates of one question, from the model network's first on. */
    public static final int DAYS = 60;
    private static final int CONNECTIONS = 4;
    /** Calls that may be on their way in an open loop. */
    private static final int PLACES = 4_096;

    private GrpcReads() {
    }

    /** Each asks again when it was answered. @param desks asked about in turn */
    public static Closeable closed(final int port, final Tally tally, final int inFlight, final int desks) {
        final Channels channels = new Channels(port, CONNECTIONS);
        for (int i = 0; i < inFlight; i++) {
            new CountStarts(channels.get(i), tally, desks, i, Client.again(tally)).send(System.nanoTime());
        }
        return channels;
    }

    /** They wait to be told to ask. @param desks asked about in turn */
    public static OpenLoop.Sender open(final int port, final Tally tally, final int desks) {
        final Channels channels = new Channels(port, CONNECTIONS);
        final Idle idle = new Idle(PLACES, channels);
        for (int number = 0; number < PLACES; number++) {
            idle.bring(new CountStarts(channels.get(number), tally, desks, number, idle::add));
        }
        return idle;
    }
}
