package org.mawid.api.sealed.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest extends SealedStoreContract {
    @TempDir
    private Path folder;

    @Override
    SealedStore open() throws IOException {
        return new FolderStore(folder.resolve("sealed"));
    }

    @Override
    void damage(final String name, final byte[] damaged) throws IOException {
        Files.write(folder.resolve("sealed").resolve(name.substring(0, 2)).resolve(name), damaged);
    }

    @Test
    void givenDraftsOfAKilledServer_thenThoseOfYesterdayGo_andThoseOfAnotherProcessStay() throws IOException {
        final Path place = Files.createDirectories(folder.resolve("sealed/ab"));
        final Path old = Files.write(place.resolve("put1.new"), bytes(10));
        final Path fresh = Files.write(place.resolve("put2.new"), bytes(10));
        Files.setLastModifiedTime(old, FileTime.fromMillis(System.currentTimeMillis() - Duration.ofDays(2).toMillis()));
        open().close();
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }
}
