package org.mawid.api.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.mawid.api.network.Network;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkImport;
import org.mawid.api.network.NetworkImport.Existing;
import org.mawid.api.network.NetworkImport.Publication;
import org.mawid.api.network.NetworkImportException;
import org.mawid.api.network.NetworkNames;
import org.mawid.api.network.Schedule;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EngineStartException;
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
    /** The files of the last import, in the edge's folder of the data directory. */
    private static final String NETWORK = "network.zip";

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory; made when it is not there. With --demo the default is mawid-demo in the temporary folder.")
    private Path data;

    @Option(names = "--demo", description = "Bring the real 163 posts with a year of days into it.")
    private boolean demo;

    @Option(names = "--http-port", paramLabel = "N", description = "Port of HTTP, 0 = any free one. Default 8080.")
    private Integer httpPort;

    @Option(names = "--grpc-port", paramLabel = "N", description = "Port of gRPC, 0 = any free one. Default 9090.")
    private Integer grpcPort;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Address to listen on. Default 127.0.0.1.")
    private String bind;

    @Option(names = "--insecure", description = "Listen beyond loopback although nobody is authenticated.")
    private boolean insecure;

    @Option(names = "--simulation", description = "Log time is supplied by the submitter; only on an empty directory, which can never be served live.")
    private boolean simulation;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings as lines KEY=VALUE; flags and environment win.")
    private Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting; may be repeated.")
    private Map<String, String> more = new LinkedHashMap<>();

    @Override
    public Integer call() {
        final PrintWriter err = spec.commandLine().getErr();
        try {
            return serve(Settings.of(flags(), System.getenv(), config));
        } catch (final IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        } catch (final EngineStartException | IOException | NetworkImportException e) {
            err.println(e.getMessage());
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

    private int serve(final Settings settings) throws EngineStartException, IOException, NetworkImportException, InterruptedException {
        final CountDownLatch stop = new CountDownLatch(1);
        final CountDownLatch stopped = new CountDownLatch(1);
        final AtomicReference<String> halted = new AtomicReference<>();
        final Thread hook = new Thread(() -> {
            stop.countDown();
            try {
                stopped.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "mawid-stop");
        final Path kept = new DataDirectory(settings.engine().data()).edge().resolve(NETWORK);
        final NetworkFiles files = demo ? NetworkFiles.bundled() : Files.exists(kept) ? NetworkFiles.kept(kept) : null;
        try (Service service = Service.start(settings, files == null ? NetworkNames.NONE : NetworkNames.of(files.network()))) {
            service.onHalt(reason -> {
                halted.set(reason);
                spec.commandLine().getErr().println(reason);
                Runtime.getRuntime().halt(1); // nothing more is answered; an orderly stop would promise what cannot be kept
            });
            Runtime.getRuntime().addShutdownHook(hook);
            if (demo) {
                bringNetwork(service, files.network());
                files.keep(kept);
            }
            service.ready();
            final PrintWriter out = spec.commandLine().getOut();
            final String host = settings.text(EdgeSetting.BIND) + ':';
            out.println("ready http=" + host + service.httpPort() + " grpc=" + host + service.grpcPort());
            out.flush();
            stop.await();
        } finally {
            stopped.countDown();
        }
        return halted.get() == null ? 0 : 1;
    }

    private void bringNetwork(final Service service, final Network network) throws NetworkImportException, InterruptedException {
        final PrintWriter err = spec.commandLine().getErr();
        final LocalDate today = LocalDate.now(ZoneOffset.UTC);
        final boolean terminal = System.console() != null;
        final NetworkImport run = new NetworkImport(service.engine(), new SecureRandom().nextLong() | 1, System::currentTimeMillis, (phase, done, total) -> {
            if (terminal && total > 0) {
                final int bars = (int) (done * 40 / total);
                err.print("\r" + phase.name().toLowerCase(java.util.Locale.ROOT) + " [" + "=".repeat(bars) + " ".repeat(40 - bars) + "] " + done + '/' + total);
                err.flush();
            }
        });
        final NetworkImport.Report report = run.run(new Schedule(network), new Publication(today, lastCovered(network, today), today, Existing.KEEP, true));
        if (terminal) {
            err.println();
        }
        err.println(network.posts().size() + " posts, " + network.services().size() + " services, " + report.published() + " days published, "
                + report.kept() + " kept as they are");
        err.flush();
    }

    /** A year ahead, or as far as the holiday calendars of every post reach. */
    private static LocalDate lastCovered(final Network network, final LocalDate today) {
        final LocalDate wanted = today.plusDays(DAYS_AHEAD);
        int year = today.getYear();
        while (year < wanted.getYear() && isCovered(network, year + 1)) {
            year++;
        }
        final LocalDate end = LocalDate.of(year, 12, 31);
        return end.isBefore(wanted) ? end : wanted;
    }

    private static boolean isCovered(final Network network, final int year) {
        return network.posts().stream().allMatch(post -> network.calendars().whyNotCovered(post, year).isEmpty());
    }
}
