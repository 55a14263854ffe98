package org.mawid.api.terminal.nexo;

/** What a message is about, as {@code MessageCategory} says it; those that the till uses. */
public enum Category {
    LOGIN("Login"),
    PAYMENT("Payment"),
    REVERSAL("Reversal"),
    TRANSACTION_STATUS("TransactionStatus"),
    RECONCILIATION("Reconciliation"),
    ABORT("Abort"),
    DIAGNOSIS("Diagnosis"),
    EVENT("Event"),
    /** Whatever else a terminal may say: displays, input, printing. */
    OTHER("");

    private final String text;

    Category(final String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static Category of(final String text) {
        for (final Category category : values()) {
            if (category != OTHER && category.text.equals(text)) {
                return category;
            }
        }
        return OTHER;
    }
}
