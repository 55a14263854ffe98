/**
 * What each client sent and got, as JSON lines that are in the file before anything is sent, and the same read back and balanced.
 * <p>Doors: {@link org.mawid.bench.release.history.History} writes, {@link org.mawid.bench.release.history.HistoryCheck} reads.
 * <p>Threads: written by the one that decides; read back by whoever asks, when all is over. Not here: what a run needs to know while it goes on: those are the {@code books}.
 */
package org.mawid.bench.release.history;
