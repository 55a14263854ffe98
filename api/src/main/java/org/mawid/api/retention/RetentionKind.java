package org.mawid.api.retention;

import org.mawid.api.person.Held;

/** What a rule is about. */
public enum RetentionKind {
    /** With their small pictures. */
    DOCUMENTS,
    MESSAGES,
    /** Of the call centre, for whoever takes over. */
    NOTES,
    CONTACTS,
    /** That have ended. */
    CALLBACKS,
    /** Sealed things that stand in no book, as a server that was killed leaves them. */
    ORPHANS;

    /** Null when no rule is about it. */
    static RetentionKind of(final Held held) {
        return switch (held.kind()) {
            case DOCUMENT, THUMBNAIL -> DOCUMENTS;
            case MESSAGE, REASON -> MESSAGES;
            case NOTE -> NOTES;
            case CONTACTS -> CONTACTS;
            case PART, IDENTITIES -> null; // who comes again, however late, is the same person
        };
    }
}
