/**
 * What the log has of a person, and what stands beside it in clear: applications and all that belongs to them, who waits, and what was done about any of it. Of an application with several persons what is somebody else's is left
 * out; they are a number. Whoever works for the state is not named: a person may know what was done with what is theirs and when, not which officer did it (Court of Justice of the European Union, C-579/21).
 * <p>Door: {@link org.mawid.api.person.trace.Traces}. Thread: one that may wait for a disk, and a core that is asked slice by slice between commands. Not here: what is sealed (see {@code person}), who may ask.
 */
package org.mawid.api.person.trace;
