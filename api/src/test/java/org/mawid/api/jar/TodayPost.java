package org.mawid.api.jar;

import java.util.Random;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.Leg;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SetHallRules;

/** {@link OnePost} open today, from an hour after the test has begun: who has an appointment may check in, and who has none may come. */
final class TodayPost {
    /** A desk with few places for who comes without an appointment. */
    static final int WALK_INS = OnePost.DESK + 1;
    /** A desk where nobody finds a place: tickets beyond its day. */
    static final int WITHOUT_A_DAY = OnePost.DESK + 2;
    private static final long UNIT_MS = 300_000;
    private static final int UNITS = 192;
    private static final int PLACES = UNITS / OnePost.VISIT_UNITS;
    private static final long HOUR_MS = 3_600_000;
    private static final long START_MS = System.currentTimeMillis() / UNIT_MS * UNIT_MS + HOUR_MS;
    /** Days since 1970-01-01. */
    static final int TODAY = (int) (START_MS / 86_400_000L);

    private TodayPost() {
    }

    /** @param capacity of the desk that takes appointments, 1 to 255 in each of 64 places */
    static void make(final MawidClient client, final int capacity) {
        OnePost.define(client);
        OnePost.done(client, Command.newBuilder().setSetRules(client.rules(0).getRules().toBuilder().setCheckInEarlyMs(24 * HOUR_MS).setNoShowGraceMs(0)));
        OnePost.done(client, Command.newBuilder().setSetHallRules(SetHallRules.newBuilder().setKeepMs(24 * HOUR_MS).setMaxTickets(1_000_000)));
        for (final int desk : new int[] {WALK_INS, WITHOUT_A_DAY}) {
            OnePost.done(client, Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(desk).setPostId(OnePost.POST)
                    .setKind(PoolKind.POOL_KIND_DESK).setCode("paris/" + desk)));
            OnePost.done(client, Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(desk).setServiceId(OnePost.SERVICE).setServes(true)));
        }
        open(client, OnePost.DESK, capacity);
        open(client, WALK_INS, 1);
    }

    /** A place at the desk that takes appointments. */
    static Leg leg(final Random random) {
        return Leg.newBuilder().setDeskId(OnePost.DESK).setLines(1).setEpochDay(TODAY).setStartUnit(random.nextInt(PLACES) * OnePost.VISIT_UNITS)
                .setUnits(OnePost.VISIT_UNITS).build();
    }

    /** Of whoever found room without an appointment. */
    static Leg walkIn(final int startUnit) {
        return Leg.newBuilder().setDeskId(WALK_INS).setLines(1).setEpochDay(TODAY).setStartUnit(startUnit).setUnits(OnePost.VISIT_UNITS).build();
    }

    static long startMs(final Leg leg) {
        return START_MS + leg.getStartUnit() * UNIT_MS;
    }

    private static void open(final MawidClient client, final int desk, final int capacity) {
        OnePost.done(client, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(desk).setEpochDay(TODAY).setStartMs(START_MS)
                .setUnitCount(UNITS).setAlignUnits(OnePost.VISIT_UNITS).addRuns(Run.newBuilder().setUnits(UNITS).setCapacity(capacity))));
    }
}
