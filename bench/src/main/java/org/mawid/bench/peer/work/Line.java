package org.mawid.bench.peer.work;

import java.io.Closeable;

/** One client's own connection, whose calls wait for their answers. One thread. */
public interface Line extends Closeable {
    /**
     * Asks for all steps in one call and fills in the answers.
     *
     * @throws Exception there was none: what became of them is not known, and the same steps can be asked for again
     */
    void ask(Steps steps) throws Exception;

    /** On which dates a post has so many consecutive slots with a place left: bit i = date i. */
    long datesWith(int post, int units) throws Exception;
}
