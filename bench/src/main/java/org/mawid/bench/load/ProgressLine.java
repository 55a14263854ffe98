package org.mawid.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** How far a run is: one line with a bar that is drawn again in its place on a terminal, a line below the other in a log. One thread. */
final class ProgressLine {
    private static final int CELLS = 20;
    private static final String CLEAR = "\r\u001b[K";
    /** What is wider than the terminal is cut off: a second line would stay there when the first is drawn again. The bar comes first, so that it is seen. */
    private static final String CUT = "\u001b[?7l";
    private static final String NO_LONGER_CUT = "\u001b[?7h";

    private final PrintStream out;
    private final boolean terminal;

    /** @param terminal whether {@code out} is one */
    ProgressLine(final PrintStream out, final boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** On standard error. */
    ProgressLine() {
        this(System.err, isTerminal());
    }

    /**
     * Whether standard error is one; where the result goes, and whether anybody types, does not matter to it. Java 17 only tells of standard input and output
     * together, so the system's own {@code test} is asked.
     */
    private static boolean isTerminal() {
        final String kind = System.getenv("TERM");
        if (kind == null || kind.equals("dumb")) {
            return false;
        }
        try {
            return new ProcessBuilder("test", "-t", "2").inheritIO().start().waitFor() == 0;
        } catch (final IOException notThere) {
            return false;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @param doneNs what has passed of it, 0 or more @param leftNs what is left of it, negative when that is not known */
    void show(final long doneNs, final long leftNs, final String text) {
        final String left = leftNs < 0 ? "" : Output.inWords(leftNs) + " left";
        if (!terminal) {
            out.print(text + (left.isEmpty() ? "" : "; " + left) + "\n");
        } else {
            out.print(CLEAR + CUT + (left.isEmpty() ? text : bar(doneNs / (double) Math.max(1, doneNs + leftNs)) + ", " + left + ": " + text) + NO_LONGER_CUT);
        }
        out.flush();
    }

    /** Of what every terminal has. @param share 0 to 1 */
    private static String bar(final double share) {
        final int full = (int) (share * CELLS);
        return String.format(Locale.ROOT, "[%s%s] %3d %%", "#".repeat(full), "-".repeat(CELLS - full), (int) (share * 100));
    }

    /** What is to stay visible. */
    void note(final String text) {
        out.print((terminal ? CLEAR : "") + text + "\n");
        out.flush();
    }

    /** The place is for something else. */
    void clear() {
        if (terminal) {
            out.print(CLEAR);
            out.flush();
        }
    }
}
