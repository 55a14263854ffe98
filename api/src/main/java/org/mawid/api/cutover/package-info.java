/**
 * Cut-over: what an older system has under way is read from files, rehearsed on a copy of the state, and taken over exactly once.
 * <p>Doors: {@link org.mawid.api.cutover.CutOverFiles} (the files, checked by themselves; keys in place of persons) and {@link org.mawid.api.cutover.CutOver} (dry run and import). What the core thinks of
 * each command is asked of a {@link org.mawid.engine.upkeep.Rehearsal}, so that a dry run says what the import would be answered, and no rule is written twice. Thread: one for a cut-over; answers of the engine are
 * counted on its own. Time: given by the caller. Not here: the command line, networks and calendars (see {@code network}), personal data (nobody's).
 */
package org.mawid.api.cutover;
