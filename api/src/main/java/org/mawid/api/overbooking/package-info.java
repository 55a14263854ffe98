/**
 * How many places beyond its counters a desk may offer, because some of those who have an appointment do not come: by rule, from what was measured, so that those who come wait no longer than the
 * rule says. Exact, without chance: the same in the edge, which publishes such places, and in the capacity twin, which tries them first.
 * <p>Doors: {@link org.mawid.api.overbooking.Overbooking}; {@link org.mawid.api.overbooking.MeasuredAttendance} for what it is computed from, {@link org.mawid.api.overbooking.OverbookingWords} for what
 * is said of it. Thread: any. Pure functions. Not here: counting who came (see {@code report}), publishing (see {@code schedule}), what the core
 * keeps of them.
 */
package org.mawid.api.overbooking;
