package org.mawid.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFilesTest {
    @TempDir
    private Path folder;

    @Test
    void givenTheBundledFiles_whenKeptAndReadAgain_thenTheNetworkIsTheSame() throws IOException {
        final NetworkFiles bundled = NetworkFiles.bundled();
        final Path archive = folder.resolve("network.zip");
        assertThat(NetworkFiles.kept(archive)).isNull();

        bundled.keep(archive);

        assertThat(NetworkFiles.kept(archive).network()).isEqualTo(bundled.network()).isEqualTo(Network.bundled());
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(archive);
        }
    }

    @Test
    void givenTheSameFilesInAnotherZone_whenKeptAgain_thenNothingIsWritten() throws IOException {
        final Path archive = folder.resolve("network.zip");
        NetworkFiles.bundled().keep(archive);
        final Object written = Files.readAttributes(archive, "unix:ino,ctime");
        final TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
        try {
            NetworkFiles.bundled().keep(archive);
        } finally {
            TimeZone.setDefault(before);
        }
        assertThat((Object) Files.readAttributes(archive, "unix:ino,ctime")).isEqualTo(written);
    }

    @Test
    void givenADirectory_whenKept_thenOnlyWhatWasReadIsInIt() throws IOException {
        final Path files = Files.createDirectories(folder.resolve("in"));
        final SmallNetwork small = new SmallNetwork();
        for (final String name : List.of("chancery-rates.csv", "posts.csv", "resources.csv", "services.csv", "desks.csv", "post-services.csv",
                "opening-hours.csv", "holidays-ma.csv", "external/host-holidays-2026.csv", "ramadan.csv")) {
            Files.createDirectories(files.resolve(name).getParent());
            Files.write(files.resolve(name), small.read(name));
        }
        Files.writeString(files.resolve("secret.txt"), "not ours");

        final Path archive = folder.resolve("network.zip");
        NetworkFiles.directory(files).keep(archive);

        assertThat(NetworkFiles.kept(archive).network()).isEqualTo(Network.load(files));
        assertThat(new String(Files.readAllBytes(archive), java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain("secret.txt");
    }

    @Test
    void givenAnArchiveThatIsNone_whenRead_thenItIsRefused() throws IOException {
        final Path archive = Files.writeString(folder.resolve("network.zip"), "PK but no archive");
        assertThatThrownBy(() -> NetworkFiles.kept(archive)).isInstanceOf(NetworkRefusedException.class);
    }

    @Test
    void givenANetwork_whenAskedByCode_thenItHasNamesZonesAndDocuments() {
        final NetworkNames names = NetworkNames.of(new SmallNetwork().read());

        assertThat(names.post("MA-EM-TUNIS").names().es()).isEqualTo("Embajada en Túnez");
        assertThat(names.zone("MA-CG-LYON")).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(names.service("PASSPORT_ADULT").documentsEn()).containsExactly("Photo", "ID card");
        assertThat(names.post("nowhere")).isNull();
        assertThat(names.zone("nowhere")).isEqualTo(ZoneOffset.UTC);
        assertThat(NetworkNames.NONE.service("PASSPORT_ADULT")).isNull();
    }
}
