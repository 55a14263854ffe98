package org.mawid.api.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.cli.ImportCommand;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.network.NetworkFolder;
import org.mawid.api.server.Settings;
import org.mawid.api.testkit.KilledDisk;
import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.EngineStatus;
import org.mawid.engine.Reply;
import org.mawid.engine.Setting;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.upkeep.Rehearsal;
import org.mawid.sbe.CancelEncoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.ReleaseEncoder;
import org.mawid.sbe.RequestDecoder;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.Result;
import picocli.CommandLine;

/** A cut-over dies and goes on two days later, when the log no longer remembers what it has answered: all is there, once, and nothing is left to a person. */
@Timeout(300)
class CutOverResumeTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    private static final LocalDate VISITED = TODAY.plusDays(7);
    private static final long NOON_MS = TODAY.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC).toEpochMilli();
    private static final long TWO_DAYS_MS = 2 * 86_400_000L;
    private static final Map<String, String> SIMULATED = Map.of(Setting.SIMULATION.key(), "true", Setting.SEGMENT_BYTES.key(), "1048576", Setting.RECORDS.key(), "false");
    private static final References REFERENCES = References.of(1, new byte[32]);
    private static final String NEVER = "none";

    @TempDir
    private Path folder;
    private Path network;
    private Path files;
    private long ids;

    /** Takes so many commands, and is gone. */
    private static final class Mortal implements Engine {
        private final EmbeddedEngine engine;
        private final int most;
        private int taken;
        private UUID last;

        Mortal(final EmbeddedEngine engine, final int most) {
            this.engine = engine;
            this.most = most;
        }

        @Override
        public Result submit(final CommandSource source, final Reply reply, final long tag) {
            if (taken == most) {
                throw new CutOverStoppedException("killed");
            }
            taken++;
            return engine.submit((index, slot, offset) -> {
                final int length = source.write(index, slot, offset);
                final int request = offset + MessageHeaderDecoder.ENCODED_LENGTH;
                last = new UUID(slot.getLong(request + RequestDecoder.idHighEncodingOffset()), slot.getLong(request + RequestDecoder.idLowEncodingOffset()));
                return length;
            }, reply, tag);
        }

        @Override
        public int submit(final CommandSource source, final int count, final Reply reply, final long tag) {
            throw new AssertionError("one at a time");
        }

        @Override
        public Result admission() {
            return engine.admission();
        }

        @Override
        public boolean query(final CoreQuery query) {
            return engine.query(query);
        }

        @Override
        public ReadModel readModel() {
            return engine.readModel();
        }

        @Override
        public EngineStatus status() {
            return engine.status();
        }

        @Override
        public void onHalt(final Consumer<String> listener) {
            engine.onHalt(listener);
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    /** Four want one time at a desk of two counters, so that two of them are refused and their stamps undone. */
    @BeforeEach
    void aNetworkAndAnOlderSystem() throws Exception {
        network = folder.resolve("network-data");
        final Path files = NetworkFolder.write(folder.resolve("network"), TODAY.getYear(), TODAY.getYear()).path();
        final List<String> command = new ArrayList<>(List.of(files.toString(), "--data", network.toString(), "--from", TODAY.toString(), "--to", VISITED.plusDays(1).toString()));
        SIMULATED.forEach((key, value) -> command.addAll(List.of("--set", key + '=' + value)));
        assertThat(new CommandLine(new ImportCommand()).execute(command.toArray(String[]::new))).isZero();

        final List<String> applications = new ArrayList<>(List.of("reference,post,applicant,submitted"));
        final List<String> lines = new ArrayList<>(List.of("reference,line,person,service,quantity,state,age_band,priority,registered_post"));
        final List<String> appointments = new ArrayList<>(List.of("reference,lines,desk,date,start,minutes"));
        final List<String> stamps = new ArrayList<>(List.of("reference,line,serial,amount_mad,amount_local,rate,issued,paid_on,means,transaction"));
        for (int i = 1; i <= 4; i++) {
            applications.add("A-" + i + ",MA-CG-LYON,00000000000000a" + i + "," + TODAY.minusDays(20));
            lines.add("A-" + i + ",0,00000000000000a" + i + ",PASSPORT_ADULT,1,VALIDATED,ADULT,NONE,");
            appointments.add("A-" + i + ",0,MA-CG-LYON/D1," + VISITED + ",09:00,20");
            stamps.add("A-" + i + ",0,S-" + i + ",860.00,79.63,10.80," + TODAY.minusDays(10) + "," + TODAY.minusDays(9) + ",EPT,E-" + i);
        }
        applications.add("A-5,,," + TODAY.minusDays(5));
        lines.add("A-5,0,00000000000000a5,LEGALIZATION,1,SUBMITTED,ADULT,NONE,");
        this.files = Files.createDirectory(folder.resolve("older"));
        Files.write(this.files.resolve("applications.csv"), applications);
        Files.write(this.files.resolve("lines.csv"), lines);
        Files.write(this.files.resolve("appointments.csv"), appointments);
        Files.write(this.files.resolve("stamps.csv"), stamps);
    }

    @Test
    void givenACutOverThatDiesAtAnyCommand_whenItGoesOnTwoDaysLater_thenAllIsThereOnceAndWasAsItWouldHaveBeen() throws Exception {
        final Path data = KilledDisk.copy(network, folder.resolve("whole"));
        final Path older = older("whole");
        final Mortal whole = run(data, older, Integer.MAX_VALUE, NOON_MS);
        final List<String> expected = mapping(older);
        final Map<RecordKind, Integer> counted = counted(data);
        assertThat(expected).hasSize(6).anyMatch(row -> row.contains("SOLD_OUT"));
        assertThat(counted).containsEntry(RecordKind.APPLICATIONS, 5).containsEntry(RecordKind.APPOINTMENTS, 2).containsEntry(RecordKind.PAYMENTS, 4);
        assertThat(whole.taken).isGreaterThan(15);
        for (int commands = 0; commands <= whole.taken; commands++) {
            final Path died = KilledDisk.copy(network, folder.resolve("died-" + commands));
            final Path resumed = older("died-" + commands);
            final UUID last = die(died, resumed, commands, whole.taken);
            forget(died, last);
            run(died, resumed, Integer.MAX_VALUE, NOON_MS + TWO_DAYS_MS);
            assertThat(mapping(resumed)).as("died after %d commands", commands).hasSameSizeAs(expected);
            for (final String row : mapping(resumed)) { // why something was refused may be forgotten, what was made is not
                assertThat(expected).as("died after %d commands", commands).anyMatch(same -> made(same).equals(made(row)));
            }
            assertThat(counted(died)).as("died after %d commands", commands).isEqualTo(counted);
        }
    }

    /** Who has taken over the desk has worked meanwhile: what was taken over is still what it was. */
    @Test
    void givenAllWasSentAndNothingNoted_whenAVisitIsCancelledBeforeItGoesOn_thenItIsNamedAllTheSame() throws Exception {
        final Path data = KilledDisk.copy(network, folder.resolve("noted"));
        final Path older = older("noted");
        final UUID last = run(data, older, Integer.MAX_VALUE, NOON_MS).last;
        final List<String> expected = mapping(older);
        final String visit = expected.stream().filter(row -> row.startsWith("A-1,")).findFirst().orElseThrow().split(",")[2];
        Files.writeString(older.resolve(Journal.MAPPING), expected.get(0) + "\n" + "A-1,7K");
        try (EmbeddedEngine engine = EmbeddedEngine.start(config(data))) {
            engine.advanceTo(NOON_MS + TWO_DAYS_MS);
            assertThat(sent(engine, new CancelEncoder()::wrapAndApplyHeader, REFERENCES.number(ReferenceKind.APPOINTMENT, visit))).isEqualTo(Result.OK);
        }
        forget(data, last);
        run(data, older, Integer.MAX_VALUE, NOON_MS + TWO_DAYS_MS);
        assertThat(mapping(older)).extracting(CutOverResumeTest::made).containsExactlyInAnyOrderElementsOf(expected.stream().map(CutOverResumeTest::made).toList());
    }

    @Test
    void givenALogThatIsOlderThanWhatWasNoted_whenItGoesOn_thenItStopsAndSaysSo() throws Exception {
        final Path older = older("restored");
        run(KilledDisk.copy(network, folder.resolve("lost")), older, Integer.MAX_VALUE, NOON_MS);
        Files.writeString(older.resolve(Journal.STATE), new JsonObject(Files.readString(older.resolve(Journal.STATE))).put("sequence", 7L).encode());
        final Path restored = KilledDisk.copy(network, folder.resolve("restored-data"));
        assertThatThrownBy(() -> run(restored, older, Integer.MAX_VALUE, NOON_MS)).isInstanceOf(CutOverStoppedException.class).hasMessageContaining("has had 0 commands").hasMessageContaining("back-up");
        assertThat(counted(restored)).containsEntry(RecordKind.APPLICATIONS, 0);
    }

    /** @return the id of the last command, null = none was sent */
    private UUID die(final Path data, final Path older, final int commands, final int all) throws Exception {
        if (commands == all) { // and before anything is noted
            final UUID last = run(data, older, commands, NOON_MS).last;
            Files.writeString(older.resolve(Journal.MAPPING), mapping(older).get(0) + "\n");
            return last;
        }
        final UUID[] last = new UUID[1];
        assertThatThrownBy(() -> run(data, older, commands, NOON_MS, engine -> last[0] = engine.last)).isInstanceOf(CutOverStoppedException.class);
        return last[0];
    }

    private Mortal run(final Path data, final Path older, final int most, final long nowMs) throws Exception {
        return run(data, older, most, nowMs, engine -> { });
    }

    private static Mortal run(final Path data, final Path older, final int most, final long nowMs, final Consumer<Mortal> after) throws Exception {
        try (Rehearsal rehearsal = Rehearsal.of(new DataDirectory(data), NEVER); EmbeddedEngine engine = EmbeddedEngine.start(config(data))) {
            engine.advanceTo(nowMs);
            final Mortal mortal = new Mortal(engine, most);
            try {
                final JsonObject told = new CutOver(older, code -> ZoneId.of("Europe/Paris"), (what, done, total) -> { })
                        .run(rehearsal, new CutOver.Live(mortal, REFERENCES, engine::nowMs, () -> engine.readModel().money().books(0)), true);
                assertThat(told.getBoolean("taken")).as("%s", told).isTrue();
                return mortal;
            } finally {
                after.accept(mortal);
            }
        }
    }

    /** Two days go by in which the log has other work, until it has forgotten that request. @param last null = there was none */
    private void forget(final Path data, final UUID last) throws Exception {
        if (last == null) {
            return;
        }
        try (EmbeddedEngine engine = EmbeddedEngine.start(config(data))) {
            engine.advanceTo(NOON_MS + TWO_DAYS_MS);
            while (outcomeOf(engine, last) != Result.REQUEST_UNKNOWN) {
                assertThat(sent(engine, new ReleaseEncoder()::wrapAndApplyHeader, 1_000_000)).isEqualTo(Result.HOLD_UNKNOWN);
            }
        }
    }

    private static Result outcomeOf(final EmbeddedEngine engine, final UUID id) throws Exception {
        final CompletableFuture<Result> told = new CompletableFuture<>();
        assertThat(engine.query(core -> {
            final Outcome outcome = new Outcome();
            core.outcomeOf(id.getMostSignificantBits(), id.getLeastSignificantBits(), outcome);
            told.complete(outcome.result());
        })).isTrue();
        return told.get(30, TimeUnit.SECONDS);
    }

    @FunctionalInterface
    private interface Begun {
        Object at(org.agrona.MutableDirectBuffer buffer, int offset, MessageHeaderEncoder header);
    }

    /** A command whose body is a request and a number. */
    private Result sent(final EmbeddedEngine engine, final Begun begun, final long number) throws Exception {
        final CompletableFuture<Result> answer = new CompletableFuture<>();
        final long id = ++ids;
        final long nowMs = engine.nowMs();
        final CommandSource source = (index, slot, offset) -> {
            begun.at(slot, offset, new MessageHeaderEncoder());
            final int body = offset + MessageHeaderEncoder.ENCODED_LENGTH;
            slot.setMemory(body, RequestEncoder.ENCODED_LENGTH, (byte) 0);
            new RequestEncoder().wrap(slot, body).idHigh(7).idLow(id).createdMs(nowMs);
            slot.putLong(body + RequestEncoder.ENCODED_LENGTH, number, java.nio.ByteOrder.LITTLE_ENDIAN);
            return MessageHeaderEncoder.ENCODED_LENGTH + RequestEncoder.ENCODED_LENGTH + Long.BYTES;
        };
        final Reply reply = (tag, outcome, events, offset, length) -> answer.complete(outcome.result());
        while (engine.submit(source, reply, 0) != Result.OK) {
            Thread.onSpinWait();
        }
        return answer.get(30, TimeUnit.SECONDS);
    }

    private static Map<RecordKind, Integer> counted(final Path data) {
        final Map<RecordKind, Integer> counted = new EnumMap<>(RecordKind.class);
        try (Rehearsal state = Rehearsal.of(new DataDirectory(data), NEVER)) {
            state.check();
            for (final RecordKind kind : List.of(RecordKind.APPLICATIONS, RecordKind.APPOINTMENTS, RecordKind.STAMPS, RecordKind.PAYMENTS)) {
                final AtomicInteger count = new AtomicInteger();
                state.tell(kind, (template, buffer, offset, length) -> count.incrementAndGet());
                counted.put(kind, count.get());
            }
        }
        return counted;
    }

    private static EngineConfig config(final Path data) throws IOException {
        final Map<String, String> settings = new java.util.HashMap<>(SIMULATED);
        settings.put(Setting.DATA.key(), data.toString());
        return Settings.of(settings, Map.of(), null).engine();
    }

    private Path older(final String name) throws IOException {
        final Path copy = Files.createDirectory(folder.resolve("older-" + name));
        for (final String file : List.of("applications.csv", "lines.csv", "appointments.csv", "stamps.csv")) {
            Files.copy(files.resolve(file), copy.resolve(file));
        }
        return copy;
    }

    private static List<String> mapping(final Path older) throws IOException {
        return Files.readAllLines(older.resolve(Journal.MAPPING));
    }

    /** All but why it was refused. */
    private static String made(final String row) {
        final int refused = row.lastIndexOf(',');
        return row.substring(0, refused) + (row.endsWith(",") ? "" : " refused");
    }
}
