package org.mawid.api.fake;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.ClosureState;
import org.mawid.sbe.WaiterState;

/** Closure 7 of desk 11, because of which application 7 has lost appointment 7 and is offered hold 7. */
final class FakeClosures implements ClosuresView {
    private static final long FROM_MS = FakeReadModel.EPOCH_DAY * 86_400_000L;
    private static final Closure CLOSURE = new Closure(FakeReadModel.KNOWN, FakeReadModel.POST, FakeReadModel.DESK, FROM_MS, FROM_MS + 3_600_000, 0, 4, 9, 5,
            ClosureState.IN_FORCE, 1, 2);
    private static final Waiter WAITER = new Waiter(3, FakeReadModel.KNOWN, FakeReadModel.KNOWN, FakeReadModel.KNOWN, FakeReadModel.POST, FakeReadModel.KNOWN, 6, 1,
            WaiterState.OFFERED, true, 1);

    @Override
    public List<Closure> closures(final int postId) {
        return postId == 0 || postId == FakeReadModel.POST ? List.of(CLOSURE) : List.of();
    }

    @Override
    public Closure closure(final long closureId) {
        return closureId == CLOSURE.closureId() ? CLOSURE : null;
    }

    @Override
    public List<Waiter> waiters(final long applicationId) {
        return applicationId == FakeReadModel.KNOWN ? List.of(WAITER) : List.of();
    }

    @Override
    public List<Waiter> queue(final int postId, final int max) {
        return postId == FakeReadModel.POST ? List.of(WAITER) : List.of();
    }

    @Override
    public int waiting(final int postId) {
        return queue(postId, 1).size();
    }

    @Override
    public int before(final Waiter waiter) {
        return 0;
    }

    @Override
    public List<Integer> acceptedPosts(final long applicationId) {
        return List.of(FakeReadModel.POST);
    }

    @Override
    public WaitlistRules waitlistRules() {
        return new WaitlistRules(14_400_000, 7_200_000, 7_200_000, 1_000_000, 65_536, 3, 2, 4);
    }

    @Override
    public OfferRules offerRules() {
        return new OfferRules(172_800_000, 7_200_000, 120, 3);
    }

    @Override
    public CompletableFuture<List<HeldVisit>> holds(final int postId) {
        return CompletableFuture.completedFuture(List.of(new HeldVisit(FakeReadModel.KNOWN, FakeReadModel.KNOWN, FakeReadModel.POST, 8, FROM_MS,
                List.of(new Records.Leg(FakeReadModel.DESK, FakeReadModel.EPOCH_DAY, 0, 3, 1)))));
    }
}
