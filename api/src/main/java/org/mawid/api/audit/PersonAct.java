package org.mawid.api.audit;

/** What an operator does about a person at the command line. Its number is in logs: it is never given to something else, and is beyond what {@link org.mawid.api.access.Operation} has. */
public enum PersonAct {
    /** All that is held of them is about to be written out. */
    EXPORT(1_201, "exportPerson"),
    /** It was, or could not be. */
    EXPORT_ENDED(1_202, "exportPersonEnded"),
    /** Their key is about to be destroyed. */
    ERASE(1_203, "erasePerson"),
    /** It was, or could not be. */
    ERASE_ENDED(1_204, "erasePersonEnded");

    private final int code;
    private final String word;

    PersonAct(final int code, final String word) {
        this.code = code;
        this.word = word;
    }

    int code() {
        return code;
    }

    String word() {
        return word;
    }
}
