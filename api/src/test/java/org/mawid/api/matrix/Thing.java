package org.mawid.api.matrix;

import java.util.EnumSet;
import java.util.Set;

/** What a call can name. */
enum Thing {
    POST, POST_CODE, DESK, DESK_CODE, TERMINAL, TICKET, CLOSURE, CHANGE, BATCH, BREAK, WAITER, APPLICATION, HOLD, APPOINTMENT, STAMP, PAYMENT, PERSON,
    /** Of the stamp. */
    SECRET;

    private static final Set<Thing> PERSONAL = EnumSet.range(WAITER, PERSON);

    /** Whether it has to be theirs, for somebody who may do it with what is theirs only. @param cell of the matrix */
    boolean isConcerned(final String cell) {
        return cell.equals("post") || (cell.equals("own") || cell.equals("user")) && PERSONAL.contains(this);
    }
}
