package org.mawid.api.gateway;

import org.mawid.sbe.Result;

/**
 * What the core remembers of a request.
 *
 * @param result REQUEST_UNKNOWN = nothing
 * @param nowMs  log time at which it was answered first
 */
public record Remembered(Result result, long nowMs) {
    public static final Remembered NOTHING = new Remembered(Result.REQUEST_UNKNOWN, 0);
}
