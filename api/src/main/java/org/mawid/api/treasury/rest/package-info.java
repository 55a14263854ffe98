/**
 * Talks to the treasury over HTTP: token, time-outs, repetition, and a rest for a treasury that is down.
 * <p>Door: {@link org.mawid.api.treasury.rest.RestTreasury}. Thread: any; answers come on Vert.x's event loops. Not here: the words (see {@code wire}), what follows from an
 * answer (see {@code order}).
 */
package org.mawid.api.treasury.rest;
