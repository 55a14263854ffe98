package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.CloseDays;
import org.mawid.grpc.Closure;
import org.mawid.grpc.ClosurePreview;
import org.mawid.grpc.ClosureServiceGrpc;
import org.mawid.grpc.ClosureState;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Instants;
import org.mawid.grpc.Leg;
import org.mawid.grpc.ListClosuresRequest;
import org.mawid.grpc.ListWaitingRequest;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PreviewClosureRequest;
import org.mawid.grpc.Priority;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.ReopenDays;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.TouchedAppointment;
import org.mawid.grpc.Waiting;
import org.mawid.grpc.WaiterState;

/** A dry run tells whom a closure touches: made at once, it touches those and nobody else, whatever is closed of whatever is booked. */
@Timeout(300)
class ClosurePreviewPropertyTest extends LifeFixture {
    private static final int ROUNDS = 12;
    private static final int DAYS = 3;
    private static final int DESKS = 2;
    private static final int STATION = 19;
    private static final int FINGERPRINTS = 22;
    private static final long DAY_MS = 86_400_000L;

    private final long seed = Long.getLong("seed", 7);
    private final Random dice = new Random(seed);
    private final List<String> booked = new ArrayList<>();
    private ClosureServiceGrpc.ClosureServiceBlockingStub closures;
    private long persons;

