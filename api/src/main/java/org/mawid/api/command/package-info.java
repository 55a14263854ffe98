/**
 * Any command, many at a time: streams, batches in two encodings, and what became of a request.
 * <p>Threads: an event loop for each call; the core's thread only fills in numbers. Not here: the mapping of a single command,
 * which is its capability's.
 */
package org.mawid.api.command;
