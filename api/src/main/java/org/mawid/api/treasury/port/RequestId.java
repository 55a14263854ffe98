package org.mawid.api.treasury.port;

import java.nio.ByteBuffer;

/**
 * The request id of a command, made from all that the command says: told again it is the same request, also after a crash and by another
 * process, and another content is another request.
 */
public record RequestId(long high, long low) {
    /** Another one, the same for the same attempt. @param attempt which, as the minute in which it is made */
    public RequestId again(final long attempt) {
        return of("again", high, low, attempt);
    }

    static RequestId of(final Object... words) {
        final ByteBuffer print = Fingerprint.of(words);
        return new RequestId(print.getLong(0), print.getLong(8));
    }
}
