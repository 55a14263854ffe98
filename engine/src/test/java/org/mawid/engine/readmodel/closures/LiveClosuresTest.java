package org.mawid.engine.readmodel.closures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.readmodel.ClosuresView.Closure;
import org.mawid.engine.readmodel.ClosuresView.HeldVisit;
import org.mawid.engine.readmodel.ClosuresView.OfferRules;
import org.mawid.engine.readmodel.ClosuresView.WaitlistRules;
import org.mawid.engine.readmodel.ClosuresView.Waiter;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.AcceptedPostsRecordEncoder;
import org.mawid.sbe.ApplicationRetiredEncoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.ClosureInForceEncoder;
import org.mawid.sbe.ClosureRecordEncoder;
import org.mawid.sbe.ClosureState;
import org.mawid.sbe.DaysClosedEncoder;
import org.mawid.sbe.DaysReopenedEncoder;
import org.mawid.sbe.HoldRecordEncoder;
import org.mawid.sbe.HoldReleasedEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.NoRoomFoundEncoder;
import org.mawid.sbe.OfferLapsedEncoder;
import org.mawid.sbe.OfferMadeEncoder;
import org.mawid.sbe.OfferRulesSetEncoder;
import org.mawid.sbe.PostsAcceptedEncoder;
import org.mawid.sbe.WaiterEnd;
import org.mawid.sbe.WaiterRecordEncoder;
import org.mawid.sbe.WaiterState;
import org.mawid.sbe.WaitingBegunEncoder;
import org.mawid.sbe.WaitingEndedEncoder;
import org.mawid.sbe.WaitingReducedEncoder;
import org.mawid.sbe.WaitlistJoinedEncoder;
import org.mawid.sbe.WaitlistRulesSetEncoder;

/** What is closed and who waits, told by events and rebuilt from records alike. */
class LiveClosuresTest {
    private static final int PARIS = 1;
    private static final int LYON = 2;
    private static final long NOON_MS = 43_200_000;

    private final LiveClosures closures = new LiveClosures();
    private final MutableDirectBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void givenAClosure_whenItComesIntoForceAndIsOver_thenItIsThereMeanwhileAndSaysHowManyItHasDisplaced() {
        closed(1, PARIS, 11);
        closed(2, LYON, 0);
        assertThat(closures.closures(0)).extracting(Closure::closureId).containsExactly(1L, 2L);
        assertThat(closures.closures(PARIS)).containsExactly(new Closure(1, PARIS, 11, NOON_MS, 2 * NOON_MS, 3, 4, -5, 77, ClosureState.CLOSING, 0, 0));
        begun(1, 10, 100, 1, PARIS, false);
        assertThat(closures.closure(1).displaced()).isEqualTo(1);
        assertThat(closures.closure(1).isInForce()).isFalse();
        new ClosureInForceEncoder().wrapAndApplyHeader(buffer, 0, header).closureId(1).displaced(2).holds(6);
        say();
        assertThat(closures.closure(1)).isEqualTo(new Closure(1, PARIS, 11, NOON_MS, 2 * NOON_MS, 3, 4, -5, 77, ClosureState.IN_FORCE, 2, 6));
        new DaysReopenedEncoder().wrapAndApplyHeader(buffer, 0, header).closureId(1).byCommand(BooleanType.YES);
        say();
        assertThat(closures.closure(1)).isNull();
        assertThat(closures.closures(PARIS)).isEmpty();
    }

    @Test
    void givenThoseWhoWait_whenTheyStandInLine_thenPriorityComesFirstAndThenWhoBookedFirstAndOffersAreNotCountedBefore() {
        begun(1, 10, 205, 1, PARIS, false);
        begun(2, 11, 201, 1, PARIS, false);
        begun(3, 12, 209, 1, PARIS, true);
        begun(4, 13, 200, 1, LYON, false);
        assertThat(closures.queue(PARIS, 9)).extracting(Waiter::waiterId).containsExactly(3L, 2L, 1L);
        assertThat(closures.queue(PARIS, 2)).extracting(Waiter::waiterId).containsExactly(3L, 2L);
        assertThat(closures.waiting(PARIS)).isEqualTo(3);
        assertThat(closures.waiting(9)).isZero();
        assertThat(before(10)).isEqualTo(2);
        offered(3, 12, 500, 1);
        assertThat(before(10)).as("who has an offer is not looked at").isEqualTo(1);
        assertThat(closures.waiting(PARIS)).as("and waits all the same").isEqualTo(3);
        ended(2, 11);
        assertThat(before(10)).isZero();
        assertThat(closures.waiters(11)).isEmpty();
    }

