/**
 * What is kept of persons, sealed with a key for each of them (envelope encryption): who destroys that key has erased the person, whatever copies of the sealed bytes there are.
 * <p>Doors: {@link org.mawid.api.sealed.Seals} seals, opens and erases; {@link org.mawid.api.sealed.Identity} makes the 64-bit key under which the core knows a person. What
 * they are wrapped with is a {@link org.mawid.api.sealed.MasterKey}: from a file, or in a token (see {@code pkcs11}). Threads: any that may wait for a disk, never an event loop. What is destroyed is so at once, also for
 * another process: no key is remembered in memory.
 * <p>The keys are in a folder of their own ({@code keys} in the data directory), which {@code mawid backup} leaves out: it is backed up apart, and those copies are kept for no longer than an erased person may still be
 * read, for a copy of a key outlives its destruction. The master key is in neither. Not here: where sealed bytes are (see {@code store}), what they mean.
 */
package org.mawid.api.sealed;
