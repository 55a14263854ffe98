package org.mawid.api.sealed;

/** What was sealed. The names are part of what is authenticated: they never change. */
public enum Kind {
    /** A text between a post and an applicant, in UTF-8. */
    MESSAGE,
    /** A file that an applicant has given, as it was given. */
    DOCUMENT,
    /** A part of such a file on its way. */
    PART,
    /** A small picture of such a file's first page, PNG. */
    THUMBNAIL,
    /** Where a person wants to be reached, JSON. */
    CONTACTS,
    /** A text of the call centre for whoever takes over, in UTF-8. */
    NOTE,
    /** Why an officer has rejected lines, or asked for documents, in UTF-8. */
    REASON,
    /** Who a person is: profile and identity numbers, JSON. */
    IDENTITIES
}
