package org.mawid.bench.load;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was said to one server of the lives that were lived there, and what it answered, by step. What was said and has no answer may have been done
 * or not. Any thread.
 */
public final class LifeBooks {
    private static final String[] NAMES = {"submit", "validate", "hold", "confirm", "cancel"};

    private final LongAdder[] said = adders();
    private final LongAdder[] done = adders();
    private final LongAdder[] notDone = adders();
    private final LongAccumulator reached = new LongAccumulator(Math::max, 0);

    private static LongAdder[] adders() {
        final LongAdder[] adders = new LongAdder[Life.STEPS];
        for (int step = 0; step < adders.length; step++) {
            adders[step] = new LongAdder();
        }
        return adders;
    }

    /** @param step {@link Lives#SUBMIT} to {@link Lives#CANCEL} */
    public void said(final int step, final long commands) {
        said[step].add(commands);
    }

    /** The server said that it has done them. */
    public void done(final int step, final long commands) {
        done[step].add(commands);
    }

    /** The server said that it has done nothing. */
    public void notDone(final int step, final long commands) {
        notDone[step].add(commands);
    }

    /** @param position of the log that an answer told */
    public void reached(final long position) {
        reached.accumulate(position);
    }

    /** The highest that was told, 0 where answers tell none. */
    public long lastPosition() {
        return reached.get();
    }

    public long done(final int step) {
        return done[step].sum();
    }

    /** Said, and nobody knows what became of them. */
    public long notKnown(final int step) {
        return said[step].sum() - done(step) - notDone[step].sum();
    }

    /** Of all steps. */
    public long done() {
        long all = 0;
        for (int step = 0; step < Life.STEPS; step++) {
            all += done(step);
        }
        return all;
    }

    /** Of all steps. */
    public long notKnown() {
        long all = 0;
        for (int step = 0; step < Life.STEPS; step++) {
            all += notKnown(step);
        }
        return all;
    }

    /** Waits until all that was said is answered, at most so long: what is on its way was sent, and so it will be done. */
    public void awaitAnswers(final long longestNs) throws InterruptedException {
        final long fromNs = System.nanoTime();
        while (notKnown() > 0 && System.nanoTime() - fromNs < longestNs) {
            Thread.sleep(1);
        }
    }

    JsonObject figures() {
        final JsonObject commands = new JsonObject();
        final JsonObject unanswered = new JsonObject();
        for (int step = 0; step < Life.STEPS; step++) {
            commands.put(NAMES[step], done(step));
            if (notKnown(step) > 0) {
                unanswered.put(NAMES[step], notKnown(step));
            }
        }
        return new JsonObject().put("commandsDone", commands).put("commandsNotKnown", unanswered);
    }
}
