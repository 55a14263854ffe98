package org.mawid.engine.readmodel.persons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.PersonsView;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.twin.SeededTraffic;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** Whoever applies, whatever else happens, however often it starts: a person's applications are those that name them. */
class PersonsViewPropertyTest {
    private static final int SEEDS = 4;
    private static final int COMMANDS = 3_000;

    private int mostOfOne;

    @Test
    void givenSeededTraffic_whenItIsFedInTurnsAndStartedAgain_thenApplicationsAreFoundByWhomTheyName() {
        for (final long seed : SeededTraffic.seeds().limit(SEEDS).toArray()) {
            final String again = "seed " + seed + ", again: " + SeededTraffic.again(PersonsViewPropertyTest.class, seed);
            final Random dice = new Random(seed);
            final SeededTraffic traffic = SeededTraffic.ofHalls(seed);
            final LivePersons persons = new LivePersons();
            rebuild(persons, traffic.core());
            for (int left = COMMANDS; left > 0; ) {
                final int some = 1 + dice.nextInt(300);
                left -= some;
                feed(persons, traffic, some);
                hasAllOf(traffic.core(), persons, again);
                if (dice.nextInt(4) == 0) {
                    rebuild(persons, traffic.core());
                    hasAllOf(traffic.core(), persons, again);
                }
            }
            persons.close();
            assertThat(persons.count()).isZero();
        }
        assertThat(mostOfOne).as("most applications of one person").isGreaterThan(2);
    }

    @Test
    void givenSomebodyWithManyApplications_whenAskedFor_thenTheNewestAreToldAndNobodyHasNone() {
        final LivePersons persons = new LivePersons();
        LongStream.rangeClosed(1, 100_000).forEach(application -> {
            persons.named(application, 0);
            persons.named(application, 7);
            persons.named(application, application % 2 == 0 ? 7 : -application);
        });
        assertThat(persons.applicationsOf(7)).as("before it is shown").isEmpty();
        persons.onBatchEnd();
        assertThat(persons.applicationsOf(7)).containsExactly(LongStream.iterate(100_000, number -> number - 1).limit(PersonsView.MOST).toArray());
        assertThat(persons.applicationsOf(-99_999)).containsExactly(99_999);
        assertThat(persons.applicationsOf(0)).isEmpty();
        assertThat(persons.applicationsOf(8)).isEmpty();
        assertThat(persons.count()).isEqualTo(50_001);
        persons.close();
        assertThat(persons.applicationsOf(7)).isEmpty();
    }

    private static void feed(final LivePersons persons, final SeededTraffic traffic, final int commands) {
        for (int i = 0; i < commands; i++) {
            final Answered answered = traffic.next();
            final UnsafeBuffer buffer = new UnsafeBuffer(answered.events());
            for (int at = 0; at < buffer.capacity(); at += EventWriter.FRAME_BYTES + buffer.getInt(at) + 7 & ~7) {
                persons.onMessage(buffer, at + EventWriter.FRAME_BYTES);
            }
        }
        persons.onBatchEnd();
    }

    private static void rebuild(final LivePersons persons, final EngineCore core) {
        persons.beginRebuild();
        core.dumpNamed(persons::named);
        persons.onBatchEnd();
    }

    private void hasAllOf(final EngineCore core, final PersonsView view, final String again) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final Map<Long, TreeSet<Long>> expected = new HashMap<>();
        final TreeSet<Long> there = new TreeSet<>();
        core.dump(RecordKind.APPLICATIONS, 0, Integer.MAX_VALUE, (template, buffer, offset, length) -> {
            final ApplicationRecordDecoder one = new ApplicationRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            there.add(one.applicationId());
            expected.computeIfAbsent(one.applicant(), none -> new TreeSet<>()).add(one.applicationId());
            one.lines().forEach(line -> expected.computeIfAbsent(line.personKey(), none -> new TreeSet<>()).add(one.applicationId()));
        });
        expected.remove(0L);
        expected.forEach((person, applications) -> {
            final long[] found = view.applicationsOf(person);
            mostOfOne = Math.max(mostOfOne, found.length);
            assertThat(LongStream.of(found).filter(there::contains)).as(again + ": " + person) // what was retired is known until the next start
                    .containsExactlyElementsOf(applications.descendingSet().stream().limit(found.length == PersonsView.MOST ? LongStream.of(found).filter(there::contains).count() : Long.MAX_VALUE).toList());
        });
    }
}
