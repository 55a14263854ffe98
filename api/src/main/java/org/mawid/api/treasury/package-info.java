/**
 * The treasury's adapter: orders and hosted pages, its call-backs, the rounds over what is pending and what is to be given back, its prices and statements, our closings.
 * <p>Doors: {@link org.mawid.api.treasury.TreasuryAdapter} (online payments), {@link org.mawid.api.treasury.StatementIntake} (files). Threads: the adapter on any, answers on Vert.x's event loops; the
 * intake blocks, and belongs on a worker. Order of the rooms: {@code port}, {@code wire}, {@code rest}, {@code order}, {@code callback}, {@code statement}, {@code matching},
 * {@code closing}, {@code engine}, {@code tariff}; none knows a later one. Not here: the ledger, which is behind {@link org.mawid.api.treasury.port.PaymentPort} and for a running server in {@code engine}; the
 * sandbox, which knows nothing of this.
 */
package org.mawid.api.treasury;
