package org.mawid.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.journal.JournalWriter;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.Replay;
import org.mawid.engine.snapshot.Snapshots;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.engine.testkit.MessageText;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;

/**
 * A log that an older program began and a newer one, which knows one core version more, went on with and switched. What asks which version
 * is in force (that there is no way back, what becomes of a rate, how many stamps there may be) holds the old way up to the switch and the
 * new way after it.
 */
class CoreVersionSwitchTest {
    private static final JournalId ID = new JournalId(1, 2);
    private static final Path SNAPSHOTS = Path.of("snapshots");
    private static final long START_MS = 1_767_225_600_000L;
    private static final int OLD = 1;
    private static final int NEW = 2;

    private final FakeDisk disk = new FakeDisk(1, true);
    private final CommandWriter commands = new CommandWriter();
    /** State hash behind each position, and what was told there, as the programs had it when they logged it. */
    private final List<Long> hashes = new ArrayList<>();
    private final List<List<String>> events = new ArrayList<>();
    private long switched;
    private long stamps;

    /** One program, from its start to its stop. */
    private final class Program implements AutoCloseable {
        private final int newest;
        private final EngineCore core;
        private final Journal journal;
        private final Answered.Teller teller;

        Program(final int newest) {
            this.newest = newest;
            core = new EngineCore(newest, newest); // another key for its indexes, too
            teller = new Answered.Teller(core::apply);
            journal = Journal.open(journal(newest));
            replay(core, journal);
        }

        Result log(final Command command) {
            final UnsafeBuffer bytes = new UnsafeBuffer(new byte[1024]);
            final int length = commands.write(command, bytes, 0);
            final JournalWriter writer = journal.writer();
            final long position = core.position() + 1;
            assertThat(writer.hasRoom() && writer.append(position, START_MS, 0, bytes, 0, length)).isTrue();
            writer.flush();
            final byte[] exact = new byte[length];
            bytes.getBytes(0, exact);
            final Answered answer = teller.tell(position, START_MS, 0, exact);
            hashes.add(core.stateHash());
            events.add(MessageText.of(answer.events()));
            return answer.result();
        }

        Result post(final int number) {
            return log(new Command.DefinePost(request(), number, "post-" + number, "EUR", 2, 1));
        }

        /** @return how many events told of it */
        int money(final String currency) {
            assertThat(log(new Command.DefinePost(request(), 1, "post-1", currency, 2, 1))).isEqualTo(Result.OK);
            return events.get(events.size() - 1).size();
        }

        void rate() {
            assertThat(log(new Command.SetRate(request(), 1, 10_000_000))).isEqualTo(Result.OK);
        }

        /** A service with a price, and an application for it. */
        void application() {
            assertThat(log(new Command.DefineService(request(), 1, 5, "service", ServiceScope.ANY_POST, false, true, false, 0, 1))).isEqualTo(Result.OK);
            assertThat(log(new Command.SetTariff(request(), 1, 1, 0, List.of(new Command.Component(Beneficiary.STAMP, 100))))).isEqualTo(Result.OK);
            assertThat(log(new Command.SubmitApplication(request(), 0, 0, List.of(new Command.LineAsked(7, 1, 0, 1, AgeBand.ADULT, Priority.NONE, false)))))
                    .isEqualTo(Result.OK);
        }

        /** One after the other, each made void before the next. @return what the last one was answered */
        Result stamps(final int count) {
            Result last = Result.OK;
            for (int i = 0; i < count; i++) {
                last = log(new Command.IssueStamps(request(), 1, 1, 1));
                if (last == Result.OK) {
                    assertThat(log(new Command.VoidStamp(request(), ++stamps))).isEqualTo(Result.OK);
                }
            }
            return last;
        }

        Result setCoreVersion(final int version) {
            return log(new Command.SetCoreVersion(request(), version));
        }

        void snapshot() throws IOException {
            Snapshots.open(disk, SNAPSHOTS).save(core, ID, false, Pace.full(), () -> false);
        }

        private Command.Request request() {
            return new Command.Request(0, newest, core.position() + 1, START_MS, 0, 1, 0, 0, Channel.SYSTEM);
        }

        @Override
        public void close() {
            journal.close();
            core.close();
        }
    }

    private JournalConfig journal(final int newest) {
        return JournalConfig.in(Path.of("journal"), disk, ID).withSizes(JournalConfig.MIN_SEGMENT_BYTES, 8192).withBackground(false)
                .withSchemaWord(MessageHeaderEncoder.SCHEMA_VERSION | newest - 1 << 16);
    }

