/**
 * The naive twin: the same engine a second time, on {@code java.util} maps and records, clear rather than fast, written from
 * the schema and the order of checks without looking at the fast one; and the seeded tests that hold one against the other.
 * <p>Door: {@link org.mawid.engine.twin.NaiveEngine}. Read {@code NaiveVisits} first.
 */
package org.mawid.engine.twin;
