package org.mawid.api.cutover;

/** Told how far it is, on the thread of the cut-over. */
@FunctionalInterface
public interface Progress {
    /** @param what a word, as "rehearse" or "take over" @param total applications */
    void at(String what, int done, int total);
}
