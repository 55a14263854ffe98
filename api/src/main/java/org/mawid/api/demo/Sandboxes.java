package org.mawid.api.demo;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.mawid.api.gateway.SecretFile;
import org.mawid.api.http.OnlinePayments;
import org.mawid.api.sandbox.issuer.SandboxIssuer;
import org.mawid.api.sandbox.terminal.SimulatorSettings;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.mawid.api.sandbox.treasury.SandboxSettings;
import org.mawid.api.sandbox.treasury.SandboxTreasury;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.Settings;
import org.mawid.engine.Setting;

/**
 * One simulated terminal, one sandbox treasury and, unless everybody may do anything, an issuer of tokens beside a demo, on loopback, on any free ports and with secrets of their own; the server finds them by its usual settings and knows no difference. Where the operator
 * has named a terminal list, a treasury or an issuer, that one is left to it. What they have charged is forgotten when they end.
 */
public final class Sandboxes implements AutoCloseable {
    /** As which the terminal is registered. */
    static final int TERMINAL = 1;
    private static final String CLIENT = "mawid-demo";
    private static final String POI = "SIMULATED-1";
    private static final String CURRENCY = "EUR"; // of the post where the first steps are
    private static final int MINOR_DIGITS = 2;
    private static final long CUSTOMER_MS = 700;
    private static final long SLOW_MS = 5_000;
    private static final String ROUND_MS = "2000";
    private static final int SECRET_BYTES = 24;
    private static final long WAIT_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Path folder;
    private TerminalSimulator terminal;
    private SandboxTreasury treasury;
    private SandboxIssuer issuer;
    private volatile LongSupplier nowMs = System::currentTimeMillis;

    private Sandboxes(final Path folder) {
        this.folder = folder;
    }

    /** @param asked what the operator has asked for @param roles whether calls are to be asked who makes them @throws IOException the temporary folder cannot be written, or no port is to be had */
    public static Sandboxes start(final Settings asked, final boolean roles) throws IOException, InterruptedException {
        final Sandboxes sandboxes = new Sandboxes(Files.createTempDirectory("mawid-sandbox"));
        try {
            if (asked.text(EdgeSetting.OIDC_ISSUER).isEmpty() && roles) {
                sandboxes.startIssuer(asked);
            }
            if (asked.text(EdgeSetting.TERMINALS_FILE).isEmpty()) {
                sandboxes.startTerminal();
            }
            if (asked.text(EdgeSetting.TREASURY_URL).isEmpty()) {
                sandboxes.startTreasury(asked);
            }
            return sandboxes;
        } catch (final IOException | InterruptedException | RuntimeException e) {
            sandboxes.close();
            throw e;
        }
    }

    private void startTerminal() throws IOException {
        terminal = TerminalSimulator.start(vertx, SimulatorSettings.of(POI, CURRENCY, MINOR_DIGITS).withTimes(CUSTOMER_MS, SLOW_MS));
        final Path list = folder.resolve("terminals");
        Files.writeString(list, TERMINAL + " tcp://127.0.0.1:" + terminal.tcpPort() + " poi=" + POI + '\n');
        settings.put(EdgeSetting.TERMINALS_FILE.key(), list.toString());
    }

    private void startTreasury(final Settings asked) throws IOException, InterruptedException {
        final String client = secret();
        final String callBacks = secret();
        try {
            // No delay: what is paid today can be reconciled today.
            treasury = SandboxTreasury.start(vertx, SandboxSettings.usual(CLIENT, client, callBacks.getBytes(StandardCharsets.US_ASCII)).withTerms(120, 0, 0), 0, () -> nowMs.getAsLong(),
                    System::currentTimeMillis).await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException late) {
            throw new IOException("the sandbox treasury does not start: its event loop does not answer", late);
        }
        settings.put(EdgeSetting.TREASURY_URL.key(), treasury.base());
        settings.put(EdgeSetting.TREASURY_TOKEN_URL.key(), treasury.base() + "/oauth/token");
        settings.put(EdgeSetting.TREASURY_CLIENT.key(), CLIENT);
        settings.put(EdgeSetting.TREASURY_SECRET_FILE.key(), written("client", client));
        if (asked.text(EdgeSetting.TREASURY_CALLBACK_KEYS).isEmpty() && asked.text(EdgeSetting.TREASURY_CALLBACK_SECRET_FILE).isEmpty()) {
            settings.put(EdgeSetting.TREASURY_CALLBACK_SECRET_FILE.key(), written("call-backs", callBacks));
        }
        if (asked.text(EdgeSetting.TREASURY_ROUND_MS).equals(EdgeSetting.TREASURY_ROUND_MS.defaultText())) {
            settings.put(EdgeSetting.TREASURY_ROUND_MS.key(), ROUND_MS);
        }
    }

    private void startIssuer(final Settings asked) throws IOException, InterruptedException {
        if (!asked.engine().isOn(Setting.RECORDS)) {
            throw new IllegalArgumentException("a demo asks who calls, which needs " + Setting.RECORDS.key() + " = true: they say whose everything is; or give --no-roles");
        }
        issuer = SandboxIssuer.start(vertx, InetAddress.getByName(asked.text(EdgeSetting.BIND)));
        settings.put(EdgeSetting.OIDC_ISSUER.key(), issuer.url());
        settings.put(EdgeSetting.OIDC_AUDIENCE.key(), SandboxIssuer.AUDIENCE);
    }

    private static String secret() {
        final byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String written(final String name, final String secret) throws IOException {
        SecretFile.write(folder.resolve(name), secret + '\n');
        return folder.resolve(name).toString();
    }

    /** By which a server finds them. */
    public Map<String, String> settings() {
        return settings;
    }

    /** The server is there. @param url of HTTP, without a path @param engineMs by which the treasury's days end */
    public void serve(final String url, final LongSupplier engineMs) {
        nowMs = engineMs;
        if (treasury != null && url.startsWith("http:")) { // a certificate it could not check: then the server asks by itself
            treasury.callBackTo(URI.create(url + OnlinePayments.CALL_BACKS_PATH));
        }
    }

    /** Whether calls have to bring its tokens. */
    public boolean hasIssuer() {
        return issuer != null;
    }

    boolean hasTerminal() {
        return terminal != null;
    }

    /** Where the treasury is; null when it is the operator's. */
    String treasury() {
        return treasury == null ? null : treasury.base();
    }

    /** Where the issuer gives tokens; null when there is none. */
    String tokens() {
        return issuer == null ? null : issuer.url() + "/token";
    }

    /** What can be done with them, a line each. */
    List<String> told() {
        final List<String> lines = new ArrayList<>();
        if (terminal != null) {
            lines.add("terminal " + TERMINAL + " (simulated, charges nobody)   http://127.0.0.1:" + terminal.controlPort() + "  GET /charges, /behaviours; POST /next {\"behaviour\":\"DECLINE\"}");
        }
        if (treasury != null) {
            lines.add("treasury (a sandbox, no money moves)     " + treasury.base() + "  GET /v1/statements/EUR/DATE; POST /sandbox/faults {\"next\":[\"SLOW\"]}");
        }
        if (issuer != null) {
            lines.add("issuer (gives any role to whoever asks)  " + tokens() + "?role=officer&post=MA-CG-PARIS");
        }
        return lines;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (terminal != null) {
            terminal.close();
        }
        if (treasury != null) {
            treasury.close();
        }
        if (issuer != null) {
            issuer.close();
        }
        try {
            vertx.close().await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException late) {
            throw new IOException("the sandboxes do not end", late);
        } finally {
            try (var files = Files.list(folder)) {
                for (final Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