    /** From where the core stands to the end of the log. */
    private void replay(final EngineCore core, final Journal journal) {
        try (JournalReader reader = journal.reader(core.position() + 1); Replay replay = new Replay(core, Pace.full(), (position, nowMs, told, offset, length) -> {
            final byte[] frames = new byte[length];
            told.getBytes(offset, frames);
            assertThat(MessageText.of(frames)).as("events of position %d", position).isEqualTo(events.get((int) position - 1));
        })) {
            for (long position = core.position() + 1; position <= journal.recoveredPosition(); position++) {
                replay.upTo(position, reader);
                assertThat(core.stateHash()).as("state behind position %d", position).isEqualTo(hashes.get((int) position - 1));
            }
        }
    }

    private Journal examined() {
        return Journal.examine(journal(NEW));
    }

    @BeforeEach
    void givenALogOfTwoPrograms() throws IOException {
        try (Program older = new Program(OLD)) {
            assertThat(older.post(1)).isEqualTo(Result.OK);
            older.application();
            older.rate();
            assertThat(older.money("XOF")).as("the post, and nothing else").isEqualTo(1);
            assertThat(older.stamps(150)).isEqualTo(Result.OK);
            assertThat(older.setCoreVersion(NEW)).as("it does not know it").isEqualTo(Result.CORE_VERSION_UNSUPPORTED);
            assertThat(older.setCoreVersion(OLD)).isEqualTo(Result.OK);
        }
        try (Program newer = new Program(NEW)) {
            assertThat(newer.core.coreVersion()).as("nobody has switched yet").isEqualTo(OLD);
            assertThat(newer.setCoreVersion(OLD)).as("the old rule").isEqualTo(Result.OK);
            assertThat(newer.money("JPY")).as("the post, and nothing else").isEqualTo(1);
            assertThat(newer.stamps(100)).isEqualTo(Result.OK);
            newer.post(2);
            newer.snapshot();
            assertThat(newer.setCoreVersion(NEW)).isEqualTo(Result.OK);
            switched = newer.core.position();
            assertThat(newer.setCoreVersion(OLD)).as("the new rule: no way back").isEqualTo(Result.CORE_VERSION_UNSUPPORTED);
            newer.post(3);
            newer.snapshot();
            assertThat(newer.setCoreVersion(NEW)).isEqualTo(Result.OK);
            assertThat(newer.stamps(6)).isEqualTo(Result.OK);
            assertThat(newer.stamps(1)).as("150 and 100 and 6 there were").isEqualTo(Result.LIMIT_REACHED);
            assertThat(newer.money("EUR")).as("the post, and that it has no rate").isEqualTo(2);
            assertThat(newer.stamps(1)).isEqualTo(Result.RATE_UNKNOWN);
            newer.rate();
            assertThat(newer.stamps(1)).isEqualTo(Result.LIMIT_REACHED);
            newer.post(4);
        }
    }

    @AfterEach
    void theLogIsAllThatWasSaid() {
        try (Journal journal = examined()) {
            assertThat(journal.recoveredPosition()).isEqualTo(hashes.size());
        }
    }

    @Test
    void givenTheNewerProgram_whenItReplaysAll_thenEachPositionIsDecidedAsItWasWhenItWasLogged() {
        try (EngineCore core = new EngineCore(0, NEW); Journal journal = examined()) {
            replay(core, journal);
            assertThat(core.coreVersion()).isEqualTo(NEW);
        }
    }

    @Test
    void givenASnapshotBeforeTheSwitch_orBehindIt_whenTheNewerProgramGoesOnFromThere_thenItIsTheSame() throws IOException {
        final Snapshots snapshots = Snapshots.existing(disk, SNAPSHOTS);
        assertThat(snapshots.positions()).containsExactly(switched + 2, switched - 1);
        for (final long position : snapshots.positions()) {
            try (EngineCore core = new EngineCore(0, NEW); Journal journal = examined()) {
                snapshots.load(position, core, ID, Pace.full());
                assertThat(core.coreVersion()).isEqualTo(position < switched ? OLD : NEW);
                replay(core, journal);
                assertThat(core.position()).isEqualTo(hashes.size());
            }
        }
    }

    @Test
    void givenTheOlderProgram_whenItReplays_thenItStopsAtTheSwitchAndNoSooner() throws IOException {
        final String why = "core version 2; this one knows 1: start that one";
        try (EngineCore core = new EngineCore(0, OLD); Journal journal = examined()) {
            assertThatThrownBy(() -> replay(core, journal)).isInstanceOf(NewerProgramException.class).hasMessageContainingAll("position " + switched, why);
        }
        final Snapshots snapshots = Snapshots.existing(disk, SNAPSHOTS);
        try (EngineCore core = new EngineCore(0, OLD)) {
            assertThatThrownBy(() -> snapshots.load(switched + 2, core, ID, Pace.full())).isInstanceOf(NewerProgramException.class).hasMessageContaining(why);
        }
    }
}
