/**
 * What every deterministic room uses: promises, outcomes, events, tables, state in and out.
 * <p>Thread: whichever owns the core that uses it; nothing here is shared. Not here: clocks, files, threads, logging, randomness.
 */
package org.mawid.engine.kernel;
