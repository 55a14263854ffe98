package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.engine.Rig.Answer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.readmodel.Records;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.Channel;
import org.mawid.sbe.DayRecordDecoder;
import org.mawid.sbe.HoldRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.StampRecordDecoder;

/** The whole engine with the real records, whose thread stands still for a while: writes wait for it, reads do not, and nothing is lost. */
@Timeout(180)
class RecordsLagTest {
    private static final int POST = 4_095; // beyond those that fill the log
    private static final int DESK = 11;
    private static final int SERVICE = 5;
    private static final int TODAY = (int) (Rig.START_MS / 86_400_000L);
    private static final int DAYS = 30;
    private static final int UNITS = 96;
    private static final int CAPACITY = 200;
    private static final int LAG_MAX = 10_000;
    private static final int RING = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private final Rig rig = new Rig().with(Setting.RECORDS, true).with(Setting.RECORDS_ENTRIES, 100_000).with(Setting.RECORDS_LAG_MAX, LAG_MAX)
            .with(Setting.RING_ENTRIES, RING);
    private final CommandWriter writer = new CommandWriter();
    private HeldRecords held;
    private long requests;
    private long persons;

    @BeforeEach
    void aDeskWithRoomAndABookOfRecords() throws Exception {
        rig.live = true;
        rig.data = folder.resolve("data");
        rig.between = feed -> held = new HeldRecords(feed);
        rig.start();
        done(new Command.DefinePost(request(), POST, "paris", "EUR", 2, 50));
        done(new Command.DefinePool(request(), DESK, POST, PoolKind.DESK, "paris/1"));
        done(new Command.DefineService(request(), SERVICE, 15, "passport", ServiceScope.ANY_POST, false, true, false, 0, 1));
        done(new Command.SetDeskService(request(), DESK, SERVICE, true));
        done(new Command.SetTariff(request(), SERVICE, 1, 0, List.of(new Command.Component(Beneficiary.STAMP, 50_000))));
        done(new Command.SetRate(request(), POST, 10_800_000));
        for (int day = 1; day <= DAYS; day++) {
            done(new Command.PublishDay(request(), new Command.DayPlan(DESK, TODAY + day, (TODAY + day) * 86_400_000L + 28_800_000L, 0, UNITS, 3,
                    List.of(new Command.Run(0, UNITS, CAPACITY, 0)))));
        }
        for (int i = 0; i < 40; i++) {
            assertThat(book(i)).isEqualTo(Result.OK);
        }
        awaitRecords();
    }

    @AfterEach
    void stop() {
        rig.close();
        assertThat(rig.halts).isEmpty();
    }

    @Test
    void givenRecordsThatStandStill_whenMorePositionsGoByThanTheyMayBeBehind_thenWritesAreUnavailableAndReadsGoOn() {
        final long stoppedAt = stopTheRecords();
        final long closedAt = writeUntilUnavailable(i -> i % 20 == 0 ? book(i) : ask(Rig.definePost(++requests, 0)).result());
        assertThat(closedAt - stoppedAt).isBetween(LAG_MAX + 1L, LAG_MAX + 1L + 2 * RING);
        goOn(closedAt);
    }

    @Test
    void givenRecordsThatStandStill_whenTheirEventsFillHalfTheQueue_thenWritesAreUnavailableLongBeforeAnythingIsLost() {
        final long stoppedAt = stopTheRecords();
        final long closedAt = writeUntilUnavailable(this::book);
        assertThat(closedAt - stoppedAt).isLessThan(LAG_MAX);
        goOn(closedAt);
    }

    /** An overflow ticket is what they must ask the core about. @return how far they had come before */
    private long stopTheRecords() {
        held.hold();
        final Answer overflow = ask(new Command.WalkIn(request(), 0, ++persons, DESK, TODAY, 0, false, List.of(line(persons))));
        assertThat(overflow.result()).isEqualTo(Result.OVERFLOW);
        await().atMost(PATIENCE).until(held::isStopped);
        assertThat(records().position()).isLessThan(overflow.position());
        return overflow.position() - 1;
    }

    /** @return the last position */
    private long writeUntilUnavailable(final IntFunction<Result> write) {
        Result last = Result.OK;
        for (int i = 0; last == Result.OK; i++) {
            assertThat(i).as("writes").isLessThan(2 * LAG_MAX);
            last = write.apply(i);
        }
        assertThat(last).isEqualTo(Result.UNAVAILABLE);
        assertThat(rig.engine.admission()).isEqualTo(Result.UNAVAILABLE);
        return rig.onCore(EngineCore::position);
    }

