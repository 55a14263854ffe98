/**
 * JMH: what happens inside one thread, by itself. {@code bench jmh micro -prof gc} shows time and allocation of each; what the command
 * path does with a packed command allocates nothing, protobuf messages and texts do.
 */
package org.mawid.bench.micro;
