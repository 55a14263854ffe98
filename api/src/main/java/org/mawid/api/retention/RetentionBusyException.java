package org.mawid.api.retention;

/** Another sweep is under way. */
public final class RetentionBusyException extends Exception {
    private static final long serialVersionUID = 1L;

    RetentionBusyException() {
        super("a sweep is under way: it does the same");
    }
}
