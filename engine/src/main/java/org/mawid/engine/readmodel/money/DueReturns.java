package org.mawid.engine.readmodel.money;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.Return;
import org.mawid.sbe.BatchSettledDecoder;
import org.mawid.sbe.ReturnOpenedDecoder;
import org.mawid.sbe.ReturnRecordDecoder;

/** Money that has gone back and is in no statement yet, by number. One thread writes, any reads. */
final class DueReturns {
    private final ConcurrentSkipListMap<Long, Return> due = new ConcurrentSkipListMap<>();

    void opened(final ReturnOpenedDecoder event) {
        due.put(event.returnId(), new Return(event.returnId(), event.paymentId(), event.applicationId(), event.stampId(), event.batchId(), event.head().postId(), event.currency(),
                event.amountMinor(), event.head().nowMs(), true, 0));
    }

    void record(final ReturnRecordDecoder record) {
        due.put(record.returnId(), CoreRows.returned(record));
    }

    void settled(final long returnId) {
        due.remove(returnId);
    }

    /** A batch that is settled as a whole takes its returns along. */
    void batchSettled(final BatchSettledDecoder event) {
        final long batchId = event.batchId();
        if (event.paymentId() == 0 && !due.isEmpty()) {
            due.values().removeIf(one -> one.batchId() == batchId);
        }
    }

    // ---- any thread

    List<Return> all(final int postId) {
        return due.values().stream().filter(one -> postId == 0 || one.postId() == postId).limit(MoneyView.MOST).toList();
    }
}
