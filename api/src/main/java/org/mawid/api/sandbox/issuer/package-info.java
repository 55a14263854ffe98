/**
 * An issuer of bearer tokens to play with: it gives a token of any role to whoever asks, and so listens on loopback only.
 * <p>Door: {@link org.mawid.api.sandbox.issuer.SandboxIssuer}. Threads: the one event loop of the Vert.x that it is given. Not here: whether a token is
 * good, and what may be done with it, which are the server's as ever.
 */
package org.mawid.api.sandbox.issuer;
