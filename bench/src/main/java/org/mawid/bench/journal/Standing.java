package org.mawid.bench.journal;

import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.mawid.engine.Engine;
import org.mawid.engine.core.EngineCore;

/**
 * Where an engine stands, and its whole state in one number. Two that stand alike behave alike for ever.
 *
 * @param position  the last one that is durable, which the core has applied too
 * @param stateHash as {@link EngineCore#stateHash}
 */
record Standing(long position, long stateHash) {
    private static final long PATIENCE_SECONDS = 120;

    /** Of one that nobody feeds now. @throws IllegalStateException its core has not applied all that is durable, or does not answer */
    static Standing of(final Engine engine) throws InterruptedException {
        final Standing applied = ask(engine, core -> new Standing(core.position(), core.stateHash()));
        final long durable = engine.status().durablePosition();
        if (applied.position != durable) {
            throw new IllegalStateException("the core has applied up to position " + applied.position + ", durable is " + durable);
        }
        return applied;
    }

    /** Answered on the core's thread. It may read all of the state, which holds commands up: only while there are none. */
    static <T> T ask(final Engine engine, final Function<EngineCore, T> question) throws InterruptedException {
        final BlockingQueue<T> answer = new ArrayBlockingQueue<>(1);
        if (!engine.query(core -> answer.add(question.apply(core)))) {
            throw new IllegalStateException("the engine takes no question: " + engine.admission());
        }
        final T answered = answer.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answered == null) {
            throw new IllegalStateException("the core did not answer a question within " + PATIENCE_SECONDS + " s");
        }
        return answered;
    }

    /** @param how in words, what brought it here @throws IllegalStateException it is somewhere else, or in another state */
    void requireSameAs(final Standing written, final String how) {
        if (position != written.position) {
            throw new IllegalStateException(how + " came back at position " + position + ", what was written was durable up to " + written.position);
        }
        if (stateHash != written.stateHash) {
            throw new IllegalStateException(how + " came back at position " + position + " with the state hash " + hash() + ", what was written had " + written.hash());
        }
    }

    /** As the engine logs it. */
    String hash() {
        return HexFormat.of().toHexDigits(stateHash);
    }
}
