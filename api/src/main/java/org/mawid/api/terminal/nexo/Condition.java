package org.mawid.api.terminal.nexo;

/** Why a service failed, as {@code ErrorCondition} says it. */
public enum Condition {
    /** None was given. */
    NONE(""),
    ABORTED("Aborted"),
    BUSY("Busy"),
    CANCEL("Cancel"),
    DEVICE_OUT("DeviceOut"),
    INSERTED_CARD("InsertedCard"),
    IN_PROGRESS("InProgress"),
    INVALID_CARD("InvalidCard"),
    LOGGED_OUT("LoggedOut"),
    MESSAGE_FORMAT("MessageFormat"),
    NOT_ALLOWED("NotAllowed"),
    NOT_FOUND("NotFound"),
    PAYMENT_RESTRICTION("PaymentRestriction"),
    REFUSAL("Refusal"),
    UNAVAILABLE_DEVICE("UnavailableDevice"),
    UNAVAILABLE_SERVICE("UnavailableService"),
    UNREACHABLE_HOST("UnreachableHost"),
    WRONG_PIN("WrongPIN"),
    /** One that is not in the protocol. */
    OTHER(null);

    private final String text;

    Condition(final String text) {
        this.text = text;
    }

    static Condition of(final String text) {
        for (final Condition condition : values()) {
            if (condition.text != null && condition.text.equals(text)) {
                return condition;
            }
        }
        return OTHER;
    }
}
