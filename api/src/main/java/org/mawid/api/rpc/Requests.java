package org.mawid.api.rpc;

import org.mawid.api.gateway.Draft;
import org.mawid.grpc.Request;
import org.mawid.sbe.Channel;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.Result;

/** The first field of every command: who asks, and as what. */
public final class Requests {
    private Requests() {
    }

    /** A request that is missing has no id, and one without an id is refused. */
    public static void put(final Draft draft, final Request from, final RequestEncoder to) {
        if ((from.getIdHigh() | from.getIdLow()) == 0) {
            draft.refuse(Result.MALFORMED);
        }
        to.deadlineMs(draft.deadline(from.getDeadlineMs()))
                .idHigh(from.getIdHigh())
                .idLow(from.getIdLow())
                .createdMs(from.getCreatedMs())
                .sequence(from.getSequence())
                .actor(from.getActor())
                .onBehalfOf(from.getOnBehalfOf())
                .clientId(draft.uint32(from.getClientId()))
                .channel(Channel.get(draft.enumeration(from.getChannelValue(), Channel.SYSTEM.value())))
                // Written although unused: the buffer has carried other commands, and a repeat must be equal byte for byte.
                .putReserved((short) 0, (short) 0, (short) 0);
    }
}
