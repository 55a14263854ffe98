package org.mawid.api.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.http.OnlinePayments;
import org.mawid.api.treasury.TreasuryAdapter;
import org.mawid.api.treasury.callback.HmacCheck;
import org.mawid.api.treasury.callback.JwsCheck;
import org.mawid.api.treasury.callback.SignatureCheck;
import org.mawid.api.treasury.engine.EnginePayments;
import org.mawid.api.treasury.order.RoundRules;
import org.mawid.api.treasury.rest.RestTreasury;
import org.mawid.api.treasury.rest.TreasuryConfig;

/** The treasury as the settings name it: read at the start, so that what is missing is told then, asked from {@link #begin} to {@link #close}. One thread. */
final class TreasuryLink implements AutoCloseable {
    private static final int ATTEMPTS = 4;
    private static final int BACKOFF_MS = 200;
    /** What a question takes with its repetitions, in answers. */
    private static final int DEADLINE_ANSWERS = 3;
    /** How long it is left alone when it fails, in answers. Source: our estimate. */
    private static final int REST_ANSWERS = 2;

    /** Null when there is no treasury, as signature, too. */
    private final TreasuryConfig config;
    private final SignatureCheck signature;
    private final long roundMs;
    private final Settings settings;
    private EdgeMetrics metrics = new EdgeMetrics();
    private RestTreasury rest;
    private TreasuryRounds rounds;
    private TreasuryAdapter adapter;

    private TreasuryLink(final TreasuryConfig config, final SignatureCheck signature, final long roundMs, final Settings settings) {
        this.config = config;
        this.signature = signature;
        this.roundMs = roundMs;
        this.settings = settings;
    }

    /** @throws IllegalArgumentException in one line: what is wrong or missing, and what to give */
    static void check(final Settings settings) {
        settings.number(EdgeSetting.TREASURY_TIMEOUT_MS, 100, 10_000);
        settings.number(EdgeSetting.TREASURY_ROUND_MS, 100, 3_600_000);
        if (isOff(settings)) {
            for (final EdgeSetting setting : EdgeSetting.values()) {
                if (setting.key().startsWith("mawid.treasury.") && setting.defaultText().isEmpty() && !settings.text(setting).isEmpty()) {
                    throw new IllegalArgumentException(setting.key() + " is for a treasury: give " + EdgeSetting.TREASURY_URL.key() + " as well, or leave it out");
                }
            }
            return;
        }
        SettingFiles.address(settings, EdgeSetting.TREASURY_URL);
        if (!settings.text(EdgeSetting.TREASURY_TOKEN_URL).isEmpty()) {
            SettingFiles.address(settings, EdgeSetting.TREASURY_TOKEN_URL);
        }
        needed(settings, EdgeSetting.TREASURY_CLIENT);
        needed(settings, EdgeSetting.TREASURY_SECRET_FILE);
        if (settings.text(EdgeSetting.TREASURY_CALLBACK_SECRET_FILE).isEmpty() == settings.text(EdgeSetting.TREASURY_CALLBACK_KEYS).isEmpty()) {
            throw new IllegalArgumentException("give one of " + EdgeSetting.TREASURY_CALLBACK_SECRET_FILE.key() + " and " + EdgeSetting.TREASURY_CALLBACK_KEYS.key()
                    + ": by it the treasury's call-backs are told from everybody else's");
        }
        if (settings.text(EdgeSetting.TREASURY_CERTIFICATE).isEmpty() != settings.text(EdgeSetting.TREASURY_KEY).isEmpty()) {
            throw new IllegalArgumentException(EdgeSetting.TREASURY_CERTIFICATE.key() + " and " + EdgeSetting.TREASURY_KEY.key() + " go together: give both or none");
        }
    }

