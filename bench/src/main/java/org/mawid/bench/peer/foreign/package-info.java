/**
 * What servers that are not ours have in common: where they are installed, a process and a folder of their own that are gone afterwards, somebody
 * who ends holds whose time is over, and the question whether they wait for the disk.
 * <p>Door: {@code ForeignPeer}, for whoever adds one. Thread: whoever runs the benchmark; {@code Sweeper} has its own. Not here: what any of them is told to do.
 */
package org.mawid.bench.peer.foreign;
