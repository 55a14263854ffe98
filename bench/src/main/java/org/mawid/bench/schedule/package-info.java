/**
 * A year of opening hours as posts send it: compared, staged, in force, through a durable engine.
 */
package org.mawid.bench.schedule;
