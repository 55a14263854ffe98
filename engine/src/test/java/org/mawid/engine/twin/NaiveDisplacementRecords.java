package org.mawid.engine.twin;

import org.agrona.MutableDirectBuffer;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.*; // one encoder for every record

/** The part of {@link NaiveRecords} for what came with core version 5. */
final class NaiveDisplacementRecords {
    private final Model model;
    private final MutableDirectBuffer buffer;
    private final Runnable tell;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** @param tell that the next record is in the buffer */
    NaiveDisplacementRecords(final Model model, final MutableDirectBuffer buffer, final Runnable tell) {
        this.model = model;
        this.buffer = buffer;
        this.tell = tell;
    }

    void all() {
        model.displacement.closures.values().forEach(this::closure);
        model.displacement.waiters.values().forEach(this::waiter);
        model.cooling.runs.values().forEach(this::cooling);
        model.cooling.eras.forEach(this::era);
        model.applications.values().stream().filter(application -> !application.acceptedPosts.isEmpty()).forEach(this::acceptedPosts);
    }

    private void closure(final DisplacementModel.Closure closure) {
        final Command.CloseDays said = closure.said;
        new ClosureRecordEncoder().wrapAndApplyHeader(buffer, 0, header).closureId(closure.id).fromMs(said.fromMs()).toMs(said.toMs()).beganMs(closure.beganMs)
                .reasonHash(said.reasonHash()).displaced(closure.displaced).holds(closure.holds).postId(closure.post.id).poolId(said.poolId())
                .reasonCode(said.reasonCode()).capacity((short) said.capacity()).state(closure.state);
        tell.run();
    }

    private void waiter(final DisplacementModel.Waiter waiter) {
        new WaiterRecordEncoder().wrapAndApplyHeader(buffer, 0, header).waiterId(waiter.id).applicationId(waiter.application().id)
                .appointmentId(waiter.lost == null ? 0 : waiter.lost.id).closureId(waiter.closureId).holdId(waiter.offer == null ? 0 : waiter.offer.id).sinceMs(waiter.sinceMs)
                .lines(waiter.lines).postId(waiter.post.id).state(waiter.state).prioritised(NaiveEvents.yes(waiter.prioritised))
                .offers((short) waiter.offers).fromEpochDay(waiter.fromDay).toEpochDay(waiter.toDay);
        tell.run();
    }

    private void cooling(final CoolingModel.Run run) {
        new CoolingRecordEncoder().wrapAndApplyHeader(buffer, 0, header).runId(run.id).coolingId(run.cooling).sinceMs(run.sinceMs).dueMs(run.dueMs).era(run.era)
                .minMs(run.minMs).maxMs(run.maxMs).epochDay(run.key.epochDay()).poolId(run.key.poolId()).startUnit((short) run.from).units((short) run.units)
                .places((short) run.places).state(run.answered ? CoolingState.ANSWERED : CoolingState.OPEN);
        tell.run();
    }

    private void era(final long era, final Command.Words hash) {
        new CoolingEraRecordEncoder().wrapAndApplyHeader(buffer, 0, header).era(era).word1(hash.word1()).word2(hash.word2()).word3(hash.word3()).word4(hash.word4())
                .coolings(model.cooling.runs.values().stream().filter(run -> run.era == era).count());
        tell.run();
    }

    private void acceptedPosts(final Model.Application application) {
        final AcceptedPostsRecordEncoder message = new AcceptedPostsRecordEncoder().wrapAndApplyHeader(buffer, 0, header).applicationId(application.id);
        final AcceptedPostsRecordEncoder.PostsEncoder group = message.postsCount(application.acceptedPosts.size());
        application.acceptedPosts.forEach(post -> group.next().postId(post));
        tell.run();
    }
}
