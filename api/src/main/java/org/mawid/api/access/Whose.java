package org.mawid.api.access;

import java.util.Locale;

/** Whose objects somebody in a role may do something with. */
public enum Whose {
    /** Nothing of it. */
    NONE,
    /** What is theirs as a person. */
    OWN,
    /** What is of the user whom the call names as the one it is for. */
    USER,
    /** What is of a post that they work for. */
    POST,
    /** Whatever it is, if the call says why. */
    REASON,
    /** Whatever it is. */
    ANY;

    /** As tables write it; {@code -} for nothing. */
    public String word() {
        return this == NONE ? "-" : name().toLowerCase(Locale.ROOT);
    }
}
