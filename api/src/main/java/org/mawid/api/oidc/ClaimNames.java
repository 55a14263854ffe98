package org.mawid.api.oidc;

/**
 * Where a token says what. Dots lead into objects, as in {@code realm_access.roles}.
 *
 * @param roles  a list of words, or one text with blanks between them; those that are no {@link org.mawid.api.access.Role#word()} are passed over
 * @param posts  codes of posts, likewise
 * @param portal name of a portal
 * @param person key of an applicant, 16 hexadecimal digits
 */
public record ClaimNames(String roles, String posts, String portal, String person) {
    public static final ClaimNames USUAL = new ClaimNames("roles", "posts", "portal", "person");
}
