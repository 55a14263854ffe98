package org.mawid.api.terminal;

import java.util.List;

/**
 * What a terminal counted since its last reconciliation, to be held against the ledger.
 *
 * @param reconciliationId the terminal's number of the period; empty when it gave none
 * @param isRepeated       the answer to an earlier request, which had been lost
 */
public record TerminalTotals(int terminalId, int postId, String reconciliationId, boolean isRepeated, List<OfCurrency> currencies) {
    public TerminalTotals {
        currencies = List.copyOf(currencies);
    }

    /**
     * In minor units of the currency.
     *
     * @param others how often money moved in a way that the till never asks for, as a refund typed in at the terminal
     */
    public record OfCurrency(String currency, long payments, long paymentsMinor, long reversals, long reversalsMinor, long others, long othersMinor) {
    }
}
