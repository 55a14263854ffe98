package org.mawid.bench.peer.work;

import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.util.BitSet;

/** One of those that do the same work: its server, started here, with the calendar in it. Closing it leaves nothing behind. */
public interface Peer extends Closeable {
    /** How long a hold lasts. */
    int HOLD_TTL_MS = 600_000;

    PeerName name();

    Calendar calendar();

    /**
     * Makes applications 0, 1, 2…
     *
     * @param validated   the first ones, for which slots can be held
     * @param unvalidated those after them
     */
    void prepare(int validated, int unvalidated) throws Exception;

    /**
     * Asks the server how an answer is kept.
     *
     * @return in its own words
     * @throws IllegalStateException it does not wait for the disk: nothing of it may be compared
     */
    String durability() throws Exception;

    /** Version, and the settings that are not at their default. */
    JsonObject about() throws Exception;

    /** Connects so many clients. */
    Drive drive(int clients) throws Exception;

    /**
     * What the server says is taken, once it has answered everything.
     *
     * @param days to look at, at least; of the others nothing need be said
     */
    Taken taken(BitSet days) throws Exception;

    /** Processor time of the server so far, ns: of all its processes. */
    long cpuNs() throws IOException;

    /** How much of that went to a just-in-time compiler, ns. */
    long compilerNs() throws IOException;
}
