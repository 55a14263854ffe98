package org.mawid.bench.wire.loop;

import org.mawid.bench.process.Server;

/**
 * A load at a rate.
 *
 * @param name      in words, as a field of the result
 * @param perSecond commands, or reads, due a second
 * @param each      how many of them one call carries, 1 or more
 */
public record Offer(String name, double perSecond, int each, Load load) {
    /** Connects whatever is to send. It stays silent until a loop tells it to. */
    @FunctionalInterface
    public interface Load {
        OpenLoop.Sender connect(Server server, Tally tally) throws Exception;
    }

    double callsPerSecond() {
        return perSecond / each;
    }
}