    @Test
    void givenAnOffer_whenItLapses_thenItCountsUnlessAClosureTookItsRoom() {
        begun(1, 10, 100, 1, PARIS, false);
        assertThat(one(10)).isEqualTo(new Waiter(1, 10, 100, 1, PARIS, 0, 77, 5, WaiterState.WAITING, false, 0));
        offered(1, 10, 500, 1);
        assertThat(one(10)).isEqualTo(new Waiter(1, 10, 100, 1, PARIS, 500, 77, 5, WaiterState.OFFERED, false, 1));
        lapsed(1, 10);
        assertThat(one(10)).isEqualTo(new Waiter(1, 10, 100, 1, PARIS, 0, 77, 5, WaiterState.WAITING, false, 1));
        offered(1, 10, 501, 2);
        new HoldReleasedEncoder().wrapAndApplyHeader(buffer, 0, header).holdId(501).applicationId(10);
        say();
        lapsed(1, 10);
        assertThat(one(10).offers()).isEqualTo(1);
        new NoRoomFoundEncoder().wrapAndApplyHeader(buffer, 0, header).waiterId(1).applicationId(10);
        say();
        assertThat(one(10).state()).isEqualTo(WaiterState.NO_ROOM);
    }

    @Test
    void givenAcceptedPosts_whenSaidAgainOrRetired_thenTheLastWordHolds() {
        accepted(10, LYON, 9);
        assertThat(closures.acceptedPosts(10)).containsExactly(LYON, 9);
        accepted(10, 7);
        assertThat(closures.acceptedPosts(10)).containsExactly(7);
        accepted(11, LYON);
        accepted(10);
        assertThat(closures.acceptedPosts(10)).isEmpty();
        new ApplicationRetiredEncoder().wrapAndApplyHeader(buffer, 0, header).applicationId(11);
        say();
        assertThat(closures.acceptedPosts(11)).isEmpty();
    }

    @Test
    void givenNoRules_thenTheDefaultsAreInForceUntilSomeAreSet() {
        assertThat(closures.offerRules()).isEqualTo(new OfferRules(172_800_000, 7_200_000, 120, 3));
        new OfferRulesSetEncoder().wrapAndApplyHeader(buffer, 0, header).offerTtlMs(1).noticeMs(2).searchDays(3).offersEach((short) 4);
        say();
        assertThat(closures.offerRules()).isEqualTo(new OfferRules(1, 2, 3, 4));
    }

    @Test
    void givenARebuild_whenRecordsAreTold_thenTheyAreAllThereIsOnceShown() {
        closed(1, PARIS, 11);
        begun(1, 10, 100, 1, PARIS, false);
        closures.beginRebuild();
        new ClosureRecordEncoder().wrapAndApplyHeader(buffer, 0, header).closureId(8).fromMs(NOON_MS).toMs(2 * NOON_MS).beganMs(6).reasonHash(-5).displaced(2).holds(3)
                .postId(LYON).poolId(0).reasonCode(4).capacity((short) 1).state(ClosureState.FINDING);
        say();
        new WaiterRecordEncoder().wrapAndApplyHeader(buffer, 0, header).waiterId(9).applicationId(12).appointmentId(300).closureId(8).holdId(501).sinceMs(7).lines(2)
                .postId(LYON).state(WaiterState.OFFERED).prioritised(BooleanType.YES).offers((short) 2)
                .fromEpochDay(0).toEpochDay(0);
        say();
        new AcceptedPostsRecordEncoder().wrapAndApplyHeader(buffer, 0, header).applicationId(12).postsCount(1).next().postId(PARIS);
        say();
        assertThat(closures.closure(1)).as("the old is shown meanwhile").isNotNull();
        closures.onBatchEnd();
        assertThat(closures.closures(0)).containsExactly(new Closure(8, LYON, 0, NOON_MS, 2 * NOON_MS, 1, 4, -5, 6, ClosureState.CLOSING, 2, 0));
        assertThat(closures.waiters(10)).isEmpty();
        assertThat(one(12)).isEqualTo(new Waiter(9, 12, 300, 8, LYON, 501, 7, 2, WaiterState.OFFERED, true, 2));
        assertThat(closures.queue(LYON, 9)).containsExactly(one(12));
        assertThat(closures.acceptedPosts(12)).containsExactly(PARIS);
    }

