package org.mawid.engine.readmodel.catalogue;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.CatalogueView.OpenChange;
import org.mawid.sbe.ChangeAbandonedDecoder;
import org.mawid.sbe.ChangeAppliedDecoder;
import org.mawid.sbe.ChangeBegunDecoder;
import org.mawid.sbe.ChangeRecordDecoder;
import org.mawid.sbe.DayRecordDecoder;
import org.mawid.sbe.DayStagedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/**
 * Staged changes that are neither applied nor abandoned, and how much waits in each. Beside the picture: a year's import stages hundreds of
 * thousands of days. One thread writes, any reads.
 */
final class OpenChanges {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ChangeBegunDecoder changeBegun = new ChangeBegunDecoder();
    private final DayStagedDecoder dayStaged = new DayStagedDecoder();
    private final ChangeAppliedDecoder changeApplied = new ChangeAppliedDecoder();
    private final ChangeAbandonedDecoder changeAbandoned = new ChangeAbandonedDecoder();
    private final ChangeRecordDecoder changeRecord = new ChangeRecordDecoder();
    private final DayRecordDecoder dayRecord = new DayRecordDecoder();
    private ConcurrentSkipListMap<Long, OpenChange> fed = new ConcurrentSkipListMap<>();
    private volatile ConcurrentSkipListMap<Long, OpenChange> shown = fed;

    /** What follows is all there is; readers see the old until {@link #show}. */
    void beginRebuild() {
        fed = new ConcurrentSkipListMap<>();
    }

    void show() {
        shown = fed;
    }

    /** One event or record with its header; what is about no staged change is passed over. */
    void read(final DirectBuffer buffer, final int offset) {
        header.wrap(buffer, offset);
        switch (header.templateId()) {
            case ChangeBegunDecoder.TEMPLATE_ID -> {
                changeBegun.wrapAndApplyHeader(buffer, offset, header);
                fed.put(changeBegun.changeId(), new OpenChange(changeBegun.changeId(), changeBegun.head().postId(), 0, 0, 0,
                        changeBegun.head().position(), changeBegun.head().nowMs()));
            }
            case ChangeRecordDecoder.TEMPLATE_ID -> {
                changeRecord.wrapAndApplyHeader(buffer, offset, header);
                fed.put(changeRecord.changeId(), new OpenChange(changeRecord.changeId(), changeRecord.postId(), 0, 0, 0,
                        changeRecord.begunPosition(), changeRecord.begunMs()));
            }
            case DayStagedDecoder.TEMPLATE_ID -> {
                dayStaged.wrapAndApplyHeader(buffer, offset, header);
                stage(dayStaged.changeId(), dayStaged.epochDay());
            }
            case DayRecordDecoder.TEMPLATE_ID -> {
                dayRecord.wrapAndApplyHeader(buffer, offset, header);
                if (dayRecord.changeId() != 0) {
                    stage(dayRecord.changeId(), dayRecord.epochDay());
                }
            }
            case ChangeAppliedDecoder.TEMPLATE_ID -> fed.remove(changeApplied.wrapAndApplyHeader(buffer, offset, header).changeId());
            case ChangeAbandonedDecoder.TEMPLATE_ID -> fed.remove(changeAbandoned.wrapAndApplyHeader(buffer, offset, header).changeId());
            default -> { }
        }
    }

    private void stage(final long changeId, final int epochDay) {
        fed.computeIfPresent(changeId, (id, change) -> new OpenChange(id, change.postId(), change.days() + 1,
                change.days() == 0 ? epochDay : Math.min(change.firstEpochDay(), epochDay),
                change.days() == 0 ? epochDay : Math.max(change.lastEpochDay(), epochDay), change.begunPosition(), change.begunMs()));
    }

    /** By number. Any thread. */
    List<OpenChange> all() {
        return List.copyOf(shown.values());
    }
}
