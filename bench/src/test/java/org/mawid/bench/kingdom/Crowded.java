package org.mawid.bench.kingdom;

import java.util.List;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Load;

/** The first of the real posts alone, with its desks, services and calendars, and with demand far above what it holds. */
final class Crowded {
    private static final int POST = 1; // the one whose numbers stay as they are when there is no other

    private Crowded() {
    }

    /** @param times its own demand */
    static Network network(final int times) {
        final Network real = Network.bundled();
        final List<Load> loads = real.loads().stream().filter(load -> load.postId() == POST).map(load -> new Load(POST, load.percent(),
                times * load.appointmentsPerYear(), load.slotsPerYear(), load.slotsPerDay(), load.peakDaySlots())).toList();
        return new Network(real.posts().subList(0, POST), real.services(), real.poolsOf(POST), real.rates(), real.calendars(), real.mix(), real.visitSizes(),
                loads, real.notices());
    }
}
