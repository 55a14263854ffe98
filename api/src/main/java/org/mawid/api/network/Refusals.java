package org.mawid.api.network;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong while the files are read, so that one run tells everything. Bounded: a file of rubbish must not fill memory. */
final class Refusals {
    /** Reasons kept in full; the rest is only counted. */
    static final int KEPT = 100;

    private final List<Refusal> kept = new ArrayList<>();
    private int total;

    void add(String file, long line, String column, String reason) {
        if (kept.size() < KEPT) kept.add(new Refusal(file, line, column, reason));
        total++;
    }

    void throwIfAny() {
        if (total > 0) throw new NetworkRefusedException(kept, total);
    }
}
