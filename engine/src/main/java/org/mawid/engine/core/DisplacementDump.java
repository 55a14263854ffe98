package org.mawid.engine.core;

import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.allocation.Closures;
import org.mawid.engine.waiting.OfferRules;
import org.mawid.engine.waiting.Waiters;
import org.mawid.sbe.AcceptedPostsRecordEncoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ClosureRecordEncoder;
import org.mawid.sbe.ClosureState;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.OfferRulesSetEncoder;
import org.mawid.sbe.WaiterRecordEncoder;
import org.mawid.sbe.WaiterState;

/** Tells closures, waiters and what goes with them in public words. Reads only. */
final class DisplacementDump {
    private final Closures closures;
    private final Waiters waiters;
    private final UnsafeBuffer buffer;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ClosureRecordEncoder closure = new ClosureRecordEncoder();
    private final WaiterRecordEncoder waiter = new WaiterRecordEncoder();
    private final AcceptedPostsRecordEncoder acceptedPosts = new AcceptedPostsRecordEncoder();
    private final OfferRulesSetEncoder offerRulesSet = new OfferRulesSetEncoder();

    DisplacementDump(final Rooms rooms, final UnsafeBuffer buffer) {
        this.closures = rooms.allocation.closures();
        this.waiters = rooms.waiters;
        this.buffer = buffer;
    }

    void rules(final RecordConsumer records, final long position, final long nowMs) {
        final OfferRules rules = waiters.rules();
        if (rules.wereSet()) {
            offerRulesSet.wrapAndApplyHeader(buffer, 0, header).head().position(position).nowMs(nowMs).ordinal(0).postId(0).reserved(0);
            offerRulesSet.offerTtlMs(rules.offerTtlMs()).noticeMs(rules.noticeMs()).searchDays(rules.searchDays()).offersEach((short) rules.offersEach());
            records.onRecord(OfferRulesSetEncoder.TEMPLATE_ID, buffer, 0, offerRulesSet.limit());
        }
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
                .offers((short) waiters.offers(id));
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