    @BeforeEach
    void twoDesksAndAStation() {
        closures = ClosureServiceGrpc.newBlockingStub(channel);
        done(Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(OnePost.DESK + 1).setPostId(OnePost.POST).setKind(PoolKind.POOL_KIND_DESK).setCode("paris/2")));
        done(Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(STATION).setPostId(OnePost.POST).setKind(PoolKind.POOL_KIND_BIOMETRIC_STATION).setCode("paris/station")));
        done(Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(FINGERPRINTS).setCode("fingerprints").setDurationMinutes(15)
                .setAppointmentRequired(true).setQuantityMax(1).setResourceKinds(1 << PoolKind.POOL_KIND_BIOMETRIC_STATION_VALUE)));
        done(Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(OnePost.DESK + 1).setServiceId(OnePost.SERVICE).setServes(true)));
        for (int desk = 0; desk < DESKS; desk++) {
            done(Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(OnePost.DESK + desk).setServiceId(FINGERPRINTS).setServes(true)));
        }
    }

    private void done(final Command.Builder command) {
        OnePost.done(client, command);
    }

    private void openDays() {
        for (int day = 0; day < DAYS; day++) {
            for (final int pool : new int[] {OnePost.DESK, OnePost.DESK + 1, STATION}) {
                done(Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(pool).setEpochDay(OnePost.FIRST_DAY + day).setStartMs(startMs(day))
                        .setUnitCount(OnePost.UNITS).setAlignUnits(OnePost.VISIT_UNITS).addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(3))));
            }
        }
    }

    private static long startMs(final int day) {
        return (OnePost.FIRST_DAY + day) * DAY_MS + 8 * 3_600_000L;
    }

    /** A family or somebody alone, in the first hours of a day; most confirm. What is not to be had is not had. */
    private void somebodyBooks() {
        final SubmitApplication.Builder submit = SubmitApplication.newBuilder().setPostId(OnePost.POST);
        final int family = 1 + dice.nextInt(3);
        for (int i = 0; i < family; i++) {
            submit.addLines(NewLine.newBuilder().setPersonKey(++persons).setServiceId(FINGERPRINTS).setQuantity(1)
                    .setPriority(dice.nextInt(4) == 0 ? Priority.PRIORITY_DISABLED : Priority.PRIORITY_NONE));
        }
        final Hold.Builder hold = Hold.newBuilder().setApplication(client.execute(Command.newBuilder().setSubmitApplication(submit).build()).getReference());
        final int day = dice.nextInt(DAYS);
        for (int i = 0; i < family; i++) {
            hold.addLegs(Leg.newBuilder().setDeskId(OnePost.DESK + dice.nextInt(DESKS)).setLines(1 << i).setEpochDay(OnePost.FIRST_DAY + day)
                    .setStartUnit(dice.nextInt(6) * OnePost.VISIT_UNITS).setUnits(OnePost.VISIT_UNITS));
        }
        final CommandReply held = client.execute(Command.newBuilder().setHold(hold).build());
        if (held.getResult() == Result.OK && dice.nextInt(5) != 0) {
            booked.add(client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(held.getReference())).build()).getReference());
        }
    }

    private TreeSet<String> displaced() {
        final TreeSet<String> displaced = new TreeSet<>();
        booked.stream().filter(one -> read(one, 0).getState() == AppointmentState.APPOINTMENT_STATE_DISPLACED).forEach(displaced::add);
        return displaced;
    }

    private CloseDays anything() {
        final int from = dice.nextInt(DAYS * 16);
        final long fromMs = startMs(from / 16) + from % 16 * 300_000L;
        return CloseDays.newBuilder().setPostId(OnePost.POST).setPoolId(new int[] {0, OnePost.DESK, OnePost.DESK + 1, STATION}[dice.nextInt(4)]).setCapacity(dice.nextInt(3))
                .setFromMs(fromMs).setToMs(fromMs + (dice.nextInt(3) == 0 ? DAY_MS : (1 + dice.nextInt(12)) * 300_000L)).build();
    }

    /** Nothing is looked for any more: what is there stays so until somebody asks. */
    private void settle() {
        await().until(() -> closures.listWaiting(ListWaitingRequest.newBuilder().setPostId(OnePost.POST).build()).getWaitingList().stream().map(Waiting::getState)
                .allMatch(state -> state == WaiterState.WAITER_STATE_OFFERED || state == WaiterState.WAITER_STATE_NO_ROOM));
    }

    @Test
    void givenWhateverIsBooked_whenAClosureIsMadeAsItWasTried_thenItTouchesThoseOfTheDryRunAndNobodyElse() {
        int touched = 0;
        int spared = 0;
        int holds = 0;
        for (int round = 0; round < ROUNDS; round++) {
            openDays();
            for (int i = 0; i < 40; i++) {
                somebodyBooks();
            }
            settle();
            final TreeSet<String> before = displaced();
            final CloseDays close = anything();
            final String as = "seed " + seed + ", round " + round + ": " + close;
            final ClosurePreview tried = closures.previewClosure(PreviewClosureRequest.newBuilder().setPostId(OnePost.POST).setPoolId(close.getPoolId()).setCapacity(close.getCapacity())
                    .setInstants(Instants.newBuilder().setFromMs(close.getFromMs()).setToMs(close.getToMs())).setMinPosition(service.engine().status().durablePosition()).build());
            final long closureId = closures.closeDays(close.toBuilder().setRequest(client.newRequest()).build()).getClosureId();
            await().until(() -> only(closureId).getState() == ClosureState.CLOSURE_STATE_IN_FORCE);
            final TreeSet<String> told = new TreeSet<>(tried.getAppointmentsList().stream().map(TouchedAppointment::getAppointment).toList());
            final Closure closed = only(closureId);
            assertThat(closed.getDisplaced() + closed.getHolds()).as("%s: offers are among the holds of the one and the displaced of the other", as)
                    .isEqualTo(told.size() + tried.getHoldsCount());
            await().untilAsserted(() -> assertThat(displaced()).as(as).isEqualTo(union(before, told)));
            touched += told.size();
            holds += tried.getHoldsCount();
            spared += close.getCapacity() > 0 && !told.isEmpty() ? 1 : 0;
            done(Command.newBuilder().setReopenDays(ReopenDays.newBuilder().setClosureId(closureId)));
        }
        assertThat(touched).isGreaterThan(20);
        assertThat(holds).isPositive();
        assertThat(spared).as("closures that leave some places").isPositive();
    }

    private static TreeSet<String> union(final TreeSet<String> some, final TreeSet<String> others) {
        final TreeSet<String> both = new TreeSet<>(some);
        both.addAll(others);
        return both;
    }

    private Closure only(final long closureId) {
        return closures.listClosures(ListClosuresRequest.newBuilder().setPostId(OnePost.POST).setMinPosition(service.engine().status().durablePosition()).build()).getClosuresList().stream().filter(one -> one.getClosureId() == closureId)
                .findFirst().orElseThrow();
    }
}
