package org.mawid.bench.wire;

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

    /** @param inFlight in the closed loop; over HTTP, connections of both loops @param desks asked about in turn */
    ReadLoads(final boolean overHttp, final int inFlight, final int desks) {
        this.overHttp = overHttp;
        this.inFlight = inFlight;
        this.desks = desks;
    }

    Subject.Load closed() {
        return overHttp ? (server, tally) -> HttpLoad.closed(server.httpPort(), inFlight, connection -> HttpTalk.availability(desks, connection), tally)
                : (server, tally) -> GrpcReads.closed(server.grpcPort(), tally, inFlight, desks);
    }

    OpenLoop.Sender open(final Server server, final Tally tally) throws Exception {
        return overHttp ? HttpLoad.open(server.httpPort(), inFlight, connection -> HttpTalk.availability(desks, connection), tally)
                : GrpcReads.open(server.grpcPort(), tally, desks);
    }
}
