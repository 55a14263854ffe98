package org.mawid.api.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.mawid.api.control.Control;
import org.mawid.api.report.LeftReports;
import org.mawid.api.report.Report;
import org.mawid.api.report.ReportSpan;
import org.mawid.api.report.ReportText;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.FileTrouble;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What happened at the posts, for the ministry. */
@Command(name = "report", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Says what happened at each post in each month: appointments, services, stamps, money, and how long decisions on requests took.",
                "Asks the server that serves the directory. When none does, it tells what the last one has counted, and up to when. The table has the figures that"
                        + " people ask for; --csv and --json have all of them, by currency, service and means of payment (see /openapi.yaml of a server).",
                "Exit code 1 when nothing has been counted, or it cannot be read."},
        footer = {"", "Examples:", "  mawid report --data ./data", "  mawid report --data ./data --from 2026-01 --to 2026-11 --csv --out report.csv",
                "  mawid report --data ./data --post MA-CG-PARIS --days"})
public final class ReportCommand implements Callable<Integer> {
    /** Later than any month or date that is given: what time it is, the server knows. */
    private static final long NEVER_MS = Instant.parse("9999-12-01T00:00:00Z").toEpochMilli();

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory.")
    private Path data;

    @Option(names = "--from", paramLabel = "MONTH", description = "First month, as 2026-01; with --days a date. Usually twelve months are told, or 31 days.")
    private String from;

    @Option(names = "--to", paramLabel = "MONTH", description = "Last month, or date; usually the present one.")
    private String to;

    @Option(names = "--post", paramLabel = "CODE", description = "Of this post only.")
    private String post;

    @Option(names = "--days", description = "By day instead of by month.")
    private boolean days;

    @ArgGroup
    private final Form form = new Form();

    @Option(names = "--out", paramLabel = "FILE", description = "Write it there instead of on standard output.")
    private Path file;

    private static final class Form {
        @Option(names = "--csv", description = "All figures as a table of values separated by commas.")
        private boolean csv;

        @Option(names = "--json", description = "All figures as one JSON object.")
        private boolean json;
    }

    @Override
    public Integer call() {
        final PrintWriter err = spec.commandLine().getErr();
        try {
            ReportSpan.of(days, from, to, NEVER_MS);
        } catch (final IllegalArgumentException e) {
            err.println(e.getMessage());
            return spec.exitCodeOnInvalidInput();
        }
        return Running.or(err, data, server -> told(ReportText.read(server.report(new Control.ReportOf(post, from, to, days)), !days)), this::left);
    }

    private int left() {
        final PrintWriter err = spec.commandLine().getErr();
        final LeftReports left;
        try {
            left = LeftReports.read(new DataDirectory(data).edge());
        } catch (final IOException e) {
            err.println(FileTrouble.of(e));
            return 1;
        }
        if (left == null) {
            err.println("no server runs on " + data + ", and none has counted anything in it: start one, it counts what its log keeps");
            return 1;
        }
        final int postId = post == null ? 0 : left.post(post);
        if (post != null && postId == 0) {
            err.println("there is no post " + post);
            return 1;
        }
        err.println("note: no server runs on " + data + "; this is up to position " + left.position() + ", " + Instant.ofEpochMilli(left.nowMs()) + ", and a server would go on from there");
        return told(ReportSpan.of(days, from, to, left.nowMs()).ask(left, postId));
    }

    private int told(final Report report) {
        final PrintWriter err = spec.commandLine().getErr();
        if (report.completePosition() != 0) {
            err.println("note: complete from " + Instant.ofEpochMilli(report.completeMs()) + " on (position " + report.completePosition() + "); what is older may be missing");
        }
        if (report.unknown() != 0) {
            err.println("note: " + report.unknown() + " changes are counted under no service or currency, for what they were about was not known any more");
        }
        final String text = form.csv ? ReportText.csv(report) : form.json ? ReportText.json(report).encodePrettily() + System.lineSeparator() : ReportTable.of(report);
        if (file == null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
            return 0;
        }
        try {
            Files.writeString(file, text);
            return 0;
        } catch (final IOException e) {
            err.println("cannot write " + file + ": " + FileTrouble.of(e));
            return 1;
        }
    }
}
