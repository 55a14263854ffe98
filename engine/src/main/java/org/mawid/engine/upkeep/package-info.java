/**
 * What an operator does with a data directory: inspect it, back it up, restore it, pass over a poisoned position, archive old segments, try commands on its state, tell its log once more.
 * <p>Doors: {@link org.mawid.engine.upkeep.Inspection}, {@link org.mawid.engine.upkeep.Backup}, {@link org.mawid.engine.upkeep.Restore},
 * {@link org.mawid.engine.upkeep.Repair}, {@link org.mawid.engine.upkeep.Rehearsal}, {@link org.mawid.engine.upkeep.Retelling}. Threads: the caller's. Not here: arguments, printing, exit codes (see the command line).
 */
package org.mawid.engine.upkeep;
