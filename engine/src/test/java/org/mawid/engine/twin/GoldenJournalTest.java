package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.Replay;
import org.mawid.engine.twin.GoldenJournal.Version;
import org.mawid.sbe.MessageHeaderDecoder;

/** A journal of each schema version and core version there ever was still means what it meant when it was written. See {@link GoldenJournal}. */
class GoldenJournalTest {
    static List<Version> versions() {
        return Version.RECORDED;
    }

    @Test
    void givenThisBuild_thenThereIsAJournalOfEachOfItsVersions() {
        assertThat(versions()).as("record it, see GoldenRecorder").last().isEqualTo(Version.NEWEST);
        assertThat(versions()).extracting(Version::schema).containsAll(IntStream.rangeClosed(1, MessageHeaderDecoder.SCHEMA_VERSION).boxed().toList());
        assertThat(versions()).extracting(Version::core).containsAll(IntStream.rangeClosed(1, EngineCore.NEWEST_CORE_VERSION).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void givenAJournalOfThatVersion_whenReplayed_thenAnswersEventsAndStateAreThoseOfItsTime(final Version version, @TempDir final Path folder)
            throws Exception {
        final byte[] zip = GoldenJournal.resource(version, ".journal");
        assertThat(zip).as("a journal of %s; record it, see GoldenRecorder", version).isNotNull();
        final var expected = GoldenJournal.facts(GoldenJournal.resource(version, ".txt"));
        assertThat(GoldenJournal.checksum(zip)).as("nobody touches a golden journal").isEqualTo(expected.remove("journal"));
        GoldenJournal.unpack(zip, folder);

        final GoldenJournal.Replayed replayed = GoldenJournal.replay(folder, version.schema());
        assertThat(replayed.facts()).containsExactlyInAnyOrderEntriesOf(expected);
        replayed.core().check();
        assertThat(replayed.core().coreVersion()).isEqualTo(version.core());
        assertThat(GoldenJournal.stateHash(replayed.core())).as("state; it may change only with the layout of a row, and then %s.state with it", version)
                .isEqualTo(new String(GoldenJournal.resource(version, ".state"), StandardCharsets.UTF_8).strip());
        assertThat(recovered(folder).stateHash()).as("as recovery replays it").isEqualTo(replayed.core().stateHash());
    }

    private static EngineCore recovered(final Path folder) {
        final EngineCore core = new EngineCore();
        try (Journal journal = GoldenJournal.examine(folder); JournalReader reader = journal.reader(1)) {
            new Replay(core, Pace.full(), Replay.Listener.NONE).upTo(Long.MAX_VALUE, reader);
        }
        return core;
    }

    @Test
    void givenTheNewestVersion_thenItsJournalHasEveryCommandOfTheSchemaAndWhatElseALogMayHold() {
        final var facts = GoldenJournal.facts(GoldenJournal.resource(Version.NEWEST, ".txt"));
        assertThat(facts.get("commands")).isEqualTo(GoldenJournal.commandsOfThisSchema().toString());
        assertThat(facts.get("skipped").split(" ")).hasSize(2);
        assertThat(facts.get("results")).contains("MALFORMED", "OVERFLOW", "SEQUENCE_GAP", "REQUEST_ID_REUSED", "HOLD_EXPIRED", "SOLD_OUT");
    }

    @Test
    void givenAJournalThatIsThere_whenRecordedAgain_thenRefused() throws Exception {
        final Path journal = Path.of(GoldenJournalTest.class.getResource("/golden/" + Version.NEWEST + ".journal").toURI());
        final Path resources = journal.getParent().getParent();
        assertThat(GoldenJournal.file(resources, Version.NEWEST, ".journal")).exists();
        assertThatThrownBy(() -> GoldenRecorder.main(new String[] {resources.toString()}))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("is never made again");
    }
}
