package org.mawid.engine.readmodel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.EventLog.Subscription;
import org.mawid.engine.readmodel.MissingEvents;
import org.mawid.engine.readmodel.ReadModelConfig;

/** Events in files: what a follower is told across segments, starts, losses and damage, against a list. One seed again: {@code -Dseed=N}. */
class EventFilesTest {
    private static final long EVER = Long.MAX_VALUE / 2;
    private static final int SEEDS = 60;
    private static final ReadModelConfig SMALL = Book.config(4_096, 6_000, EVER, 1L << 40);

    private final Book book = new Book();

    // ---- what is kept ----

    @Test
    void givenEverythingInFilesAndTail_whenFollowedFromAnyCursor_thenItIsWhatTheListHas() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = start(disk, SMALL, 0);
        live(log, 600);
        assertThat(segments(disk)).hasSizeGreaterThan(5);
        for (long position = 0; position <= 600; position++) {
            assertFollowed(log, position, Cursor.ALL, (int) (position % 4));
            assertFollowed(log, position, 0, 0);
        }
        assertThat(log.keptFrom()).isZero();
        assertThat(log.bytesOnDisk()).isGreaterThan(20_000);
    }

    @Test
    void givenAFollowerThatStopsAnywhere_whenItGoesOn_thenFilesAndMemoryAreOneSequence() {
        final LiveEvents log = start(new FakeDisk(1, true), SMALL, 0);
        live(log, 300);
        for (int limit = 1; limit < 60; limit += 7) {
            final Subscription follower = log.subscribe(Cursor.after(0, 0), 0);
            final List<String> all = book.after(0, Cursor.ALL, 0);
            for (int seen = 0; seen < all.size(); seen += limit) {
                assertThat(Book.polled(follower, limit)).isEqualTo(all.subList(seen, Math.min(seen + limit, all.size())));
            }
            live(log, 5);
            assertThat(Book.polled(follower)).isEqualTo(book.after(book.position() - 5, Cursor.ALL, 0));
        }
    }

    @Test
    void givenLimits_whenMoreComes_thenTheOldestSegmentsGoAndTheirCursorsAreLost() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = start(disk, Book.config(4_096, 6_000, EVER, 20_000), 0);
        live(log, 2_000);
        assertThat(log.bytesOnDisk()).isBetween(12_000L, 26_000L);
        final long kept = log.keptFrom();
        assertThat(kept).isBetween(1_000L, 1_990L);
        assertThat(log.subscribe(Cursor.after(0, kept - 1), 0).isLost()).isTrue();
        assertThat(Book.polled(log.subscribe(Cursor.after(0, kept - 1), 0))).isEmpty();
        assertFollowed(log, kept, Cursor.ALL, 0);
        assertThat(log.keptFromMs()).isEqualTo(Book.nowMs(kept + 1));

        final Subscription slow = log.subscribe(Cursor.after(0, kept), 0);
        assertThat(Book.polled(slow, 3)).hasSize(3);
        live(log, 2_000);
        assertThat(Book.polled(slow)).isEmpty();
        assertThat(slow.isLost()).isTrue();
    }

    @Test
    void givenATimeToKeep_whenItIsOver_thenOnlyWhatIsOlderGoes() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = start(disk, Book.config(4_096, 6_000, 5_000, 1L << 40), 0);
        live(log, 3_000);
        assertThat(log.keptFrom()).as("500 positions are younger than that").isBetween(2_000L, 2_500L);
        assertFollowed(log, 2_500, Cursor.ALL, 0);
        log.close();
        final LiveEvents again = start(disk, Book.config(4_096, 6_000, 5_000, 1L << 40), 3_000);
        assertThat(again.keptFrom()).isEqualTo(log.keptFrom());
        assertFollowed(again, 2_500, Cursor.ALL, 0);
    }

    /** A stretch that ends a little before a block does is a file opened for each block, and half of them read twice. */
    @Test
    void givenBlocksOfTheUsualSize_whenReadInTurn_thenAFileIsOpenedForEveryOtherOne() throws IOException {
        final FakeDisk disk = new FakeDisk(1, true);
        final int payload = (128 << 10) + 400;
        final EventFiles files = EventFiles.open(disk, Path.of("stretches"), "j", 5, payload, 16 << 20, EVER, 1L << 40);
        files.startAt(0);
        for (int position = 1; position <= 4; position++) {
            files.append(payload, position, position, position);
        }
        final Segment segment = files.holding(1);
        final BlockReader reader = files.borrow();
        final long before = disk.calls();
        long at = Layout.HEADER_BYTES;
        while (at < segment.bytes()) {
            final Layout.Block block = reader.header(segment, at, segment.bytes());
            reader.payload(segment, at, block, segment.bytes());
            at += block.bytes();
        }
        assertThat(disk.calls() - before).as("two stretches, each opened and read").isEqualTo(4);
    }

    /** So that a snapshot has little left to sync while the journal waits for it; and no more is synced in passing than was said. */
    @Test
    void givenBlocksThatWereWritten_whenSyncedInPassing_thenOnlyUpToSoMuchAndThatIsDurable() throws IOException {
        final FakeDisk disk = new FakeDisk(1, false);
        final Path folder = Path.of("parts");
        final EventFiles files = EventFiles.open(disk, folder, "j", 5, 1_000, 1 << 20, EVER, 1L << 40);
        files.startAt(0);
        files.syncAtMost(Long.MAX_VALUE); // nothing yet
        for (int position = 1; position <= 3; position++) {
            files.append(1_000, position, position, position);
        }
        final Segment segment = files.holding(1);
        files.syncAtMost(segment.bytes() - 1);
        assertThat(segment.syncedBytes()).isZero();
        files.syncAtMost(segment.bytes());
        assertThat(segment.syncedBytes()).isEqualTo(segment.bytes());
        final long calls = disk.calls();
        files.syncAtMost(Long.MAX_VALUE);
        assertThat(disk.calls()).isEqualTo(calls);
        disk.syncFolder(folder);
        final byte[] before = disk.content(segment.path);
        disk.powerLoss();
        assertThat(disk.content(segment.path)).isEqualTo(before);
    }

    // ---- starts ----

    @Test
    void givenACleanStop_whenStarted_thenEveryCursorGoesOn() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = start(disk, SMALL, 0);
        live(log, 300);
        log.close();
        disk.powerLoss();
        final LiveEvents again = start(disk, SMALL, 300);
        assertThat(again.epoch()).isEqualTo(log.epoch());
        assertThat(again.keptFrom()).isZero();
        for (long position = 0; position <= 300; position += 9) {
            assertFollowed(again, position, Cursor.ALL, 0);
        }
        live(again, 300);
        assertFollowed(again, 0, Cursor.ALL, 0);
        assertFollowed(again, 299, 0, 0);
    }

    @Test
    void givenManyStartsInARow_whenThePowerGoesAtAnyTime_thenFollowersSeeTheListOrAreToldToStartAgain() {
        final Long one = Long.getLong("seed");
        for (long seed = one == null ? 0 : one; seed < (one == null ? SEEDS : one + 1); seed++) {
            final Random random = new Random(FakeDisk.spread(seed));
            final FakeDisk disk = new FakeDisk(seed, random.nextBoolean());
            final boolean bounded = random.nextBoolean();
            final ReadModelConfig config = Book.config(4_096, 3_000 + random.nextInt(20_000), EVER, bounded ? 30_000 : 1L << 40);
            final Book told = new Book();
            long snapshot = 0; // what recovery does not replay
            long epoch = 0;
            for (int run = 0; run < 8; run++) {
                final String where = "seed " + seed + ", run " + run;
                try {
                    if (random.nextInt(3) == 0) {
                        disk.crashAt(disk.calls() + 1 + random.nextInt(150));
                    }
                    final LiveEvents log = start(disk, config, told, snapshot);
                    epoch = epoch == 0 ? log.epoch() : epoch;
                    assertThat(log.epoch()).as(where).isEqualTo(epoch);
                    assertThat(log.keptFrom() <= snapshot || bounded).as(where).isTrue();
                    for (int step = random.nextInt(20); step > 0; step--) {
                        live(log, told, random.nextInt(60));
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
                final LiveEvents log = start(disk, SMALL, told, forced);
                assertThat(log.keptFrom()).as("crash at call " + call).isZero();
                assertThat(Book.polled(log.subscribe(Cursor.after(0, 0), 0))).as("crash at call " + call).isEqualTo(told.after(0, Cursor.ALL, 0));
                live(log, told, 20);
                disk.powerLoss();
            }
        }
    }

    private long crashedAfter;

    /** Forces now and then. @return the last position that was forced; {@link #crashedAfter} when it does not come that far */
    private long run(final FakeDisk disk, final Book told) {
        crashedAfter = 0;
        final LiveEvents log = start(disk, SMALL, told, 0);
        for (int round = 0; round < 5; round++) {
            live(log, told, 90);
            log.force();
            crashedAfter = told.position();
        }
        live(log, told, 50);
        return crashedAfter;
    }

    // ---- losses ----

    @Test
    void givenAllSegmentsLost_whenTheWholeJournalIsReplayed_thenTheSameLogUnderTheSameEpoch() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = start(disk, SMALL, 0);
        live(log, 400);
        log.close();
        for (final String segment : segments(disk)) {
            disk.delete(Book.EVENTS.resolve(segment));
        }
        final LiveEvents again = start(disk, SMALL, 0);
        assertThat(again.epoch()).isEqualTo(log.epoch());
        for (long position = 0; position <= 400; position += 13) {
            assertFollowed(again, position, 1, 0);
        }
    }

    @Test
    void givenASegmentLost_whenASnapshotHidesIt_thenOlderCursorsAreLostAndNewerOnesGoOn() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = start(disk, SMALL, 0);
        live(log, 400);
        log.close();
        final List<String> segments = segments(disk);
        disk.delete(Book.EVENTS.resolve(segments.get(2)));
        final LiveEvents again = start(disk, SMALL, 400);
        final Subscription old = again.subscribe(Cursor.after(log.epoch(), 0), 0);
        Book.polled(old);
        assertThat(old.isLost()).as("it came to the gap").isTrue();
        assertThat(again.keptFrom()).isGreaterThan(0);
        assertFollowed(again, again.keptFrom(), Cursor.ALL, 0);
        assertThat(again.subscribe(Cursor.after(log.epoch(), again.keptFrom() - 1), 0).isLost()).isTrue();
    }

    @Test
    void givenTheEndLost_whenASnapshotIsAheadOfIt_thenTheLogBeginsAnewUnderTheSameEpoch() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = start(disk, SMALL, 0);
        live(log, 400);
        log.close();
        final List<String> segments = segments(disk);
        disk.delete(Book.EVENTS.resolve(segments.get(segments.size() - 1)));
        final LiveEvents again = start(disk, SMALL, 400);
        assertThat(again.epoch()).isEqualTo(log.epoch());
        assertThat(again.keptFrom()).isEqualTo(400);
        assertThat(again.subscribe(Cursor.after(log.epoch(), 399), 0).isLost()).isTrue();
        live(again, 100);
        assertFollowed(again, 400, Cursor.ALL, 0);
        again.close();
        assertThat(start(disk, SMALL, 500).keptFrom()).isEqualTo(400);
    }

    @Test
    void givenAnotherJournalOrNoLabelOrADamagedOne_whenStarted_thenNothingOfItCountsAndTheEpochIsNew() throws Exception {
        for (int how = 0; how < 3; how++) {
            final FakeDisk disk = new FakeDisk(1, true);
            final Book told = new Book();
            final LiveEvents log = start(disk, SMALL, told, 0);
            live(log, told, 200);
            log.close();
            final ReadModelConfig config = how > 0 ? SMALL
                    : new ReadModelConfig(Book.FOLDER, "another journal", 4_096, 6_000, EVER, 1L << 40, false, 0, 0);
            if (how == 1) {
                disk.delete(Book.EVENTS.resolve("mawid.events"));
            } else if (how == 2) {
                disk.corrupt(Book.EVENTS.resolve("mawid.events"), 30, 1);
            }
            final LiveEvents again = start(disk, config, told, 200);
            assertThat(again.epoch()).isNotEqualTo(log.epoch());
            assertThat(again.keptFrom()).isEqualTo(200);
            assertThat(segments(disk)).isEmpty();
            assertThat(again.subscribe(new Cursor(log.epoch(), 200, Cursor.ALL), 0).isLost()).isTrue();
        }
    }

    @Test
    void givenEventsOfCommandsThatAreGone_whenStarted_thenTheEpochIsNew() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = start(disk, SMALL, 0);
        live(log, 300);
        log.close();
        book.forgetAfter(250);
        final LiveEvents again = start(disk, SMALL, 200);
        assertThat(again.epoch()).isGreaterThan(log.epoch());
        assertThat(again.keptFrom()).isEqualTo(250);
        assertThat(again.subscribe(new Cursor(log.epoch(), 100, Cursor.ALL), 0).isLost()).isTrue();
        live(again, 100);
        again.close();
        final LiveEvents third = start(disk, SMALL, 350);
        assertThat(third.epoch()).isEqualTo(again.epoch());
        assertFollowed(third, 250, Cursor.ALL, 0);
    }

    // ---- the past ----

    @Test
    void givenALogThatLostItsPast_whenItIsReplayed_thenItIsThereFromTheMomentThatAllOfItIs() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = start(disk, SMALL, 0);
        live(log, 400);
        log.close();
        for (final String segment : segments(disk)) {
            disk.delete(Book.EVENTS.resolve(segment));
        }
        final LiveEvents again = start(disk, SMALL, 300);
        live(again, 100);
        final MissingEvents missing = again.missing();
        assertThat(missing.lastPosition()).isEqualTo(300);
        for (long position = 1; position <= 300; position++) {
            book.replay(missing::onReplayed, position);
        }
        assertThat(again.keptFrom()).isEqualTo(300);
        live(again, 100);
        assertThat(missing.finish()).isTrue();
        assertThat(again.missing()).isNull();
        assertFollowed(again, 0, Cursor.ALL, 0);
        assertFollowed(again, 299, 0, 2);
        disk.powerLoss();
        assertFollowed(start(disk, SMALL, 300), 0, Cursor.ALL, 0);
    }

    @Test
    void givenTimeOrBytesUsedUp_whenStarted_thenNothingOfThePastIsMissing() throws Exception {
        for (final ReadModelConfig config : List.of(Book.config(4_096, 6_000, 5_000, 1L << 40), Book.config(4_096, 6_000, EVER, 30_000))) {
            final FakeDisk disk = new FakeDisk(1, true);
            final Book told = new Book();
            final LiveEvents log = start(disk, config, told, 0);
            live(log, told, 2_000);
            assertThat(log.keptFrom()).isPositive();
            log.close();
            assertThat(start(disk, config, told, 2_000).missing()).isNull();
        }
    }

    @Test
    void givenAPastThatIsTooOldOrTooLarge_whenItIsReplayed_thenOnlyTheNewestOfItComesBack() throws Exception {
        for (final ReadModelConfig config : List.of(Book.config(4_096, 6_000, 15_000, 1L << 40), Book.config(4_096, 20_000, EVER, 1_500_000))) {
            final FakeDisk disk = new FakeDisk(1, true);
            final Book told = new Book();
            told.forgetAfter(0);
            final LiveEvents first = start(disk, Book.memoryOnly(), told, 0);
            live(first, told, config.eventMaxBytes() > 1L << 30 ? 2_500 : 15_000);
            final LiveEvents log = start(disk, config, told, told.position());
            final MissingEvents missing = log.missing();
            for (long position = 1; position <= missing.lastPosition(); position++) {
                told.replay(missing::onReplayed, position);
            }
            assertThat(missing.finish()).isTrue();
            assertThat(log.keptFrom()).isBetween(900L, told.position() - 1_000);
            assertThat(Book.polled(log.subscribe(Cursor.after(0, log.keptFrom()), 0))).isEqualTo(told.after(log.keptFrom(), Cursor.ALL, 0));
            assertThat(log.bytesOnDisk()).isLessThan(config.eventMaxBytes());
        }
    }

    // ---- damage ----

    @Test
    void givenAnyByteFlipped_whenItIsReadOrStarted_thenNoFollowerSeesAnythingButTheTruth() throws Exception {
        final Random random = new Random(5);
        for (int round = 0; round < 150; round++) {
            final FakeDisk disk = new FakeDisk(round, true);
            final Book told = new Book();
            final LiveEvents log = start(disk, SMALL, told, 0);
            live(log, told, 250);
            log.close();
            final List<String> segments = segments(disk);
            final String damaged = segments.get(random.nextInt(segments.size()));
            final int size = disk.content(Book.EVENTS.resolve(damaged)).length;
            disk.corrupt(Book.EVENTS.resolve(damaged), round % 3 == 0 ? random.nextInt(Math.min(size, 140)) : random.nextInt(size), 1 << random.nextInt(8));
            final LiveEvents again = start(disk, SMALL, told, 250);
            final Subscription follower = again.subscribe(Cursor.after(log.epoch(), 0), 0);
            final List<String> seen = Book.polled(follower);
            final List<String> all = told.after(0, Cursor.ALL, 0);
            assertThat(seen).as(damaged).isEqualTo(all.subList(0, seen.size()));
            assertThat(follower.isLost()).as("a flipped bit is noticed in " + damaged).isTrue();
            assertThat(Book.polled(again.subscribe(Cursor.after(log.epoch(), again.keptFrom()), 0))).isEqualTo(told.after(again.keptFrom(), Cursor.ALL, 0));
            live(again, told, 50);
            assertThat(Book.polled(again.subscribe(Cursor.after(log.epoch(), 250), 0))).isEqualTo(told.after(250, Cursor.ALL, 0));
        }
    }

    @Test
    void givenAWriteThatFailsAtAnyCall_whenTheDiskIsWellAgain_thenFeedingWentOnAndNoFollowerSeesAGap() throws Exception {
        for (int call = 1; call < 120; call++) {
            final FakeDisk disk = new FakeDisk(call, true);
            final Book told = new Book();
            disk.failAt(call, "Input/output error");
            final LiveEvents log = start(disk, SMALL, told, 0);
            live(log, told, 250);
            final boolean inMemoryOnly = log.bytesOnDisk() == 0;
            live(log, told, 250);
            final long kept = log.keptFrom();
            assertThat(Book.polled(log.subscribe(Cursor.after(0, kept), 0))).as("call %d, %s", call, disk.failedCall()).isEqualTo(told.after(kept, Cursor.ALL, 0));
            log.close();
            final LiveEvents again = start(disk, SMALL, told, 0);
            assertThat(Book.polled(again.subscribe(Cursor.after(0, 0), 0))).as("call %d, %s", call, disk.failedCall()).isEqualTo(told.after(0, Cursor.ALL, 0));
            assertThat(again.epoch() == log.epoch() || inMemoryOnly).isTrue();
        }
    }

    @Test
    void givenAFullDisk_whenItHasRoomAgain_thenFeedingNeverWaitedAndTheLogBeginsAnew() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = start(disk, SMALL, 0);
        live(log, 200);
        disk.setFull(true);
        live(log, 1_000);
        assertThat(log.subscribe(Cursor.after(0, 1_190), 0).isLost()).as("memory has the newest").isFalse();
        disk.setFull(false);
        live(log, 400);
        final long kept = log.keptFrom();
        assertThat(kept).isBetween(1_000L, 1_300L);
        assertFollowed(log, kept, Cursor.ALL, 0);
        log.close();
        assertFollowed(start(disk, SMALL, 1_600), kept, Cursor.ALL, 0);
    }

    // ---- the thread ----

    @Test
    void givenItsOwnThreadAndManyFollowers_whenFedAsFastAsItGoes_thenEachSeesTheList() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = LiveEvents.open(Book.config(1 << 20, 256 << 10, EVER, 1L << 40), disk, true, () -> 5);
        log.settle(0, 0);
        final int positions = 60_000;
        final Thread[] threads = new Thread[4];
        final List<List<String>> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        final Book expected = new Book();
        for (int i = 0; i < threads.length; i++) {
            final int post = i;
            final Subscription follower = log.subscribe(Cursor.after(5, 0), post);
            threads[i] = new Thread(() -> {
                final List<String> mine = new java.util.ArrayList<>();
                while (follower.cursor().position() < positions && !follower.isLost()) {
                    mine.addAll(Book.polled(follower, post == 0 ? 1_000_000 : 50));
                    Thread.yield();
                }
                mine.add(0, "post " + post);
                seen.add(mine);
            });
            threads[i].start();
        }
        live(log, expected, positions);
        for (final Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(seen).hasSize(threads.length);
        for (final List<String> mine : seen) {
            final int post = Integer.parseInt(mine.get(0).substring(5));
            assertThat(mine.subList(1, mine.size())).isEqualTo(expected.after(0, Cursor.ALL, post));
        }
        log.close();
        final LiveEvents again = LiveEvents.open(Book.config(1 << 20, 256 << 10, EVER, 1L << 40), disk, true, () -> 6);
        again.settle(positions, 1);
        assertThat(Book.polled(again.subscribe(Cursor.after(5, 0), 0))).isEqualTo(expected.after(0, Cursor.ALL, 0));
        again.close();
    }

    // ---- the hand that feeds ----

    private LiveEvents start(final FakeDisk disk, final ReadModelConfig config, final long snapshot) {
        return start(disk, config, book, snapshot);
    }

    /** As recovery does: replays what is behind the snapshot, up to the end of the journal. */
    private static LiveEvents start(final FakeDisk disk, final ReadModelConfig config, final Book told, final long snapshot) {
        final LiveEvents log = Book.open(disk, config);
        for (long position = snapshot + 1; position <= told.position(); position++) {
            told.replay(log, position);
        }
        log.settle(told.position(), Book.nowMs(told.position()));
        return log;
    }

    private void live(final LiveEvents log, final int positions) {
        live(log, book, positions);
    }

    private static void live(final LiveEvents log, final Book told, final int positions) {
        for (int i = 0; i < positions; i++) {
            told.next(log);
            if (told.position() % 3 == 0 || i == positions - 1) {
                log.reflects(told.position());
                log.show(Book.nowMs(told.position()));
            }
        }
    }

    private void assertFollowed(final LiveEvents log, final long position, final int ordinal, final int post) {
        final Subscription follower = log.subscribe(new Cursor(log.epoch(), position, ordinal), post);
        if (position == 0 && ordinal == 0) {
            return; // that is "from now on"
        }
        assertThat(Book.polled(follower)).as("from %d.%d", position, ordinal).isEqualTo(book.after(position, ordinal, post));
        assertThat(follower.isLost()).isFalse();
        assertThat(follower.cursor()).isEqualTo(Cursor.after(log.epoch(), book.position()));
    }

    private static List<String> segments(final FakeDisk disk) throws IOException {
        return disk.list(Book.EVENTS).stream().filter(Layout::isSegment).sorted().toList();
    }
}
