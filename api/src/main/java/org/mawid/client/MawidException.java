package org.mawid.client;

import io.grpc.Status;
import java.util.List;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;

/**
 * There is no answer: the server cannot be reached, or time was over before it answered. A command may have been done, or may be still:
 * {@link MawidClient#outcome} tells by its {@link #request} what has become of it, and {@link MawidClient#execute} with that request in the
 * command gives its first answer, or does it now. With a new request it is another command.
 */
public final class MawidException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Result reason;
    private final Request[] requests;

    private MawidException(final String message, final Throwable cause, final Result reason, final List<Request> requests) {
        super(message, cause);
        this.reason = reason;
        this.requests = requests.toArray(Request[]::new);
    }

    MawidException(final String message, final Throwable cause) {
        this(message, cause, null, List.of());
    }

    MawidException(final Refusal refusal, final Throwable cause) {
        this(refusal.reason() + ": " + Status.fromThrowable(cause).getDescription(), cause, refusal.reason(), List.of());
    }

    /** The same trouble, of these commands. @param without an answer, in order */
    MawidException of(final List<Request> without) {
        return new MawidException(getMessage(), getCause(), reason, without);
    }

    /** Why the server did not answer a read or a batch; null when it was not reached. */
    public Result reason() {
        return reason;
    }

    /** Of the one command without an answer, also when the client gave it its id. Null of a read, and of several: see {@link #requests}. */
    public Request request() {
        return requests.length == 1 ? requests[0] : null;
    }

    /** Of the commands of a call, batch or stream that have no answer, in the order in which they were given. Empty of a read. */
    public List<Request> requests() {
        return List.of(requests);
    }
}
