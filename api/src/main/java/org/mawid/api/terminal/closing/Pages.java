package org.mawid.api.terminal.closing;

import java.io.IOException;
import java.util.List;

/** Where pages are kept. One thread a terminal. */
interface Pages {
    /** An empty one when there is none. @throws IOException it cannot be read, or is damaged; says what to do */
    Page read(int terminalId) throws IOException;

    /** When it returns it is durable, whole or as before. */
    void write(Page page) throws IOException;

    /** Terminals that have one. */
    List<Integer> terminals() throws IOException;
}