    private void goOn(final long closedAt) {
        final Records.Application first = records().application(1);
        assertThat(first.lines()).hasSize(1);
        assertThat(first.position()).as("reads by reference say how old they are").isLessThan(closedAt);
        await().atMost(PATIENCE).until(() -> rig.engine.readModel().position() == closedAt);
        assertThat(room()).as("reads of room reflect all that was admitted").isEqualTo(roomOfTheCore());
        assertThat(records().lag()).isGreaterThan(0);
        final Command.SubmitApplication late = new Command.SubmitApplication(request(), 0, POST, List.of(line(++persons)));
        for (int i = 0; i < 100; i++) {
            assertThat(ask(late).result()).as("as long as they stand still").isEqualTo(Result.UNAVAILABLE);
        }
        assertThat(rig.onCore(EngineCore::position)).isEqualTo(closedAt);

        held.letGo();
        await().atMost(PATIENCE).until(() -> rig.engine.admission() == Result.OK);
        assertThat(ask(late)).extracting(Answer::result, Answer::repeated).containsExactly(Result.OK, false);
        for (int i = 0; i < 100; i++) {
            assertThat(book(i)).isEqualTo(Result.OK);
        }
        awaitRecords();
        assertRecordsAreThoseOfTheCore();
    }

    /** One person more, who asks and holds, and then mostly confirms; some of them cancel, or release, or leave it. */
    private Result book(final int i) {
        final long person = ++persons;
        final Answer submitted = ask(new Command.SubmitApplication(request(), person, POST, List.of(line(person))));
        if (submitted.result() != Result.OK) {
            return submitted.result();
        }
        final int visit = (int) (person % (DAYS * UNITS / 3));
        final Answer hold = ask(new Command.Hold(request(), submitted.number1(), true,
                List.of(new Command.Leg(DESK, 1, TODAY + 1 + visit % DAYS, visit / DAYS * 3, 3))));
        if (hold.result() != Result.OK || i % 5 == 0) {
            return hold.result();
        }
        if (i % 7 == 0) {
            return ask(new Command.Release(request(), hold.number1())).result();
        }
        final Answer confirmed = ask(new Command.Confirm(request(), hold.number1(), false));
        return confirmed.result() == Result.OK && i % 3 == 0 ? ask(new Command.Cancel(request(), confirmed.number1())).result() : confirmed.result();
    }

    private static Command.LineAsked line(final long person) {
        return new Command.LineAsked(person, SERVICE, 0, 1, AgeBand.ADULT, Priority.NONE, false);
    }

    private Command.Request request() {
        return new Command.Request(0, Samples.CLIENT, ++requests, Rig.START_MS, 0, 1, 0, 0, Channel.ONLINE);
    }

    private Answer ask(final Command command) {
        return ask((index, slot, offset) -> writer.write(command, slot, offset));
    }

    /** Again at once when the ring was full, which it may be for a moment. */
    private Answer ask(final CommandSource command) {
        Answer answer = Rig.get(rig.send(command));
        while (answer.result() == Result.UNAVAILABLE && rig.engine.admission() == Result.OK) {
            Thread.onSpinWait();
            answer = Rig.get(rig.send(command));
        }
        return answer;
    }

    private void done(final Command command) {
        assertThat(ask(command).result()).as("%s", command).isEqualTo(Result.OK);
    }

    private Records records() {
        return rig.engine.readModel().records();
    }

    private void awaitRecords() {
        final long position = rig.onCore(EngineCore::position);
        await().atMost(PATIENCE).until(() -> records().position() >= position);
    }

    /** Room of each day by unit, as it is read. */
    private TreeMap<Integer, List<Integer>> room() {
        final TreeMap<Integer, List<Integer>> room = new TreeMap<>();
        for (int day = TODAY + 1; day <= TODAY + DAYS; day++) {
            room.put(day, Arrays.stream(rig.engine.readModel().availability().day(DESK, day).room()).boxed().toList());
        }
        return room;
    }

    /** The same by the core's own tables. */
    private TreeMap<Integer, List<Integer>> roomOfTheCore() {
        final TreeMap<Integer, List<Integer>> room = new TreeMap<>();
        ofTheCore(RecordKind.DAYS, (buffer, offset) -> {
            final DayRecordDecoder day = new DayRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            final List<Integer> units = new ArrayList<>();
            day.units().forEach(unit -> units.add(unit.capacity() - unit.booked() - unit.held() - unit.withheld()));
            room.put(day.epochDay(), units);
        });
        return room;
    }

