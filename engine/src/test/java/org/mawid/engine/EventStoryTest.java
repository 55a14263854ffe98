package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.EventLog.Subscription;
import org.mawid.engine.upkeep.Repair;

/** The events of a running engine, over crashes and snapshots: what was seen once is never otherwise, and what was not comes. */
@Timeout(120)
class EventStoryTest {
    private static Rig rig(final FakeDisk disk) {
        final Rig rig = new Rig(disk).with(Setting.SNAPSHOT_AT_STOP, false);
        rig.live = true;
        return rig;
    }

    private static EventLog events(final Rig rig) {
        return rig.engine.readModel().events();
    }

    /** Everything after the cursor, up to where the core is. */
    private static List<String> follow(final Rig rig, final Cursor from) {
        final Cursor end = Cursor.after(events(rig).epoch(), rig.onCore(EngineCore::position));
        await().until(() -> events(rig).position() >= end.position());
        final Subscription follower = events(rig).subscribe(from, 0);
        final List<String> seen = new ArrayList<>();
        while (!follower.cursor().equals(end) && !follower.isLost()) {
            follower.poll((cursor, buffer, offset, length) -> {
                final byte[] bytes = new byte[length];
                buffer.getBytes(offset, bytes);
                seen.add(cursor.position() + "." + cursor.ordinal() + " " + Arrays.hashCode(bytes));
            }, 1_000);
        }
        assertThat(follower.isLost()).isFalse();
        return seen;
    }

    @Test
    void givenCrashesAndSnapshotsInAnyOrder_whenFollowedFromAnOldCursor_thenTheSameEventsAsBeforeAndTheNewOnes() throws Exception {
        for (int seed = 1; seed <= 4; seed++) {
            final Random random = new Random(FakeDisk.spread(seed));
            final Rig rig = rig(new FakeDisk(seed, random.nextBoolean()));
            try (rig) {
                rig.start();
                final long epoch = events(rig).epoch();
                final List<String> known = new ArrayList<>();
                int request = 1;
                for (int run = 0; run < 5; run++) {
                    final int more = 50 + random.nextInt(300);
                    rig.askAll(request, more);
                    request += more;
                    if (random.nextBoolean()) {
                        rig.engine.requestSnapshot();
                        await().until(() -> rig.engine.status().snapshotPosition() == rig.engine.status().durablePosition());
                    }
                    final List<String> now = follow(rig, Cursor.after(epoch, 0));
                    assertThat(now.subList(0, known.size())).isEqualTo(known);
                    assertThat(now).hasSize(request - 1);
                    known.clear();
                    known.addAll(now);
                    if (random.nextBoolean()) {
                        rig.kill();
                    } else {
                        rig.powerLoss();
                    }
                    rig.start();
                    assertThat(events(rig).epoch()).as("seed %d", seed).isEqualTo(epoch);
                    assertThat(follow(rig, Cursor.after(epoch, 0))).as("seed %d, run %d", seed, run).isEqualTo(known);
                }
            }
        }
    }

    @Test
    void givenASnapshotThatHidesTheJournal_whenTheEventsAreLost_thenTheNewestAreThereAtOnceAndThePastComesBack() throws Exception {
        final Rig rig = rig(new FakeDisk(3, true));
        try (rig) {
            rig.start().askAll(1, 200);
            final long epoch = events(rig).epoch();
            rig.engine.requestSnapshot();
            await().until(() -> rig.engine.status().snapshotPosition() == 200);
            rig.askAll(201, 50);
            final List<String> all = follow(rig, Cursor.after(epoch, 0));
            for (int start = 0; start < 3; start++) {
                rig.kill();
                loseEvents(rig);
                rig.start();
                assertThat(events(rig).epoch()).isEqualTo(epoch);
                assertThat(follow(rig, Cursor.after(epoch, 200))).isEqualTo(all.subList(200, 250));
                await().until(() -> events(rig).keptFrom() == 0);
                assertThat(follow(rig, Cursor.after(epoch, 0))).isEqualTo(all);
            }
            rig.kill();
            rig.start();
            assertThat(events(rig).keptFrom()).as("what came back is durable").isZero();
            assertThat(follow(rig, Cursor.after(epoch, 0))).isEqualTo(all);
        }
    }

    @Test
    void givenLostEvents_whenTheMachineStopsWhileTheyAreBroughtBack_thenThereIsNeverAGap() throws Exception {
        for (int call = 1; call < 40; call += 3) {
            final Rig rig = rig(new FakeDisk(call, false));
            try (rig) {
                rig.start().askAll(1, 150);
                final long epoch = events(rig).epoch();
                rig.engine.requestSnapshot();
                await().until(() -> rig.engine.status().snapshotPosition() == 150);
                final List<String> all = follow(rig, Cursor.after(epoch, 0));
                rig.kill();
                loseEvents(rig);
                rig.start();
                rig.disk.crashAt(rig.disk.calls() + call);
                final EventLog log = events(rig);
                await().dontCatchUncaughtExceptions().until(() -> log.keptFrom() == 0 || !rig.halts.isEmpty() || rig.disk.hasCrashed());
                rig.powerLoss();
                rig.start();
                await().until(() -> events(rig).keptFrom() == 0);
                assertThat(follow(rig, Cursor.after(epoch, 0))).as("crash at call %d", call).isEqualTo(all);
            }
        }
    }

    private static void loseEvents(final Rig rig) throws Exception {
        final Path folder = Rig.DATA.resolve("readmodel").resolve("events");
        for (final String name : rig.disk.list(folder)) {
            if (name.endsWith(".evt")) {
                rig.disk.delete(folder.resolve(name));
            }
        }
        rig.disk.syncFolder(folder);
    }

    @Test
    void givenAPositionPassedOver_whenStarted_thenTheEventsAreOthersAndSoIsTheEpoch() throws Exception {
        final Rig rig = rig(new FakeDisk(3, true));
        try (rig) {
            rig.start().askAll(1, 20);
            final long epoch = events(rig).epoch();
            rig.close();
            Repair.skip(rig.disk, new DataDirectory(Rig.DATA), 10);
            rig.start();
            assertThat(events(rig).epoch()).isNotEqualTo(epoch);
            assertThat(events(rig).subscribe(new Cursor(epoch, 15, 0), 0).isLost()).isTrue();
            assertThat(follow(rig, Cursor.after(0, 0))).hasSize(19);
        }
    }
}
