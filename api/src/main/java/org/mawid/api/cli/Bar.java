package org.mawid.api.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** Progress of something long, on one line of a terminal; nothing at all where nobody looks. Any thread. */
final class Bar {
    private static final int WIDTH = 40;
    private static final long EVERY_NANOS = 100_000_000L;

    private final PrintWriter err;
    private final boolean isShown;
    private long lastNanos;
    private boolean isDrawn;

    Bar(final PrintWriter err) {
        this(err, System.console() != null);
    }

    Bar(final PrintWriter err, final boolean isShown) {
        this.err = err;
        this.isShown = isShown;
    }

    /** @param total 0 = not known */
    synchronized void at(final String what, final long done, final long total) {
        final long nanos = System.nanoTime();
        if (!isShown || total <= 0 || done < total && isDrawn && nanos - lastNanos < EVERY_NANOS) {
            return;
        }
        lastNanos = nanos;
        isDrawn = true;
        final int bars = (int) (Math.min(done, total) * WIDTH / total);
        err.printf(Locale.ROOT, "\r%-10s [%s%s] %,d / %,d", what, "=".repeat(bars), " ".repeat(WIDTH - bars), done, total);
        err.flush();
    }

    /** Leaves the line. */
    synchronized void end() {
        if (isDrawn) {
            err.println();
            err.flush();
            isDrawn = false;
        }
    }
}
