/**
 * Certificate and key of the server, the same for both edges, and when another pair takes their place; and which certificates clients may show.
 * <p>Door: {@link org.mawid.api.tls.TlsIdentity}. Threads: the one that looks; handshakes on any. Not here: where to listen, and
 * which tokens are bound to a client's certificate ({@code oidc}).
 */
package org.mawid.api.tls;
