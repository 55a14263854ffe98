package org.mawid.bench.load;

import org.mawid.grpc.Command;
import org.mawid.grpc.Request;
import org.mawid.grpc.SetWaitlistRules;

/** What is given back is everybody's at once: for those whose books know what is booked and held, not what is kept, or that count the events of a position, of which a watch is not told those of cooling. */
public final class NoCooling {
    private NoCooling() {
    }

    /** The default rules but for that. */
    public static Command command(final Request request) {
        return Command.newBuilder().setSetWaitlistRules(SetWaitlistRules.newBuilder().setRequest(request).setOfferTtlMs(14_400_000).setNoticeMs(7_200_000)
                .setCoolingLeadMs(7_200_000).setMaxWaiters(1_000_000).setMaxCoolings(0).setEntriesEach(3).setOffersEach(2).setSpentEach(4)).build();
    }
}
