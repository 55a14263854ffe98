package org.mawid.api.oidc;

import org.mawid.api.access.Access;

/** What both edges ask before they do anything for a call: who makes it, and whether they may. Whoever made it closes the tokens. */
public record Entry(Tokens tokens, Access access) {
}
