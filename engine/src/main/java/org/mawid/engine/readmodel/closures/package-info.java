/**
 * What is closed, and who waits for another visit because of it.
 * <p>Door: {@link org.mawid.engine.readmodel.closures.LiveClosures}. Threads: one feeds, any reads; questions to the core are answered on the common pool.
 * Not here: the visits of offers, which are holds like others (see {@code records}).
 */
package org.mawid.engine.readmodel.closures;
