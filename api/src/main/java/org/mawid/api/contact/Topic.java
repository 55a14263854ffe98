package org.mawid.api.contact;

/** What somebody wants to be told of. Names are kept sealed and told to clients: they never change. */
public enum Topic {
    /** A visit was confirmed, moved, cancelled or displaced. */
    APPOINTMENT,
    /** A visit is offered, or the offer has lapsed. */
    OFFER,
    /** A post needs documents. */
    DOCUMENTS,
    /** A post or the call centre has written. */
    MESSAGE,
    /** A visit is near: is it still wanted? */
    REMINDER,
    /** Lines of an application were validated or rejected, or have expired. */
    DECISION
}
