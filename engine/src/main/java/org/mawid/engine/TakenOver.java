package org.mawid.engine;

/**
 * The engine's time went forward to the wall clock's.
 *
 * @param forwardMs by so many ms, 0 = it was there already, or later
 * @param nowMs     log time after it, ms since 1970-01-01 UTC
 * @param position  of the Tick that says so in the log, durable; 0 when {@code forwardMs} is 0, or when nothing could be logged in time: then the
 *                  next command that is logged says so
 */
public record TakenOver(long forwardMs, long nowMs, long position) {
}
