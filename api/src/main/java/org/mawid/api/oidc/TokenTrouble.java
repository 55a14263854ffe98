package org.mawid.api.oidc;

/** Why a token is refused: told to who brought it, in words that say nothing of what is in it. */
public enum TokenTrouble {
    MISSING("A bearer token is needed."),
    TOO_LONG("The token has more than " + TokenVerifier.MOST_CHARACTERS + " characters."),
    MALFORMED("It is no signed token (RFC 7519, JWS compact form), or there are several."),
    ALGORITHM("It is not signed with an algorithm that is allowed here."),
    TYPE("It is not of the type JWT or at+jwt, or no access token."),
    HEADER("Its header points to keys, or holds them: they are taken from the issuer only."),
    KEY_UNKNOWN("It names a key that the issuer does not publish."),
    SIGNATURE("Its signature is not one of the issuer's key."),
    ISSUER("It is of another issuer."),
    AUDIENCE("It is meant for somebody else."),
    EXPIRED("Its time is over."),
    NOT_YET("Its time has not come."),
    CERTIFICATE("It is bound to a client certificate (RFC 8705), and this connection has shown another one."),
    NO_CERTIFICATE("It may come over a connection with a client certificate only."),
    CLAIMS("What it says of its bearer is not whole: sub and exp are needed, and 16 hexadecimal digits of a person where somebody is an applicant.");

    private final String text;

    TokenTrouble(final String text) {
        this.text = text;
    }

    /** One English sentence. */
    public String text() {
        return text;
    }
}
