/**
 * The treasury's prices beside the catalogue's: what differs is told, or set when the settings say so.
 * <p>Door: {@link org.mawid.api.treasury.tariff.TariffRound}. Threads: any; files are read and written by workers. Not here: how the treasury is reached, and the core's rules for tariffs.
 */
package org.mawid.api.treasury.tariff;
