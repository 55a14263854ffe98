package org.mawid.client;

import org.mawid.grpc.Result;

/** What became of a command that makes nothing with a reference. */
public sealed interface DoneReply {
    /** @param number what the command counts: a ticket; of {@link Reviews#assign} until when; else 0 @param position in the log */
    record Done(long number, long position) implements DoneReply {
    }

    /** @param detail a number whose meaning the reason says, else 0 */
    record Refused(Result reason, long detail) implements DoneReply {
    }
}
