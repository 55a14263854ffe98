/**
 * Applications, holds, appointments, stamps and payments by number, in an off-heap Chronicle Map: a projection of the events, made anew from
 * the core's state whenever its file cannot be trusted.
 * <p>Door: {@link org.mawid.engine.readmodel.records.LiveRecords}. Threads: fed by the projection thread through a bounded queue,
 * kept by one thread of its own, read by any. Not here: anything that a command waits for, and the value classes that the map
 * would compile when it is opened: the build makes them, see {@code src/main/generator}.
 */
package org.mawid.engine.readmodel.records;
