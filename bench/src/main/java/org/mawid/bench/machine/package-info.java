/**
 * What the machine gives before anything of Mawid runs, and what it takes away: a shared one differs by the hour, and a figure is worth
 * little without it.
 * <p>Door: {@link org.mawid.bench.machine.MachineBench}. Each processor is measured by a thread of its own. Not here: the disk, which
 * {@code durable} measures beside itself.
 */
package org.mawid.bench.machine;
