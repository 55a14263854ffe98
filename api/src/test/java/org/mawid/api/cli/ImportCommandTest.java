package org.mawid.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.NetworkFolder;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.readmodel.CatalogueView;

/** A deployment's own files: refused whole with file, line, column and reason, or imported whole. */
class ImportCommandTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final String SMALL_SEGMENTS = "mawid.journal.segment.bytes=4194304";

    @TempDir
    private Path folder;
    private Path data;
    private NetworkFolder files;

    @BeforeEach
    void write() throws Exception {
        data = folder.resolve("data");
        files = NetworkFolder.write(folder.resolve("files"), TODAY.getYear(), TODAY.getYear() + 1);
    }

    @Test
    void givenGoodFiles_whenImportedTwice_thenTheSecondTimeNothingIsNew_andInspectFindsThem() {
        final Said first = bring("--to", TODAY.plusDays(9));
        assertThat(first.code()).as("%s", first).isZero();
        assertThat(first.out()).contains("2 posts, 3 services").doesNotContain(" 0 published");
        assertThat(bring("--to", TODAY.plusDays(9)).out()).contains(" 0 published");
        final Said inspected = Said.by(new InspectCommand(), "--data", data);
        assertThat(inspected.code()).isZero();
        assertThat(inspected.out()).contains("2 posts").contains("4 pools").contains("whole").contains("core version " + EngineCore.NEWEST_CORE_VERSION);
        assertThat(data.resolve("edge").resolve("network.zip")).exists();
    }

    @Test
    void givenABadRow_whenImported_thenFileLineColumnAndReason_andNotEvenADirectory() throws Exception {
        files.line("desks.csv", 3, "LEGALISATION,1", "LEGALISATION,999").line("posts.csv", 3, "Africa/Tunis", "Africa/Tuniss");
        final Said said = bring();
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("2 errors").contains("desks.csv:3 counters: 999 is not within 1..255").contains("posts.csv:3 timezone: ");
        assertThat(said.out()).isEmpty();
        assertThat(data).doesNotExist();
        assertThat(Said.by(new ImportCommand(), files.path(), "--check").code()).isEqualTo(1);
    }

    @Test
    void givenADateThatHolidaysDoNotReach_whenAskedFor_thenRefused_andByDefaultAsFarAsTheyDo() {
        final Said said = bring("--to", LocalDate.of(TODAY.getYear() + 2, 1, 2));
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("MA-CG-LYON cannot be opened").contains("the holidays of Morocco cover");
        assertThat(data).doesNotExist();

        final Said all = Said.by(new ImportCommand(), files.path(), "--check", "--set", "mawid.calendar.days=400");
        assertThat(all.code()).isZero();
        assertThat(all.out()).contains("all is well").contains("3 services");
        assertThat(data).doesNotExist();
    }

    @Test
    void givenWhatMakesNoSense_whenAsked_thenOneLineSaysWhat() {
        assertThat(Said.by(new ImportCommand(), folder.resolve("nowhere"), "--check").err()).contains("nowhere is not a folder");
        assertThat(bring("--from", TODAY.minusDays(3), "--to", TODAY).err()).contains("is in the past");
        assertThat(bring("--set", "mawid.calender.days=1").err()).contains("mawid.calender.days").contains("did you mean");
        assertThat(bring("--to", "tomorrow").code()).isEqualTo(2);
        assertThat(data).doesNotExist();
    }

    @Test
    void givenTheDataDirectoryInAnyPlaceOfSettings_whenImported_thenItIsTheOneThatWins() throws Exception {
        final Path config = Files.writeString(folder.resolve("mawid.properties"), "mawid.data=" + folder.resolve("file") + "\n");
        final Map<String, String> environment = Map.of("MAWID_DATA", folder.resolve("environment").toString());
        assertImportedInto("file", Map.of(), "--config", config);
        assertImportedInto("environment", environment, "--config", config);
        assertImportedInto("set", environment, "--config", config, "--set", "mawid.data=" + folder.resolve("set"));
        assertImportedInto("flag", environment, "--config", config, "--set", "mawid.data=" + folder.resolve("set2"), "--data", folder.resolve("flag"));
        assertThat(folder.resolve("set2")).doesNotExist();
    }

    @Test
    void givenNoDataDirectoryAnywhere_whenImported_thenEveryWayToGiveItIsTold_andACheckNeedsNone() {
        final Said said = Said.by(new ImportCommand(Map.of()), files.path());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err().lines().filter(line -> !line.startsWith("note: "))).singleElement(STRING).contains("the data directory is missing: give --data DIR", "mawid.data", "--set", "--config", "MAWID_DATA");
        assertThat(Said.by(new ImportCommand(Map.of()), files.path(), "--check").code()).isZero();
    }

    @Test
    void givenTheDataDirectoryOfAServerInTheEnvironment_whenImported_thenItIsDoneThroughTheServer() throws Exception {
        try (Service service = Service.start(Settings.of(Map.of("mawid.data", data.toString(), "mawid.http.port", "0", "mawid.grpc.port", "0",
                "mawid.journal.segment.bytes", "4194304", "mawid.records", "false"), Map.of(), null))) {
            service.ready();
            final Said said = Said.by(new ImportCommand(Map.of("MAWID_DATA", data.toString())), files.path(), "--to", TODAY.plusDays(3));
            assertThat(said.code()).as("%s", said).isZero();
            assertThat(service.engine().readModel().catalogue().posts()).hasSize(2);
        }
    }

    /** There and, as it was not there before, by this import. */
    private void assertImportedInto(final String name, final Map<String, String> environment, final Object... more) {
        assertThat(folder.resolve(name)).doesNotExist();
        final Object[] all = new Object[5 + more.length];
        System.arraycopy(new Object[] {files.path(), "--to", TODAY.plusDays(3), "--set", SMALL_SEGMENTS}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        final Said said = Said.by(new ImportCommand(environment), all);
        assertThat(said.code()).as("%s", said).isZero();
        assertThat(folder.resolve(name).resolve("edge").resolve("network.zip")).exists();
    }

    @Test
    void givenAServerThatRuns_whenImported_thenItIsDoneThroughIt_andPostsAreToldInTheirZones() throws Exception {
        try (Service service = Service.start(Settings.of(Map.of("mawid.data", data.toString(), "mawid.http.port", "0", "mawid.grpc.port", "0",
                "mawid.journal.segment.bytes", "4194304", "mawid.records", "false"), Map.of(), null))) {
            service.ready();
            final Said said = bring("--to", TODAY.plusDays(3));
            assertThat(said.code()).as("%s", said).isZero();
            assertThat(said.out()).contains("2 posts");
            assertThat(service.engine().readModel().catalogue().posts()).hasSize(2);
            assertThat(service.network().names().zone("MA-CG-LYON").getId()).isEqualTo("Europe/Paris");

            files.line("posts.csv", 2, ",EUR,", ",TND,");
            assertThat(bring("--to", TODAY.plusDays(3)).code()).isZero();
            assertThat(service.engine().readModel().catalogue().post("MA-CG-LYON")).as("its currency, and with it the rate")
                    .extracting(CatalogueView.Post::currency, CatalogueView.Post::minorDigits, CatalogueView.Post::microMadPerUnit).containsExactly("TND", 3, 3_190_000L);
            files.line("services.csv", 2, "PASSPORT_ADULT", "PASSPORT ADULT");
            assertThat(bring().err()).contains("services.csv:2 code");
            final Said uncovered = Said.by(new ImportCommand(), NetworkFolder.write(folder.resolve("old"), 2020, 2020).path(), "--data", data, "--to", TODAY);
            assertThat(uncovered.code()).isEqualTo(1);
            assertThat(uncovered.err()).contains("is not covered");
        }
    }

    @Test
    void givenASimulationThatRuns_whenImported_thenItsOwnTimeCounts_andBeforeItHasOneItIsAskedFor() throws Exception {
        final LocalDate begin = LocalDate.of(TODAY.getYear() + 1, 2, 2);
        try (Service service = Service.start(Settings.of(Map.of("mawid.data", data.toString(), "mawid.http.port", "0", "mawid.grpc.port", "0",
                "mawid.journal.segment.bytes", "4194304", "mawid.records", "false", "mawid.simulation", "true"), Map.of(), null))) {
            service.ready();
            final Said untold = bring();
            assertThat(untold.code()).isEqualTo(1);
            assertThat(untold.err().strip()).endsWith("this simulation has not been told yet what time it is: give --from DATE, and its time begins there");

            final Said first = bring("--from", begin, "--to", begin.plusDays(6));
            assertThat(first.code()).as("%s", first).isZero();
            assertThat(LocalDate.ofInstant(Instant.ofEpochMilli(service.engine().status().nowMs()), ZoneOffset.UTC)).isEqualTo(begin);
            service.engine().advanceTo(begin.plusDays(3).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
            assertThat(bring("--from", begin.plusDays(2), "--to", begin.plusDays(9)).err()).contains("is in the past");
            assertThat(bring("--to", begin.plusDays(6)).out()).as("the same days, but those that have passed").contains(" 0 published").doesNotContain(" 0 kept");
        }
        final Said restarted = bring("--to", begin.plusDays(7), "--set", "mawid.simulation=true");
        assertThat(restarted.code()).as("%s", restarted).isZero();
        assertThat(restarted.out()).as("without a server it goes on where the log ends").doesNotContain(" 0 published").doesNotContain(" 0 kept");
    }

    private Said bring(final Object... more) {
        final Object[] all = new Object[5 + more.length];
        System.arraycopy(new Object[] {files.path(), "--data", data, "--set", SMALL_SEGMENTS}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return Said.by(new ImportCommand(), all);
    }
}