    private void assertRecordsAreThoseOfTheCore() {
        final TreeMap<Long, Records.Application> applications = new TreeMap<>();
        ofTheCore(RecordKind.APPLICATIONS, (buffer, offset) -> {
            final ApplicationRecordDecoder said = new ApplicationRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            final List<Records.Line> lines = new ArrayList<>();
            for (final ApplicationRecordDecoder.LinesDecoder line : said.lines()) {
                lines.add(new Records.Line(line.personKey(), line.serviceId(), line.quantity(), line.registeredPostId(), line.ageBand(), line.priority(),
                        line.representative() == BooleanType.YES, line.state(), line.stampId(), line.holdId(), line.appointmentId(),
                        line.reasonCode(), line.reasonHash()));
            }
            applications.put(said.applicationId(), new Records.Application(said.applicationId(), said.postId(), said.applicant(), said.submittedMs(), lines, 0));
        });
        final TreeMap<Long, Records.Appointment> appointments = new TreeMap<>();
        ofTheCore(RecordKind.APPOINTMENTS, (buffer, offset) -> {
            final AppointmentRecordDecoder said = new AppointmentRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            final List<Records.Leg> legs = new ArrayList<>();
            said.legs().forEach(leg -> legs.add(new Records.Leg(leg.deskId(), leg.epochDay(), leg.startUnit(), leg.units(), leg.lines())));
            appointments.put(said.appointmentId(), new Records.Appointment(said.appointmentId(), said.applicationId(), said.postId(), said.state(),
                    said.startMs(), said.ticket(), said.counter(), said.overflow() == BooleanType.YES, said.attendance() == BooleanType.YES, said.reschedules(), said.leadDays(), said.changedMs(), legs, 0));
        });
        final TreeMap<Long, Records.Hold> holds = new TreeMap<>();
        ofTheCore(RecordKind.HOLDS, (buffer, offset) -> {
            final HoldRecordDecoder said = new HoldRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            final List<Records.Leg> legs = new ArrayList<>();
            said.legs().forEach(leg -> legs.add(new Records.Leg(leg.deskId(), leg.epochDay(), leg.startUnit(), leg.units(), leg.lines())));
            holds.put(said.holdId(), new Records.Hold(said.holdId(), said.applicationId(), said.postId(), said.deadlineMs(), said.startMs(), legs, 0));
        });
        final TreeMap<Long, Records.Stamp> stamps = new TreeMap<>();
        ofTheCore(RecordKind.STAMPS, (buffer, offset) -> {
            final StampRecordDecoder said = new StampRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            stamps.put(said.stampId(), new Records.Stamp(said.stampId(), said.applicationId(), said.line(), said.postId(), said.state(),
                    said.amountCentimes(), said.localMinor(), said.currency(), said.microMadPerUnit(), said.tariffVersion(), said.issuedMs(),
                    said.paymentId(), said.consumedMs(), said.consumedPost(), 0));
        });
        assertThat(appointments.values()).extracting(Records.Appointment::state)
                .contains(AppointmentState.CONFIRMED, AppointmentState.CANCELLED, AppointmentState.CHECKED_IN);
        assertThat(applications.values()).extracting(application -> application.lines().get(0).holdId() != 0).contains(true, false);
        assertSame(applications, records()::application);
        assertSame(appointments, records()::appointment);
        assertSame(holds, records()::hold);
        assertSame(stamps, records()::stamp);
    }

    /** Each number up to a few more than there are: neither less nor more nor anything else than the core says, but for the position, and for how long ahead a visit was agreed, which the core does not know before its version 6. */
    private static <T> void assertSame(final TreeMap<Long, T> expected, final LongFunction<T> read) {
        assertThat(expected).isNotEmpty();
        for (long number = 1; number <= expected.lastKey() + 5; number++) {
            final T actual = read.apply(number);
            if (expected.get(number) == null) {
                assertThat(actual).as("number %d", number).isNull();
            } else {
                assertThat(actual).usingRecursiveComparison().ignoringFields("position", "leadDays").isEqualTo(expected.get(number));
            }
        }
    }

    private void ofTheCore(final RecordKind kind, final BiConsumer<DirectBuffer, Integer> record) {
        rig.onCore(core -> core.dump(kind, 0, 1_000_000, (template, buffer, offset, length) -> record.accept(buffer, offset)));
    }
}
