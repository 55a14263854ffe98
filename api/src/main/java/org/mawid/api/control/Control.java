package org.mawid.api.control;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * What can be asked of a server that runs. Paths are the server's: absolute, and it must be allowed to use them.
 * Each may block as long as it takes; a {@link ControlException} says in one line why it was not done.
 */
public interface Control extends PersonControl {
    /**
     * How files are brought in.
     *
     * @param from     folder of the files
     * @param first    first local date to open, null = today
     * @param last     last local date to open; null = as far as calendars are kept and holidays are known
     * @param keep     whether days that are published already stay as they are
     * @param takeOver whether open changes of posts that have something to publish are abandoned
     */
    record Import(Path from, LocalDate first, LocalDate last, boolean keep, boolean takeOver) {
    }

    /** @param stateHash over the whole state at {@code position} */
    record SnapshotTaken(long position, long stateHash) {
    }

    /**
     * The machine's wall clock and the engine's time beside each other, ms since 1970-01-01 UTC.
     *
     * @param holdsDue  live holds whose deadline is past by the wall clock; -1 = the core is too busy to say
     * @param simulated whether the engine is told what time it is, and looks at no wall clock
     */
    record Clocks(long wallMs, long nowMs, long holdsDue, boolean simulated) {
    }

    /**
     * @param forwardMs the engine's time went forward by so many ms; 0 = the two agreed already, to a second
     * @param nowMs     log time after it
     * @param position  of the command that says so in the log; 0 = the next one that is logged says so
     * @param holdsDue  holds whose deadline was passed over by it, as in {@link Clocks}
     */
    record TakenOver(long forwardMs, long nowMs, long position, long holdsDue) {
    }

    /**
     * Rules of behaviour.
     *
     * @param inForce version that the log is at; 0 = the core is too busy to say
     * @param newest  newest version that the server's program knows
     */
    record CoreVersions(int inForce, int newest) {
    }

    /**
     * What happened, in sums.
     *
     * @param post   code, null = all posts
     * @param from   first date as 2026-03-02, or month as 2026-03; null = of the last twelve months, or the last 31 days
     * @param to     last one, null = the present one
     * @param days   by day, else by month
     */
    record ReportOf(String post, String from, String to, boolean days) {
    }

    /** As {@code org.mawid.api.report.ReportText} writes it. */
    JsonObject report(ReportOf wanted);

    /** Where the server stands. Returns at once. */
    JsonObject status();

    /** A snapshot of everything that was durable when it was asked for, or a newer one. */
    SnapshotTaken snapshot();

    /** A copy that is whole by itself. @param to a folder that is empty or missing @return last log position in it */
    long backup(Path to);

    /** Moves journal segments that no kept snapshot needs. @return where they are now, oldest first */
    List<Path> archive(Path to);

    /** How the clocks stand. */
    Clocks clocks();

    /** Sets the engine's time forward to the wall clock's, for good. Refused when the wall clock is behind. */
    TakenOver takeOverWallClock();

    /** Which version of the rules of behaviour the log is at, and which the server knows. */
    CoreVersions coreVersions();

    /** Puts a version of the rules of behaviour in force, for good. Refused when the server does not know it, or it is an older one. @return position of it */
    long setCoreVersion(int version);

    /** Told how far something is that takes long, on whatever thread. */
    @FunctionalInterface
    interface Progress {
        /** @param what a word @param total of applications, or of whatever else is counted */
        void at(String what, int done, int total);
    }

    /**
     * Takes over what an older system has under way.
     *
     * @param from   folder of its files
     * @param dryRun only say what would be
     * @param accept also when something would be refused, or a balance differs
     * @return as {@code org.mawid.api.cutover.CutOver} tells it
     */
    JsonObject cutOver(Path from, boolean dryRun, boolean accept, Progress progress);

    /**
     * Deletes what of persons is kept for longer than its rule says.
     *
     * @param dryRun only say what would be
     * @return as {@code org.mawid.api.retention.TallyText} tells it
     */
    JsonObject retention(boolean dryRun, Progress progress);

    /** Brings the network to what the files say. @return one line of what was done */
    String bring(Import files);
}
