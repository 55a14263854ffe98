package org.mawid.api.command;

import org.agrona.MutableDirectBuffer;
import org.mawid.api.access.Access;
import org.mawid.api.access.Caller;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.rpc.Callers;
import org.mawid.sbe.Result;

/** Whether one of the commands of a call may go on. */
@FunctionalInterface
interface Judge {
    /** As {@link org.mawid.api.access.CommandAccess#judge}. */
    Result judge(CommandTemplate template, MutableDirectBuffer command, int at);

    /** Of the present call; null = any may go on. @param access null = likewise */
    static Judge ofCall(final Access access) {
        if (access == null) {
            return null;
        }
        final Caller caller = Callers.ofCall();
        return (template, command, at) -> access.commands().judge(caller, template, command, at);
    }
}
