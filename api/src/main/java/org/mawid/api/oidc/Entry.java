package org.mawid.api.oidc;

import org.mawid.api.access.Access;
import org.mawid.api.limit.Limits;

/** What both edges ask before they do anything for a call: who makes it and over which connection, whether they may, and whether not too often. Whoever made it closes the tokens. */
public record Entry(Tokens tokens, Access access, Limits limits, Binding binding) {
    /** Whoever may, may as often as they like. */
    public Entry(final Tokens tokens, final Access access) {
        this(tokens, access, Limits.NONE, Binding.USUAL);
    }
}
