/**
 * Applications and their lines, what an officer has asked for before a decision and who has them meanwhile, why a line is refused, how long they are valid, and what one person may have open at once.
 * <p>Door: {@link org.mawid.engine.application.Applications}. Thread: the core thread only. Time: given by the caller.
 * Not here: where and when somebody comes (see {@code allocation}), fees (see {@code stamp}), names and documents (the edge's).
 */
package org.mawid.engine.application;
