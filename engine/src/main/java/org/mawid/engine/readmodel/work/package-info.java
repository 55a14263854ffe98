/**
 * What officers have to decide, by post, beside a running core.
 * <p>Door: {@link org.mawid.engine.readmodel.work.LiveWork}. Thread: one feeds it, any reads. Not here: what documents say, and who an officer is.
 */
package org.mawid.engine.readmodel.work;
