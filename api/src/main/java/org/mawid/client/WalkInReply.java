package org.mawid.client;

import java.util.List;
import org.mawid.grpc.Result;

/** What became of somebody who came without an appointment. */
public sealed interface WalkInReply {
    /** There is a place today. @param ticket number on the ticket @param stamps issued by this command, in order of line */
    record CheckedIn(String appointment, int ticket, List<String> stamps, long position) implements WalkInReply {
    }

    /** Nothing is left today: a counted ticket. */
    record Overflow(String appointment, int ticket, List<String> stamps, long position) implements WalkInReply {
    }

    /** @param detail a number whose meaning the reason says, else 0 */
    record Refused(Result reason, long detail) implements WalkInReply {
    }
}
