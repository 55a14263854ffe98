package org.mawid.api.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.mawid.api.demo.FirstSteps;
import org.mawid.api.demo.Sandboxes;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkImport;
import org.mawid.api.network.NetworkImport.Existing;
import org.mawid.api.network.NetworkImport.Others;
import org.mawid.api.network.NetworkImport.Publication;
import org.mawid.api.network.NetworkImportException;
import org.mawid.api.network.NetworkRefusedException;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineStartException;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the service until it is told to stop. */
@Command(name = "serve", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Serves a data directory over HTTP and gRPC until it is told to stop (Ctrl-C or SIGTERM).",
        footer = {"", "Example: mawid serve --data ./data --demo", "Every other setting: 'mawid settings'."})
public final class ServeCommand implements Callable<Integer> {
    private static final int DAYS_AHEAD = 365;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory; made when it is not there. With --demo the default is mawid-demo in the temporary folder.")
    private Path data;

    @Option(names = "--demo", description = "Bring the real 163 posts with a year of days into it, beside a simulated terminal and a sandbox treasury.")
    private boolean demo;

    @Option(names = "--roles", negatable = true, description = "With --demo: whether calls are asked who makes them, with tokens of an issuer beside it, on loopback only. They are, unless --no-roles is given.")
    private Boolean roles;

    @Option(names = "--http-port", paramLabel = "N", description = "Port of HTTP, 0 = any free one. Default 8080.")
    private Integer httpPort;

    @Option(names = "--grpc-port", paramLabel = "N", description = "Port of gRPC, 0 = any free one. Default 9090.")
    private Integer grpcPort;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Address to listen on. Default 127.0.0.1.")
    private String bind;

    @Option(names = "--insecure", description = "Listen beyond loopback although nobody is authenticated, or without TLS.")
    private boolean insecure;

    @Option(names = "--simulation", description = "Log time is supplied by the submitter; only on an empty directory, which can never be served live.")
    private boolean simulation;

    @Option(names = "--simulation-from", paramLabel = "DATE", description = "Where the time of a simulation begins, at 00:00 UTC. Default: with what the first call says; with --demo today.")
    private LocalDate simulationFrom;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings as lines KEY=VALUE; flags and environment win.")
    private Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting; may be repeated.")
    private Map<String, String> more = new LinkedHashMap<>();

