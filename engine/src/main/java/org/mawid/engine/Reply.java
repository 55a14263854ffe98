package org.mawid.engine;

import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.Outcome;

/** Where answers go. Called exactly once for every admitted command, after it is durable and applied. */
@FunctionalInterface
public interface Reply {
    /**
     * On a thread of the pipeline: copy what is needed and return at once; never block, never throw.
     *
     * @param tag     as given at submission
     * @param outcome valid during the call
     * @param events  frames of {@link org.mawid.engine.kernel.EventWriter}, valid during the call; none for a refusal or a repeated answer
     */
    void onOutcome(long tag, Outcome outcome, DirectBuffer events, int offset, int length);
}
