/**
 * What happened, in order: the newest events in memory, the others in files, one follower reading across both without noticing.
 * <p>Door: {@link org.mawid.engine.readmodel.events.LiveEvents}. Threads: one feeds, one of its own writes files, any number follow, each
 * on its own; a follower that is far behind reads a file on the thread that polls it. Not here: what an event means, and
 * what happens to who is too slow. Files can be thrown away: format and recovery are in {@code engine/FORMATS.md}.
 */
package org.mawid.engine.readmodel.events;