    @Test
    void givenTheCore_whenHoldsAreAskedFor_thenSliceBySliceThoseOfThePost() {
        assertThatThrownBy(() -> closures.holds(PARIS).join()).as("nobody to ask").isInstanceOf(CompletionException.class).hasCauseInstanceOf(ReadModelBehindException.class);
        closures.start((table, from, max, slice) -> {
            LongStream.of(from, from + 1).forEach(hold -> {
                new HoldRecordEncoder().wrapAndApplyHeader(buffer, 0, header).holdId(hold).applicationId(10).deadlineMs(5).startMs(6).postId(hold % 2 == 0 ? LYON : PARIS)
                        .legsCount(1).next().deskId(11).lines(3).epochDay(20).startUnit((short) 4).units((short) 2);
                slice.onRecord(buffer, 0, 200);
            });
            slice.onEnd(1, from < 3 ? from + 2 : 0);
            return true;
        });
        assertThat(closures.holds(LYON).join()).containsExactly(new HeldVisit(2, 10, LYON, 5, 6, List.of(new Records.Leg(11, 20, 4, 2, 3))),
                new HeldVisit(4, 10, LYON, 5, 6, List.of(new Records.Leg(11, 20, 4, 2, 3))));
    }

    private Waiter one(final long application) {
        return closures.waiters(application).get(0);
    }

    @Test
    void givenThoseWhoJoined_whenTheyStandInLine_thenTheyAreBehindAllWhoLostAVisitAndInTheOrderOfTheirNumbers() {
        joined(7, 20, 0);
        joined(8, 21, 4);
        begun(9, 10, 300, 1, PARIS, false);
        assertThat(closures.queue(PARIS, 9)).extracting(Waiter::waiterId).containsExactly(9L, 7L, 8L);
        assertThat(one(21)).isEqualTo(new Waiter(8, 21, 4, 0, PARIS, 0, 77, 3, WaiterState.WAITING, false, 0, 100, 105));
        assertThat(before(21)).isEqualTo(2);
        new WaitingReducedEncoder().wrapAndApplyHeader(buffer, 0, header).waiterId(7).applicationId(20).lines(1);
        say();
        assertThat(one(20).lines()).isEqualTo(1);
        ended(7, 20);
        assertThat(closures.queue(PARIS, 9)).extracting(Waiter::waiterId).containsExactly(9L, 8L);
        assertThat(closures.waitlistRules().entriesEach()).isEqualTo(3);
        new WaitlistRulesSetEncoder().wrapAndApplyHeader(buffer, 0, header).offerTtlMs(1).noticeMs(2).coolingLeadMs(3).maxWaiters(4).maxCoolings(5).entriesEach((short) 6)
                .offersEach((short) 7).spentEach((short) 8);
        say();
        assertThat(closures.waitlistRules()).isEqualTo(new WaitlistRules(1, 2, 3, 4, 5, 6, 7, 8));
    }

    private void joined(final long waiter, final long application, final long appointment) {
        new WaitlistJoinedEncoder().wrapAndApplyHeader(buffer, 0, header).waiterId(waiter).applicationId(application).appointmentId(appointment).fromEpochDay(100)
                .toEpochDay(105).lines(3).head().postId(PARIS).nowMs(77);
        say();
    }

    private int before(final long application) {
        return closures.before(one(application));
    }

    private void closed(final long closure, final int post, final int pool) {
        new DaysClosedEncoder().wrapAndApplyHeader(buffer, 0, header).closureId(closure).fromMs(NOON_MS).toMs(2 * NOON_MS).reasonHash(-5).poolId(pool).reasonCode(4)
                .capacity((short) 3).head().postId(post).nowMs(77);
        say();
    }

    private void begun(final long waiter, final long application, final long appointment, final long closure, final int post, final boolean prioritised) {
        new WaitingBegunEncoder().wrapAndApplyHeader(buffer, 0, header).waiterId(waiter).applicationId(application).appointmentId(appointment).closureId(closure).lines(5)
                .prioritised(prioritised ? BooleanType.YES : BooleanType.NO).head().postId(post).nowMs(77);
        say();
    }

    private void offered(final long waiter, final long application, final long hold, final int offers) {
        new OfferMadeEncoder().wrapAndApplyHeader(buffer, 0, header).waiterId(waiter).applicationId(application).holdId(hold).offers((short) offers);
        say();
    }

    private void lapsed(final long waiter, final long application) {
        new OfferLapsedEncoder().wrapAndApplyHeader(buffer, 0, header).waiterId(waiter).applicationId(application);
        say();
    }

    private void ended(final long waiter, final long application) {
        new WaitingEndedEncoder().wrapAndApplyHeader(buffer, 0, header).waiterId(waiter).applicationId(application).end(WaiterEnd.DECLINED);
        say();
    }

    private void accepted(final long application, final int... posts) {
        final PostsAcceptedEncoder.PostsEncoder group = new PostsAcceptedEncoder().wrapAndApplyHeader(buffer, 0, header).applicationId(application).postsCount(posts.length);
        for (final int post : posts) {
            group.next().postId(post);
        }
        say();
    }

    private void say() {
        closures.onMessage(buffer, 0);
    }
}
