package org.mawid.api.person.trace;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.util.List;
import org.mawid.api.notification.outbox.Entry;

/** What stands beside the log about those whom it names, in clear. One thread that may wait. */
public interface Beside {
    /** Callbacks of an application. @throws IOException it cannot be read now */
    JsonArray callbacks(long application) throws IOException;

    /** What is still to be told to somebody. @throws IOException it cannot be read now */
    List<Entry> waiting(long person) throws IOException;
}
