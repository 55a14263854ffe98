package org.mawid.api.server;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.mawid.api.access.Role;
import org.mawid.api.oidc.Binding;
import org.mawid.api.tls.ClientCertificates;
import org.mawid.api.tls.TlsFiles;

/** TLS of both edges, as the settings say. */
final class Tls {
    private Tls() {
    }

    /** @throws IllegalArgumentException in one line, naming the setting */
    static void check(final Settings settings) {
        if (settings.text(EdgeSetting.TLS_CERTIFICATE).isEmpty() != settings.text(EdgeSetting.TLS_KEY).isEmpty()) {
            throw new IllegalArgumentException(EdgeSetting.TLS_CERTIFICATE.key() + " and " + EdgeSetting.TLS_KEY.key() + " go together: give both or none");
        }
        reloadMs(settings);
        final boolean isOff = clients(settings) == ClientCertificates.OFF;
        if (isOff != settings.text(EdgeSetting.TLS_CLIENT_CA).isEmpty() || !isOff && settings.text(EdgeSetting.TLS_CERTIFICATE).isEmpty()) {
            throw new IllegalArgumentException(EdgeSetting.TLS_CLIENT.key() + ", " + EdgeSetting.TLS_CLIENT_CA.key() + " and " + EdgeSetting.TLS_CERTIFICATE.key() + " go together: clients show a certificate over TLS, of an authority that is known");
        }
        if (!binding(settings).roles().isEmpty() && (isOff || SignIn.isOff(settings))) {
            throw new IllegalArgumentException(EdgeSetting.TLS_CLIENT_ROLES.key() + " needs " + EdgeSetting.TLS_CLIENT.key() + " and " + EdgeSetting.OIDC_ISSUER.key() + " as well");
        }
    }

    /** Null = none. */
    static TlsFiles files(final Settings settings) {
        final String certificate = settings.text(EdgeSetting.TLS_CERTIFICATE);
        if (certificate.isEmpty()) {
            return null;
        }
        final TlsFiles files = TlsFiles.of(Path.of(certificate), Path.of(settings.text(EdgeSetting.TLS_KEY)), reloadMs(settings));
        final ClientCertificates clients = clients(settings);
        return clients == ClientCertificates.OFF ? files : files.asking(clients, Path.of(settings.text(EdgeSetting.TLS_CLIENT_CA)));
    }

    static Binding binding(final Settings settings) {
        final Set<Role> roles = EnumSet.noneOf(Role.class);
        for (final String word : settings.list(EdgeSetting.TLS_CLIENT_ROLES)) {
            final Role role = Role.of(word);
            if (role == null) {
                throw new IllegalArgumentException(EdgeSetting.TLS_CLIENT_ROLES.key() + ": '" + word + "' is no role that a token gives");
            }
            roles.add(role);
        }
        return new Binding(roles);
    }

    private static ClientCertificates clients(final Settings settings) {
        return switch (settings.text(EdgeSetting.TLS_CLIENT)) {
            case "off" -> ClientCertificates.OFF;
            case "wanted" -> ClientCertificates.WANTED;
            case "required" -> ClientCertificates.REQUIRED;
            default -> throw settings.wrong(EdgeSetting.TLS_CLIENT);
        };
    }

    private static long reloadMs(final Settings settings) {
        return settings.number(EdgeSetting.TLS_RELOAD_MS, 100, 86_400_000);
    }
}
