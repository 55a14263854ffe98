package org.mawid.engine.twin;

import static org.mawid.sbe.Result.BREAKS_FULL;
import static org.mawid.sbe.Result.BREAK_STATE;
import static org.mawid.sbe.Result.BREAK_UNKNOWN;
import static org.mawid.sbe.Result.FORBIDDEN;

import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.BreakState;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.Channel;

/** What does not agree: opened by the core itself or by reconciliation, resolved only by a person. */
final class NaiveBreaks {
    private static final int TYPE_SHIFT = 56;

    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveMoneyEvents events;
    private final List<MoneyModel.Break> untold = new ArrayList<>();

    NaiveBreaks(final Model model, final NaiveCatalogue catalogue, final NaiveMoneyEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.events = events;
    }

    Answer openBreak(final Command.OpenBreak c) {
        final MoneyModel.Break known = model.money.openBreaks.get(c.key());
        if (known != null) {
            return Answer.done(known.id, 1, 0);
        }
        if (c.postId() != 0) {
            catalogue.post(c.postId());
        }
        Refusal.when(model.money.breaks.size() >= model.money.rules.maxBreaks(), BREAKS_FULL);

        return Answer.done(open(c).id, 0, 0);
    }

    Answer assign(final Command.AssignBreak c) {
        final MoneyModel.Break one = open(c.breakId());

        one.owner = c.owner();
        events.breakAssigned(one, c.request().actor());
        return Answer.DONE;
    }

    Answer resolve(final Command.ResolveBreak c) {
        Refusal.when(c.request().actor() == 0 || c.request().channel() == Channel.SYSTEM, FORBIDDEN);
        final MoneyModel.Break one = open(c.breakId());

        one.state = BreakState.RESOLVED;
        one.resolvedMs = model.nowMs;
        one.resolvedBy = c.request().actor();
        one.reasonHash = c.reasonHash();
        one.reasonCode = c.reasonCode();
        model.money.openBreaks.remove(one.said.key());
        events.breakResolved(one);
        return Answer.DONE;
    }

    /** An open one. @throws Refusal when there is none of that number, or it is resolved */
    MoneyModel.Break open(final long id) {
        final MoneyModel.Break one = model.money.breaks.get(id);
        Refusal.when(one == null, BREAK_UNKNOWN);
        Refusal.when(one.state != BreakState.OPEN, BREAK_STATE);
        return one;
    }

    /** The core itself has met what does not agree. */
    void ofPayment(final BreakType type, final MoneyModel.Payment payment, final long ourMinor, final long theirMinor, final String currency) {
        openOnce(new Command.OpenBreak(Command.Request.NOBODY, (long) type.value() << TYPE_SHIFT | payment.id, payment.id, 0, ourMinor, theirMinor,
                0, payment.post.id, currency, type));
    }

    /** As {@link #ofPayment}. */
    void ofBatch(final BreakType type, final MoneyModel.Batch batch, final long ourMinor, final long theirMinor) {
        openOnce(new Command.OpenBreak(Command.Request.NOBODY, (long) type.value() << TYPE_SHIFT | batch.id, 0, batch.id, ourMinor, theirMinor, 0,
                batch.post.id, batch.currency, type));
    }

    /** A stamp was used and was worth nothing, or no more. @throws Refusal when there cannot be another one */
    long ofUse(final BreakType type, final Model.Stamp stamp, final int postId, final long key) {
        final MoneyModel.Break known = model.money.openBreaks.get(key);
        Refusal.when(known == null && model.money.breaks.size() >= model.money.rules.maxBreaks(), BREAKS_FULL);
        return known != null ? known.id
                : open(new Command.OpenBreak(Command.Request.NOBODY, key, stamp.paymentId, 0, stamp.localMinor, 0, stamp.id, postId, stamp.currency, type)).id;
    }

    private void openOnce(final Command.OpenBreak c) {
        if (!model.money.openBreaks.containsKey(c.key())) {
            open(c);
        }
    }

    private MoneyModel.Break open(final Command.OpenBreak c) {
        final MoneyModel.Break one = new MoneyModel.Break(model.money.breaks.size() + 1L, c);
        one.openedMs = model.nowMs;
        model.money.breaks.put(one.id, one);
        model.money.openBreaks.put(c.key(), one);
        untold.add(one);
        return one;
    }

    /** The last events of a command. */
    void tell() {
        untold.forEach(events::breakOpened);
        untold.clear();
    }
}
