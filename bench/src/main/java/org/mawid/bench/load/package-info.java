/**
 * What every measurement shares: a model network, the life of an appointment as commands, options of several benchmarks, progress,
 * percentiles and the printed result with the command that repeats it; and what is said of a command line that cannot be meant.
 * <p>Thread: one instance a thread unless said. Not here: what is measured.
 */
package org.mawid.bench.load;
