package org.mawid.client;

import java.util.List;
import org.mawid.grpc.Result;

/** What became of the issue of stamps. */
public sealed interface StampsReply {
    /** @param stamps references of 16 digits, in order of line @param position in the log */
    record Issued(List<String> stamps, long position) implements StampsReply {
    }

    /** @param detail a number whose meaning the reason says, else 0 */
    record Refused(Result reason, long detail) implements StampsReply {
    }
}
