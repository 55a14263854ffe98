package org.mawid.engine.readmodel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.ReadModelConfig;

/** Events in files across starts, clean and other: followers see the list, or are told to start again. One seed again: {@code -Dseed=N}. */
class EventStartsTest {
    private static final int SEEDS = 60;

    private final Fed fed = new Fed();

    @Test
    void givenACleanStop_whenStarted_thenEveryCursorGoesOn() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = fed.closed(disk, 300);
        disk.powerLoss();
        final LiveEvents again = fed.start(disk, Fed.SMALL, 300);
        assertThat(again.epoch()).isEqualTo(log.epoch());
        assertThat(again.keptFrom()).isZero();
        for (long position = 0; position <= 300; position += 9) {
            fed.assertFollowed(again, position, Cursor.ALL, 0);
        }
        fed.live(again, 300);
        fed.assertFollowed(again, 0, Cursor.ALL, 0);
        fed.assertFollowed(again, 299, 0, 0);
    }

    @Test
    void givenManyStartsInARow_whenThePowerGoesAtAnyTime_thenFollowersSeeTheListOrAreToldToStartAgain() {
        final Long one = Long.getLong("seed");
        for (long seed = one == null ? 0 : one; seed < (one == null ? SEEDS : one + 1); seed++) {
            final Random random = new Random(FakeDisk.spread(seed));
            final FakeDisk disk = new FakeDisk(seed, random.nextBoolean());
            final boolean bounded = random.nextBoolean();
            final ReadModelConfig config = Book.config(4_096, 3_000 + random.nextInt(20_000), Fed.EVER, bounded ? 30_000 : 1L << 40);
            final Book told = new Book();
            long snapshot = 0; // what recovery does not replay
            long epoch = 0;
            for (int run = 0; run < 8; run++) {
                final String where = "seed " + seed + ", run " + run;
                try {
                    if (random.nextInt(3) == 0) {
                        disk.crashAt(disk.calls() + 1 + random.nextInt(150));
                    }
                    final LiveEvents log = Fed.start(disk, config, told, snapshot);
                    epoch = epoch == 0 ? log.epoch() : epoch;
                    assertThat(log.epoch()).as(where).isEqualTo(epoch);
                    assertThat(log.keptFrom() <= snapshot || bounded).as(where).isTrue();
                    for (int step = random.nextInt(20); step > 0; step--) {
                        Fed.live(log, told, random.nextInt(60));
                        if (random.nextInt(8) == 0) {
                            log.force();
                            snapshot = told.position();
                        }
                        final long from = Math.max(log.keptFrom(), 0) + random.nextInt((int) (told.position() - log.keptFrom()) + 1);
                        final int post = random.nextInt(4);
                        assertThat(Book.polled(log.subscribe(new Cursor(epoch, from, Cursor.ALL), post))).as(where + " from " + from)
                                .isEqualTo(told.after(from, Cursor.ALL, post));
                    }
                    if (random.nextInt(4) == 0) {
                        log.close();
                    }
                } catch (final FakeDisk.Crash crash) {
                    // as asked
                }
                if (random.nextInt(3) == 0) {
                    disk.kill();
                } else {
                    disk.powerLoss();
                }
            }
        }
    }

    @Test
    void givenOneRun_whenTheMachineStopsAtAnyCall_thenWhatWasForcedIsThereAfterwardsAndTheRestIsFilledIn() {
        final FakeDisk whole = new FakeDisk(1, false);
        final Book first = new Book();
        run(whole, first);
        final long calls = whole.calls();
        assertThat(calls).isGreaterThan(60);
        for (long call = 1; call <= calls; call++) {
            final FakeDisk disk = new FakeDisk(call, false).crashAt(call);
            final Book told = new Book();
            long forced = 0;
            try {
                forced = run(disk, told);
            } catch (final FakeDisk.Crash crash) {
                forced = crashedAfter;
            }
            disk.powerLoss();
            for (int again = 0; again < 2; again++) {
                final LiveEvents log = Fed.start(disk, Fed.SMALL, told, forced);
                assertThat(log.keptFrom()).as("crash at call " + call).isZero();
                assertThat(Book.polled(log.subscribe(Cursor.after(0, 0), 0))).as("crash at call " + call).isEqualTo(told.after(0, Cursor.ALL, 0));
                Fed.live(log, told, 20);
                disk.powerLoss();
            }
        }
    }

    private long crashedAfter;

    /** Forces now and then. @return the last position that was forced; {@link #crashedAfter} when it does not come that far */
    private long run(final FakeDisk disk, final Book told) {
        crashedAfter = 0;
        final LiveEvents log = Fed.start(disk, Fed.SMALL, told, 0);
        for (int round = 0; round < 5; round++) {
            Fed.live(log, told, 90);
            log.force();
            crashedAfter = told.position();
        }
        Fed.live(log, told, 50);
        return crashedAfter;
    }
}
