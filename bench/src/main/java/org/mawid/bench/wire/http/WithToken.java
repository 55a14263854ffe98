package org.mawid.bench.wire.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** What another says, each request with a bearer token. */
final class WithToken implements HttpTalk {
    private static final byte LINE_END = '\n';

    private final HttpTalk talk;
    private final byte[] header;

    WithToken(final HttpTalk talk, final String token) {
        this.talk = talk;
        this.header = ("Authorization: Bearer " + token + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Buffer next() {
        final Buffer request = talk.next();
        int line = 0;
        while (request.getByte(line) != LINE_END) {
            line++;
        }
        return Buffer.buffer(request.length() + header.length).appendBuffer(request, 0, line + 1).appendBytes(header).appendBuffer(request, line + 1, request.length() - line - 1);
    }

    @Override
    public void done(final Buffer data, final int body, final int bytes) {
        talk.done(data, body, bytes);
    }

    @Override
    public void notAdmitted() {
        talk.notAdmitted();
    }
}
