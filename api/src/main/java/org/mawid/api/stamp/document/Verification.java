package org.mawid.api.stamp.document;

/** What came of looking at a stamp's signature. */
public sealed interface Verification {
    /**
     * Signed by a key of the set, to the last bit. Says nothing of what has become of the stamp since: it may be consumed.
     *
     * @param keyId name of the key
     */
    record Genuine(StampFacts facts, String issuer, String keyId) implements Verification {
    }

    /** It names a key of the set, which has not signed this: changed, or made up. */
    record Forged(String keyId) implements Verification {
    }

    /** It names a key that is not in the set: of another deployment, or newer than the set. */
    record UnknownKey(String keyId) implements Verification {
    }

    /** No signed stamp at all. @param why for people, nothing of the text in it */
    record Malformed(String why) implements Verification {
    }
}
