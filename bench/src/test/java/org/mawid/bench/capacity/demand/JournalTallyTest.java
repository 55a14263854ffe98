package org.mawid.bench.capacity.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.ZoneId;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.Network.PostKind;
import org.mawid.api.network.Network.Weekend;
import org.mawid.bench.capacity.Tiny;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.DefineServiceEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.RecordVisitEncoder;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.WalkInEncoder;

/** What is counted of the ways in which people come, while their commands are applied to a real core. */
class JournalTallyTest {
    private static final Post POST = new Post(1, "POST-0", PostKind.CONSULATE, "Model", "PT", Tiny.names("Model"), ZoneId.of("UTC"), "EUR", Weekend.SAT_SUN);
    private static final long DAY_MS = 86_400_000L;
    private static final int DESK = ModelNetwork.deskId(0);
    private static final int ASKED_ON = ModelNetwork.FIRST_DAY;
    private static final int HELD_ON = ModelNetwork.FIRST_DAY + 1;
    private static final int SERVICE = 1;
    private static final int URGENT = 4;

    private final EngineCore core = new EngineCore();
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private final Commands commands = new Commands(1);
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[512]);
    private final JournalTally tally = new JournalTally();
    private long position;
    private long nowMs;
    private long person;

    @BeforeEach
    void open() {
        final ModelNetwork network = new ModelNetwork(1, 3, 96, 255);
        nowMs = network.madeByMs();
        network.make(commands, this::apply);
        core.dump(RecordKind.POSTS, 0, 4_096, tally::onCatalogue);
        nowMs = ASKED_ON * DAY_MS + 10 * 3_600_000L;
    }

    @AfterEach
    void close() {
        core.close();
    }

    /** @return what it made */
    private long apply(final DirectBuffer message, final int length) {
        core.apply(++position, nowMs, 0, message, 0, length, events, outcome);
        assertThat(outcome.isDone()).as("%s", outcome.result()).isTrue();
        tally.onApplied(position, nowMs, events.buffer(), events.offset(), events.length());
        events.reset();
        return outcome.number1();
    }

    private long apply(final int length) {
        return apply(command, length);
    }

    /** @return the application: for any post, validated */
    private long asks() {
        final long application = apply(commands.submit(command, 0, nowMs, ++person, SERVICE));
        apply(commands.validate(command, 0, nowMs, application));
        return application;
    }

    /** @return the appointment */
    private long makesAnAppointment(final long application) {
        final long hold = apply(commands.hold(command, 0, nowMs, application, DESK, HELD_ON, 0, ModelNetwork.unitsOf(SERVICE), false));
        return apply(commands.confirm(command, 0, nowMs, hold));
    }

    /** With what they have asked for before. */
    private void walksIn(final long application, final int epochDay) {
        final WalkInEncoder walkIn = new WalkInEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
        commands.request(walkIn.request(), nowMs);
        walkIn.applicationId(application).applicant(0).deskId(DESK).epochDay(epochDay).served(1).issueStamps(BooleanType.NO).linesCount(0);
        apply(MessageHeaderEncoder.ENCODED_LENGTH + walkIn.encodedLength());
    }

    private Observed observed() {
        return tally.observed(POST, LocalDate.ofEpochDay(ASKED_ON), LocalDate.ofEpochDay(HELD_ON));
    }

    private void becomesUrgent(final int serviceId) {
        final DefineServiceEncoder service = new DefineServiceEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
        commands.request(service.request(), nowMs);
        service.serviceId(serviceId).durationMinutes(20).code("SERVICE-" + serviceId).scope(ServiceScope.ANY_POST).validationRequired(BooleanType.YES)
                .appointmentRequired(BooleanType.YES).urgent(BooleanType.YES).resourceKinds((short) 0).quantityMax((short) 10);
        apply(MessageHeaderEncoder.ENCODED_LENGTH + service.encodedLength());
    }

    @Test
    void givenPeopleWhoComeInEveryWay_whenCounted_thenWalkInsAreThoseWhoNeverHadAnAppointment() {
        final long[] missed = new long[50];
        final long[] appointments = new long[50];
        becomesUrgent(URGENT);
        for (int i = 0; i < 50; i++) {
            apply(commands.walkIn(command, 0, nowMs, ++person, SERVICE, DESK, ASKED_ON));
            apply(commands.walkIn(command, 0, nowMs, ++person, URGENT, DESK, ASKED_ON));
            walksIn(asks(), ASKED_ON);
            makesAnAppointment(asks());
            missed[i] = asks();
            appointments[i] = makesAnAppointment(missed[i]);
        }
        nowMs += DAY_MS;
        for (int i = 0; i < 50; i++) {
            apply(commands.markNoShow(command, 0, nowMs, appointments[i]));
            walksIn(missed[i], HELD_ON);
        }

        assertThat(observed().requests()).as("also who asked at no post and then came").isEqualTo(250);
        assertThat(observed().shares().get(PlanKey.WALK_IN)).as("of the 200 who have the choice").isCloseTo(0.5, within(1e-9));
    }

    /** Called at once. @return the appointment */
    private long isCalled() {
        final long appointment = apply(commands.walkIn(command, 0, nowMs, ++person, SERVICE, DESK, ASKED_ON));
        apply(commands.call(command, 0, nowMs, appointment));
        return appointment;
    }

    @Test
    void givenAnActThatIsToldWhenTheLinkIsUpAgain_whenCounted_thenItSaysNothingOfHowLongAnythingTook() {
        apply(commands.setCoreVersion(command, 0, nowMs, EngineCore.NEWEST_CORE_VERSION));
        final long served = isCalled();
        final long recorded = isCalled();
        nowMs += 10 * 60_000L;
        apply(commands.serve(command, 0, nowMs, served, 1));
        final double ratio = observed().ratio();

        nowMs += 50 * 60_000L + 7;
        final RecordVisitEncoder visit = new RecordVisitEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
        commands.request(visit.request(), nowMs);
        visit.appointmentId(recorded).atMs(nowMs - 30 * 60_000L).ticket(0).fulfilled(1).state(AppointmentState.SERVED).counter((short) 0);
        apply(MessageHeaderEncoder.ENCODED_LENGTH + visit.encodedLength());

        assertThat(observed().ratio()).isEqualTo(ratio);
        assertThat(observed().stepMs()).isEqualTo(10 * 60_000L);
    }

    @Test
    void givenFewRequests_whenCounted_thenTheirSizesAndSharesAreLeftToTheModelAndItIsSaid() {
        for (int i = 0; i < 199; i++) {
            apply(commands.walkIn(command, 0, nowMs, ++person, SERVICE, DESK, ASKED_ON));
        }
        assertThat(observed().sizes()).isNull();
        assertThat(observed().shares()).doesNotContainKey(PlanKey.WALK_IN);
        assertThat(observed().told()).contains("199 requests", "too few to tell how many services and persons each is for: as modelled");

        apply(commands.walkIn(command, 0, nowMs, ++person, SERVICE, DESK, ASKED_ON));

        assertThat(observed().sizes().meanServices()).isEqualTo(1);
        assertThat(observed().shares()).containsEntry(PlanKey.WALK_IN, 1.0);
        assertThat(observed().told()).contains("each for 1.00 services and 1.00 persons; walk-in 100.0%");
    }
}
