/**
 * The work, the same for every peer: where it takes place, what a client asks for next, the books of what it was told, and what a peer and
 * its clients have to be able to do.
 * <p>Doors: {@code Peer} and {@code Drive}, which each peer implements; {@code Books}, which say what is asked for. Thread: the books of one client one
 * thread at a time; {@code Ground} and {@code Questions} any. Not here: any server, any wire.
 */
package org.mawid.bench.peer.work;
