package org.mawid.engine.twin;

import org.mawid.engine.testkit.Command;
import org.mawid.sbe.*; // one encoder for every event

/** The part of {@link NaiveEvents} for what came with core version 5. */
final class NaiveDisplacementEvents {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NaiveEvents events;

    NaiveDisplacementEvents(final NaiveEvents events) {
        this.events = events;
    }

    void daysClosed(final DisplacementModel.Closure closure) {
        final DaysClosedEncoder message = new DaysClosedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), closure.post.id);
        final Command.CloseDays said = closure.said;
        events.end(message.closureId(closure.id).fromMs(said.fromMs()).toMs(said.toMs()).reasonHash(said.reasonHash()).poolId(said.poolId())
                .reasonCode(said.reasonCode()).capacity((short) said.capacity()).limit());
    }

    void closureInForce(final DisplacementModel.Closure closure) {
        final ClosureInForceEncoder message = new ClosureInForceEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), closure.post.id);
        events.end(message.closureId(closure.id).displaced(closure.displaced).holds(closure.holds).limit());
    }

    void daysReopened(final DisplacementModel.Closure closure, final boolean byCommand) {
        final DaysReopenedEncoder message = new DaysReopenedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), closure.post.id);
        events.end(message.closureId(closure.id).byCommand(NaiveEvents.yes(byCommand)).limit());
    }

    void postsAccepted(final Model.Application application) {
        final PostsAcceptedEncoder message = new PostsAcceptedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), application.postId);
        message.applicationId(application.id);
        final PostsAcceptedEncoder.PostsEncoder group = message.postsCount(application.acceptedPosts.size());
        application.acceptedPosts.forEach(post -> group.next().postId(post));
        events.end(message.limit());
    }

    void offerRulesSet(final Command.OfferRules r) {
        final OfferRulesSetEncoder message = new OfferRulesSetEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), 0);
        events.end(message.offerTtlMs(r.offerTtlMs()).noticeMs(r.noticeMs()).searchDays(r.searchDays()).offersEach((short) r.offersEach()).limit());
    }

    void waitingBegun(final DisplacementModel.Waiter waiter) {
        final WaitingBegunEncoder message = new WaitingBegunEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), waiter.post.id);
        events.end(message.waiterId(waiter.id).applicationId(waiter.application().id).appointmentId(waiter.lost.id).closureId(waiter.closureId)
                .lines(waiter.lines).prioritised(NaiveEvents.yes(waiter.prioritised)).limit());
    }

    void offerMade(final DisplacementModel.Waiter waiter) {
        final OfferMadeEncoder message = new OfferMadeEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), waiter.post.id);
        events.end(message.waiterId(waiter.id).applicationId(waiter.application().id).holdId(waiter.offer.id).offers((short) waiter.offers).limit());
    }

    void noRoomFound(final DisplacementModel.Waiter waiter) {
        final NoRoomFoundEncoder message = new NoRoomFoundEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), waiter.post.id);
        events.end(message.waiterId(waiter.id).applicationId(waiter.application().id).limit());
    }

    void offerLapsed(final DisplacementModel.Waiter waiter) {
        final OfferLapsedEncoder message = new OfferLapsedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), waiter.post.id);
        events.end(message.waiterId(waiter.id).applicationId(waiter.application().id).limit());
    }

    void waitingEnded(final DisplacementModel.Waiter waiter, final WaiterEnd end) {
        final WaitingEndedEncoder message = new WaitingEndedEncoder().wrapAndApplyHeader(events.out().buffer(), events.at(), header);
        events.head(message.head(), waiter.post.id);
        events.end(message.waiterId(waiter.id).applicationId(waiter.application().id).end(end).limit());
    }
}
