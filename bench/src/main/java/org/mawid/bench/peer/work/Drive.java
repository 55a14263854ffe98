package org.mawid.bench.peer.work;

import java.io.Closeable;
import java.util.List;
import org.mawid.bench.wire.loop.Tally;

/** A peer's clients, connected. Closed loop: each asks when it was answered. */
public interface Drive extends Closeable {
    /**
     * Lets all clients ask until the tally says to stop or they are through. Returns at once.
     *
     * @param books one for each client
     * @param batch steps of a call, 1 = each by itself
     */
    void start(List<Books> books, Books.Asking asking, int batch, Tally tally);

    /** The same with searches. */
    void search(Questions questions, Tally tally);

    /** Waits until what was started is over and everything is answered. */
    void await() throws Exception;

    /** One call of the first client, while nothing else is under way; fills in the answers. */
    void ask(Steps steps) throws Exception;
}
