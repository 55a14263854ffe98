package org.mawid.api.document;

import org.mawid.api.document.DocumentException.Reason;

/** Ends what a library is doing with a document, from within: libraries go on behind what is an {@link java.io.IOException}. Whoever has called the library tells the reason. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    RefusedException(final Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    DocumentException told() {
        return new DocumentException(reason);
    }
}
