/**
 * What every deterministic room uses: promises, outcomes, tables of rows and their indexes, events, state in and out. Rows lie outside the
 * Java heap and are read by address, see {@link org.mawid.engine.kernel.Memory}.
 * <p>Thread: whichever owns the core that uses it; nothing here is shared. Not here: clocks, files, threads, logging, randomness.
 */
package org.mawid.engine.kernel;
