package org.mawid.engine.core;

import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.allocation.Closures;
import org.mawid.engine.allocation.CoolingEras;
import org.mawid.engine.allocation.CoolingRows;
import org.mawid.engine.allocation.Coolings;
import org.mawid.engine.waiting.OfferRules;
import org.mawid.engine.waiting.Waiters;
import org.mawid.engine.waiting.Waitlist;
import org.mawid.sbe.AcceptedPostsRecordEncoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ClosureRecordEncoder;
import org.mawid.sbe.ClosureState;
import org.mawid.sbe.CoolingEraRecordEncoder;
import org.mawid.sbe.CoolingRecordEncoder;
import org.mawid.sbe.CoolingSetEncoder;
import org.mawid.sbe.CoolingState;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.OfferRulesSetEncoder;
import org.mawid.sbe.WaiterRecordEncoder;
import org.mawid.sbe.WaiterState;
import org.mawid.sbe.WaitlistRulesSetEncoder;

/** Tells closures, waiters, what cools and what goes with them in public words. Reads only. */
final class DisplacementDump {
    private final Closures closures;
    private final Waiters waiters;
    private final Coolings coolings;
    private final UnsafeBuffer buffer;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ClosureRecordEncoder closure = new ClosureRecordEncoder();
    private final WaiterRecordEncoder waiter = new WaiterRecordEncoder();
    private final AcceptedPostsRecordEncoder acceptedPosts = new AcceptedPostsRecordEncoder();
    private final OfferRulesSetEncoder offerRulesSet = new OfferRulesSetEncoder();
    private final WaitlistRulesSetEncoder waitlistRulesSet = new WaitlistRulesSetEncoder();
    private final CoolingSetEncoder coolingSet = new CoolingSetEncoder();
    private final CoolingRecordEncoder cooling = new CoolingRecordEncoder();
    private final CoolingEraRecordEncoder eraRecord = new CoolingEraRecordEncoder();

    DisplacementDump(final Rooms rooms, final UnsafeBuffer buffer) {
        this.closures = rooms.allocation.closures();
        this.waiters = rooms.waiters;
        this.coolings = rooms.allocation.coolings();
        this.buffer = buffer;
    }

    void rules(final RecordConsumer records, final long position, final long nowMs) {
        final OfferRules rules = waiters.rules();
        if (rules.wereSet()) {
            offerRulesSet.wrapAndApplyHeader(buffer, 0, header).head().position(position).nowMs(nowMs).ordinal(0).postId(0).reserved(0);
            offerRulesSet.offerTtlMs(rules.offerTtlMs()).noticeMs(rules.noticeMs()).searchDays(rules.searchDays()).offersEach((short) rules.offersEach());
            records.onRecord(OfferRulesSetEncoder.TEMPLATE_ID, buffer, 0, offerRulesSet.limit());
        }
        final Waitlist waitlist = waiters.waitlist();
        if (waitlist.wereSet()) {
            waitlistRulesSet.wrapAndApplyHeader(buffer, 0, header).head().position(position).nowMs(nowMs).ordinal(0).postId(0).reserved(0);
            waitlistRulesSet.offerTtlMs(waitlist.offerTtlMs()).noticeMs(waitlist.noticeMs()).coolingLeadMs(waitlist.coolingLeadMs())
                    .maxWaiters(waitlist.maxWaiters()).maxCoolings(waitlist.maxCoolings()).entriesEach((short) waitlist.entriesEach())
                    .offersEach((short) waitlist.offersEach()).spentEach((short) waitlist.spentEach());
            records.onRecord(WaitlistRulesSetEncoder.TEMPLATE_ID, buffer, 0, waitlistRulesSet.limit());
        }
    }

