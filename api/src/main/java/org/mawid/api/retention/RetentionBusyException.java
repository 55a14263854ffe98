package org.mawid.api.retention;

/** Another sweep is under way, or the server is stopping. */
public final class RetentionBusyException extends Exception {
    private static final long serialVersionUID = 1L;

    RetentionBusyException() {
        super("a sweep is under way, which does the same, or the server is stopping");
    }
}
