package org.mawid.engine.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.EventLog.Subscription;
import org.mawid.engine.readmodel.Happenings.Run;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.RoomChangedDecoder;

/** A watch begins with days and goes on with deltas: whenever it begins, both together are the day as it is. */
@Timeout(60)
class SnapshotAndDeltasTest {
    private static final int POOL = 3;
    private static final int DAY = 20_500;
    private static final int UNITS = 12;
    private static final int POSITIONS = 30_000;
    /** On a busy machine the watcher may get its turn late: it is waited for. */
    private static final int WATCHES = 100;

    @TempDir
    Path data;

    @Test
    void givenADayReadInTheMiddleOfABatch_whenLaterDeltasAreAdded_thenItIsTheDayAtTheEnd() throws Exception {
        try (LiveReadModel model = LiveReadModel.open(ReadModelConfig.in(data, "a journal"))) {
            model.beginRebuild(0, 1);
            model.endRebuild();
            final Happenings happenings = new Happenings(0, DAY * 86_400_000L);
            happenings.pool(POOL, 1, PoolKind.DESK);
            happenings.publish(POOL, DAY, 0, 0, UNITS, 1, new Run(0, UNITS, 100, 0));
            happenings.tell(model::onEvents);
            model.onBatchEnd();

            final AtomicBoolean done = new AtomicBoolean();
            final AtomicInteger begun = new AtomicInteger();
            final List<String> wrong = new ArrayList<>();
            final List<Subscription> watches = new ArrayList<>();
            final List<DayView> days = new ArrayList<>();
            final Thread watcher = new Thread(() -> {
                while (!done.get() && watches.size() < 3_000) {
                    watches.add(model.events().subscribe(Cursor.NOW, 1));
                    days.add(model.availability().day(POOL, DAY));
                    begun.incrementAndGet();
                }
            });
            watcher.start();
            feed(model, happenings, begun);
            done.set(true);
            watcher.join();
            final DayView end = model.availability().day(POOL, DAY);
            for (int i = 0; i < watches.size(); i += 1 + watches.size() / 300) {
                if (!java.util.Arrays.equals(withDeltas(days.get(i), watches.get(i)), end.room())) {
                    wrong.add("a watch that began with position " + days.get(i).position());
                }
            }
            assertThat(wrong).isEmpty();
            assertThat(watches.size()).isGreaterThanOrEqualTo(WATCHES);
            assertThat(days.stream().mapToLong(DayView::position)).as("a day is never of before its watch").isSorted();
        }
    }

    /** Takes and gives back, twice in one position now and then, in batches as long as the ring makes them. */
    private static void feed(final LiveReadModel model, final Happenings happenings, final AtomicInteger begun) {
        final Random random = new Random(7);
        final int[] taken = new int[UNITS];
        for (int i = 0; i < POSITIONS || begun.get() < WATCHES; i++) {
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                final int unit = random.nextInt(UNITS);
                final int delta = taken[unit] == 0 || taken[unit] < 100 && random.nextBoolean() ? -1 : 1;
                taken[unit] -= delta;
                happenings.room(POOL, DAY, unit, 1, delta, 0);
            }
            happenings.tell(model::onEvents);
            if (random.nextInt(500) == 0) {
                model.onBatchEnd();
            }
        }
        model.onBatchEnd();
    }

    private static int[] withDeltas(final DayView day, final Subscription watch) {
        final int[] room = day.room().clone();
        final RoomChangedDecoder changed = new RoomChangedDecoder();
        final boolean[] more = {true};
        while (more[0]) {
            more[0] = watch.poll((cursor, buffer, offset, length) -> {
                if (cursor.position() > day.position()) {
                    changed.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
                    changed.rooms().forEach(entry -> room[entry.startUnit()] += entry.delta());
                }
            }, 10_000) > 0;
        }
        return room;
    }
}
