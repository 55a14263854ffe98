/**
 * What durability costs: the disk alone, and ring, fsync, core and reply together; starting again, with what came back held against what was written.
 * <p>Doors: the benchmarks, and {@code Feed} for other rooms' streams. It sends, {@code DiskLoop} does the same to the disk alone; both on the thread of the benchmark, by a clock that is given.
 */
package org.mawid.bench.journal;
