package org.mawid.engine.readmodel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.EventLog.Subscription;

/** Files of events that are not what was written, and disks that fail or are full: nobody is told anything but the truth. */
class DamagedEventsTest {
    private final Fed fed = new Fed();

    @Test
    void givenAnyByteFlipped_whenItIsReadOrStarted_thenNoFollowerSeesAnythingButTheTruth() throws Exception {
        final Random random = new Random(5);
        for (int round = 0; round < 150; round++) {
            final FakeDisk disk = new FakeDisk(round, true);
            final Book told = new Book();
            final LiveEvents log = Fed.start(disk, Fed.SMALL, told, 0);
            Fed.live(log, told, 250);
            log.close();
            final List<String> segments = Fed.segments(disk);
            final String damaged = segments.get(random.nextInt(segments.size()));
            final int size = disk.content(Book.EVENTS.resolve(damaged)).length;
            disk.corrupt(Book.EVENTS.resolve(damaged), round % 3 == 0 ? random.nextInt(Math.min(size, 140)) : random.nextInt(size), 1 << random.nextInt(8));
            final LiveEvents again = Fed.start(disk, Fed.SMALL, told, 250);
            final Subscription follower = again.subscribe(Cursor.after(log.epoch(), 0), 0);
            final List<String> seen = Book.polled(follower);
            final List<String> all = told.after(0, Cursor.ALL, 0);
            assertThat(seen).as(damaged).isEqualTo(all.subList(0, seen.size()));
            assertThat(follower.isLost()).as("a flipped bit is noticed in " + damaged).isTrue();
            assertThat(Book.polled(again.subscribe(Cursor.after(log.epoch(), again.keptFrom()), 0))).isEqualTo(told.after(again.keptFrom(), Cursor.ALL, 0));
            Fed.live(again, told, 50);
            assertThat(Book.polled(again.subscribe(Cursor.after(log.epoch(), 250), 0))).isEqualTo(told.after(250, Cursor.ALL, 0));
        }
    }

    @Test
    void givenAWriteThatFailsAtAnyCall_whenTheDiskIsWellAgain_thenFeedingWentOnAndNoFollowerSeesAGap() throws Exception {
        for (int call = 1; call < 120; call++) {
            final FakeDisk disk = new FakeDisk(call, true);
            final Book told = new Book();
            disk.failAt(call, "Input/output error");
            final LiveEvents log = Fed.start(disk, Fed.SMALL, told, 0);
            Fed.live(log, told, 250);
            final boolean inMemoryOnly = log.bytesOnDisk() == 0;
            Fed.live(log, told, 250);
            final long kept = log.keptFrom();
            assertThat(Book.polled(log.subscribe(Cursor.after(0, kept), 0))).as("call %d, %s", call, disk.failedCall()).isEqualTo(told.after(kept, Cursor.ALL, 0));
            log.close();
            final LiveEvents again = Fed.start(disk, Fed.SMALL, told, 0);
            assertThat(Book.polled(again.subscribe(Cursor.after(0, 0), 0))).as("call %d, %s", call, disk.failedCall()).isEqualTo(told.after(0, Cursor.ALL, 0));
            assertThat(again.epoch() == log.epoch() || inMemoryOnly).isTrue();
        }
    }

    @Test
    void givenAFullDisk_whenItHasRoomAgain_thenFeedingNeverWaitedAndTheLogBeginsAnew() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = fed.start(disk, Fed.SMALL, 0);
        fed.live(log, 200);
        disk.setFull(true);
        fed.live(log, 1_000);
        assertThat(log.subscribe(Cursor.after(0, 1_190), 0).isLost()).as("memory has the newest").isFalse();
        disk.setFull(false);
        fed.live(log, 400);
        final long kept = log.keptFrom();
        assertThat(kept).isBetween(1_000L, 1_300L);
        fed.assertFollowed(log, kept, Cursor.ALL, 0);
        log.close();
        fed.assertFollowed(fed.start(disk, Fed.SMALL, 1_600), kept, Cursor.ALL, 0);
    }
}
