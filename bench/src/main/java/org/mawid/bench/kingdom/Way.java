package org.mawid.bench.kingdom;

import java.util.Map;
import java.util.TreeMap;
import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.Result;

/**
 * How the history's commands reach an engine and its answers come back. Everything is answered in the order in which it was said at one post.
 * Every answer is looked at: one that the generator's books did not foresee ends the run.
 * <p>One thread says; who reads the answers is each way's own business.
 */
abstract class Way implements AutoCloseable {
    /** Most bytes of one command of a history. */
    static final int COMMAND_BYTES = 384;

    /** What the answer to a command is expected to bring. */
    static final int NOTHING = 0;
    /** The number or reference of an application. */
    static final int APPLICATION = 1;
    /** Of a hold or an appointment. */
    static final int VISIT = 2;
    /** A refusal, because the places are gone. */
    static final int REFUSAL = 3;

    private final Cases cases;
    private final long[] refusals = new long[Result.values().length];
    private volatile String unforeseen;

    Way(final Cases cases) {
        this.cases = cases;
    }

    /** Log time of all that is said from now on; what was said before has an earlier one. ms since 1970-01-01 UTC */
    abstract void advanceTo(long nowMs) throws Exception;

    /** Where the next command of a post is to be written; {@value #COMMAND_BYTES} bytes are free at {@link #offset}. */
    abstract MutableDirectBuffer buffer(int postId) throws Exception;

    abstract int offset(int postId);

    /**
     * Says what was written.
     *
     * @param slot   the case that it is about, {@link Cases#NONE} = none
     * @param brings one of the constants here
     * @param number what the core will have counted by then, 0 = nothing
     * @param stamps how many stamps the answer must bring
     */
    abstract void say(int postId, int length, int slot, int brings, long number, int stamps);

    /** From now on references are known of all that was said before. */
    abstract void answered() throws Exception;

    /** Waits for every answer. */
    abstract void finish() throws Exception;

    @Override
    public abstract void close() throws Exception;

    final Cases cases() {
        return cases;
    }

    /** Counts a refusal that was foreseen, and remembers any other answer as one that was not. */
    final void check(final int brings, final Result result, final String what) {
        if (brings == REFUSAL && (result == Result.SOLD_OUT || result == Result.HELD_BY_OTHER)) {
            refusals[result.ordinal()]++;
        } else {
            unforeseen(result + " for " + what);
        }
    }

    final void unforeseen(final String what) {
        if (unforeseen == null) {
            unforeseen = what;
        }
    }

    /** @throws IllegalStateException when an answer came that the books did not foresee */
    final void requireForeseen() {
        if (unforeseen != null) {
            throw new IllegalStateException("an answer that the generator's books did not foresee: " + unforeseen);
        }
    }

    /** Those that were foreseen, by reason; after {@link #finish}. */
    final Map<String, Long> refusals() {
        final Map<String, Long> byReason = new TreeMap<>();
        for (final Result result : Result.values()) {
            if (refusals[result.ordinal()] > 0) {
                byReason.put(result.name(), refusals[result.ordinal()]);
            }
        }
        return byReason;
    }

    /** What a command made is known by this from now on. */
    final void made(final int slot, final int brings, final long reference) {
        if (brings == APPLICATION) {
            cases.application[slot] = reference;
        } else if (brings == VISIT) {
            cases.visit[slot] = reference;
        }
    }
}
