/**
 * JMH: what happens inside one thread, by itself. {@code bench CoreBenchmark -prof gc} shows time and allocation of one, {@code bench micro}
 * of all. The core's commands as they come are in {@code CoreBenchmark}, each kind by itself in {@code CoreCommandBenchmark}; mapping by the
 * message in {@code MappingBenchmark}, by the batch in {@code BatchBenchmark}. What the command path does with a packed command allocates nothing, protobuf messages and texts do.
 */
package org.mawid.bench.micro;
