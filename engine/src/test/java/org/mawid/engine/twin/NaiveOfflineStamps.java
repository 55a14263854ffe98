package org.mawid.engine.twin;

import static org.mawid.sbe.Result.LINE_UNKNOWN;
import static org.mawid.sbe.Result.STAMP_ALREADY_CONSUMED;
import static org.mawid.sbe.Result.STAMP_STATE;
import static org.mawid.sbe.Result.STAMP_UNKNOWN;

import org.mawid.engine.kernel.StateHash;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.BreakType;

/** Stamps that were used while a link was down, whatever they were worth. */
final class NaiveOfflineStamps {
    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveStampUse use;
    private final NaiveBreaks breaks;

    NaiveOfflineStamps(final Model model, final NaiveCatalogue catalogue, final NaiveStampUse use, final NaiveBreaks breaks) {
        this.model = model;
        this.catalogue = catalogue;
        this.use = use;
        this.breaks = breaks;
    }

    Answer consume(final Command.RecordConsumption c) {
        final Model.Stamp stamp = model.stamps.get(c.stampId());
        Refusal.when(stamp == null || stamp.application.id != c.applicationId(), STAMP_UNKNOWN);
        final Model.Post at = catalogue.post(c.postId());
        NaiveOffline.mustHaveBeen(model, c.atMs());
        Refusal.when(stamp.line != c.line(), LINE_UNKNOWN);
        if (stamp.isUsed()) {
            return new Answer(STAMP_ALREADY_CONSUMED, stamp.consumedMs, stamp.consumedPost, breakOf(BreakType.CONSUMED_TWICE, stamp, c));
        }
        if (!NaiveStampUse.isWorth(stamp) || !NaiveStampUse.isForAct(stamp)) {
            return new Answer(STAMP_STATE, 0, 0, breakOf(BreakType.USED_WITHOUT_VALUE, stamp, c));
        }
        return use.use(stamp, at, c.epochDay());
    }

    private long breakOf(final BreakType type, final Model.Stamp stamp, final Command.RecordConsumption c) {
        final long key = StateHash.mix(StateHash.mix(StateHash.mix(stamp.id, c.postId()), c.epochDay()), c.atMs());
        model.recorded.merge(type + (model.money.openBreaks.containsKey(key) ? " again" : ""), 1, Integer::sum);
        return breaks.ofUse(type, stamp, c.postId(), key);
    }
}
