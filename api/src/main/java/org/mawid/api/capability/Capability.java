package org.mawid.api.capability;

/**
 * What is given to whoever may read an application.
 *
 * @param token   as it is to be sent back, see {@link Capabilities#HEADER}
 * @param untilMs until when, log time, ms since 1970-01-01 UTC
 */
public record Capability(String token, long untilMs) {
    @Override
    public String toString() {
        return "until " + untilMs; // and never the token
    }
}
