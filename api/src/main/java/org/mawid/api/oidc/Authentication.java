package org.mawid.api.oidc;

import org.mawid.api.access.Caller;

/** What became of asking who calls. */
public sealed interface Authentication {
    /** @param caller who it is; {@link Caller#NOBODY} where no token came */
    record Known(Caller caller) implements Authentication {
    }

    record Refused(TokenTrouble why) implements Authentication {
    }

    /** The issuer's keys cannot be had now, or too many ask at once: see {@link org.mawid.api.gateway.Cause#TOKENS_UNCHECKED}. */
    record Unchecked() implements Authentication {
    }
}
