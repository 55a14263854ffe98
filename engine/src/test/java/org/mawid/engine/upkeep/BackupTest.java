package org.mawid.engine.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.core.SchemaWord;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;

/** Of a directory that nobody serves, on a real disk. */
class BackupTest {
    private final FileDisk disk = FileDisk.plain();
    @TempDir
    private Path folder;
    private DataDirectory data;
    private JournalConfig journal;

    @BeforeEach
    void givenADirectoryWithAnEmptyJournal() {
        data = new DataDirectory(folder.resolve("data"));
        journal = JournalConfig.in(data.journal(), disk, new JournalId(1, 2)).withSizes(256 << 10, 8 << 10)
                .withSchemaWord(SchemaWord.OURS);
        Journal.open(journal).close();
    }

    @Test
    void givenWhatTheEdgesKeep_whenBackedUpAndRestored_thenItIsThereAndWhatIsHalfWrittenIsNot() throws IOException {
        Files.createDirectories(data.edge());
        Files.writeString(data.edge().resolve("references.key"), "secret");
        Files.writeString(data.edge().resolve("network.zip.new"), "half of it");

        assertThat(Backup.take(disk, data, folder.resolve("backup"))).isZero();
        assertThat(Restore.into(disk, folder.resolve("backup"), folder.resolve("restored"))).isZero();

        final Path restored = new DataDirectory(folder.resolve("restored")).edge();
        assertThat(restored.resolve("references.key")).hasContent("secret");
        assertThat(restored.resolve("network.zip.new")).doesNotExist();
    }

    @Test
    void givenAFolderThatIsMissing_whenLookedAt_thenItStaysMissing() {
        final Path missing = folder.resolve("mistyped");
        assertThatThrownBy(() -> Inspection.of(disk, new DataDirectory(missing))).isInstanceOf(UpkeepException.class).hasMessageContaining("there is no journal in");
        assertThatThrownBy(() -> Repair.skip(disk, new DataDirectory(missing), 1)).isInstanceOf(UpkeepException.class);
        assertThatThrownBy(() -> Backup.take(disk, new DataDirectory(missing), folder.resolve("backup"))).isInstanceOf(UpkeepException.class);
        assertThat(missing).doesNotExist();
        assertThat(folder.resolve("backup")).doesNotExist();
    }

    @Test
    void givenAnotherHasTheDirectory_whenBackedUpFromOutside_thenRefused() {
        final Journal other = Journal.open(journal);
        try {
            assertThatThrownBy(() -> Backup.take(disk, data, folder.resolve("backup"))).isInstanceOf(UpkeepException.class);
        } finally {
            other.close();
        }
    }
}
