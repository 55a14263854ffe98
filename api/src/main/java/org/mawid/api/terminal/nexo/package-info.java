/**
 * The till's side of the nexo Retailer protocol (Sale to POI, 3.1) in its JSON form: requests written, answers read. Unknown fields are passed
 * over; of the rest only what the till uses is kept, and a card number never is: it ends where it is parsed.
 * <p>Doors: {@link org.mawid.api.terminal.nexo.NexoWriter}, {@link org.mawid.api.terminal.nexo.NexoReader}. Threads: no state that is shared, any
 * thread. Not here: framing, correlation, what an answer means for a payment. Field names: the public descriptions of the protocol by those who
 * build terminals and tills.
 */
package org.mawid.api.terminal.nexo;
