/**
 * What happened at each post on each of its days, in sums: a projection of the events of the log, which says of which position it is.
 * <p>Doors: {@link org.mawid.api.report.Activity}, which follows and is asked through {@link org.mawid.api.report.Reports}; what it answers is a
 * {@link org.mawid.api.report.Report}, as JSON and CSV by {@link org.mawid.api.report.ReportText}. Threads: one that follows and writes the file, any that
 * asks. Nothing waits for it: it reads what the log keeps on disk. Not here: what may be asked (see {@code http}, {@code reporting}, {@code cli}), the
 * books, which are the core's.
 */
package org.mawid.api.report;
