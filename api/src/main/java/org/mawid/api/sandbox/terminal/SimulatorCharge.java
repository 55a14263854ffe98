package org.mawid.api.sandbox.terminal;

import java.math.BigDecimal;

/**
 * What was taken from a card, in make-believe.
 *
 * @param transaction     the terminal's number of it
 * @param saleTransaction the till's number of the payment
 */
public record SimulatorCharge(String transaction, String saleTransaction, BigDecimal amount, String currency, boolean isReversed) {
    SimulatorCharge reversed() {
        return new SimulatorCharge(transaction, saleTransaction, amount, currency, true);
    }
}
