package org.mawid.engine.ring;

import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Reply;

/**
 * How what the engine does by itself gets into the ring: into the places that others must leave free, so that it goes on however many
 * submitters wait for each place that becomes free. Any thread; never waits.
 */
public interface OwnWork {
    /** One place of the ring in so many is kept for it, and a few more. */
    int ONE_IN = 64;

    /** @return false when there is no place, or the engine stops or has stopped; otherwise it is called once, unless the engine halts before */
    boolean ask(CoreQuery query);

    /** @return false when there is no place, or nothing more can be kept, or the engine stops; otherwise {@code reply} is called once, unless it halts */
    boolean offer(CommandSource source, Reply reply);

    /** Places that are taken: commands and questions on their way. */
    int ringDepth();

    /** Whether what was admitted is still going to be answered. */
    boolean isRunning();
}
