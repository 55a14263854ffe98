/**
 * JMH: what happens inside one thread, by itself. {@code bench CoreBenchmark -prof gc} shows time and allocation of one, {@code bench micro}
 * of all; what the command path does with a packed command allocates nothing, protobuf messages and texts do.
 */
package org.mawid.bench.micro;
