package org.mawid.api.sealed.pkcs11;

import java.security.GeneralSecurityException;

/** What has the master key does not answer now, or refuses: what was wrapped is not damaged for that. */
public final class TokenException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    TokenException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
