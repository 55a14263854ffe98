package org.mawid.engine.readmodel.closures;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.ClosuresView.HeldVisit;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.HoldRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** Collects holds of one post from the core's records. One thread at a time. */
final class HeldVisits {
    private final int postId;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HoldRecordDecoder record = new HoldRecordDecoder();
    private final List<HeldVisit> all = new ArrayList<>();

    HeldVisits(final int postId) {
        this.postId = postId;
    }

    void read(final DirectBuffer message, final int offset) {
        record.wrapAndApplyHeader(message, offset, header);
        if (record.postId() == postId) {
            final List<Records.Leg> legs = new ArrayList<>();
            for (final HoldRecordDecoder.LegsDecoder leg : record.legs()) {
                legs.add(new Records.Leg(leg.deskId(), leg.epochDay(), leg.startUnit(), leg.units(), leg.lines()));
            }
            all.add(new HeldVisit(record.holdId(), record.applicationId(), record.postId(), record.deadlineMs(), record.startMs(), List.copyOf(legs)));
        }
    }

    List<HeldVisit> all() {
        return List.copyOf(all);
    }
}
