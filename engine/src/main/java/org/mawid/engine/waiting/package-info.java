/**
 * Who waits for another visit because the one they had was taken from them, or by their own wish for room or an earlier time, in which order, and which
 * other posts they accept; where looking for room and searching on all dates stand, and on which dates some came since somebody was searched for.
 * <p>Door: {@link org.mawid.engine.waiting.Waiters}. Thread: the core's. Looking for room, and what becomes of an offer, is the core's.
 */
package org.mawid.engine.waiting;
