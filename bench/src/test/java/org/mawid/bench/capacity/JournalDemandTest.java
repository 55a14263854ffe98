package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.Network;
import org.mawid.bench.capacity.demand.JournalDemand;
import org.mawid.bench.capacity.demand.ModelDemand;
import org.mawid.bench.capacity.demand.Observed;
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
        final Network network = PlannedNetwork.of(REAL, plan);
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
