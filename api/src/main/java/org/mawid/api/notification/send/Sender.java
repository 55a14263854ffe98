package org.mawid.api.notification.send;

import io.vertx.core.Future;
import org.mawid.api.notification.notice.Channel;

/** The way out. Any thread; never waits. */
public interface Sender extends AutoCloseable {
    Channel channel();

    /** Never fails, and ends after some time, whatever the other side does. */
    Future<Outcome> send(Letter letter);

    @Override
    void close();
}
