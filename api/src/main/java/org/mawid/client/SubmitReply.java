package org.mawid.client;

import org.mawid.grpc.Result;

/** What became of a request for services. */
public sealed interface SubmitReply {
    /** @param application its reference, as people write it @param position in the log */
    record Submitted(String application, long position) implements SubmitReply {
    }

    /** @param detail a number whose meaning the reason says, else 0 */
    record Refused(Result reason, long detail) implements SubmitReply {
    }
}
