package org.mawid.bench.wire;

import org.mawid.bench.load.Starts;
import org.mawid.bench.process.Server;
import org.mawid.bench.wire.grpc.GrpcReads;
import org.mawid.bench.wire.http.HttpLoad;
import org.mawid.bench.wire.http.HttpTalk;
import org.mawid.bench.wire.loop.OpenLoop;
import org.mawid.bench.wire.loop.Subject;
import org.mawid.bench.wire.loop.Tally;

/** Availability asked for over the wire, in a closed loop and for an open one: starts counted on 60 dates at one desk with its seats. */
final class ReadLoads {
    private final boolean overHttp;
    private final int inFlight;
    private final int desks;
    private final Starts starts;

    /**
     * @param inFlight in the closed loop; over HTTP, connections of both loops
     * @param desks asked about in turn
     * @param starts that some of the answers are held against, null = none
     */
    ReadLoads(final boolean overHttp, final int inFlight, final int desks, final Starts starts) {
        this.overHttp = overHttp;
        this.inFlight = inFlight;
        this.desks = desks;
        this.starts = starts;
    }

    Subject.Load closed() {
        return overHttp ? (server, tally) -> HttpLoad.closed(server.httpPort(), inFlight, connection -> HttpTalk.availability(desks, connection, starts), tally)
                : (server, tally) -> GrpcReads.closed(server.grpcPort(), tally, inFlight, desks, starts);
    }

    OpenLoop.Sender open(final Server server, final Tally tally) throws Exception {
        return overHttp ? HttpLoad.open(server.httpPort(), inFlight, connection -> HttpTalk.availability(desks, connection, starts), tally)
                : GrpcReads.open(server.grpcPort(), tally, desks, starts);
    }
}
