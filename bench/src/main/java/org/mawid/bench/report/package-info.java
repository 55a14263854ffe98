/**
 * A result as a page to look at: made of nothing but the JSON that a benchmark writes, so that older runs can be shown too.
 * <p>Door: {@link org.mawid.bench.report.Report}. Plots are drawn in the browser by Apache ECharts, which the page brings along.
 * Not here: measuring.
 */
package org.mawid.bench.report;
