package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Measure;
import org.mawid.api.network.Network.VisitSize;
import org.mawid.bench.capacity.demand.JournalDemand;
import org.mawid.bench.capacity.demand.ModelDemand;
import org.mawid.bench.capacity.demand.Observed;
import org.mawid.bench.capacity.demand.Party;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.PlanRefusedException;
import org.mawid.bench.capacity.plan.PlannedNetwork;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.post.PostSimulation;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.bench.capacity.result.PostResult;
import org.mawid.bench.load.TornTail;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.journal.JournalWriter;

/** Demand read back from a real journal, into which the commands of a simulation were written. */
class JournalDemandTest {
    private static final Network REAL = Network.bundled();

    @TempDir
    private Path folder;

    private PostResult record(final Plan plan) throws IOException {
        return record(REAL, plan);
    }

    private PostResult record(final Network files, final Plan plan) throws IOException {
        final Network network = PlannedNetwork.of(files, plan);
        final Site site = new Site(network, PlannedNetwork.posts(network, plan).get(0));
        final Path journalFolder = new DataDirectory(folder).journal();
        FileDisk.plain().createFolders(journalFolder);
        try (Journal journal = Journal.open(JournalConfig.in(journalFolder, FileDisk.plain(), new JournalId(1, 2)).withSizes(4 << 20, 1 << 18))) {
            final JournalWriter writer = journal.writer();
            final PostResult result = new PostSimulation(site, plan, new ModelDemand(site, plan, null)).run((done, of) -> { }, (position, nowMs, buffer, length) -> {
                if (!writer.hasRoom()) {
                    throw new IllegalStateException("no room in the journal");
                }
                if (!writer.append(position, nowMs, 0, buffer, 0, length)) {
                    writer.flush();
                    writer.append(position, nowMs, 0, buffer, 0, length);
                }
            });
            writer.seal();
            return result;
        }
    }

    @Test
    void givenThreeWeeksInAJournal_whenReadAsDemand_thenItTellsWhatHadBeenAskedAndHowLongItTook() throws IOException {
        final Plan plan = Plan.usual(LocalDate.of(2027, 4, 5)).with(PlanKey.POSTS, "MA-CG-TARRAGONE").with(PlanKey.WEEKS, "3").with(PlanKey.WARM_UP, "0");
        final PostResult recorded = record(plan);

        final JournalDemand journal = JournalDemand.read(folder, (position, last) -> { });

        final Observed observed = journal.at(recorded.site().post());
        assertThat(observed.requests()).isEqualTo(recorded.books().get("arrivals"));
        assertThat(observed.visitsADay()).isCloseTo(recorded.books().get("arrivals") / 21.0, within(0.5));
        assertThat(observed.shares().get(PlanKey.REJECTED)).as("and who sent it again is not counted twice").isCloseTo(0.15, within(0.02));
        assertThat(observed.shares().get(PlanKey.RESUBMITTED)).isBetween(0.6, 0.95); // some have not sent it yet
        assertThat(observed.shares().get(PlanKey.NO_SHOW)).isCloseTo(0.12, within(0.03));
        assertThat(observed.weekdays()[0]).as("most ask on Mondays").isGreaterThan(observed.weekdays()[6]);
        assertThat(observed.ratio()).as("services took their nominal time, in the mean").isCloseTo(1, within(0.05));
        assertThat(observed.minutes()).containsKey("LEGALIZATION");
        assertThat(observed.shareOf("LEGALIZATION")).isGreaterThan(observed.shareOf("PASSPORT_LOST"));
        final PlanResult planned = new Planner(REAL, journal, null).run(plan, "test");
        assertThat((double) planned.all().asked).as("another three weeks like these").isCloseTo(recorded.books().get("arrivals"), within(250.0));
        assertThatThrownBy(() -> new Planner(REAL, journal, null).run(plan.with(PlanKey.POSTS, "MA-EM-OSLO"), "test")).isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("has no request for MA-EM-OSLO");
    }

    /** The real network, where people ask for other sizes than in its files. */
    private static Network where(final VisitSize... sizes) {
        return new Network(REAL.posts(), REAL.services(), REAL.pools(), REAL.rates(), REAL.calendars(), REAL.mix(), List.of(sizes), REAL.loads(), REAL.notices());
    }

    private static VisitSize size(final Measure measure, final int size, final int percent) {
        return new VisitSize(measure, size, false, BigDecimal.valueOf(percent), BigDecimal.valueOf(size));
    }

    /** Mean of what was drawn for some days: services and persons of a party, and how many of them walk in. */
    private record Drawn(double services, double persons, double walkIns) {
        private static Drawn of(final Site site, final Plan plan, final Observed observed, final int days) {
            final ModelDemand demand = new ModelDemand(site, plan, observed);
            final List<Party> parties = IntStream.range(0, days).mapToObj(plan.from()::plusDays).flatMap(date -> demand.on(date, 0).stream()).toList();
            return new Drawn(parties.stream().mapToInt(party -> IntStream.of(party.lines().quantities()).sum()).average().orElseThrow(),
                    parties.stream().mapToLong(party -> IntStream.of(party.lines().persons()).distinct().count()).average().orElseThrow(),
                    parties.stream().mapToInt(party -> party.walkIn() ? 1 : 0).average().orElseThrow());
        }
    }

