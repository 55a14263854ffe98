package org.mawid.api.treasury.callback;

import io.vertx.core.MultiMap;

/** Says whether the treasury has sent these bytes, and now. Looks at nothing in them. Any thread. */
public interface SignatureCheck {
    /** How far the treasury's clock may be from ours. Source: what payment services usually allow. */
    long USUAL_WINDOW_MS = 300_000;

    /** @param nowMs wall clock, ms since 1970-01-01 UTC */
    Checked check(MultiMap headers, byte[] body, long nowMs);

    /** What was seen. */
    enum Checked {
        GOOD,
        /** None, or not of a key that is known, or not over these bytes. */
        BAD,
        /** Good, and of another time: somebody has kept it. */
        STALE
    }
}
