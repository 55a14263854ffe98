package org.mawid.api.network;

import java.util.List;

/** An engine that did not take a network. Staged days were abandoned where that was still possible; the message says what stopped it. */
public final class NetworkImportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NetworkImportException(String reason) {
        super(reason);
    }

    static NetworkImportException refused(List<String> refusals, int total) {
        return new NetworkImportException("the engine refused " + total + " of the commands\n  " + String.join("\n  ", refusals)
                + (total > refusals.size() ? "\n  and " + (total - refusals.size()) + " more" : ""));
    }
}
