package org.mawid.engine.twin;

import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.CoolingBegunEncoder;
import org.mawid.sbe.CoolingDueSetEncoder;
import org.mawid.sbe.CoolingEnd;
import org.mawid.sbe.CoolingEndedEncoder;
import org.mawid.sbe.CoolingEraChangedEncoder;
import org.mawid.sbe.CoolingSetEncoder;
import org.mawid.sbe.EraState;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.WaitingReducedEncoder;
import org.mawid.sbe.WaitlistJoinedEncoder;
import org.mawid.sbe.WaitlistRulesSetEncoder;

/** The part of {@link NaiveEvents} for waiting and cooling, which came with core version 7. */
final class NaiveWaitingEvents {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NaiveEvents events;

    NaiveWaitingEvents(final NaiveEvents events) {
        this.events = events;
    }

    void joined(final DisplacementModel.Waiter waiter) {
        final WaitlistJoinedEncoder message = new WaitlistJoinedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), waiter.post.id);
        events.end(message.waiterId(waiter.id).applicationId(waiter.application().id).appointmentId(waiter.lost == null ? 0 : waiter.lost.id)
                .fromEpochDay(waiter.fromDay).toEpochDay(waiter.toDay).lines(waiter.lines).limit());
    }

    void reduced(final DisplacementModel.Waiter waiter) {
        final WaitingReducedEncoder message = new WaitingReducedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), waiter.post.id);
        events.end(message.waiterId(waiter.id).applicationId(waiter.application().id).lines(waiter.lines).limit());
    }

    void rulesSet(final Command.WaitlistRules r) {
        final WaitlistRulesSetEncoder message = new WaitlistRulesSetEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), 0);
        events.end(message.offerTtlMs(r.offerTtlMs()).noticeMs(r.noticeMs()).coolingLeadMs(r.coolingLeadMs()).maxWaiters(r.maxWaiters())
                .maxCoolings(r.maxCoolings()).entriesEach((short) r.entriesEach()).offersEach((short) r.offersEach()).spentEach((short) r.spentEach()).limit());
    }

    /** @param first of the runs @param runs as they are taken */
    void coolingBegun(final CoolingModel.Run first, final List<NaiveEvents.Room> runs) {
        final CoolingBegunEncoder message = new CoolingBegunEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), first.post.id);
        final CoolingBegunEncoder.RunsEncoder group = message.coolingId(first.cooling).dueMs(first.dueMs).era(first.era).minMs(first.minMs).maxMs(first.maxMs).sinceMs(first.sinceMs)
                .runsCount(runs.size());
        runs.forEach(run -> group.next().poolId(run.poolId()).epochDay(run.epochDay()).startUnit((short) run.startUnit()).units((short) run.units())
                .places((short) -run.delta()));
        events.end(message.limit());
    }

    /** Counts for as many entries of RoomChanged. @param runs of one day */
    void coolingEnded(final List<CoolingModel.Run> runs, final CoolingEnd how) {
        events.tells(runs.size());
        final CoolingEndedEncoder message = new CoolingEndedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), runs.get(0).post.id);
        final CoolingEndedEncoder.RunsEncoder group = message.end(how).runsCount(runs.size());
        runs.forEach(run -> group.next().coolingId(run.cooling).runId(run.id));
        events.end(message.limit());
    }

    void coolingDueSet(final CoolingModel.Run run, final long delayMs) {
        final CoolingDueSetEncoder message = new CoolingDueSetEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), run.post.id);
        events.end(message.coolingId(run.cooling).delayMs(delayMs).dueMs(run.dueMs).limit());
    }

    void coolingSet(final Command.SetCooling c) {
        final CoolingSetEncoder message = new CoolingSetEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), 0);
        events.end(message.minMs(c.minMs()).maxMs(c.maxMs()).serviceId(c.serviceId()).limit());
    }

    void eraChanged(final long era, final Command.Words words, final EraState state) {
        final CoolingEraChangedEncoder message = new CoolingEraChangedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), 0);
        events.end(message.era(era).word1(words.word1()).word2(words.word2()).word3(words.word3()).word4(words.word4()).state(state).limit());
    }
}
