/**
 * Waiting by one's own wish, and cooling of given-back room, over gRPC.
 * <p>Doors: {@link org.mawid.api.waitlist.WaitlistGrpc}; {@link org.mawid.api.waitlist.WaitlistMapping} for commands in batches. Who waits, and where in
 * line, is read where those are who lost a visit: {@code closure}.
 */
package org.mawid.api.waitlist;