    /**
     * Also when there is none: then nothing is asked.
     *
     * @throws IOException a file cannot be read, or holds something else; names the setting
     */
    static TreasuryLink of(final Settings settings) throws IOException {
        if (isOff(settings)) {
            return new TreasuryLink(null, null, 0, settings);
        }
        final int timeoutMs = (int) settings.number(EdgeSetting.TREASURY_TIMEOUT_MS, 100, 10_000);
        final String token = settings.text(EdgeSetting.TREASURY_TOKEN_URL);
        final TreasuryConfig config = TreasuryConfig.of(SettingFiles.address(settings, EdgeSetting.TREASURY_URL), settings.text(EdgeSetting.TREASURY_CLIENT), secret(settings, EdgeSetting.TREASURY_SECRET_FILE))
                .withTimes(timeoutMs, DEADLINE_ANSWERS * timeoutMs, ATTEMPTS, BACKOFF_MS, REST_ANSWERS * timeoutMs)
                .withIdentity(SettingFiles.file(settings, EdgeSetting.TREASURY_TRUST), SettingFiles.file(settings, EdgeSetting.TREASURY_CERTIFICATE), SettingFiles.file(settings, EdgeSetting.TREASURY_KEY))
                .withTokenUrl(token.isEmpty() ? null : URI.create(token));
        return new TreasuryLink(config, signature(settings), settings.number(EdgeSetting.TREASURY_ROUND_MS, 100, 3_600_000), settings);
    }

    TreasuryLink countedBy(final EdgeMetrics counting) {
        metrics = counting;
        return this;
    }

    private static boolean isOff(final Settings settings) {
        return settings.text(EdgeSetting.TREASURY_URL).isEmpty();
    }

    private static void needed(final Settings settings, final EdgeSetting setting) {
        if (settings.text(setting).isEmpty()) {
            throw new IllegalArgumentException(EdgeSetting.TREASURY_URL.key() + " needs " + setting.key() + " as well: " + setting.purpose());
        }
    }

    private static String secret(final Settings settings, final EdgeSetting setting) throws IOException {
        return SettingFiles.secret(settings, setting, "speak for us at the treasury, or as the treasury to us");
    }

    private static SignatureCheck signature(final Settings settings) throws IOException {
        final EdgeSetting setting = settings.text(EdgeSetting.TREASURY_CALLBACK_KEYS).isEmpty() ? EdgeSetting.TREASURY_CALLBACK_SECRET_FILE : EdgeSetting.TREASURY_CALLBACK_KEYS;
        try {
            return setting == EdgeSetting.TREASURY_CALLBACK_KEYS ? new JwsCheck(keys(SettingFiles.text(settings, setting)), SignatureCheck.USUAL_WINDOW_MS)
                    : new HmacCheck(secret(settings, setting).getBytes(StandardCharsets.UTF_8), SignatureCheck.USUAL_WINDOW_MS);
        } catch (final ParseException | JOSEException | IllegalArgumentException e) { // their messages may quote what is in the file
            throw new IOException(setting.key() + ": " + settings.text(setting) + " cannot be used: it is to hold "
                    + (setting == EdgeSetting.TREASURY_CALLBACK_KEYS ? "a JWK Set with public keys on P-256, each with its kid" : "a secret of 16 bytes or more"));
        }
    }

    private static Map<String, ECPublicKey> keys(final String text) throws ParseException, JOSEException {
        final Map<String, ECPublicKey> keys = new HashMap<>();
        for (final JWK key : JWKSet.parse(text).getKeys()) {
            if (key instanceof ECKey curve && key.getKeyID() != null) {
                keys.put(key.getKeyID(), curve.toECPublicKey());
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key");
        }
        return keys;
    }

    /** @param vertx on which the treasury is asked and answered; to be closed after this @return null when there is none */
    OnlinePayments open(final Vertx vertx, final Gateway gateway) {
        if (config == null) {
            return null;
        }
        rest = new RestTreasury(vertx, config);
        final EnginePayments payments = new EnginePayments(vertx, gateway);
        adapter = new TreasuryAdapter(vertx, rest, payments, signature, RoundRules.USUAL, gateway::nowMs, System::currentTimeMillis);
        rounds = new TreasuryRounds(vertx, rest, payments, gateway, settings).countedBy(metrics);
        return new OnlinePayments(adapter, payments, rounds.tariffs());
    }

    /** Asks about what waits, now and from now on. */
    void begin() {
        if (adapter != null) {
            adapter.start(roundMs);
            rounds.begin();
        }
    }

    @Override
    public void close() {
        if (adapter != null) {
            rounds.close();
            adapter.close();
            rest.close();
        }
    }
}
