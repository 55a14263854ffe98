/**
 * What changes, as it changes: a snapshot of days, then events from a cursor on.
 * <p>Threads: a few of its own, because an old cursor is read from a file; never an event loop. Not here: how events are kept.
 */
package org.mawid.api.watch;
