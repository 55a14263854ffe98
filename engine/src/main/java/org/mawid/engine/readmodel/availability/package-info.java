/**
 * Where there is room: a row of bit masks for each day, searched with shifts and ands.
 * <p>Door: {@link org.mawid.engine.readmodel.availability.LiveAvailability}. Threads: one writes, any number read, without locks:
 * each row has a stamp and who met a write reads again. Not here: who took the room, and whether a taker may.
 */
package org.mawid.engine.readmodel.availability;
