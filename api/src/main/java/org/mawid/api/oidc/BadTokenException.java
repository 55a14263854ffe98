package org.mawid.api.oidc;

/** The token is refused. Carries nothing of it. */
final class BadTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final TokenTrouble trouble;

    BadTokenException(final TokenTrouble trouble) {
        super(trouble.text(), null, false, false); // an answer, not an accident
        this.trouble = trouble;
    }

    TokenTrouble trouble() {
        return trouble;
    }
}
