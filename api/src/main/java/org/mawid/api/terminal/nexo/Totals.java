package org.mawid.api.terminal.nexo;

/**
 * One line of a terminal's totals.
 *
 * @param kind   what was counted
 * @param count  how often
 * @param amount of all of them; it may be faulty
 */
public record Totals(Kind kind, long count, Amount amount) {
    /** What a line of totals counts. */
    public enum Kind {
        PAYMENT,
        REVERSAL,
        /** Anything that moves money and that the till never asks for. */
        OTHER,
        /** Declined and failed: no money. */
        NOTHING
    }

    static Kind kind(final String transactionType) {
        return switch (transactionType) {
            case "Debit" -> Kind.PAYMENT;
            case "ReverseDebit" -> Kind.REVERSAL;
            case "Declined", "Failed" -> Kind.NOTHING;
            default -> Kind.OTHER;
        };
    }
}
