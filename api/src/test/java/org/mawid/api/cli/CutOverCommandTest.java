package org.mawid.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.NetworkFolder;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;

/** An older system hands over what it had under way: rehearsed first, whole or not at all, and once. */
class CutOverCommandTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final String SMALL_SEGMENTS = "mawid.journal.segment.bytes=4194304";
    /** More than are under way together. */
    private static final int MANY = 150;
    private static final int KILLED_AMONG = 3_000;

    @TempDir
    private Path folder;
    private Path data;
    private Path older;
    private LocalDate monday;
    private final List<String> applications = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> appointments = new ArrayList<>();
    private final List<String> stamps = new ArrayList<>();
    private final List<String> balances = new ArrayList<>();

    @BeforeEach
    void aNetworkAndAnOlderSystem() throws Exception {
        data = folder.resolve("data");
        older = Files.createDirectory(folder.resolve("older"));
        monday = TODAY.plusDays(2);
        while (monday.getDayOfWeek() != DayOfWeek.MONDAY || NetworkFolder.isHoliday(monday)) {
            monday = monday.plusDays(1);
        }
        final NetworkFolder network = NetworkFolder.write(folder.resolve("network"), TODAY.getYear(), TODAY.getYear() + 1);
        assertThat(Said.by(new ImportCommand(), network.path(), "--data", data, "--set", SMALL_SEGMENTS, "--to", monday.plusDays(1)).code()).isZero();
        applications.add("A-1,MA-CG-LYON,00000000000000a1," + TODAY.minusDays(20));
        lines.add("A-1,0,00000000000000a1,PASSPORT_ADULT,1,VALIDATED,ADULT,NONE,");
        appointments.add("A-1,0,MA-CG-LYON/D1," + monday + ",09:00,20");
        stamps.add("A-1,0,S-1,860.00,79.63,10.80," + TODAY.minusDays(10) + "," + TODAY.minusDays(9) + ",EPT,E-1");
        balances.add("MA-CG-LYON,EUR,OPENING_BALANCE,79.63");
        balances.add("MA-CG-LYON,EUR,HELD,79.63");
    }

    @Test
    void givenADryRun_whenAllIsWell_thenItIsToldAndNothingIsWritten() throws Exception {
        write();
        final String before = inspected();
        final Said said = cutOver("--dry-run");
        assertThat(said.code()).as("%s", said).isZero();
        assertThat(said.out()).contains("MA-CG-LYON").contains("agrees:  MA-CG-LYON EUR OPENING_BALANCE ours 79.63, theirs 79.63").doesNotContain("refused:");
        assertThat(inspected()).isEqualTo(before);
        assertThat(older.resolve("taken-over.csv")).doesNotExist();
    }

    @Test
    void givenFiles_whenTakenOverTwice_thenTheSecondTimeNothingIsNew_andTheBooksAreWhole() throws Exception {
        write();
        final Said said = cutOver();
        assertThat(said.code()).as("%s", said).isZero();
        assertThat(mapping()).hasSize(2).element(1).asString().matches("A-1,[^,]+,[^,;]+,S-1=[^,;:]+:[^,;]+,");
        final String once = inspected();
        assertThat(once).contains("whole").contains("1 applications");
        final Said again = cutOver();
        assertThat(again.code()).as("%s", again).isZero();
        assertThat(again.out()).contains("1 applications were taken over before");
        assertThat(mapping()).hasSize(2);
    }

    @Test
    void givenManyApplications_whenTheProcessWasKilledAnywhere_thenTheSameCommandGoesOnAndDoesNothingTwice() throws Exception {
        for (int i = 2; i <= MANY; i++) {
            applications.add("A-" + i + ",MA-CG-LYON,," + TODAY.minusDays(5));
            lines.add("A-" + i + ",0," + String.format("%016x", 0xb0000 + i) + ",LEGALIZATION,1,VALIDATED,ADULT,NONE,");
        }
        write();
        assertThat(cutOver().code()).isZero();
        final List<String> whole = mapping();
        assertThat(whole).hasSize(MANY + 1);
        final Said counted = Said.by(new InspectCommand(), "--data", data);

        // As a kill leaves them after all was sent and nothing of it noted: the last window was begun, and of its rows the first are there, the last of these torn.
        final String kept = String.join("\n", whole.subList(0, MANY - 4)) + "\n";
        Files.writeString(older.resolve("taken-over.csv"), kept + whole.get(MANY - 4).substring(0, 9));
        final Said said = cutOver();
        assertThat(said.code()).as("%s", said).isZero();
        assertThat(mapping()).containsExactlyInAnyOrderElementsOf(whole);
        final Said after = Said.by(new InspectCommand(), "--data", data);
        assertThat(after.out()).contains("whole");
        assertThat(lineWith(after.out(), "applications")).isEqualTo(lineWith(counted.out(), "applications"));
    }

    @Test
    void givenAProcessThatIsKilledInTheMiddle_whenTheSameCommandIsGivenAgain_thenAllIsThereOnce() throws Exception {
        for (int i = 2; i <= KILLED_AMONG; i++) {
            applications.add("A-" + i + ",MA-CG-LYON,," + TODAY.minusDays(5));
            lines.add("A-" + i + ",0," + String.format("%016x", 0xb0000 + i) + ",LEGALIZATION,1,VALIDATED,ADULT,NONE,");
        }
        write();
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(argument -> argument.startsWith("--add-")).forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "org.mawid.api.Main", "cut-over", older.toString(), "--data", data.toString(),
                "--set", SMALL_SEGMENTS));
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("killed.log").toFile()).start();
        final Path mapping = older.resolve("taken-over.csv");
        while (process.isAlive() && (Files.notExists(mapping) || Files.size(mapping) < 10_000)) {
            Thread.sleep(5);
        }
        process.destroyForcibly().waitFor();
        assertThat(mapping).as("%s", Files.readString(folder.resolve("killed.log"))).exists();

        final Said said = cutOver();
        assertThat(said.code()).as("%s", said).isZero();
        assertThat(mapping().stream().skip(1).map(row -> row.substring(0, row.indexOf(',')))).hasSize(KILLED_AMONG).doesNotHaveDuplicates();
        assertThat(mapping().stream().skip(1).map(row -> row.split(",")[1])).as("new references").doesNotHaveDuplicates();
        assertThat(inspected()).contains("whole").contains(String.format(Locale.ROOT, "%,d applications", KILLED_AMONG));
    }

    @Test
    void givenAnAppointmentWithoutRoom_whenTakenOver_thenWhoIsAffectedIsTold_andOnlyWhenAcceptedTheOthersComeWhole() throws Exception {
        for (int i = 2; i <= 4; i++) { // three counters
            applications.add("A-" + i + ",MA-CG-LYON,," + TODAY.minusDays(5));
            lines.add("A-" + i + ",0,00000000000000c" + i + ",PASSPORT_ADULT,1,VALIDATED,ADULT,NONE,");
            appointments.add("A-" + i + ",0,MA-CG-LYON/D1," + monday + ",09:00,20");
        }
        write();
        final Said said = cutOver();
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("refused: A-").contains("SOLD_OUT").contains("nothing was done");
        assertThat(older.resolve("taken-over.csv")).doesNotExist();
        assertThat(cutOver("--accept").out()).contains("refused: A-");
        assertThat(mapping().stream().filter(row -> row.contains("SOLD_OUT"))).isNotEmpty();
        assertThat(inspected()).contains("whole");
    }

    @Test
    void givenBalancesThatAreOffByACentime_whenTakenOver_thenNothingIsDone() throws Exception {
        balances.set(0, "MA-CG-LYON,EUR,OPENING_BALANCE,79.64");
        write();
        final Said said = cutOver();
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("DIFFERS: MA-CG-LYON EUR OPENING_BALANCE ours 79.63, theirs 79.64").contains("nothing was done");
        assertThat(older.resolve("taken-over.csv")).doesNotExist();
    }

    @Test
    void givenHostileFiles_whenRead_thenEachIsRefusedWithItsPlace_andNoValueIsToldThatMayBeAName() throws Exception {
        applications.add("A-1,MA-CG-LYON,," + TODAY);
        applications.add("AB123456,MA-CG-LYON,," + TODAY);
        lines.add("A-1,1,Fatima Alaoui,PASSPORT_ADULT,1,VALIDATED,ADULT,NONE,");
        lines.add("A-9,0,00000000000000a1,PASSPORT_ADULT,1,VALIDATED,ADULT,NONE,");
        appointments.add("A-1,0,MA-CG-LYON/D1," + monday + ",09:01,20");
        stamps.add("A-1,0,S-1,-1,79.63,10.80," + TODAY.minusDays(10) + ",,,");
        stamps.add("A-1,0,S-1,860.00,79.63,10.80," + TODAY.minusDays(10) + ",,,");
        write();
        final Said said = cutOver("--dry-run");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("applications.csv:3: A-1 is there twice").contains("applications.csv:4: field 1 looks like an identity number")
                .contains("lines.csv:3: field 3 is not a key").contains("lines.csv:4: its reference is not in applications.csv").contains("appointments.csv:3: field 5")
                .contains("stamps.csv:3: field 4").contains("stamps.csv:4: the serial S-1 is there twice").doesNotContain("Fatima").doesNotContain("AB123456");
    }

    @Test
    void givenFilesThatCannotBeRead_whenTakenOver_thenTheyAreRefusedBeforeTheyAreInMemory() throws Exception {
        write();
        Files.write(older.resolve("lines.csv"), "reference,line\n\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        try (RandomAccessFile huge = new RandomAccessFile(older.resolve("stamps.csv").toFile(), "rw")) {
            huge.setLength(2L << 30);
        }
        Files.writeString(older.resolve("applications.csv"), "reference,post,applicant,submitted,name\n");
        final Said said = cutOver("--dry-run");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("lines.csv: is not UTF-8").contains("stamps.csv: is larger than 64 MiB").contains("applications.csv:1: the header must be exactly");
    }

    @Test
    void givenAServerThatRuns_whenTakenOver_thenItIsDoneThroughIt() throws Exception {
        write();
        try (Service service = Service.start(Settings.of(Map.of("mawid.data", data.toString(), "mawid.http.port", "0", "mawid.grpc.port", "0",
                "mawid.journal.segment.bytes", "4194304", "mawid.records", "false"), Map.of(), null))) {
            service.ready();
            assertThat(cutOver("--dry-run").code()).isZero();
            final Said said = cutOver();
            assertThat(said.code()).as("%s", said).isZero();
            assertThat(mapping()).hasSize(2);
        }
        assertThat(inspected()).contains("whole").contains("1 applications");
    }

    private void write() throws IOException {
        write("applications.csv", "reference,post,applicant,submitted", applications);
        write("lines.csv", "reference,line,person,service,quantity,state,age_band,priority,registered_post", lines);
        write("appointments.csv", "reference,lines,desk,date,start,minutes", appointments);
        write("stamps.csv", "reference,line,serial,amount_mad,amount_local,rate,issued,paid_on,means,transaction", stamps);
        write("balances.csv", "post,currency,account,amount", balances);
    }

    private void write(final String name, final String header, final List<String> rows) throws IOException {
        final List<String> all = new ArrayList<>(List.of(header));
        all.addAll(rows);
        Files.write(older.resolve(name), all);
    }

    private Said cutOver(final Object... more) {
        final Object[] all = new Object[5 + more.length];
        System.arraycopy(new Object[] {older, "--data", data, "--set", SMALL_SEGMENTS}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return Said.by(new CutOverCommand(), all);
    }

    private List<String> mapping() throws IOException {
        return Files.readAllLines(older.resolve("taken-over.csv"));
    }

    private String inspected() {
        return Said.by(new InspectCommand(), "--data", data).out();
    }

    private static String lineWith(final String text, final String word) {
        return text.lines().filter(line -> line.contains(word)).findFirst().orElseThrow();
    }
}
