package org.mawid.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/**
 * Whatever call the process or the machine ends in: what was acknowledged is found, nothing is found that was not appended, and there is
 * no gap. One failing seed again: {@code -Dtest=JournalCrashTest -Dseed=N}.
 */
class JournalCrashTest {
    private static final int SEEDS = 250;

    /** What must be there, and what may be behind it. */
    private static final class Model {
        private List<Sample.Entry> certain = new ArrayList<>();
        private final List<Sample.Entry> possible = new ArrayList<>();

        void appended(final Sample.Entry entry) {
            possible.add(entry);
        }

        void durableUpTo(final long position) {
            while (certain.size() < position) {
                certain.add(possible.remove(0));
            }
        }

        /** What was found counts from now on. */
        void check(final List<Sample.Entry> found, final String where) {
            assertThat(found.size()).as(where).isBetween(certain.size(), certain.size() + possible.size());
            assertThat(found.subList(0, certain.size())).as(where).isEqualTo(certain);
            assertThat(found.subList(certain.size(), found.size())).as(where).isEqualTo(possible.subList(0, found.size() - certain.size()));
            certain = new ArrayList<>(found);
            possible.clear();
        }
    }

    @Test
    void givenManyCrashesInARow_whenOpenedAgain_thenEverythingAcknowledgedIsThereAndNothingElse() {
        final Long one = Long.getLong("seed");
        for (long seed = one == null ? 0 : one; seed < (one == null ? SEEDS : one + 1); seed++) {
            final Random random = new Random(FakeDisk.spread(seed));
            final FakeDisk disk = new FakeDisk(seed, random.nextBoolean());
            if (random.nextBoolean()) {
                disk.withShortWrites();
            }
            final Model model = new Model();
            for (int run = 0; run < 8; run++) {
                disk.crashAt(disk.calls() + 1 + random.nextInt(random.nextBoolean() ? 40 : 400));
                try {
                    work(disk, random, model, run, "seed " + seed + ", run " + run);
                } catch (FakeDisk.Crash crash) {
                    // as asked
                }
                end(disk, random.nextInt(3) == 0);
            }
            try (Journal journal = Journal.open(Sample.config(disk))) {
                model.check(Sample.read(journal, 1), "seed " + seed + ", at the end");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenOneRun_whenItCrashesAtAnyCallAndThePowerGoesAgain_thenEverythingAcknowledgedIsThere(final boolean durableWrites) {
        final FakeDisk whole = new FakeDisk(1, durableWrites);
        work(whole, new Random(9), new Model(), 0, "whole");
        final long calls = whole.calls();
        assertThat(calls).isGreaterThan(100);
        for (long call = 1; call <= calls + 1; call++) {
            final String where = "crash at call " + call;
            final FakeDisk disk = new FakeDisk(call, durableWrites).crashAt(call);
            final Model model = new Model();
            try {
                work(disk, new Random(9), model, 0, where);
                assertThat(call).isEqualTo(calls + 1);
            } catch (FakeDisk.Crash crash) {
                // as asked
            }
            end(disk, call % 2 == 0);
            for (int again = 0; again < 3; again++) {
                // What one opening has found or appended, the next one finds, although the power goes in between.
                final Journal journal = Journal.open(Sample.config(disk));
                model.check(Sample.read(journal, 1), where);
                for (final Sample.Entry entry : Sample.fill(journal.writer(), 17, 3, 2)) {
                    model.appended(entry);
                }
                model.durableUpTo(journal.writer().durablePosition());
                disk.powerLoss();
            }
        }
    }

    private static void work(
            final FakeDisk disk, final Random random, final Model model, final int run, final String where) {
        final Journal journal = Journal.open(Sample.config(disk).withSchemaWord(run / 3)); // not closed by a crash
        final JournalWriter writer = journal.writer();
        model.check(Sample.read(journal, 1), where);
        assertThat(journal.recoveredPosition()).as(where).isEqualTo(model.certain.size());
        long position = journal.recoveredPosition();
        for (int step = 0; step < 40; step++) {
            for (int records = random.nextInt(random.nextInt(4) == 0 ? 200 : 10); records > 0; records--) {
                final Sample.Entry entry = Sample.entry(17, position + 1, run);
                assertThat(writer.hasRoom()).isTrue();
                if (!Sample.append(writer, entry)) {
                    model.durableUpTo(writer.flush());
                    assertThat(Sample.append(writer, entry)).isTrue();
                }
                position++;
                model.appended(entry);
            }
            model.durableUpTo(random.nextInt(5) == 0 ? writer.seal() : writer.flush());
        }
        journal.close();
    }

    private static void end(final FakeDisk disk, final boolean onlyTheProcess) {
        if (onlyTheProcess) {
            disk.kill();
        } else {
            disk.powerLoss();
        }
    }
}
