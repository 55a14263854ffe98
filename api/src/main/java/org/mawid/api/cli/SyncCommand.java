package org.mawid.api.cli;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mawid.api.sync.PostSync;
import org.mawid.api.sync.PostSync.SyncException;
import org.mawid.api.sync.SyncReport;
import org.mawid.engine.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For a post with software of its own: files on one side, the server on the other. */
@Command(name = "sync", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Keeps a folder of plain files in step with a post: its appointments by date, its calendars, closures, and the signed manifests of today and tomorrow.",
                "What the post records by itself is put into outbox/, a JSON file each, and told in the order of their names: also what was recorded while the link was down."
                        + " A line that is lost, a server or a machine that stops: it goes on from where it was, nothing is lost and nothing is done twice.",
                "Exit code 0 when it is in step (--once) or was told to stop, 1 when it could not be."},
        footer = {"", "Examples:", "  mawid sync --server mawid.example:9090 --trust ca.pem --post MA-CG-PARIS --folder ./paris",
                "  mawid sync --server 127.0.0.1:9090 --post MA-CG-PARIS --folder ./paris --once"})
public final class SyncCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--server", paramLabel = "HOST:PORT", required = true, description = "Where the server answers gRPC.")
    private String server;

    @Option(names = "--trust", paramLabel = "FILE", description = "Certificates to trust (PEM). Without it there is no TLS.")
    private Path trust;

    @Option(names = "--token", paramLabel = "FILE", description = "Has the bearer token of an officer of the post; read anew for each call. Without it none is sent.")
    private Path token;

    @Option(names = "--post", paramLabel = "CODE", required = true, description = "Code or id of the post.")
    private String post;

    @Option(names = "--folder", paramLabel = "DIR", required = true, description = "The folder; it is made when it is missing, and belongs to one post.")
    private Path folder;

    @Option(names = "--once", description = "Once, and not for as long as it runs.")
    private boolean once;

    @Override
    public Integer call() {
        final int colon = server.lastIndexOf(':');
        if (colon < 1 || !server.substring(colon + 1).matches("[0-9]{1,5}") || Integer.parseInt(server.substring(colon + 1)) > 65_535) {
            spec.commandLine().getErr().println("--server is a host and a port, as 127.0.0.1:9090, not " + server);
            return spec.exitCodeOnInvalidInput();
        }
        final Stop stop = Stop.whenAsked();
        int code = 1;
        try {
            code = locked(stop, new PostSync.Server(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)), trust, token, post));
        } finally {
            stop.finish(code);
        }
        return code;
    }

    private int locked(final Stop stop, final PostSync.Server where) {
        try {
            Files.createDirectories(folder);
            try (FileChannel file = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock lock = file.tryLock()) {
                if (lock == null) {
                    return failed("another mawid sync works on " + folder + ": one is enough");
                }
                return run(stop, where);
            }
        } catch (final IOException e) {
            return failed(FileTrouble.of(e));
        }
    }

    private int run(final Stop stop, final PostSync.Server where) throws IOException {
        final Progress progress = new Progress(spec.commandLine().getErr());
        final int[] code = {1};
        try (PostSync sync = new PostSync(where, folder, progress)) {
            stop.orderly();
            final IOException[] trouble = {null};
            stop.interruptibly(() -> {
                try {
                    if (once) {
                        sync.once();
                    } else {
                        sync.follow();
                    }
                    code[0] = 0;
                } catch (final InterruptedException told) {
                    code[0] = 0;
                } catch (final SyncException refused) {
                    code[0] = failed(refused.getMessage());
                } catch (final StatusRuntimeException lost) {
                    code[0] = stop.isAsked() ? 0 : failed("not in step with " + server + " (" + PostSync.said(lost) + "): run it again, it goes on from where it is");
                } catch (final IOException e) {
                    trouble[0] = e;
                }
            });
            if (trouble[0] != null) {
                throw trouble[0];
            }
        } finally {
            progress.end();
        }
        if (code[0] == 0 && once) {
            spec.commandLine().getOut().println(progress.summary(folder));
            spec.commandLine().getOut().flush();
        }
        return code[0];
    }

    private int failed(final String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }

    /** One line of a terminal; what somebody has to know, a line each. */
    private static final class Progress implements SyncReport {
        private final PrintWriter err;
        private final boolean isShown = System.console() != null;
        private long position;
        private long events;
        private int told;
        private int refused;
        private int visits;
        private int days;
        private boolean isDrawn;

        Progress(final PrintWriter err) {
            this.err = err;
        }

        @Override
        public synchronized void reading(final int moreVisits, final int moreDays) {
            visits += moreVisits;
            days += moreDays;
            draw(String.format(Locale.ROOT, "reading everything: %,d appointments, %,d days", visits, days));
        }

        @Override
        public synchronized void snapshot(final int all, final long atPosition) {
            position = atPosition;
            note("read everything: " + all + " appointments, up to position " + atPosition);
        }

        @Override
        public synchronized void came(final int more, final long atPosition) {
            events += more;
            position = atPosition;
            draw(String.format(Locale.ROOT, "position %,d, %,d events, %d told, %d refused", position, events, told, refused));
        }

        @Override
        public synchronized void told(final String name, final String answer) {
            if (answer.equals("OK") || answer.equals("OVERFLOW")) {
                told++;
            } else {
                refused++;
                note(name + ": " + answer);
            }
        }

        @Override
        public synchronized void note(final String line) {
            end();
            err.println(line);
            err.flush();
        }

        private void draw(final String line) {
            if (isShown) {
                err.printf("\r%-78s", line);
                err.flush();
                isDrawn = true;
            }
        }

        synchronized void end() {
            if (isDrawn) {
                err.println();
                isDrawn = false;
            }
        }

        synchronized String summary(final Path folder) {
            return folder + " is in step up to position " + position + ": " + events + " events came, " + told + " records told, " + refused + " refused";
        }
    }
}
