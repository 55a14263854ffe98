package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mawid.sbe.Account;
import org.mawid.sbe.StampState;

/** What becomes of stamps, one by one, and how it is told: one event for each state. */
final class NaiveLives {
    private static final List<StampState> TOLD_FIRST = List.of(StampState.PAYMENT_PENDING, StampState.IN_DOUBT, StampState.ISSUED, StampState.PAID,
            StampState.CONSUMED, StampState.WAIVED, StampState.REFUND_REQUESTED, StampState.REFUNDED, StampState.FORFEITED, StampState.CHARGED_BACK);

    private final Model model;
    private final NaiveLedger ledger;
    private final NaiveMoneyEvents events;
    private final NaiveEvents plainEvents;
    private final Map<StampState, List<Model.Stamp>> changed = new EnumMap<>(StampState.class);

    NaiveLives(final Model model, final NaiveLedger ledger, final NaiveMoneyEvents events, final NaiveEvents plainEvents) {
        this.model = model;
        this.ledger = ledger;
        this.events = events;
        this.plainEvents = plainEvents;
    }

    private boolean keepsLedger() {
        return model.coreVersion >= 3;
    }

    /** The ledger learns of a stamp: when it is issued, or when one from before the ledger moves. */
    void open(final Model.Stamp stamp) {
        if (keepsLedger() && !stamp.opened) {
            stamp.opened = true;
            ledger.memo(stamp, Account.UNPAID, Account.ISSUED);
        }
    }

    void become(final Model.Stamp stamp, final StampState state) {
        stamp.state = state;
        changed.values().forEach(list -> list.remove(stamp));
        changed.computeIfAbsent(state, key -> new ArrayList<>()).add(stamp);
    }

    void makeVoid(final Model.Stamp stamp) {
        open(stamp);
        dropProposal(stamp);
        become(stamp, StampState.VOID);
        leaveLine(stamp);
        if (keepsLedger()) {
            ledger.memo(stamp, Account.VOIDED, Account.UNPAID);
        }
    }

    void dropProposal(final Model.Stamp stamp) {
        stamp.matter = null;
        stamp.proposer = 0;
        stamp.refundApproved = false;
    }

    private static void leaveLine(final Model.Stamp stamp) {
        if (stamp.ofLine().stamp == stamp) {
            stamp.ofLine().stamp = null;
        }
    }

    /** Its payment came to nothing, or to nothing any more: money and memo have been put back. */
    void goBack(final Model.Stamp stamp) {
        if (stamp.ofLine().isOpen()) {
            become(stamp, StampState.ISSUED);
            age(stamp);
        } else {
            makeVoid(stamp);
        }
    }

    /** A stamp that rests too long lapses, or is forfeited when it was paid. @return true when it did */
    boolean age(final Model.Stamp stamp) {
        if (stamp == null || !keepsLedger()) {
            return false;
        }
        final Model.Line line = stamp.ofLine();
        if (line.stamp == stamp && line.isTaken()) {
            return false;
        }
        if (stamp.state == StampState.ISSUED && stamp.issuedMs + model.money.rules.lapseMs() <= model.nowMs) {
            open(stamp);
            dropProposal(stamp);
            become(stamp, StampState.LAPSED);
            leaveLine(stamp);
            ledger.memo(stamp, Account.LAPSED, Account.UNPAID);
            return true;
        }
        if (stamp.state == StampState.PAID && stamp.issuedMs + model.money.rules.validityMs() <= model.nowMs) {
            become(stamp, StampState.FORFEITED);
            leaveLine(stamp);
            ledger.memo(stamp, Account.PAID_FORFEITED, Account.PAID_HELD);
            ledger.move(stamp, Account.HELD, Account.FORFEITED);
            return true;
        }
        return false;
    }

    /** Money has come for it, or was there and now pays for it. @param from where the money is */
    void pay(final Model.Stamp stamp, final Account from) {
        paidMemo(stamp);
        ledger.move(stamp, from, Account.HELD);
    }

    /** It is paid, and no money moves for it. */
    void paidMemo(final Model.Stamp stamp) {
        open(stamp);
        become(stamp, StampState.PAID);
        ledger.memo(stamp, Account.PAID, Account.UNPAID);
        ledger.memo(stamp, Account.PAID_HELD, Account.PAID_SO_FAR);
    }

    /** The money that paid it has gone again before it was used. */
    void unpay(final Model.Stamp stamp, final Account to) {
        dropProposal(stamp);
        ledger.memo(stamp, Account.UNPAID, Account.PAID);
        ledger.memo(stamp, Account.PAID_SO_FAR, Account.PAID_HELD);
        ledger.move(stamp, Account.HELD, to);
        goBack(stamp);
    }

    /** The money of a stamp has gone after it ended. @param memo where it was counted @param from who bears it */
    void chargeBack(final Model.Stamp stamp, final Account memo, final Account from, final Account to) {
        dropProposal(stamp);
        become(stamp, StampState.CHARGED_BACK);
        leaveLine(stamp);
        ledger.memo(stamp, Account.PAID_CHARGED_BACK, memo);
        ledger.move(stamp, from, to);
    }

    /** An approved refund was given back. */
    void refunded(final Model.Stamp stamp, final Account to) {
        dropProposal(stamp);
        become(stamp, StampState.REFUNDED);
        leaveLine(stamp);
        ledger.memo(stamp, Account.PAID_REFUNDED, Account.PAID_HELD);
        ledger.move(stamp, Account.REFUNDS_PAYABLE, to);
    }

    /** Its money pays for another stamp from now on. */
    void giveUpForReuse(final Model.Stamp stamp) {
        become(stamp, StampState.VOID);
        leaveLine(stamp);
        ledger.memo(stamp, Account.VOIDED, Account.PAID);
        ledger.memo(stamp, Account.PAID_SO_FAR, Account.PAID_HELD);
    }

    /** Tells what has changed since the last time, of one application. */
    void tell(final long paymentId) {
        tell(paymentId, 0, 0);
    }

    void tell(final long paymentId, final int epochDay, final int atPostId) {
        TOLD_FIRST.forEach(state -> tell(state, paymentId, epochDay, atPostId));
        changed.getOrDefault(StampState.VOID, List.of()).forEach(plainEvents::stampVoided);
        tell(StampState.LAPSED, paymentId, epochDay, atPostId);
        changed.clear();
    }

    private void tell(final StampState state, final long paymentId, final int epochDay, final int atPostId) {
        final List<Model.Stamp> stamps = changed.getOrDefault(state, List.of());
        if (!stamps.isEmpty()) {
            events.stampsChanged(stamps, state, paymentId, epochDay, atPostId);
        }
    }
}
