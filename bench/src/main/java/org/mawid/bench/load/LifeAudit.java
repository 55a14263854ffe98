package org.mawid.bench.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.upkeep.Inspection;

/**
 * Holds the books of lives against the data directory that they came to, once nobody serves it: the engine's own inspection replays the journal and
 * counts everything by state. What has no answer may be there or not, and nothing else may differ. All commands since the model network were these
 * lives', and nothing was retired.
 */
public final class LifeAudit {
    /** What an inspection usually takes, seconds. */
    public static final double SECONDS = 3;

    private final LifeBooks books;
    private final Inspection.Report report;
    private final JsonObject counted = new JsonObject();
    private final List<String> differences = new ArrayList<>();
    private int searchesCompared;

    private LifeAudit(final LifeBooks books, final Inspection.Report report) {
        this.books = books;
        this.report = report;
    }

    /** @param data directory of an engine that has stopped @param output shows how far it is */
    public static LifeAudit of(final Path data, final LifeBooks books, final Output output) {
        final long fromNs = System.nanoTime();
        final Inspection.Report report = Inspection.of(FileDisk.plain(), new DataDirectory(data), 0,
                (position, last) -> output.progressOf(fromNs, position, last, "holding the books against the engine's state"));
        final LifeAudit audit = new LifeAudit(books, report);
        audit.compare();
        return audit;
    }

    private void compare() {
        report.damages().forEach(damage -> differences.add("the data directory is not whole: " + damage.what()));
        compare("applications", Lives.SUBMIT);
        compareLeft("lines.SUBMITTED", Lives.SUBMIT, Lives.VALIDATE, false);
        compare("stamps", Lives.HOLD);
        compareLeft("holds", Lives.HOLD, Lives.CONFIRM, report.nowMs() - ModelNetwork.START_MS >= ModelNetwork.HOLD_TTL_MS);
        compare("appointments", Lives.CONFIRM);
        compareLeft("appointments.CONFIRMED", Lives.CONFIRM, Lives.CANCEL, false);
        compare("appointments.CANCELLED", Lives.CANCEL);
    }

    /** There is one for each command of a step. */
    private void compare(final String what, final int step) {
        compare(what, books.done(step), books.done(step) + books.notKnown(step));
    }

    /** There is one for each command of a step that was not followed by the next. @param mayBeGone some may have come to an end by themselves */
    private void compareLeft(final String what, final int step, final int next, final boolean mayBeGone) {
        final long least = books.done(step) - books.done(next) - books.notKnown(next);
        compare(what, mayBeGone ? 0 : least, books.done(step) + books.notKnown(step) - books.done(next));
    }

    private void compare(final String what, final long least, final long most) {
        final long found = report.counts().getOrDefault(what, 0L);
        counted.put(what, found);
        if (found < least || found > most) {
            differences.add(String.format(Locale.ROOT, "%s: the books have %,d%s, the engine %,d", what, least, least == most ? "" : String.format(Locale.ROOT, " to %,d", most), found));
        }
    }

    /** Adds where availability was told over the wire, when all was answered, as the search in process does not have it of the same state. */
    public void compare(final Starts told, final Starts inProcess) {
        final List<String> wrong = inProcess.differencesOf(told);
        if (!wrong.isEmpty()) {
            differences.add(wrong.size() + " of " + told.desks() + " desks are told wrong: " + wrong.get(0));
        }
        searchesCompared = told.desks();
    }

    /** What is more or less than was answered; empty = the books balance. */
    public List<String> differences() {
        return differences;
    }

    /**
     * Adds both sides to the result, writes it and, on a difference, says so.
     *
     * @return exit code: 1 when the books do not balance, else 0
     */
    public int tell(final JsonObject result, final Output output) throws Exception {
        final JsonObject told = books.figures().put("engine", counted).put("position", report.position())
                .put("balanced", differences.isEmpty()).put("differences", new JsonArray(differences));
        if (searchesCompared > 0) {
            told.put("searchesCompared", searchesCompared);
        }
        output.result(result.put("books", told));
        if (differences.isEmpty()) {
            return 0;
        }
        output.failed("the books do not balance: " + String.join("; ", differences));
        return 1;
    }
}
