/**
 * Stamps: fiscal value bound to one line of an application, its price frozen at issue. As far as issue and void.
 * <p>Door: {@link org.mawid.engine.stamp.StampLedger}. Thread: the core thread only. Time: given by the caller.
 * Not here: which line has which stamp (see {@code application}), references that people read (the edge's).
 */
package org.mawid.engine.stamp;
