package org.mawid.client;

import io.grpc.Status;
import org.mawid.grpc.Result;

/**
 * There is no answer: the server cannot be reached, or time was over before it answered. A command may have been done: sent
 * again with the same request id it gives its first answer, and {@link MawidClient#outcome} tells what became of it.
 */
public final class MawidException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Result reason;

    MawidException(final String message, final Throwable cause) {
        super(message, cause);
        this.reason = null;
    }

    MawidException(final Refusal refusal, final Throwable cause) {
        super(refusal.reason() + ": " + Status.fromThrowable(cause).getDescription(), cause);
        this.reason = refusal.reason();
    }

    /** Why the server did not answer a read; null when it was not reached. */
    public Result reason() {
        return reason;
    }
}
