package org.mawid.bench.wire.http;

import io.vertx.core.buffer.Buffer;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.LifeBooks;
import org.mawid.bench.load.Starts;

/** What is said on one connection. Only on its event loop. */
public interface HttpTalk {
    /** Asks for the empty page, again and again. */
    static HttpTalk emptyPage() {
        return Gets.emptyPage();
    }

    /** Asks for the starts counted on 60 dates at one desk with its seats, desk after desk. @param first which one comes first @param starts that some of the answers are held against, null = none */
    static HttpTalk availability(final int desks, final int first, final Starts starts) {
        return Gets.availability(desks, first, starts);
    }

    /** Says the commands of a life. @param books where that is kept */
    static HttpTalk life(final Life life, final LifeBooks books) {
        return new HttpLife(life, books);
    }

    /** The same, each request with a token. @param token null = none */
    default HttpTalk with(final String token) {
        return token == null ? this : new WithToken(this, token);
    }

    /** The next request, whole. Not kept and not changed by the caller. */
    Buffer next();

    /** The oldest request that had no answer was done. @throws IllegalStateException when the answer is wrong */
    default void done(final Buffer data, final int body, final int bytes) {
        // nothing follows from it
    }

    /** The oldest request that had no answer was answered 503. */
    default void notAdmitted() {
        // nothing follows from it
    }
}
