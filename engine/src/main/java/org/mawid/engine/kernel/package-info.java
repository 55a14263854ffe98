/**
 * What every deterministic room uses: promises, tables of rows and their indexes, the way events are written, state to bytes and back.
 * Rows lie outside the Java heap and are read by address, see {@link org.mawid.engine.kernel.Memory}.
 * <p>Thread: that of the core. Not here: what any row or event means.
 */
package org.mawid.engine.kernel;
