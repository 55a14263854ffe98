/**
 * What the treasury's adapter asks of the ledger and of the treasury: two interfaces, the commands that go in, and the values that both speak of.
 * <p>Doors: {@link org.mawid.api.treasury.port.PaymentPort} towards the core, {@link org.mawid.api.treasury.port.Treasury} towards the treasury. Thread: any;
 * all values are immutable. Not here: a wire, a file, a retry.
 */
package org.mawid.api.treasury.port;
