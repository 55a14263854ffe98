package org.mawid.api.terminal;

import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;

/** TLS as a terminal's registration says. */
final class TlsOptions {
    private TlsOptions() {
    }

    static void apply(final TerminalTls tls, final ClientOptionsBase options) {
        if (tls == null) {
            return;
        }
        options.setSsl(true);
        if (tls.trusted() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(tls.trusted().toString()));
        }
        if (tls.certificate() != null) {
            options.setKeyCertOptions(new PemKeyCertOptions().setCertPath(tls.certificate().toString()).setKeyPath(tls.key().toString()));
        }
    }
}
