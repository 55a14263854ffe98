package org.mawid.api.retention;

/** Is told how far a sweep is, on its thread. */
@FunctionalInterface
public interface Progress {
    Progress NOBODY = (done, total) -> { };

    /** @param total parts of the books, about as large as each other */
    void at(int done, int total);
}
