package org.mawid.bench.load;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.mawid.api.Version;
import org.mawid.bench.report.Report;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every benchmark has, the line that shows how far it is, and its result: one JSON object with the machine and the command that repeats it beside the figures. */
public final class Output {
    private static final long SHOWN_EVERY_NS = 1_000_000_000L;

    private Path json;

    @Option(names = "--report", paramLabel = "DIR", description = "Write the result there as one page with plots, to be opened in a browser, and as JSON beside it.")
    private Path report;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec benchmark;

    private final Repetition repetition = new Repetition();
    private final long startedNs = System.nanoTime();
    private ProgressLine progress;
    private long lastShownNs;

    /** Looked at beforehand: nobody wants to hear of it after minutes of measuring. */
    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there as JSON too.")
    private void json(final Path given) {
        final Path folder = given.toAbsolutePath().getParent();
        require(folder != null && Files.isWritable(folder) && !Files.isDirectory(given), "--json " + given + " cannot be written: name a file in a folder that is there and may be written to");
        json = given;
    }

    /** Refuses an option's value. @param otherwise what would have been right */
    public void require(final boolean isRight, final String otherwise) {
        if (!isRight) {
            throw new ParameterException(benchmark.commandLine(), otherwise);
        }
    }

    /** Remembers what the program chose itself, because it was not said or means something else another day: the command that repeats the result has to say it. */
    public void chose(final String option, final Object value) {
        repetition.chose(option, value.toString());
    }

    /** Shows where the run stands: at most once a second, in place on a terminal. */
    public void progress(final String format, final Object... arguments) {
        progressPart(startedNs, -1, format, arguments);
    }

    /** As {@link #progress}, and how long the whole run will still take where that is known: negative when it is not. */
    public void progressLeft(final long leftNs, final String format, final Object... arguments) {
        progressPart(startedNs, leftNs, format, arguments);
    }

    /**
     * As {@link #progressLeft}, of one part of the run: the bar is of that part.
     *
     * @param fromNs when the part began, {@link System#nanoTime()}
     * @param leftNs until the part is over; negative: that is not known
     */
    public void progressPart(final long fromNs, final long leftNs, final String format, final Object... arguments) {
        final long nowNs = System.nanoTime();
        if (isDue(nowNs)) {
            lastShownNs = nowNs;
            line().show(nowNs - fromNs, leftNs, String.format(Locale.ROOT, format, arguments));
        }
    }

    /** As {@link #progressPart}, of a part that goes on as it has so far. */
    public void progressOf(final long fromNs, final double done, final double total, final String format, final Object... arguments) {
        progressPart(fromNs, leftNs(fromNs, done, total), format, arguments);
    }

    /** What is to stay visible: a round that is over. */
    public void note(final String format, final Object... arguments) {
        line().note(String.format(Locale.ROOT, format, arguments));
    }

    /** Says on the error output, in one line, why what was measured does not count. */
    public void failed(final String why) {
        line().clear();
        final PrintWriter err = benchmark.commandLine().getErr();
        err.println("bench " + benchmark.name() + " failed: " + why);
        err.flush();
    }

    /** Made when it is needed: a command line has an output for each of its benchmarks, of which one is run. */
    private ProgressLine line() {
        if (progress == null) {
            progress = new ProgressLine();
        }
        return progress;
    }

    private boolean isDue(final long nowNs) {
        return nowNs - lastShownNs > SHOWN_EVERY_NS;
    }

    /** Whether a call of {@link #progress} would show anything now: where working out what to show would disturb what is measured. */
    public boolean isDue() {
        return isDue(System.nanoTime());
    }

    /** What is left of something that goes on as it has so far. @return −1 as long as that cannot be said */
    public static long leftNs(final long fromNs, final double done, final double total) {
        return done <= 0 ? -1 : Math.max(0, (long) ((System.nanoTime() - fromNs) * (total - done) / done));
    }

    /** As people say it, to the second. */
    public static String inWords(final long ns) {
        final long seconds = Math.max(0, (ns + 500_000_000L) / 1_000_000_000L);
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    /** Ends the progress line, prints the result on standard output and writes it to the file when one was asked for. */
    public void result(final JsonObject result) throws IOException {
        line().clear();
        final JsonObject all = whole(result);
        System.out.println(all.encodePrettily());
        write(all);
    }

    private JsonObject whole(final JsonObject result) {
        return new JsonObject().put("when", Instant.now().toString()).put("version", Version.number()).put("machine", Machine.figures())
                .put("commandLine", repetition.line(benchmark.root().commandLine().getParseResult().originalArgs())).mergeIn(result);
    }

    private void write(final JsonObject all) throws IOException {
        if (json != null) {
            Files.writeString(json, Report.file(all), StandardCharsets.UTF_8);
        }
        if (report != null) {
            note("report: %s", Report.write(all, report));
        }
    }

    /**
     * As {@link #result(JsonObject)}, for a result that is read by people first: they see this text, the files get the result.
     */
    public void result(final JsonObject result, final String page) throws IOException {
        line().clear();
        System.out.print(page);
        System.out.flush();
        write(whole(result));
    }

    /** A rate, to three digits that mean something. */
    public static double perSecond(final long count, final long nanos) {
        return rounded(count * 1e9 / nanos);
    }

    public static double rounded(final double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value;
        }
        final double scale = Math.pow(10, 3 - (int) Math.ceil(Math.log10(Math.abs(value))));
        return Math.round(value * scale) / scale;
    }
}
