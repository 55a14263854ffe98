package org.mawid.api.stamp;

import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.rpc.Requests;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.VoidStamp;
import org.mawid.sbe.IssueStampsEncoder;
import org.mawid.sbe.VoidStampEncoder;

/** From messages to the commands of the log. Each method gives what {@link Draft#end} gives. One thread at a time. */
public final class StampMapping {
    private final IssueStampsEncoder issueStamps = new IssueStampsEncoder();
    private final VoidStampEncoder voidStamp = new VoidStampEncoder();

    public int issueStamps(final Draft draft, final IssueStamps message) {
        issueStamps.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), issueStamps.request());
        issueStamps.applicationId(draft.number(ReferenceKind.APPLICATION, message.getApplication()))
                .lines(draft.uint16(message.getLines()))
                .postId(draft.uint16(message.getPostId()));
        return draft.end(issueStamps.encodedLength());
    }

    public int voidStamp(final Draft draft, final VoidStamp message) {
        voidStamp.wrapAndApplyHeader(draft.buffer(), draft.offset(), draft.header());
        Requests.put(draft, message.getRequest(), voidStamp.request());
        voidStamp.stampId(draft.number(ReferenceKind.STAMP, message.getStamp()));
        return draft.end(voidStamp.encodedLength());
    }
}
