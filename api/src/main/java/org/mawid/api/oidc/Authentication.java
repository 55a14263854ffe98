package org.mawid.api.oidc;

import org.mawid.api.access.Caller;

/** What became of asking who calls. */
public sealed interface Authentication {
    /**
     * @param caller      who it is; {@link Caller#NOBODY} where no token came
     * @param certificate SHA-256 of the client's certificate that the token is bound to, base64url; empty = it is not
     */
    record Known(Caller caller, String certificate) implements Authentication {
        /** By a token that is not bound. */
        Known(final Caller caller) {
            this(caller, "");
        }
    }

    record Refused(TokenTrouble why) implements Authentication {
    }

    /** The issuer's keys cannot be had now, or too many ask at once: see {@link org.mawid.api.gateway.Cause#TOKENS_UNCHECKED}. */
    record Unchecked() implements Authentication {
    }
}