    @Test
    void givenAJournalOfVisitsForOneService_whenPlanned_thenThePlannedOnesAreForOneAndNoLonger() throws IOException {
        final Plan plan = Plan.usual(LocalDate.of(2027, 4, 5)).with(PlanKey.POSTS, "MA-CG-TARRAGONE").with(PlanKey.WEEKS, "3").with(PlanKey.WARM_UP, "0");
        final PostResult recorded = record(where(size(Measure.SERVICES, 1, 100), size(Measure.PERSONS, 1, 100)), plan);

        final JournalDemand journal = JournalDemand.read(folder, (position, last) -> { });
        final PostResult planned = new Planner(REAL, journal, null).run(plan, "test").posts().get(0);

        assertThat(planned.demand()).contains("each for 1.00 services and 1.00 persons");
        assertThat(Drawn.of(recorded.site(), plan, journal.at(recorded.site().post()), 21).services()).isEqualTo(1);
        assertThat(planned.all().askedMinutes / planned.all().asked).as("minutes a visit").isCloseTo(recorded.all().askedMinutes / recorded.all().asked, within(0.7));
    }

    @Test
    void givenAJournalOfFamiliesAndWalkIns_whenPlanned_thenAsManyServicesPersonsAndWalkInsAreDrawnAsCame() throws IOException {
        final Plan plan = Plan.usual(LocalDate.of(2027, 4, 5)).with(PlanKey.POSTS, "MA-CG-TARRAGONE").with(PlanKey.WEEKS, "3").with(PlanKey.WARM_UP, "0");
        final PostResult recorded = record(where(size(Measure.SERVICES, 1, 20), size(Measure.SERVICES, 4, 50), size(Measure.SERVICES, 7, 30),
                size(Measure.PERSONS, 1, 30), size(Measure.PERSONS, 3, 70)), plan.with(PlanKey.WALK_IN, "30%"));
        final Drawn came = Drawn.of(recorded.site(), plan.with(PlanKey.WALK_IN, "30%"), null, 21);

        final JournalDemand journal = JournalDemand.read(folder, (position, last) -> { });

        final Observed observed = journal.at(recorded.site().post());
        assertThat(observed.sizes().meanServices()).isCloseTo(came.services(), within(0.02)).isGreaterThan(4);
        assertThat(observed.sizes().meanPersons()).isCloseTo(came.persons(), within(0.02)).isGreaterThan(1.7);
        assertThat(observed.shares().get(PlanKey.WALK_IN)).as("those of the last weekend have not come yet").isCloseTo(0.3, within(0.03));
        for (final String acrossDesks : List.of("100%", "0%")) {
            final Drawn drawn = Drawn.of(recorded.site(), observed.on(plan).with(PlanKey.ACROSS_DESKS, acrossDesks), observed, 365);
            assertThat(drawn.services()).as("services").isCloseTo(observed.sizes().meanServices(), within(0.05));
            assertThat(drawn.persons()).as("persons").isCloseTo(observed.sizes().meanPersons(), within(0.05));
            assertThat(drawn.walkIns()).as("walk-ins").isCloseTo(came.walkIns(), within(0.03));
        }
        final PostResult planned = new Planner(REAL, journal, null).run(plan, "test").posts().get(0);
        assertThat(planned.all().askedMinutes / planned.all().asked).as("minutes a visit").isCloseTo(recorded.all().askedMinutes / recorded.all().asked, within(4.0));
        assertThat(planned.all().walkIns / (double) planned.all().asked).isCloseTo(recorded.all().walkIns / (double) recorded.all().asked, within(0.03));
    }

    @Test
    void givenAJournalWhoseEndIsTorn_whenRead_thenWhatWasAcknowledgedCountsAndTheFileIsAsItWas() throws IOException {
        final Plan plan = Plan.usual(LocalDate.of(2027, 4, 5)).with(PlanKey.POSTS, "MA-EM-OSLO").with(PlanKey.WEEKS, "10").with(PlanKey.WARM_UP, "0");
        final PostResult recorded = record(plan);
        final long whole = JournalDemand.read(folder, (position, last) -> { }).at(recorded.site().post()).requests();
        final Path segment = TornTail.tear(folder);
        final byte[] bytes = Files.readAllBytes(segment);

        final long left = JournalDemand.read(folder, (position, last) -> { }).at(recorded.site().post()).requests();

        assertThat(left).isBetween(whole / 4, whole - 1);
        assertThat(Files.readAllBytes(segment)).isEqualTo(bytes);
    }

    @Test
    void givenAFolderWithoutAJournal_whenRead_thenItIsRefused() {
        assertThatThrownBy(() -> JournalDemand.read(folder, (position, last) -> { })).isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("is not the data directory of a server");
        assertThat(folder).isEmptyDirectory();
    }
}
