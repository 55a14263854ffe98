package org.mawid.bench.release;

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
    private Probe() {
    }

    /** Nanoseconds. @return 0 = there was nothing to hold */
    static long ttlNs(final Ground ground, final Asks asks, final Cast.Seeking who) {
        final FirstStartsReply starts = AvailabilityServiceGrpc.newBlockingStub(asks.channel()).firstStarts(who.search().query());
        if (starts.getSlotsCount() == 0) {
            return 0;
        }
        final AppointmentServiceGrpc.AppointmentServiceBlockingStub stub = AppointmentServiceGrpc.newBlockingStub(asks.channel());
        final Exchange hold = sending(Exchange.hold(who.applicant(), Layout.of(ground, who.applicant(), new Start(starts.getSlots(0).getDeskId(),
                starts.getSlots(0).getEpochDay(), starts.getSlots(0).getStartUnit())), false, System.nanoTime(), Actor.NOBODY));
        final HoldReply held = stub.hold(GrpcWire.hold(hold));
        stub.release(GrpcWire.release(sending(Exchange.release(who.applicant(), held.getHold(), System.nanoTime(), Actor.NOBODY))));
        return (held.getUntilMs() - held.getNowMs()) * 1_000_000;
    }

    private static Exchange sending(final Exchange exchange) {
        final ThreadLocalRandom random = ThreadLocalRandom.current();
        exchange.sending(random.nextLong() | 1, random.nextLong(), System.currentTimeMillis(), System.nanoTime(), null);
        return exchange;
    }
}
