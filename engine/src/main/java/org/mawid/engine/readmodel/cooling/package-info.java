/**
 * Which room cools, and by which secrets, kept beside the core.
 * <p>Door: {@link org.mawid.engine.readmodel.cooling.LiveCooling}. Fed by one thread, read by any.
 */
package org.mawid.engine.readmodel.cooling;
