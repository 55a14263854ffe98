package org.mawid.api.testkit;

import org.mawid.client.PackedBatch;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.SubmitApplicationEncoder;

/** Requests for one service, written into a packed batch. */
public final class PackedSubmits {
    private final SubmitApplicationEncoder submit = new SubmitApplicationEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** Says nothing of who asks: the client gives the id and the rest. */
    public void add(final PackedBatch batch, final int postId, final int serviceId, final long person) {
        add(batch, postId, serviceId, person, 0, 0);
    }

    /** @param id lower half of the request id @param createdMs of the request */
    public void add(final PackedBatch batch, final int postId, final int serviceId, final long person, final long id, final long createdMs) {
        submit.wrapAndApplyHeader(batch.buffer(), batch.messageOffset(), header);
        submit.request().deadlineMs(0).idHigh(0).idLow(id).createdMs(createdMs).sequence(0).actor(0).onBehalfOf(0).clientId(0).channel(Channel.ONLINE)
                .putReserved((short) 0, (short) 0, (short) 0);
        submit.applicant(0).postId(postId).linesCount(1).next().personKey(person).serviceId(serviceId).registeredPostId(0).quantity((short) 1)
                .ageBand(AgeBand.ADULT).priority(Priority.NONE).representative(BooleanType.NO);
        batch.commit(MessageHeaderEncoder.ENCODED_LENGTH + submit.encodedLength());
    }
}
