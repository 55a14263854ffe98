/** JMH benchmarks of what happens inside one thread. */
package org.mawid.bench.core;
