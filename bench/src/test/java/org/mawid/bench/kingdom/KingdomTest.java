package org.mawid.bench.kingdom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
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
        assertThat(audit.unitsCompared()).as("all that are still to come, and those of some days before").isGreaterThanOrEqualTo(unitsToCome()).isGreaterThan(10_000);
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        assertThat(KingdomBench.verdict(audit, List.of(), new PrintStream(said))).isZero();
        assertThat(said.toString()).contains(String.format(Locale.ROOT, "%,d units", audit.unitsCompared()));
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

    private static long unitsToCome() {
        final Places places = history.places();
        long units = 0;
        for (final Network.Post post : places.realm().network().posts()) {
            for (int date = places.nextOpen(post.id(), today()); date != Places.NEVER; date = places.nextOpen(post.id(), date + 1)) {
                units += (long) places.units(post.id(), date) * places.realm().network().poolsOf(post.id()).size();
            }
        }
        return units;
    }

    private static int today() {
        return (int) (history.nowMs() / 86_400_000L);
    }

    @Test
    void givenAnEngineThatNeverGotOneDayOfAPool_whenHeldAgainstTheBooks_thenItFailsWithALineThatNamesPostAndDay(@TempDir final Path other) throws Exception {
        final Network network = Crowded.network(20);
        final Realm realm = new Realm(network, History.appointmentsPerApplication());
        final int pool = network.poolsOf(1).get(1).id();
        final int date = lastPublished(told(realm, new Nowhere(new Cases(), false)));
        final Path lacking = other.resolve("data");
        final History whole;
        try (EmbeddedEngine engine = EmbeddedEngine.start(Hosts.config(lacking, false))) {
            Hosts.bring(engine, network);
            whole = told(realm, new Losing(new InProcess(new Cases(), engine, 4_096), pool, date));
        }

        final Audit audit = new Audit(lacking);
        final List<String> differences = audit.differences(whole.books(), whole.places(), (position, last) -> { });
        final ByteArrayOutputStream said = new ByteArrayOutputStream();

        assertThat(differences).containsExactly("post " + network.posts().get(0).code() + ", " + LocalDate.ofEpochDay(date)
                + ": the day was published and the engine does not have it, of 1 of its " + network.poolsOf(1).size() + " pools: " + pool);
        assertThat(KingdomBench.verdict(audit, differences, new PrintStream(said))).isEqualTo(1);
        assertThat(said.toString()).contains(differences.get(0));
    }

    private static History told(final Realm realm, final Way way) throws Exception {
        final History told = new History(realm, way.cases(), way, 5, 200, 60);
        while (told.goesOn()) {
            told.step();
        }
        told.finish();
        return told;
    }

    /** So late that nobody has asked for it yet. */
    private static int lastPublished(final History told) {
        int last = Places.NEVER;
        for (int date = told.places().nextOpen(1, (int) (told.nowMs() / 86_400_000L)); date != Places.NEVER; date = told.places().nextOpen(1, date + 1)) {
            last = date;
        }
        assertThat(last).as("published while the history was told, not by the import").isGreaterThan((int) History.lastDatePublishedBefore().toEpochDay());
        return last;
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