    @Override
    public Integer call() {
        final PrintWriter err = spec.commandLine().getErr();
        try {
            final Settings settings = Settings.of(flags(), System.getenv(), config);
            if (roles != null && !demo) {
                throw new IllegalArgumentException("--roles is for a demo only: give " + EdgeSetting.OIDC_ISSUER.key() + " and " + EdgeSetting.OIDC_AUDIENCE.key() + " instead");
            }
            if (simulationFrom != null && !settings.engine().isOn(Setting.SIMULATION)) {
                throw new IllegalArgumentException("--simulation-from is for a simulation only: give --simulation as well");
            }
            return serve(settings);
        } catch (final IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        } catch (final EngineStartException | IOException | UncheckedIOException | NetworkImportException | NetworkRefusedException e) {
            err.println(FileTrouble.of(e));
            return 1;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private Map<String, String> flags() {
        final Map<String, String> flags = new LinkedHashMap<>(more);
        if (data != null) {
            flags.put(Setting.DATA.key(), data.toString());
        } else if (demo) {
            flags.put(Setting.DATA.key(), Path.of(System.getProperty("java.io.tmpdir"), "mawid-demo").toString());
        }
        if (httpPort != null) {
            flags.put(EdgeSetting.HTTP_PORT.key(), httpPort.toString());
        }
        if (grpcPort != null) {
            flags.put(EdgeSetting.GRPC_PORT.key(), grpcPort.toString());
        }
        if (bind != null) {
            flags.put(EdgeSetting.BIND.key(), bind);
        }
        if (insecure) {
            flags.put(EdgeSetting.INSECURE.key(), "true");
        }
        if (simulation) {
            flags.put(Setting.SIMULATION.key(), "true");
        }
        return flags;
    }

    private int serve(final Settings settings) throws EngineStartException, IOException, InterruptedException {
        final Stop stop = Stop.whenAsked();
        int code = 1;
        try {
            // Read beside the recovery: it takes as long as a short one.
            final CompletableFuture<NetworkFiles> files = CompletableFuture.supplyAsync(() -> files(settings));
            try (Sandboxes sandboxes = demo ? Sandboxes.start(settings, roles == null || roles) : null; Service service = Service.start(sandboxes == null ? settings : beside(sandboxes))) {
                stop.orderly();
                service.onHalt(reason -> Runtime.getRuntime().halt(1)); // the engine has said why; an orderly stop would promise what cannot be kept
                serve(service, settings, files, stop, sandboxes);
            }
            code = 0;
        } finally {
            stop.finish(code);
        }
        return code;
    }

    /** As asked, and where they are. */
    private Settings beside(final Sandboxes sandboxes) throws IOException {
        final Map<String, String> all = new LinkedHashMap<>(sandboxes.settings());
        all.putAll(flags());
        return Settings.of(all, System.getenv(), config);
    }

    /** @param sandboxes beside a demo, else null */
    private void serve(final Service service, final Settings settings, final CompletableFuture<NetworkFiles> reading, final Stop stop, final Sandboxes sandboxes)
            throws InterruptedException {
        final NetworkFiles files = joined(reading);
        service.network().follow(demo ? null : files);
        if (settings.engine().isOn(Setting.SIMULATION)) {
            begin(service.engine());
        }
        if (demo) {
            stop.interruptibly(() -> bringDemo(service, files, stop));
        }
        if (stop.isAsked()) {
            return;
        }
        service.ready();
        if (settings.text(EdgeSetting.OIDC_ISSUER).isEmpty() && (sandboxes == null || !sandboxes.hasIssuer())) {
            spec.commandLine().getErr().println("warning: nobody is asked who they are: whoever reaches the ports may do anything; give " + EdgeSetting.OIDC_ISSUER.key() + " and "
                    + EdgeSetting.OIDC_AUDIENCE.key());
        }
        final String host = host(settings.text(EdgeSetting.BIND)) + ':';
        if (demo) {
            tellFirstSteps(service, settings, host, sandboxes);
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.println("ready http=" + host + service.httpPort() + " grpc=" + host + service.grpcPort());
        out.flush();
        service.keepRecords();
        stop.await();
    }

    /** A simulation that has begun goes on where it was. A demo needs days, so a date. */
    private void begin(final EmbeddedEngine engine) {
        final LocalDate from = simulationFrom == null && demo ? LocalDate.now(ZoneOffset.UTC) : simulationFrom;
        if (engine.nowMs() == 0 && from != null) {
            engine.advanceTo(from.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
        } else if (simulationFrom != null) {
            spec.commandLine().getErr().println("note: the simulation goes on at " + Instant.ofEpochMilli(engine.nowMs()) + ", not at " + simulationFrom);
        }
    }

    /** A courtesy: when it fails, as on a full disk, the server serves all the same. */
    private void tellFirstSteps(final Service service, final Settings settings, final String host, final Sandboxes sandboxes) throws InterruptedException {
        final PrintWriter err = spec.commandLine().getErr();
        final boolean isTls = !settings.text(EdgeSetting.TLS_CERTIFICATE).isEmpty();
        final String url = (isTls ? "https://" : "http://") + host + service.httpPort();
        sandboxes.serve(url, service.engine()::nowMs);
        try {
            new FirstSteps(service.gateway(), service.network().names(), sandboxes).tell(err, url, host + service.grpcPort(),
                    isTls ? "--cacert " + settings.text(EdgeSetting.TLS_CERTIFICATE) : "");
        } catch (final IllegalStateException e) {
            err.println("no application could be made for you: " + e.getMessage());
        }
        err.flush();
    }

    private NetworkFiles files(final Settings settings) {
        try {
            return demo ? NetworkFiles.bundled() : Service.keptFiles(settings);
        } catch (final IOException e) {
            throw new UncheckedIOException("the network files that an import has kept cannot be read: " + FileTrouble.of(e), e);
        }
    }

    private static <T> T joined(final CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (final CompletionException e) {
            throw e.getCause() instanceof RuntimeException ours ? ours : e;
        }
    }

    /** As far ahead as calendars are kept, or as holidays are known. What is open stays as it is, and what others have staged is theirs: the demo may be days old. */
    private void bringDemo(final Service service, final NetworkFiles files, final Stop stop) {
        final PrintWriter err = spec.commandLine().getErr();
        final LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(service.engine().nowMs()), ZoneOffset.UTC);
        final Bar bar = new Bar(err);
        try {
            final NetworkImport.Report report = service.network().bring(files,
                    new Publication(today, today.plusDays(DAYS_AHEAD), today, Existing.KEEP, Others.LEAVE, true),
                    (phase, done, total) -> bar.at(phase.name().toLowerCase(Locale.ROOT), done, total));
            bar.end();
            err.println(files.network().posts().size() + " posts, " + files.network().services().size() + " services; days of pools: "
                    + report.published() + " published, " + report.kept() + " were there");
            err.flush();
        } catch (final NetworkImportException e) {
            if (!stop.isAsked()) {
                throw e;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("the network files cannot be kept: " + FileTrouble.of(e), e);
        }
    }

    /** An IPv6 address in brackets, as a URL wants it. */
    private static String host(final String bind) {
        return bind.indexOf(':') >= 0 ? '[' + bind + ']' : bind;
    }
}
