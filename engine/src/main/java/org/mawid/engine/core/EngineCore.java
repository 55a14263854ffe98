package org.mawid.engine.core;

import java.util.LinkedHashMap;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.sbe.Result;

/** Decides and remembers. Deterministic: the same commands at the same positions and times give the same bytes on any machine. */
public final class EngineCore {
    /** Flag of {@link #apply}: the position is passed over ({@code repair --skip}); that it was is part of the state. */
    public static final int SKIPPED = 1;

    private long position;
    private long nowMs;

    /** An empty state, position 0. */
    public EngineCore() {
    }

    /**
     * Applies one command. The only place where state changes.
     *
     * @param position last position + 1
     * @param nowMs    log time, ms since 1970-01-01 UTC, never lower than the last
     * @param flags    0 or {@link #SKIPPED}
     * @param command  the whole SBE message, header first; anything at all is answered, malformed bytes too
     * @param events   wrapped or reset by the caller; what happened is added to it
     * @param outcome  filled with the answer
     */
    public void apply(final long position, final long nowMs, final int flags, final DirectBuffer command, final int offset, final int length,
                      final EventWriter events, final Outcome outcome) {
        this.position = position;
        this.nowMs = nowMs;
        outcome.begin(position, nowMs).set(Result.UNAVAILABLE, 0, 0, 0);
    }

    /**
     * Touches what the command will need, so that it is in the cache when it is applied. Changes nothing and decides nothing.
     * Call it for all commands of a batch with phase 0, then for all with phase 1, then apply them.
     *
     * @return something to be added up by the caller, so that the touching cannot be left out
     */
    public long prefetch(final DirectBuffer command, final int offset, final int length, final int phase) {
        return 0;
    }

    /** Position of the last command applied, 0 before the first. */
    public long position() {
        return position;
    }

    /** Log time of the last command applied, ms since 1970-01-01 UTC. */
    public long nowMs() {
        return nowMs;
    }

    /** When a Tick will have something to do, ms since 1970-01-01 UTC; {@code Long.MAX_VALUE} = never. */
    public long nextDueMs() {
        return Long.MAX_VALUE;
    }

    /** What became of a request: REQUEST_UNKNOWN when it is not remembered. Position 0, log time of the answer, repeated, template id of the command. Changes nothing. */
    public void outcomeOf(final long idHigh, final long idLow, final Outcome outcome) {
        outcome.begin(0, 0).set(Result.REQUEST_UNKNOWN, 0, 0, 0);
    }

    /** Hash over the whole state, in a fixed order: changing any byte of any table changes it. Takes as long as reading all the state. */
    public long stateHash() {
        return 0;
    }

    /** Hands over all tables. */
    public void save(final StateWriter out) {
    }

    /** Takes over the state of another core, only into a core that has applied nothing. Afterwards both behave alike for ever. */
    public void load(final StateReader in) {
    }

    /** Checks every promise, also the costly ones. Takes seconds on a large state. @throws org.mawid.engine.kernel.InvariantBroken on the first that does not hold */
    public void check() {
    }

    /** Counts of everything by state. Reads the whole state. */
    public Counts counts() {
        return new Counts(new LinkedHashMap<>());
    }

    /**
     * Tells a bounded slice of the state in public words, for rebuilding what is read. Changes nothing.
     *
     * @param fromNumber where to begin, 0 = at the beginning
     * @param max        most numbers to look at, 1 or more; fewer records come out where numbers are unused
     * @return where to go on, 0 = that was all
     */
    public long dump(final RecordKind kind, final long fromNumber, final int max, final RecordConsumer records) {
        return 0;
    }
}
