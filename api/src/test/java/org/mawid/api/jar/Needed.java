package org.mawid.api.jar;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** What a test needs of the machine. Where it is lacking the test is skipped, and says of what; where nothing may be skipped it fails. */
final class Needed {
    /** Set, whatever to: nothing is skipped. */
    private static final String SKIP_NOTHING = "CI_SKIP_NOTHING";

    private Needed() {
    }

    /** Returns only where the lack is a failure. @param why in words, what is missing and for what */
    static void lacking(final String why) {
        assumeTrue(System.getenv(SKIP_NOTHING) != null, why);
    }

    /** That processes may be traced, by strace: what a container may forbid whoever the user is. */
    static void tracing() throws InterruptedException {
        try {
            final Process strace = new ProcessBuilder("strace", "-f", "-qq", "-o", "/dev/null", "true").redirectErrorStream(true).start();
            final String said = new String(strace.getInputStream().readAllBytes());
            if (strace.waitFor() == 0) return;
            lacking("processes may not be traced here: " + said);
            throw new AssertionError("processes may not be traced: " + said);
        } catch (final IOException e) {
            lacking("there is no strace: " + e.getMessage());
            throw new AssertionError("there is no strace", e);
        }
    }
}
