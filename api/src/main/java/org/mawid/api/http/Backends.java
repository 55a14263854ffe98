package org.mawid.api.http;

import org.mawid.api.report.Reports;
import org.mawid.api.terminal.engine.EngineTill;

/**
 * What both edges hand calls on to beside the engine. Any thread. Whoever made them closes them.
 *
 * @param payments null = nothing is paid online
 * @param till     null = no terminals are spoken to
 * @param reports  what is told of what happened
 */
public record Backends(OnlinePayments payments, EngineTill till, Reports reports) {
    /** An engine and nothing else. */
    public static final Backends NONE = new Backends(null, null, Reports.NONE);
}
