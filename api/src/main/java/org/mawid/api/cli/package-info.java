/**
 * The commands of {@code mawid}: each reads its flags, calls one room, and says in one line what went wrong and what to do.
 * Exit codes: 0 done, 1 failed or not whole, 2 not understood.
 * <p>Thread: the main thread. Not here: what is done.
 */
package org.mawid.api.cli;
