/**
 * What can be read without asking the core: availability masks, catalogue, money, closures, persons, what officers have to decide, agenda, records, events. Each answer says which log position it reflects.
 * <p>Door: {@link org.mawid.engine.readmodel.ReadModel}. Threads: fed by the projection thread, read by any.
 * Not here: anything that decides; all of it can be thrown away and rebuilt.
 */
package org.mawid.engine.readmodel;
