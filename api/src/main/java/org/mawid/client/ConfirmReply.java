package org.mawid.client;

import java.time.Instant;
import java.util.List;
import org.mawid.grpc.Result;

/** What became of a confirmation. */
public sealed interface ConfirmReply {
    /**
     * @param appointment its reference, as people write it
     * @param start       of the earliest leg
     * @param stamps      references of 16 digits that this command issued, in order of line
     * @param position    in the log
     */
    record Confirmed(String appointment, Instant start, List<String> stamps, long position) implements ConfirmReply {
    }

    /** @param detail a number whose meaning the reason says, else 0 */
    record Refused(Result reason, long detail) implements ConfirmReply {
    }
}
