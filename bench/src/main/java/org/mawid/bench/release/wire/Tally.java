package org.mawid.bench.release.wire;

/** Counts what became of exchanges. Only on the thread that decides. */
public interface Tally {
    /** A command had no answer and is sent once more. */
    void again();

    /** An answer of any kind. */
    void answered(Exchange exchange);
}
