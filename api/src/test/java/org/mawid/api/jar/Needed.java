package org.mawid.api.jar;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a test needs of the machine. A developer's may lack it, and the test is skipped there; where changes land it is never skipped. */
final class Needed {
    private Needed() {
    }

    /** Returns only where the lack is a failure. @param why in words, what is missing and for what */
    static void lacking(final String why) {
        assumeTrue(System.getenv("CI") != null || "root".equals(System.getProperty("user.name")), why);
    }
}