    /** How long room of a service cools, if that was ever said. */
    void coolingOf(final int service, final RecordConsumer records, final long position, final long nowMs) {
        if (coolings.times().isSet(service)) {
            coolingSet.wrapAndApplyHeader(buffer, 0, header).head().position(position).nowMs(nowMs).ordinal(0).postId(0).reserved(0);
            coolingSet.minMs(coolings.times().leastMs(service)).maxMs(coolings.times().mostMs(service)).serviceId(service);
            records.onRecord(CoolingSetEncoder.TEMPLATE_ID, buffer, 0, coolingSet.limit());
        }
    }

    void cooling(final long run, final RecordConsumer records) {
        final CoolingRows runs = coolings.rows();
        cooling.wrapAndApplyHeader(buffer, 0, header).runId(run).coolingId(runs.cooling(run)).sinceMs(runs.sinceMs(run)).dueMs(runs.dueMs(run))
                .era(runs.era(run)).minMs(runs.least(run)).maxMs(runs.most(run)).epochDay(runs.epochDay(run)).poolId(runs.pool(run))
                .startUnit((short) runs.startUnit(run)).units((short) runs.units(run)).places((short) runs.places(run))
                .state(runs.isAnswered(run) ? CoolingState.ANSWERED : CoolingState.OPEN);
        records.onRecord(CoolingRecordEncoder.TEMPLATE_ID, buffer, 0, cooling.limit());
    }

    void era(final long era, final RecordConsumer records) {
        final CoolingEras eras = coolings.eras();
        eraRecord.wrapAndApplyHeader(buffer, 0, header).era(era).word1(eras.word(era, 0)).word2(eras.word(era, 1)).word3(eras.word(era, 2))
                .word4(eras.word(era, 3)).coolings(eras.coolings(era));
        records.onRecord(CoolingEraRecordEncoder.TEMPLATE_ID, buffer, 0, eraRecord.limit());
    }

    void closure(final long id, final RecordConsumer records) {
        closure.wrapAndApplyHeader(buffer, 0, header).closureId(id).fromMs(closures.fromMs(id)).toMs(closures.toMs(id)).beganMs(closures.beganMs(id))
                .reasonHash(closures.reasonHash(id)).displaced(closures.displaced(id)).holds(closures.holds(id)).postId(closures.post(id)).poolId(closures.pool(id))
                .reasonCode(closures.reasonCode(id)).capacity((short) closures.capacity(id)).state(ClosureState.get((short) closures.state(id)));
        records.onRecord(ClosureRecordEncoder.TEMPLATE_ID, buffer, 0, closure.limit());
    }

    void waiter(final long id, final RecordConsumer records) {
        waiter.wrapAndApplyHeader(buffer, 0, header).waiterId(id).applicationId(waiters.application(id)).appointmentId(waiters.appointment(id))
                .closureId(waiters.closure(id)).holdId(waiters.hold(id)).sinceMs(waiters.sinceMs(id)).lines(waiters.lines(id)).postId(waiters.post(id))
                .state(WaiterState.get((short) waiters.state(id))).prioritised(waiters.isPrioritised(id) ? BooleanType.YES : BooleanType.NO)
                .offers((short) waiters.offers(id)).fromEpochDay(waiters.isDisplaced(id) ? 0 : waiters.epochDay(id))
                .toEpochDay(waiters.isDisplaced(id) ? 0 : waiters.lastDay(id));
        records.onRecord(WaiterRecordEncoder.TEMPLATE_ID, buffer, 0, waiter.limit());
    }

    void acceptedPosts(final long application, final RecordConsumer records) {
        final int count = waiters.accepted().count(application);
        final AcceptedPostsRecordEncoder.PostsEncoder posts = acceptedPosts.wrapAndApplyHeader(buffer, 0, header).applicationId(application).postsCount(count);
        for (int i = 0; i < count; i++) {
            posts.next().postId(waiters.accepted().post(application, i));
        }
        records.onRecord(AcceptedPostsRecordEncoder.TEMPLATE_ID, buffer, 0, acceptedPosts.limit());
    }
}
