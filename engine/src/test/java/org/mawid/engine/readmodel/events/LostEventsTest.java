package org.mawid.engine.readmodel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.EventLog.Subscription;
import org.mawid.engine.readmodel.MissingEvents;
import org.mawid.engine.readmodel.ReadModelConfig;

/** Files of events that are gone, or were never there: what the journal brings back, and which cursors mean nothing any more. */
class LostEventsTest {
    private final Fed fed = new Fed();

    // ---- losses ----

    @Test
    void givenAllSegmentsLost_whenTheWholeJournalIsReplayed_thenTheSameLogUnderTheSameEpoch() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = fed.closed(disk, 400);
        Fed.deleteSegments(disk);
        final LiveEvents again = fed.start(disk, Fed.SMALL, 0);
        assertThat(again.epoch()).isEqualTo(log.epoch());
        for (long position = 0; position <= 400; position += 13) {
            fed.assertFollowed(again, position, 1, 0);
        }
    }

    @Test
    void givenASegmentLost_whenASnapshotHidesIt_thenOlderCursorsAreLostAndNewerOnesGoOn() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = fed.closed(disk, 400);
        final List<String> segments = Fed.segments(disk);
        disk.delete(Book.EVENTS.resolve(segments.get(2)));
        final LiveEvents again = fed.start(disk, Fed.SMALL, 400);
        final Subscription old = again.subscribe(Cursor.after(log.epoch(), 0), 0);
        Book.polled(old);
        assertThat(old.isLost()).as("it came to the gap").isTrue();
        assertThat(again.keptFrom()).isGreaterThan(0);
        fed.assertFollowed(again, again.keptFrom(), Cursor.ALL, 0);
        assertThat(again.subscribe(Cursor.after(log.epoch(), again.keptFrom() - 1), 0).isLost()).isTrue();
    }

    @Test
    void givenTheEndLost_whenASnapshotIsAheadOfIt_thenTheLogBeginsAnewUnderTheSameEpoch() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = fed.closed(disk, 400);
        final List<String> segments = Fed.segments(disk);
        disk.delete(Book.EVENTS.resolve(segments.get(segments.size() - 1)));
        final LiveEvents again = fed.start(disk, Fed.SMALL, 400);
        assertThat(again.epoch()).isEqualTo(log.epoch());
        assertThat(again.keptFrom()).isEqualTo(400);
        assertThat(again.subscribe(Cursor.after(log.epoch(), 399), 0).isLost()).isTrue();
        fed.live(again, 100);
        fed.assertFollowed(again, 400, Cursor.ALL, 0);
        again.close();
        assertThat(fed.start(disk, Fed.SMALL, 500).keptFrom()).isEqualTo(400);
    }

    @Test
    void givenAnotherJournalOrNoLabelOrADamagedOne_whenStarted_thenNothingOfItCountsAndTheEpochIsNew() throws Exception {
        for (int how = 0; how < 3; how++) {
            final FakeDisk disk = new FakeDisk(1, true);
            final Book told = new Book();
            final LiveEvents log = Fed.start(disk, Fed.SMALL, told, 0);
            Fed.live(log, told, 200);
            log.close();
            final ReadModelConfig config = how > 0 ? Fed.SMALL
                    : new ReadModelConfig(Book.FOLDER, "another journal", 4_096, 6_000, Fed.EVER, 1L << 40, false, 0, 0);
            if (how == 1) {
                disk.delete(Book.EVENTS.resolve("mawid.events"));
            } else if (how == 2) {
                disk.corrupt(Book.EVENTS.resolve("mawid.events"), 30, 1);
            }
            final LiveEvents again = Fed.start(disk, config, told, 200);
            assertThat(again.epoch()).isNotEqualTo(log.epoch());
            assertThat(again.keptFrom()).isEqualTo(200);
            assertThat(Fed.segments(disk)).isEmpty();
            assertThat(again.subscribe(new Cursor(log.epoch(), 200, Cursor.ALL), 0).isLost()).isTrue();
        }
    }

    @Test
    void givenEventsOfCommandsThatAreGone_whenStarted_thenTheEpochIsNew() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = fed.closed(disk, 300);
        fed.book.forgetAfter(250);
        final LiveEvents again = fed.start(disk, Fed.SMALL, 200);
        assertThat(again.epoch()).isGreaterThan(log.epoch());
        assertThat(again.keptFrom()).isEqualTo(250);
        assertThat(again.subscribe(new Cursor(log.epoch(), 100, Cursor.ALL), 0).isLost()).isTrue();
        fed.live(again, 100);
        again.close();
        final LiveEvents third = fed.start(disk, Fed.SMALL, 350);
        assertThat(third.epoch()).isEqualTo(again.epoch());
        fed.assertFollowed(third, 250, Cursor.ALL, 0);
    }

    // ---- the past ----

    @Test
    void givenALogThatLostItsPast_whenItIsReplayed_thenItIsThereFromTheMomentThatAllOfItIs() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        final LiveEvents log = fed.closed(disk, 400);
        Fed.deleteSegments(disk);
        final LiveEvents again = fed.start(disk, Fed.SMALL, 300);
        fed.live(again, 100);
        assertThat(again.isRestoring()).isFalse();
        final MissingEvents missing = again.missing();
        assertThat(missing.lastPosition()).isEqualTo(300);
        assertThat(again.isRestoring()).isTrue();
        for (long position = 1; position <= 300; position++) {
            fed.book.replay(missing::onReplayed, position);
        }
        assertThat(again.keptFrom()).isEqualTo(300);
        fed.live(again, 100);
        assertThat(missing.finish()).isTrue();
        assertThat(again.isRestoring()).isFalse();
        assertThat(again.missing()).isNull();
        fed.assertFollowed(again, 0, Cursor.ALL, 0);
        fed.assertFollowed(again, 299, 0, 2);
        disk.powerLoss();
        fed.assertFollowed(fed.start(disk, Fed.SMALL, 300), 0, Cursor.ALL, 0);
    }

    @Test
    void givenALogThatLostItsPast_whenItIsGivenUp_thenNobodyWaitsForIt() throws Exception {
        final FakeDisk disk = new FakeDisk(1, true);
        fed.closed(disk, 400);
        Fed.deleteSegments(disk);
        final LiveEvents again = fed.start(disk, Fed.SMALL, 300);
        final MissingEvents missing = again.missing();
        assertThat(again.isRestoring()).isTrue();
        missing.discard();
        assertThat(again.isRestoring()).isFalse();
        assertThat(again.journal()).isEqualTo(Fed.SMALL.journal());
    }

    @Test
    void givenTimeOrBytesUsedUp_whenStarted_thenNothingOfThePastIsMissing() throws Exception {
        for (final ReadModelConfig config : List.of(Book.config(4_096, 6_000, 5_000, 1L << 40), Book.config(4_096, 6_000, Fed.EVER, 30_000))) {
            final FakeDisk disk = new FakeDisk(1, true);
            final Book told = new Book();
            final LiveEvents log = Fed.start(disk, config, told, 0);
            Fed.live(log, told, 2_000);
            assertThat(log.keptFrom()).isPositive();
            log.close();
            assertThat(Fed.start(disk, config, told, 2_000).missing()).isNull();
        }
    }

    @Test
    void givenAPastThatIsTooOldOrTooLarge_whenItIsReplayed_thenOnlyTheNewestOfItComesBack() throws Exception {
        for (final ReadModelConfig config : List.of(Book.config(4_096, 6_000, 15_000, 1L << 40), Book.config(4_096, 20_000, Fed.EVER, 1_500_000))) {
            final FakeDisk disk = new FakeDisk(1, true);
            final Book told = new Book();
            told.forgetAfter(0);
            final LiveEvents first = Fed.start(disk, Book.memoryOnly(), told, 0);
            Fed.live(first, told, config.eventMaxBytes() > 1L << 30 ? 2_500 : 15_000);
            final LiveEvents log = Fed.start(disk, config, told, told.position());
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
}
