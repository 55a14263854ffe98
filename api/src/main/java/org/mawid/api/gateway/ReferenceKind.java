package org.mawid.api.gateway;

/** What a reference stands for. A reference of one kind is never a valid one of another. */
public enum ReferenceKind {
    APPLICATION,
    APPOINTMENT,
    HOLD,
    CHANGE,
    STAMP,
    PAYMENT,
    BATCH,
    BREAK;

    /** How a permuted number becomes check symbol and packed form; fixed for ever, since references are printed on paper. */
    int tag() {
        return switch (this) {
            case STAMP -> 0;
            case APPLICATION -> 1;
            case APPOINTMENT -> 2;
            case HOLD -> 3;
            case CHANGE -> 4;
            case PAYMENT -> 5;
            case BATCH -> 6;
            case BREAK -> 7;
        };
    }
}
