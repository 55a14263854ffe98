package org.mawid.api.access;

import org.mawid.api.gateway.ReferenceKind;

/** What somebody may own, or a post. */
public enum ObjectKind {
    POST(null, false), POOL(null, false), TERMINAL(null, false), TICKET(null, false), CLOSURE(null, false),
    CHANGE(ReferenceKind.CHANGE, false), BATCH(ReferenceKind.BATCH, false), BREAK(ReferenceKind.BREAK, false),
    WAITER(null, true), APPLICATION(ReferenceKind.APPLICATION, true), HOLD(ReferenceKind.HOLD, true), APPOINTMENT(ReferenceKind.APPOINTMENT, true),
    STAMP(ReferenceKind.STAMP, true), PAYMENT(ReferenceKind.PAYMENT, true),
    /** An applicant, of no post. */
    PERSON(null, true);

    private final ReferenceKind reference;
    private final boolean personal;

    ObjectKind(final ReferenceKind reference, final boolean personal) {
        this.reference = reference;
        this.personal = personal;
    }

    static ObjectKind of(final ReferenceKind reference) {
        return valueOf(reference.name());
    }

    /** How the edges name it; null = by its number. */
    public ReferenceKind reference() {
        return reference;
    }

    /** Whether it is somebody's. */
    public boolean isPersonal() {
        return personal;
    }

    /** Whether it is a post's. */
    boolean isOfPost() {
        return this != PERSON;
    }
}
