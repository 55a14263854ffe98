package org.mawid.engine;

import org.agrona.MutableDirectBuffer;

/** Writes commands for the ring. Called on the submitting thread, once for each command that is admitted. */
@FunctionalInterface
public interface CommandSource {
    /** Most bytes of one command, header included. */
    int MAX_BYTES = 1024;

    /**
     * Encodes the whole SBE message, header first. Must not throw: check what comes from outside before submitting.
     *
     * @param index which of the commands, from 0
     * @return bytes written, at most {@link #MAX_BYTES}
     */
    int write(int index, MutableDirectBuffer slot, int offset);
}
