package org.mawid.api.schedule;

/** No post has that code. */
public final class UnknownPostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownPostException(final String code) {
        super("no post is called " + code);
    }
}
