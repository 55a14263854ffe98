/**
 * How a result is told: as a page, as tables side by side, as three sentences, as JSON with its plots.
 * <p>Doors: {@link org.mawid.bench.capacity.report.PlanText} and {@link org.mawid.bench.capacity.report.PlanJson}. Thread: any. Pure functions of a result. Not here: counting, drawing (see {@code bench.report}).
 */
package org.mawid.bench.capacity.report;
