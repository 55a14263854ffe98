/**
 * What the log says about posts, pools, services, tariffs, rates and rules, as an immutable picture that is swapped when it changes, and which changes
 * of calendars are open.
 * <p>Door: {@link org.mawid.engine.readmodel.catalogue.LiveCatalogue}. Threads: one writes, any reads. Not here: days.
 */
package org.mawid.engine.readmodel.catalogue;
