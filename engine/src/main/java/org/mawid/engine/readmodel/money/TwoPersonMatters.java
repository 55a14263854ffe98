package org.mawid.engine.readmodel.money;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.Proposal;
import org.mawid.engine.readmodel.MoneyView.Refund;
import org.mawid.sbe.Account;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.PostedDecoder;
import org.mawid.sbe.StampDecidedDecoder;
import org.mawid.sbe.StampMatter;
import org.mawid.sbe.StampProposedDecoder;
import org.mawid.sbe.StampRecordDecoder;
import org.mawid.sbe.StampState;
import org.mawid.sbe.StampsChangedDecoder;

/** What waits for a second person, and refunds that wait to be given back, by stamp. One thread writes, any reads. */
final class TwoPersonMatters {
    private final ConcurrentSkipListMap<Long, Proposal> proposals = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, Refund> refunds = new ConcurrentSkipListMap<>();
    /** Approved by the present command: how much it is, only its entry in the books says. */
    private Refund approved;

    boolean isEmpty() {
        return proposals.isEmpty() && refunds.isEmpty() && approved == null;
    }

    void proposed(final StampProposedDecoder event) {
        proposals.put(event.stampId(), new Proposal(event.stampId(), event.applicationId(), event.head().postId(), event.matter(), event.actor(), event.reasonHash(),
                event.reasonCode(), event.head().nowMs(), 0));
    }

    void decided(final StampDecidedDecoder event) {
        final Proposal was = proposals.remove(event.stampId());
        if (event.matter() == StampMatter.REFUND && event.approved() == BooleanType.YES) {
            approved = new Refund(event.stampId(), event.applicationId(), was == null ? 0 : was.paymentId(), event.head().postId(), 0, "");
        }
    }

    /** In the command that decides it is the refund's own entry. */
    void posted(final PostedDecoder event) {
        if (approved == null) {
            return;
        }
        for (final PostedDecoder.EntriesDecoder entry : event.entries()) {
            if (entry.account() == Account.REFUNDS_PAYABLE) {
                approved = new Refund(approved.stampId(), approved.applicationId(), approved.paymentId(), approved.postId(), entry.creditMinor(), entry.currency());
            }
        }
        settle();
    }

    /** Nothing more comes of the command: what cost nothing has no entry. */
    void settle() {
        if (approved != null) {
            refunds.put(approved.stampId(), approved);
            approved = null;
        }
    }

    /** A stamp goes another way than was proposed, or the refund's. */
    void changed(final StampsChangedDecoder event) {
        final boolean requested = event.state() == StampState.REFUND_REQUESTED;
        final long paymentId = event.paymentId();
        for (final StampsChangedDecoder.StampsDecoder one : event.stamps()) {
            if (requested) {
                proposals.computeIfPresent(one.stampId(), (id, of) -> new Proposal(id, of.applicationId(), of.postId(), of.matter(), of.actor(), of.reasonHash(),
                        of.reasonCode(), of.proposedMs(), paymentId));
            } else {
                ended(one.stampId());
            }
        }
    }

    void ended(final long stampId) {
        proposals.remove(stampId);
        refunds.remove(stampId);
    }

    /** A payable one. */
    void record(final StampRecordDecoder record) {
        refunds.put(record.stampId(), new Refund(record.stampId(), record.applicationId(), record.paymentId(), record.postId(), record.localMinor(),
                record.localMinor() == 0 ? "" : record.currency()));
    }

    void retired(final long applicationId) {
        proposals.values().removeIf(one -> one.applicationId() == applicationId);
    }

    // ---- any thread

    List<Proposal> proposals(final int postId) {
        return proposals.values().stream().filter(one -> postId == 0 || one.postId() == postId).limit(MoneyView.MOST).toList();
    }

    List<Refund> refunds() {
        return refunds.values().stream().limit(MoneyView.MOST).toList();
    }
}
