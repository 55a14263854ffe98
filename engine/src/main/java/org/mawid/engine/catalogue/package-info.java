/**
 * All that configures an answer: rules and their version, posts, pools, services, tariffs, rates. Every change of it comes through the log.
 * <p>Door: {@link org.mawid.engine.catalogue.Catalogue}. Thread: the core thread only. Not here: calendars (see {@code allocation}), names and languages (the edge's).
 */
package org.mawid.engine.catalogue;
