package org.mawid.bench.release;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.mawid.bench.release.crowd.Cast;
import org.mawid.bench.release.ground.Asks;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.visit.Layout;
import org.mawid.bench.release.visit.Start;
import org.mawid.bench.release.wire.Actor;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.GrpcWire;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.HoldReply;

/** One look, and one hold that is given back, to learn how long holds are kept. In no history and no books: those begin afterwards. */
final class Probe {
    /** Null = nothing is held by it, as far as anybody knows. */
    private Exchange open;

    /** Nanoseconds. @return 0 = there was nothing to hold */
    long ttlNs(final Ground ground, final Asks asks, final Cast.Seeking who) {
        final FirstStartsReply starts = AvailabilityServiceGrpc.newBlockingStub(asks.channel()).firstStarts(who.search().query());
        if (starts.getSlotsCount() == 0) {
            return 0;
        }
        final AppointmentServiceGrpc.AppointmentServiceBlockingStub stub = AppointmentServiceGrpc.newBlockingStub(asks.channel());
        final Exchange hold = sending(Exchange.hold(who.applicant(), Layout.of(ground, who.applicant(), new Start(starts.getSlots(0).getDeskId(),
                starts.getSlots(0).getEpochDay(), starts.getSlots(0).getStartUnit())), false, System.nanoTime(), Actor.NOBODY));
        open = hold; // from here on: whoever is interrupted has no answer, and the server has the hold all the same
        final HoldReply held = stub.hold(GrpcWire.hold(hold));
        stub.release(GrpcWire.release(sending(Exchange.release(who.applicant(), held.getHold(), System.nanoTime(), Actor.NOBODY))));
        open = null;
        return (held.getUntilMs() - held.getNowMs()) * 1_000_000;
    }

    /** What is to be given back when it did not come to that: its hold, which nobody else knows of. */
    List<Exchange> unanswered() {
        return open == null ? List.of() : List.of(open);
    }

    private static Exchange sending(final Exchange exchange) {
        final ThreadLocalRandom random = ThreadLocalRandom.current();
        exchange.sending(random.nextLong() | 1, random.nextLong(), System.currentTimeMillis(), System.nanoTime(), null);
        return exchange;
    }
}
