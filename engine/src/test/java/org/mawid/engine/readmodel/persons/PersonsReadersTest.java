package org.mawid.engine.readmodel.persons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.engine.readmodel.PersonsView;

/** While applications come, whoever looks for a person finds all that were told before they began to look, and each once. */
@Timeout(120)
class PersonsReadersTest {
    private static final int PERSONS = 1_000;
    private static final int READERS = 2;
    private static final int APPLICATIONS = 500_000;
    /** After each of them somebody has looked: else all would have come before anybody does. */
    private static final int BATCH = 250;

    private final LivePersons persons = new LivePersons();
    private final AtomicLong told = new AtomicLong();

    @Test
    void givenApplicationsThatCome_whenPersonsAreLookedFor_thenTheirNewestAreFoundWithoutAGap() throws Exception {
        final AtomicLong reads = new AtomicLong();
        final ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            final List<? extends Future<?>> all = IntStream.range(0, READERS).mapToObj(reader -> readers.submit(() -> {
                for (int person = 1; told.get() != Long.MAX_VALUE; person = person % PERSONS + 1) {
                    look(person);
                    reads.incrementAndGet();
                }
            })).toList();
            for (long application = 1; application <= APPLICATIONS; application++) {
                persons.named(application, personOf(application));
                persons.named(application, Long.MIN_VALUE + application); // whom it serves, too
                persons.named(application, personOf(application));
                if (application % BATCH == 0) {
                    persons.onBatchEnd();
                    told.set(application);
                    while (reads.get() < application / BATCH && all.stream().noneMatch(Future::isDone)) {
                        Thread.onSpinWait();
                    }
                }
            }
            told.set(Long.MAX_VALUE);
            for (final Future<?> reader : all) {
                reader.get(); // what it has found wrong
            }
        } finally {
            told.set(Long.MAX_VALUE);
            readers.shutdown();
            readers.awaitTermination(1, TimeUnit.MINUTES);
            persons.close();
        }
    }

    private static long personOf(final long application) {
        return application % PERSONS + 1;
    }

    private void look(final int person) {
        final long before = told.get();
        final long[] found = persons.applicationsOf(person);
        if (before == Long.MAX_VALUE) {
            return;
        }
        final long newest = before - Math.floorMod(before - (person - 1), PERSONS);
        if (newest > 0) {
            assertThat(found).isNotEmpty();
            assertThat(found[0]).isGreaterThanOrEqualTo(newest);
            final int most = (int) Math.min(PersonsView.MOST, (found[0] - 1) / PERSONS + 1);
            assertThat(found).containsExactly(LongStream.iterate(found[0], number -> number - PERSONS).limit(most).toArray());
        }
    }
}
