package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.capacity.demand.JournalDemand;
import org.mawid.bench.capacity.demand.Observed;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.PlanRefusedException;
import org.mawid.bench.capacity.plan.Prose;
import org.mawid.bench.kingdom.RecordedHistory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import picocli.CommandLine;

/** A plan from the data directory of a real engine: ring, journal and core wrote it, with snapshots and what has left memory. */
class ServedJournalTest {
    @TempDir
    private static Path folder;
    private static Path data;
    private static RecordedHistory.Books books;

    private final StringWriter out = new StringWriter();
    private final CommandLine plan = new CommandLine(new PlanBench()).setOut(new PrintWriter(out)).setErr(new PrintWriter(out));

    @BeforeAll
    static void record() throws Exception {
        data = folder.resolve("data");
        books = RecordedHistory.into(data, 3_000);
    }

    @Test
    void givenAHistoryThatARealEngineWrote_whenItsDemandIsRead_thenItIsTheGeneratorsToTheLastRequest() throws IOException {
        final JournalDemand journal = JournalDemand.read(data, (position, last) -> { });

        assertThat(journal.requestsByPost()).hasSizeGreaterThan(3).isEqualTo(books.requestsByPost());
        assertThat(journal.requestsByPost().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(books.applications());
        assertThat(journal.unitsByService()).hasSizeGreaterThan(10).isEqualTo(books.unitsByService());
        assertThat(journal.unitsByService().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(books.lines());
        final Observed observed = journal.at(books.post());
        assertThat(observed.requests()).isEqualTo(books.requestsByPost().get(books.post().code()));
        assertThat(observed.isTimed()).as("half hours say nothing of how long a service takes").isFalse();
        assertThat(observed.stepMs() % 1_800_000).isZero();
        assertThat(observed.sizes().meanServices()).isCloseTo(books.units() / (double) observed.requests(), within(1e-9)).isGreaterThan(2);
        assertThat(observed.sizes().meanPersons()).isCloseTo(books.persons() / (double) observed.requests(), within(1e-9)).isGreaterThan(1.3);
        assertThat(observed.shares()).as("nobody was rejected, or came without an appointment").containsEntry(PlanKey.REJECTED, 0.0).containsEntry(PlanKey.WALK_IN, 0.0);
        assertThat(observed.shares().get(PlanKey.NO_SHOW)).isBetween(0.05, 0.2);
    }

    @Test
    void givenThatDirectory_whenPlanned_thenThePageSaysWhatItRestsOnAndTheDirectoryIsAsItWas() throws IOException {
        final String before = listing();

        assertThat(plan.execute("--journal", data.toString(), "--post", books.post().code(), "--from", "2027-04-05", "--weeks", "2", "--warm-up-weeks", "1")).as(out.toString()).isZero();

        assertThat(listing()).isEqualTo(before);
        final Path json = folder.resolve("plan.json");
        assertThat(plan.execute("--journal", data.toString(), "--post", books.post().code(), "--from", "2027-04-05", "--weeks", "2", "--warm-up-weeks", "1", "--json", json.toString())).isZero();
        final long requests = books.requestsByPost().get(books.post().code());
        assertThat(json).content().contains(Prose.text("%,d requests from 2026-01-01 to", requests), "rejected 0.0%", "walk-in 0.0%",
                Prose.text(", each for %.2f services and %.2f persons;", books.units() / (double) requests, books.persons() / (double) requests));
    }

    @Test
    void givenAllPosts_whenPlannedFromAJournal_thenThoseThatSomebodyAskedAt() {
        final String[] arguments = {"--journal", data.toString(), "--posts", "all", "--from", "2027-04-05", "--weeks", "1", "--warm-up-weeks", "0"};

        assertThat(plan.execute(arguments)).as(out.toString()).isZero();
    }

    private static String listing() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            final StringBuilder all = new StringBuilder();
            for (final Path file : (Iterable<Path>) files.filter(Files::isRegularFile).filter(path -> !path.endsWith("lock")).sorted()::iterator) {
                all.append(file).append(' ').append(Files.size(file)).append(' ').append(Files.getLastModifiedTime(file)).append('\n');
            }
            return all.toString();
        }
    }

    @Test
    void givenAnEngineThatStillServesIt_whenRead_thenOneLineSaysWhoHasIt() throws Exception {
        try (EmbeddedEngine engine = EmbeddedEngine.start(EngineConfig.at(data).with(Setting.SIMULATION, true).with(Setting.RECORDS, false))) {
            assertThat(engine).isNotNull();
            assertThatThrownBy(() -> JournalDemand.read(data, (position, last) -> { })).isInstanceOf(PlanRefusedException.class).hasMessageContaining("is in use by").hasMessageNotContaining("\n");
        }
    }

    @Test
    void givenAPostThatNobodyAskedAt_whenPlanned_thenItIsSaidWhereTheyDid() throws IOException {
        assertThat(plan.execute("--journal", data.toString(), "--post", "MA-CG-BARCELONE")).isEqualTo(2);

        assertThat(out.toString()).contains("has no request for MA-CG-BARCELONE: most are for " + books.post().code());
    }
}
