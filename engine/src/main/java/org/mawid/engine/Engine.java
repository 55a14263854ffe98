package org.mawid.engine;

import java.util.function.Consumer;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.sbe.Result;

/**
 * The door: a durable, deterministic allocation engine. Every method may be called from any thread.
 * The edge does not know which host is behind it.
 */
public interface Engine extends AutoCloseable {
    /**
     * Admits one command, or says at once why not.
     *
     * @return OK when admitted: then {@code reply} is called exactly once. UNAVAILABLE when the ring is full or the engine
     *         is starting or stopping, STORAGE_FULL when nothing more can be kept: then it is never called.
     */
    Result submit(CommandSource source, Reply reply, long tag);

    /**
     * Admits the first n of {@code count} commands, in contiguous chunks of up to 256, with tags {@code tag}, {@code tag + 1}...
     *
     * @return n, 0 to {@code count}; why the others were not admitted is {@link #admission()}
     */
    int submit(CommandSource source, int count, Reply reply, long tag);

    /** OK while commands are admitted, else the reason why not. */
    Result admission();

    /** True while commands are UNAVAILABLE because the records cannot follow, whatever the ring has room for. */
    default boolean waitsForRecords() {
        return false;
    }

    /** Asks the core's state, in order with the commands. @return false when not admitted; otherwise it is called exactly once */
    boolean query(CoreQuery query);

    /**
     * Position at which the command of a request was done or refused, looked for in the log itself from another one on until log time is past: on a thread that may wait for a disk.
     *
     * @param from  position before it
     * @param nowMs log time of the command
     * @return 0 = it is not there, or that part of the log is archived
     */
    default long positionOf(final long idHigh, final long idLow, final long from, final long nowMs) {
        return 0;
    }

    /**
     * Reads the log itself, on a thread that may wait for a disk. What is before it begins is archived.
     *
     * @param from   position, or before where the log begins
     * @param fromMs nothing before this log time need be handed over: what can be passed without reading it is
     * @return position after the last that was handed over or passed
     */
    default long readLog(final long from, final long fromMs, final LogReader reader) {
        return from;
    }

    /**
     * As {@link #readLog}, for whoever reads on and on.
     *
     * @param from position, 1 to the last durable one + 1, or before where the log begins
     */
    default LogFollower followLog(final long from) {
        return new LogFollower() {
            @Override
            public void read(final long upTo, final Taker taker) { } // there is none

            @Override
            public void close() { }
        };
    }

    ReadModel readModel();

    EngineStatus status();

    /** Told once, on the failing thread, when the engine has stopped for good: it answers nothing more. */
    void onHalt(Consumer<String> listener);

    /** Drains, seals the journal, writes a snapshot and stops. Idempotent. */
    @Override
    void close();
}
