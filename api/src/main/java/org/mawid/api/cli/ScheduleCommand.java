package org.mawid.api.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mawid.api.cli.ScheduleServer.Sent;
import org.mawid.api.cli.ScheduleServer.Told;
import org.mawid.api.oidc.TokenFile;
import org.mawid.api.schedule.ScheduleForm;
import org.mawid.api.schedule.WrittenSchedule;
import org.mawid.engine.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a post wants of its calendars, from a file. */
@Command(name = "schedule", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Says in words what a schedule would change at a post, and with --apply brings it about: all of it or nothing.",
                "The file is JSON (.json), a table (.csv) or availability in a calendar (.ics); the page SCHEDULES.md has all that can be said. What it does not say is open is closed.",
                "Exit code 0 when it can be, or was, brought about; 1 when something stands against it, which is told with what to do; 2 when the file cannot be meant."},
        footer = {"", "Examples:", "  mawid schedule --server http://127.0.0.1:8080 --post MA-CG-PARIS --file year.csv",
                "  mawid schedule --server mawid.example:9090 --trust ca.pem --post MA-CG-PARIS --file year.ics --from 2027-01-04 --to 2027-12-31 --apply"})
public final class ScheduleCommand implements Callable<Integer> {
    private static final int YEAR_DAYS = 365;
    private static final long DRAW_MS = 200;

    @Spec
    private CommandSpec spec;

    @Option(names = "--server", paramLabel = "WHERE", required = true, description = "http://HOST:PORT or https://HOST:PORT, or HOST:PORT for gRPC.")
    private String server;

    @Option(names = "--trust", paramLabel = "FILE", description = "Certificates to trust over gRPC (PEM). Without it there is no TLS.")
    private Path trust;

    @Option(names = "--token", paramLabel = "FILE", description = "Has the bearer token of a manager of the post; read anew for each call. Without it none is sent.")
    private Path token;

    @Option(names = "--post", paramLabel = "CODE", required = true, description = "Code or id of the post.")
    private String post;

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "What it wants: .json, .csv or .ics.")
    private Path file;

    @Option(names = "--from", paramLabel = "DATE", description = "First date, as 2027-01-04; usually today.")
    private LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "Last date, 400 days at most; usually a year.")
    private LocalDate to;

    @Option(names = "--pool", paramLabel = "CODE", description = "Of a calendar that names no pool.")
    private String pool;

    @Option(names = "--places", paramLabel = "N", description = "Of a calendar that says no places.")
    private int places;

    @Option(names = "--apply", description = "Bring it about, if nothing stands against it.")
    private boolean apply;

    @Override
    public Integer call() throws InterruptedException {
        final PrintWriter err = spec.commandLine().getErr();
        final ScheduleForm form = ScheduleForm.ofFile(file.getFileName().toString());
        if (form == null) {
            err.println("--file is .json, .csv or .ics, not " + file.getFileName());
            return spec.exitCodeOnInvalidInput();
        }
        try {
            if (Files.size(file) > WrittenSchedule.MOST_BYTES) {
                err.println(file + " has more than " + WrittenSchedule.MOST_BYTES + " bytes");
                return spec.exitCodeOnInvalidInput();
            }
            final LocalDate first = from == null ? LocalDate.now(ZoneOffset.UTC) : from;
            final Sent sent = new Sent(post, first, to == null ? first.plusDays(YEAR_DAYS - 1) : to, form.contentType(), Files.readAllBytes(file), pool, places);
            try (ScheduleServer at = ScheduleServer.at(server, trust, token == null ? null : new TokenFile(token))) {
                return told(at, sent);
            }
        } catch (final IOException | IllegalArgumentException e) {
            err.println(e instanceof IOException trouble && e.getMessage() != null ? FileTrouble.of(trouble) : server + " cannot be reached: " + e);
            return 1;
        }
    }

    private int told(final ScheduleServer at, final Sent sent) throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final Told difference = waited("comparing", () -> at.send(sent, ScheduleServer.NOTHING_IS_DONE));
        if (!difference.mistakes().isEmpty()) {
            difference.mistakes().forEach(err::println);
            return spec.exitCodeOnInvalidInput();
        }
        difference.words().forEach(out::println);
        out.flush();
        if (!difference.against().isEmpty()) {
            err.println(difference.against() + " stands against it: nothing was changed");
            return 1;
        }
        if (!apply) {
            out.println(difference.days() == 0 ? "nothing to do" : "nothing was changed yet; --apply brings it about");
            return 0;
        }
        final Told ended = waited("changing " + difference.days() + " days", () -> at.send(sent, difference.version()));
        if (!ended.against().isEmpty()) {
            ended.words().forEach(out::println);
            err.println(ended.against() + ": nothing was changed" + (ended.against().equals("CONFLICT") ? ", for somebody else has changed the calendars meanwhile; look at the difference, and run it again" : ""));
            return 1;
        }
        out.println("in force, calendar version " + ended.version());
        return 0;
    }

    /** Draws how long it takes on a terminal. */
    private Told waited(final String what, final Callable<Told> call) throws IOException, InterruptedException {
        final PrintWriter err = spec.commandLine().getErr();
        final FutureTask<Told> task = new FutureTask<>(call);
        final Thread thread = new Thread(task, "mawid-schedule");
        thread.setDaemon(true);
        thread.start();
        final long fromNanos = System.nanoTime();
        boolean isDrawn = false;
        while (true) {
            try {
                final Told told = task.get(DRAW_MS, TimeUnit.MILLISECONDS);
                if (isDrawn) {
                    err.println();
                }
                return told;
            } catch (final TimeoutException still) {
                if (System.console() != null) {
                    err.printf("\r%s, %d s", what, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - fromNanos));
                    err.flush();
                    isDrawn = true;
                }
            } catch (final ExecutionException e) {
                if (e.getCause() instanceof IOException trouble) {
                    throw trouble;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
