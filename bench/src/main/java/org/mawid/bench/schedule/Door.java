package org.mawid.bench.schedule;

import java.io.IOException;
import org.mawid.api.network.Network;
import org.mawid.api.schedule.WantedSchedule;

/** Where schedules are handed in. One thread. */
interface Door extends AutoCloseable {
    /** One schedule in force. @param ms from handing it in until the answer is there @param days of pools that were changed */
    record Applied(double ms, int days) {
    }

    /** @throws IllegalStateException it was not applied, with what was said */
    Applied apply(WantedSchedule wanted) throws IOException, InterruptedException;

    /** Whether what is in force is what is wanted. */
    boolean isInForce(WantedSchedule wanted) throws IOException, InterruptedException;

    Network network();

    /** What of the way from a post to the disk and back is not in the figures. */
    String leftOut();

    @Override
    void close() throws IOException;
}
