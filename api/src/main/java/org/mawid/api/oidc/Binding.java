package org.mawid.api.oidc;

import com.nimbusds.jose.util.X509CertUtils;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.mawid.api.access.Role;

/**
 * Whether a token may come over a connection: one that is bound to a client's certificate (RFC 8705) with that certificate only, and those of some roles with any that is trusted. Immutable; any thread.
 *
 * @param roles whose tokens come over connections with a client's certificate only
 */
public record Binding(Set<Role> roles) {
    /** Tokens that are bound are so, and all others come over any connection. */
    public static final Binding USUAL = new Binding(Set.of());

    public Binding {
        roles = Set.copyOf(roles);
    }

    /** @param session of the connection, null = there is no TLS @return null = it may */
    public TokenTrouble trouble(final Authentication.Known known, final SSLSession session) {
        final boolean isBound = !known.certificate().isEmpty();
        if (!isBound && Collections.disjoint(roles, known.caller().roles())) {
            return null;
        }
        final X509Certificate shown = shown(session);
        if (shown == null) {
            return TokenTrouble.NO_CERTIFICATE;
        }
        return isBound && !known.certificate().equals(X509CertUtils.computeSHA256Thumbprint(shown).toString()) ? TokenTrouble.CERTIFICATE : null;
    }

    /** What the client has shown and was found good; null = nothing. */
    private static X509Certificate shown(final SSLSession session) {
        try {
            final Certificate[] chain = session == null ? new Certificate[0] : session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate shown ? shown : null;
        } catch (final SSLPeerUnverifiedException none) {
            return null;
        }
    }
}
