package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkFolder;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;

/** The real network on its way into a directory: killed in the middle, and into a simulation. */
class ImportIT {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    /** @param said on both outputs */
    private record Import(Process process, Path said) {
        static Import begin(final Path folder, final Object... arguments) throws IOException {
            return under(List.of(), folder, arguments);
        }

        /** @param tracer a program that starts Java, such as strace */
        static Import under(final List<String> tracer, final Path folder, final Object... arguments) throws IOException {
            final List<String> command = new ArrayList<>(tracer);
            command.addAll(List.of(Server.JAVA.toString(), "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            command.addAll(ClassArchive.options());
            command.addAll(List.of("-jar", Server.JAR.toString(), "import"));
            for (final Object argument : arguments) {
                command.add(argument.toString());
            }
            final Path said = Files.createTempFile(folder, "import", ".said");
            return new Import(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start(), said);
        }

        /** @return what it said */
        String ends(final int exitCode) throws Exception {
            assertThat(process.waitFor(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("%s", Files.readString(said)).isEqualTo(exitCode);
            return Files.readString(said);
        }
    }

    @Test
    void givenAnImportThatIsKilledWithDaysStaged_whenTheSameIsTypedAgain_thenItIsDone(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path files = bundled(folder);
        final Path data = folder.resolve("data");
        final Object[] typed = {files, "--data", data, "--to", TODAY.plusDays(40)};
        final Path unfinished = data.resolve("edge").resolve("import.unfinished");
        final Import first = Import.begin(folder, typed);
        while (first.process().isAlive() && !(Files.exists(unfinished) && Files.readString(unfinished).contains("change "))) {
            Thread.sleep(1);
        }
        first.process().destroyForcibly().waitFor();
        assertThat(unfinished).as("killed while days were being staged").exists();

        final String said = Import.begin(folder, typed).ends(0);
        assertThat(said).contains("an import was killed before it had ended", "163 posts").doesNotContain(" 0 published");
        assertThat(Inspected.whole(data).count("changes.OPEN")).isZero();
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void givenAnImportThatIsKilledWhenAllIsAccepted_whenServed_thenAllIsInForceAndNothingOld(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        Needed.tracing();
        final Path data = folder.resolve("data");
        final NetworkFolder files = NetworkFolder.write(folder.resolve("files"), TODAY.getYear(), TODAY.getYear() + 1);
        final Object[] typed = {files.path(), "--data", data, "--to", TODAY.plusDays(14)};
        Import.begin(folder, typed).ends(0);
        files.line("services.csv", 2, ",20,860,", ",25,960,").line("services.csv", 2, "STAMP:500", "STAMP:600").line("chancery-rates.csv", 2, "10.80", "10.85")
                .line("desks.csv", 2, "PASSPORT;OTHER,3", "PASSPORT;OTHER,1");
        final Path unfinished = data.resolve("edge").resolve("import.unfinished");
        // Before the folder is synced for the fourth time the note is in its place that from here on all is to be applied; nothing is yet.
        final Import killed = Import.under(List.of("strace", "-f", "-qq", "-o", "/dev/null", "-P", unfinished.getParent().toString(),
                "-e", "trace=fsync", "-e", "inject=fsync:signal=KILL:when=4"), folder, typed);
        assertThat(killed.process().waitFor(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(killed.process().exitValue()).as("%s", Files.readString(killed.said())).isEqualTo(128 + 9);
        assertThat(unfinished).content().contains("applying network");

        try (Server server = Server.start(data)) {
            assertThat(server.errorLines()).as("finished before it was ready").anyMatch(line -> line.contains("in force now"));
            assertThat(new JsonObject(server.get("/v1/quotes?post=MA-CG-LYON&service=PASSPORT_ADULT").body()).getLong("amountCentimes")).isEqualTo(96_000);
            final JsonObject starts = new JsonObject(server.get("/v1/availability/starts?posts=MA-CG-LYON&services=PASSPORT_ADULT&from="
                    + TODAY.plusDays(2) + "&limit=1").body());
            assertThat(starts.getInteger("units")).as("%s", starts).isEqualTo(5);
            final int desk = starts.getJsonArray("slots").getJsonObject(0).getInteger("deskId");
            final var inventory = InventoryServiceGrpc.newBlockingStub(server.channel());
            assertThat(inventory.getDay(day(desk, 2)).getOpenList()).containsOnly(1);
            await().atMost(Server.PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(inventory.getDay(day(desk, 16)).getOpenList())
                    .as("the calendar goes on by the files that came into force").containsOnly(1));
            assertThat(server.errorLines()).filteredOn(line -> line.contains("an import was killed before it had ended")).hasSize(1).allMatch(line -> line.contains("in force now"));
            server.kill();
        }
        assertThat(Inspected.whole(data).count("changes.OPEN")).isZero();
        assertThat(Import.begin(folder, typed).ends(0)).as("nothing is left to be done").contains(" 0 published").doesNotContain("killed");
    }

    @Test
    void givenADemoInASimulation_whenServed_thenItHasDaysOfItsOwnTime_andAnImportIntoItTakesThatTime(@TempDir(factory = OnDisk.class) final Path folder)
            throws Exception {
        final Path data = folder.resolve("data");
        final LocalDate begin = TODAY.minusDays(40);
        try (Server server = Server.on(data).with("--demo", "--no-roles", "--simulation", "--simulation-from", begin.toString()).set("mawid.journal.segment.bytes", 16 << 20).start()) {
            assertThat(server.errorLines()).as("an application was made for who has never seen it").anyMatch(line -> line.startsWith("For you there is application "));
            final String starts = server.get("/v1/availability/starts?posts=MA-CG-PARIS&services=REGISTRATION&from=" + begin + "&limit=1").body();
            assertThat(LocalDate.parse(new JsonObject(starts).getJsonArray("slots").getJsonObject(0).getString("date"))).isBetween(begin, TODAY.minusDays(1));

            final String said = Import.begin(folder, bundled(folder), "--data", data, "--to", begin.plusDays(20)).ends(0);
            assertThat(said).as("nothing is new, and nothing is of another time").contains(" 0 published").doesNotContain("refused");
            assertThat(server.terminate().exitCode()).isZero();
        }
    }

    private static GetDayRequest day(final int desk, final int ahead) {
        final LocalDate date = TODAY.plusDays(ahead);
        return GetDayRequest.newBuilder().setPoolId(desk).setEpochDay((int) date.toEpochDay() + (NetworkFolder.isHoliday(date) ? 1 : 0)).build();
    }

    /** The files that come with the program, as an operator would have them. */
    private static Path bundled(final Path folder) throws IOException {
        final Path archive = folder.resolve("network.zip");
        NetworkFiles.bundled().keep(archive);
        final Path files = folder.resolve("network");
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (final Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                final ZipEntry entry = entries.nextElement();
                final Path file = files.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (InputStream bytes = zip.getInputStream(entry)) {
                    Files.copy(bytes, file);
                }
            }
        }
        return files;
    }
}
