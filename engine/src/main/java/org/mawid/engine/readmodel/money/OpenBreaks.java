package org.mawid.engine.readmodel.money;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.Assignment;
import org.mawid.engine.readmodel.MoneyView.OpenBreak;
import org.mawid.sbe.BreakAssignedDecoder;
import org.mawid.sbe.BreakOpenedDecoder;
import org.mawid.sbe.BreakRecordDecoder;

/** Breaks that nobody has resolved, by number. One thread writes, any reads. */
final class OpenBreaks {
    private final ConcurrentSkipListMap<Long, OpenBreak> open = new ConcurrentSkipListMap<>();

    void opened(final BreakOpenedDecoder event) {
        open.put(event.breakId(), new OpenBreak(event.breakId(), event.breakType(), event.key(), event.head().postId(), event.currency(), event.ourMinor(),
                event.theirMinor(), event.paymentId(), event.batchId(), event.detailHash(), event.head().nowMs(), List.of()));
    }

    void record(final BreakRecordDecoder record) {
        open.put(record.breakId(), new OpenBreak(record.breakId(), record.breakType(), record.key(), record.postId(), record.currency(), record.ourMinor(),
                record.theirMinor(), record.paymentId(), record.batchId(), record.detailHash(), record.openedMs(),
                record.owner() == 0 ? List.of() : List.of(new Assignment(record.owner(), 0, 0))));
    }

    void assigned(final BreakAssignedDecoder event) {
        final Assignment added = new Assignment(event.owner(), event.actor(), event.head().nowMs());
        open.computeIfPresent(event.breakId(), (id, one) -> new OpenBreak(id, one.type(), one.key(), one.postId(), one.currency(), one.ourMinor(), one.theirMinor(),
                one.paymentId(), one.batchId(), one.detailHash(), one.openedMs(), with(one.assignments(), added)));
    }

    private static List<Assignment> with(final List<Assignment> before, final Assignment added) {
        final List<Assignment> all = new ArrayList<>(before.subList(Math.max(0, before.size() - OpenBreak.MOST_ASSIGNMENTS + 1), before.size()));
        all.add(added);
        return List.copyOf(all);
    }

    void resolved(final long breakId) {
        open.remove(breakId);
    }

    // ---- any thread

    OpenBreak one(final long breakId) {
        return open.get(breakId);
    }

    List<OpenBreak> all(final int postId) {
        return open.values().stream().filter(one -> postId == 0 || one.postId() == postId).limit(MoneyView.MOST).toList();
    }
}
