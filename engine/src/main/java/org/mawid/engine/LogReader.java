package org.mawid.engine;

import org.agrona.DirectBuffer;

/** Takes what is in the log, command by command and in order. */
@FunctionalInterface
public interface LogReader {
    /**
     * @param nowMs  log time, ms since 1970-01-01 UTC
     * @param buffer has the whole SBE message at {@code offset}, during this call only; anything at all may have been logged
     * @return false = it was enough
     */
    boolean onCommand(long position, long nowMs, DirectBuffer buffer, int offset, int length);
}
