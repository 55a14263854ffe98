package org.mawid.api.cutover;

import java.util.ArrayList;
import java.util.List;

/** What is wrong, with its place; bounded, for a file of rubbish must not fill memory. */
final class Mistakes {
    private final List<String> kept = new ArrayList<>();
    private int total;

    /** @param line 0 = the whole file */
    void add(final String file, final long line, final String what) {
        if (kept.size() < CutOverRefusedException.KEPT) {
            kept.add(file + (line == 0 ? "" : ":" + line) + ": " + what);
        }
        total++;
    }

    boolean isEmpty() {
        return total == 0;
    }

    void throwIfAny(final String what) {
        if (total > 0) {
            throw new CutOverRefusedException(what, kept, total);
        }
    }
}
