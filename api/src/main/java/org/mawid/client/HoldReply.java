package org.mawid.client;

import java.time.Instant;
import java.util.List;
import org.mawid.grpc.Result;

/** What became of a hold. */
public sealed interface HoldReply {
    /**
     * @param hold     its reference, for confirm or release
     * @param until    until when the visit is kept
     * @param stamps   references of 16 digits, in order of line; empty unless stamps were asked for
     * @param position in the log: reads at or after it see the hold
     */
    record Held(String hold, Instant until, List<String> stamps, long position) implements HoldReply {
    }

    /** @param detail a number whose meaning the reason says, else 0 */
    record Refused(Result reason, long detail) implements HoldReply {
    }
}
