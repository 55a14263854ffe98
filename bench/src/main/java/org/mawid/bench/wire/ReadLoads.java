package org.mawid.bench.wire;

import org.mawid.bench.process.Server;

/** Availability asked for over the wire, in a closed loop and for an open one: starts counted on 60 dates at one desk with its seats. */
final class ReadLoads {
    private static final int CONNECTIONS = 4;
    /** Calls that may be on their way in an open loop over gRPC. */
    private static final int PLACES = 4_096;

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
        if (overHttp) {
            return (server, tally) -> HttpLoad.closed(server.httpPort(), inFlight, connection -> Gets.availability(desks, connection), tally);
        }
        return (server, tally) -> {
            final Channels channels = new Channels(server.grpcPort(), CONNECTIONS);
            for (int i = 0; i < inFlight; i++) {
                new CountStarts(channels.get(i), tally, desks, i, Client.again(tally)).send(System.nanoTime());
            }
            return channels;
        };
    }

    OpenLoop.Sender open(final Server server, final Tally tally) throws Exception {
        return overHttp ? HttpLoad.open(server.httpPort(), inFlight, connection -> Gets.availability(desks, connection), tally)
                : idle(server, PLACES, (channels, idle, number) -> new CountStarts(channels.get(number), tally, desks, number, idle::add));
    }

    /** Makes one of the clients of an open loop. */
    @FunctionalInterface
    interface Make {
        Client client(Channels channels, Idle idle, int number);
    }

    /** Clients over gRPC that wait to be told to send. */
    static Idle idle(final Server server, final int places, final Make make) {
        final Channels channels = new Channels(server.grpcPort(), CONNECTIONS);
        final Idle idle = new Idle(places, channels);
        for (int number = 0; number < places; number++) {
            idle.bring(make.client(channels, idle, number));
        }
        return idle;
    }
}
