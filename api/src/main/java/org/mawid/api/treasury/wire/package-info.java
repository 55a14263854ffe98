/**
 * The words of the treasury's interface over HTTP. They are guessed, all of them, and all of them are here.
 * <p>Door: {@link org.mawid.api.treasury.wire.GuessedInterface}. Thread: any. Not here: connections, signatures, what follows from an answer.
 */
package org.mawid.api.treasury.wire;
