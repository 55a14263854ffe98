/**
 * What the core costs on one thread, without ring, disk or wire, and how that and its memory grow with what is in it.
 * <p>Doors: {@link org.mawid.bench.core.CoreBench}, {@link org.mawid.bench.core.ScaleBench}, {@link org.mawid.bench.core.ClosureBench}, {@link org.mawid.bench.core.WaitlistBench}. Thread: the command's own. Not here: JMH on parts of the same (see {@code micro}), heap phase by phase (see {@code memory}).
 */
package org.mawid.bench.core;
