package org.mawid.api.server;

import java.net.URI;
import org.mawid.api.access.Access;
import org.mawid.api.audit.AddressHash;
import org.mawid.api.audit.Audit;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.OwnCommands;
import org.mawid.api.gateway.ReferenceKeys;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.limit.Limits;
import org.mawid.api.oidc.Binding;
import org.mawid.api.oidc.ClaimNames;
import org.mawid.api.oidc.Entry;
import org.mawid.api.oidc.OidcConfig;
import org.mawid.api.oidc.Tokens;
import org.mawid.engine.Setting;

/** Who is asked who they are, as the settings say; also when nobody is. */
final class SignIn implements AutoCloseable {
    private final Tokens tokens;
    private final Limits limits;
    private final Binding binding;
    private AddressHash addresses;
    /** Null until it is open, and when nobody is asked. */
    private Audit audit;

    private SignIn(final Tokens tokens, final Limits limits, final Binding binding) {
        this.binding = binding;
        this.limits = limits;
        this.tokens = tokens;
    }

    /** @throws IllegalArgumentException in one line, naming the setting */
    static void check(final Settings settings) {
        if (isOff(settings)) {
            if (!settings.text(EdgeSetting.OIDC_AUDIENCE).isEmpty()) {
                throw new IllegalArgumentException(EdgeSetting.OIDC_AUDIENCE.key() + " is for tokens: give " + EdgeSetting.OIDC_ISSUER.key() + " as well, or leave it out");
            }
            return;
        }
        if (settings.text(EdgeSetting.OIDC_AUDIENCE).isBlank()) {
            throw new IllegalArgumentException(EdgeSetting.OIDC_ISSUER.key() + " needs " + EdgeSetting.OIDC_AUDIENCE.key() + " as well: " + EdgeSetting.OIDC_AUDIENCE.purpose());
        }
        if (!settings.engine().isOn(Setting.RECORDS)) {
            throw new IllegalArgumentException(EdgeSetting.OIDC_ISSUER.key() + " needs " + Setting.RECORDS.key() + " = true: they say whose everything is");
        }
        config(settings);
    }

    static boolean isOff(final Settings settings) {
        return settings.text(EdgeSetting.OIDC_ISSUER).isEmpty();
    }

    static SignIn of(final Settings settings) {
        return isOff(settings) ? new SignIn(null, Limits.NONE, Binding.USUAL) : new SignIn(new Tokens(config(settings)), Limiting.limits(settings), Tls.binding(settings));
    }

    private static OidcConfig config(final Settings settings) {
        try {
            return OidcConfig.of(URI.create(settings.text(EdgeSetting.OIDC_ISSUER)), settings.text(EdgeSetting.OIDC_AUDIENCE), settings.text(EdgeSetting.OIDC_ALGORITHMS),
                    new ClaimNames(settings.text(EdgeSetting.OIDC_CLAIM_ROLES), settings.text(EdgeSetting.OIDC_CLAIM_POSTS), settings.text(EdgeSetting.OIDC_CLAIM_PORTAL),
                            settings.text(EdgeSetting.OIDC_CLAIM_PERSON)));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("mawid.oidc: " + e.getMessage(), e);
        }
    }

    SignIn countedBy(final EdgeMetrics metrics) {
        metrics.countLimits(limits::count);
        return this;
    }

    /** @param keys by which the log knows where calls come from */
    SignIn hashingBy(final ReferenceKeys keys) {
        addresses = new AddressHash(keys);
        return this;
    }

    /** Of what is deleted by rule; nothing when nobody is asked who they are. */
    void swept(final long things) {
        if (audit != null) {
            audit.swept(things);
        }
    }

    /** Null when whoever calls may do anything. */
    Entry open(final Gateway gateway) {
        if (tokens == null) {
            return null;
        }
        audit = new Audit(new OwnCommands(gateway.engine()), gateway::nowMs, addresses);
        return new Entry(tokens, new Access(gateway, tokens::leftMs, audit), limits, binding);
    }

    @Override
    public void close() {
        if (audit != null) {
            audit.close();
        }
        if (tokens != null) {
            tokens.close();
        }
    }
}
