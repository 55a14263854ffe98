/**
 * Shows what it costs: every benchmark by name.
 * <p>Door: {@link org.mawid.bench.Main}, which names all of them; {@code FloorsBench} runs those that a promise hangs on. Where to look:
 * <ul>
 * <li>what one thread does: {@code core}, {@code memory}, {@code read} (availability, records), {@code micro} (JMH)
 * <li>with the disk: {@code journal}; as a process: {@code process}; over the wire: {@code wire}; the machine by itself: {@code machine}
 * <li>the network: {@code kingdom} (its whole history), {@code release} (a month is opened), {@code capacity} (how many counters), {@code peer} (beside others)
 * <li>what all of them share: {@code load}, {@code report} (pages), {@code floor} (what was promised)
 * </ul>
 * <p>Nothing depends on this module. Not here: anything that a server needs to run.
 */
package org.mawid.bench;
