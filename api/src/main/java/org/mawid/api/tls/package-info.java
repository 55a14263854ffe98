/**
 * Certificate and key of the server, the same for both edges, and when another pair takes their place.
 * <p>Door: {@link org.mawid.api.tls.TlsIdentity}. Threads: the one that looks; handshakes on any. Not here: where to listen, and
 * what is trusted of clients.
 */
package org.mawid.api.tls;
