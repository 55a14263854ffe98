package org.mawid.bench.kingdom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.Network;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.StampState;

/** A few thousand lives through a real engine with its real journal, at one post that has far too many applicants. */
class KingdomTest {
    private static final int APPOINTMENTS = 2_500;

    @TempDir
    private static Path folder;
    private static Path data;
    private static History history;
    private static Way way;

    @BeforeAll
    static void replay() throws Exception {
        data = folder.resolve("data");
        final Network network = Crowded.network(20);
        final Realm realm = new Realm(network, History.appointmentsPerApplication());
        try (EmbeddedEngine engine = EmbeddedEngine.start(Hosts.config(data, false))) {
            Hosts.bring(engine, network);
            final Cases cases = new Cases();
            way = new InProcess(cases, engine, 4_096);
            history = new History(realm, cases, way, 3, APPOINTMENTS, 30);
            while (history.goesOn()) {
                history.step();
            }
            history.finish();
        }
    }

    private static List<String> differences(final Books books) throws Exception {
        return new Audit(data).differences(books, history.places(), (position, last) -> { });
    }

    @Test
    void givenAHistoryThroughARealEngine_whenInspected_thenItHasWhatTheBooksHaveToTheLastUnit() throws Exception {
        final Audit audit = new Audit(data);

        assertThat(audit.differences(history.books(), history.places(), (position, last) -> { })).isEmpty();
        assertThat(history.confirmed()).isEqualTo(APPOINTMENTS);
        assertThat(audit.unitsCompared()).isGreaterThan(10_000);
        assertThat(audit.report().simulation()).isTrue();
        assertThat(audit.report().position()).isGreaterThanOrEqualTo(history.commands());
    }

    @Test
    void givenFullDays_whenApplicantsTryWhatIsGone_thenTheyAreRefusedAsForeseenAndTakeAnotherDay() {
        assertThat(history.displaced()).isPositive();
        assertThat(way.refusals()).isNotEmpty();
        assertThat(way.refusals().keySet()).isSubsetOf("SOLD_OUT", "HELD_BY_OTHER");
    }

    @Test
    void givenBooksThatWereDoctored_whenHeldAgainstTheEngine_thenWhatDiffersIsNamed() throws Exception {
        final Books books = history.books();
        books.appointment(AppointmentState.SERVED, 1, 4);
        books.stamps(StampState.ISSUED, 0, 1);
        final List<String> found;
        try {
            found = differences(books);
        } finally {
            books.take(AppointmentState.SERVED, 1, 4);
            books.stamps(StampState.ISSUED, 0, -1);
        }

        assertThat(found).anyMatch(line -> line.startsWith("appointments.SERVED:")).anyMatch(line -> line.startsWith("legs.SERVED:"))
                .anyMatch(line -> line.startsWith("units.SERVED:")).anyMatch(line -> line.startsWith("centimes.ISSUED:"));
    }

    @Test
    void givenACalendarThatWasDoctored_whenHeldAgainstTheEngine_thenTheUnitIsNamed() throws Exception {
        final Places places = history.places();
        final int date = (int) (history.nowMs() / 86_400_000L) + 5;
        final int[] desk = deskOpenFrom(date);
        places.add(desk[0], 0, desk[1], 3, 1, 1);
        final List<String> found;
        try {
            found = differences(history.books());
        } finally {
            places.add(desk[0], 0, desk[1], 3, 1, -1);
        }

        assertThat(found).anyMatch(line -> line.startsWith("pool " + desk[0] + ", date " + desk[1] + ", unit 3: the books have 1 taken"));
    }

    private static int[] deskOpenFrom(final int date) {
        for (int day = date; day < date + 30; day++) {
            if (history.places().knows(1, day)) {
                return new int[] {1, day};
            }
        }
        throw new IllegalStateException("the first desk is not open for a month");
    }
}
