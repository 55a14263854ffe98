/**
 * Reports over gRPC.
 * <p>Door: {@link org.mawid.api.reporting.ReportGrpc}. Threads: event loops, and those on which reads wait. Not here: what is counted (see {@code report}).
 */
package org.mawid.api.reporting;
