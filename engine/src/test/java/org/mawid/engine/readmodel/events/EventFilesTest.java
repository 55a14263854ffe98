package org.mawid.engine.readmodel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.EventLog.Subscription;

/** Events in files: what is kept of them and read, by one follower or many, against a list. */
class EventFilesTest {
    private final Fed fed = new Fed();

    @Test
    void givenEverythingInFilesAndTail_whenFollowedFromAnyCursor_thenItIsWhatTheListHas() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = fed.start(disk, Fed.SMALL, 0);
        fed.live(log, 600);
        assertThat(Fed.segments(disk)).hasSizeGreaterThan(5);
        for (long position = 0; position <= 600; position++) {
            fed.assertFollowed(log, position, Cursor.ALL, (int) (position % 4));
            fed.assertFollowed(log, position, 0, 0);
        }
        assertThat(log.keptFrom()).isZero();
        assertThat(log.bytesOnDisk()).isGreaterThan(20_000);
    }

    @Test
    void givenAFollowerThatStopsAnywhere_whenItGoesOn_thenFilesAndMemoryAreOneSequence() {
        final LiveEvents log = fed.start(new FakeDisk(1, true), Fed.SMALL, 0);
        fed.live(log, 300);
        for (int limit = 1; limit < 60; limit += 7) {
            final Subscription follower = log.subscribe(Cursor.after(0, 0), 0);
            final List<String> all = fed.book.after(0, Cursor.ALL, 0);
            for (int seen = 0; seen < all.size(); seen += limit) {
                assertThat(Book.polled(follower, limit)).isEqualTo(all.subList(seen, Math.min(seen + limit, all.size())));
            }
            fed.live(log, 5);
            assertThat(Book.polled(follower)).isEqualTo(fed.book.after(fed.book.position() - 5, Cursor.ALL, 0));
        }
    }

    @Test
    void givenLimits_whenMoreComes_thenTheOldestSegmentsGoAndTheirCursorsAreLost() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = fed.start(disk, Book.config(4_096, 6_000, Fed.EVER, 20_000), 0);
        fed.live(log, 2_000);
        assertThat(log.bytesOnDisk()).isBetween(12_000L, 26_000L);
        final long kept = log.keptFrom();
        assertThat(kept).isBetween(1_000L, 1_990L);
        assertThat(log.subscribe(Cursor.after(0, kept - 1), 0).isLost()).isTrue();
        assertThat(Book.polled(log.subscribe(Cursor.after(0, kept - 1), 0))).isEmpty();
        fed.assertFollowed(log, kept, Cursor.ALL, 0);
        assertThat(log.keptFromMs()).isEqualTo(Book.nowMs(kept + 1));

        final Subscription slow = log.subscribe(Cursor.after(0, kept), 0);
        assertThat(Book.polled(slow, 3)).hasSize(3);
        fed.live(log, 2_000);
        assertThat(Book.polled(slow)).isEmpty();
        assertThat(slow.isLost()).isTrue();
    }

    @Test
    void givenATimeToKeep_whenItIsOver_thenOnlyWhatIsOlderGoes() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = fed.start(disk, Book.config(4_096, 6_000, 5_000, 1L << 40), 0);
        fed.live(log, 3_000);
        assertThat(log.keptFrom()).as("500 positions are younger than that").isBetween(2_000L, 2_500L);
        fed.assertFollowed(log, 2_500, Cursor.ALL, 0);
        log.close();
        final LiveEvents again = fed.start(disk, Book.config(4_096, 6_000, 5_000, 1L << 40), 3_000);
        assertThat(again.keptFrom()).isEqualTo(log.keptFrom());
        fed.assertFollowed(again, 2_500, Cursor.ALL, 0);
    }

    /** A stretch that ends a little before a block does is a file opened for each block, and half of them read twice. */
    @Test
    void givenBlocksOfTheUsualSize_whenReadInTurn_thenAFileIsOpenedForEveryOtherOne() throws IOException {
        final FakeDisk disk = new FakeDisk(1, true);
        final int payload = (128 << 10) + 400;
        final EventFiles files = EventFiles.open(disk, Path.of("stretches"), "j", 5, payload, 16 << 20, Fed.EVER, 1L << 40);
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
        final EventFiles files = EventFiles.open(disk, folder, "j", 5, 1_000, 1 << 20, Fed.EVER, 1L << 40);
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

    @Test
    void givenItsOwnThreadAndManyFollowers_whenFedAsFastAsItGoes_thenEachSeesTheList() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = LiveEvents.open(Book.config(2 << 20, 256 << 10, Fed.EVER, 1L << 40), disk, true, () -> 5);
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
        Fed.live(log, expected, positions);
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
        final LiveEvents again = LiveEvents.open(Book.config(1 << 20, 256 << 10, Fed.EVER, 1L << 40), disk, true, () -> 6);
        again.settle(positions, 1);
        assertThat(Book.polled(again.subscribe(Cursor.after(5, 0), 0))).isEqualTo(expected.after(0, Cursor.ALL, 0));
        again.close();
    }
}
