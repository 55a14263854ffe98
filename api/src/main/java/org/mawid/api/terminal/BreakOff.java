package org.mawid.api.terminal;

/** What it comes to when an officer breaks a payment off. Whatever it is, what became of the payment is told as of any other. */
public enum BreakOff {
    /** The terminal had not been asked, and will not be: it is told as cancelled. */
    NEVER_ASKED,
    /** The terminal was told, now or before. It may have been charged all the same: its answer decides. */
    TOLD,
    /** It is not with a customer: decided, or what became of it is being asked. */
    NOT_IN_HAND,
    /** Nobody has registered the terminal. */
    UNKNOWN_TERMINAL
}
