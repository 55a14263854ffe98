package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.CommandStream;
import org.mawid.client.ConfirmReply;
import org.mawid.client.DoneReply;
import org.mawid.client.HoldReply;
import org.mawid.client.MawidClient;
import org.mawid.client.SubmitReply;
import org.mawid.client.Watch;
import org.mawid.client.WatchListener;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.ApplyChange;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Day;
import org.mawid.grpc.Event;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.Hold;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Request;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.Slot;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/** The real engine behind the real server, as a portal meets it: durable, over a socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineOverGrpcTest {
    private EmbeddedEngine engine;
    private Gateway gateway;
    private GrpcServer server;
    private MawidClient client;
    private long persons = 1_000;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        engine = EmbeddedEngine.start(EngineConfig.at(folder.resolve("data")).with(Setting.RECORDS, false).with(Setting.SEGMENT_BYTES, 4L << 20));
        gateway = new Gateway(engine, References.open(folder.resolve("reference.key")), 5_000);
        server = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        server.ready();
        client = MawidClient.connect(ClientOptions.of("127.0.0.1", server.port()).withConnections(2));
        OnePost.make(client, 20, 20);
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
        gateway.close();
        engine.close();
    }

    @Test
    void givenAFreeStart_whenBooked_thenItIsHeldConfirmedMovedAndCancelled() {
        final String application = validated(1);
        final Slot slot = firstStart(engine.status().durablePosition());
        final HoldReply.Held held = (HoldReply.Held) client.hold(application, List.of(leg(slot, 1)), true);
        assertThat(held.stamps()).hasSize(1).allMatch(stamp -> stamp.matches("[0-9]{16}"));
        final ConfirmReply.Confirmed confirmed = (ConfirmReply.Confirmed) client.confirm(held.hold(), false);
        assertThat(confirmed.start().toEpochMilli()).isEqualTo(slot.getStartMs());

        assertThat(client.perform(Command.newBuilder().setCheckIn(CheckIn.newBuilder().setAppointment(confirmed.appointment())).build()))
                .isEqualTo(new DoneReply.Refused(Result.TOO_EARLY, slot.getStartMs() - 4 * 3_600_000L));
        done(Command.newBuilder().setReschedule(Reschedule.newBuilder().setAppointment(confirmed.appointment())
                .addLegs(leg(slot, 1).toBuilder().setStartUnit(slot.getStartUnit() + 30))));
        done(Command.newBuilder().setCancel(Cancel.newBuilder().setAppointment(confirmed.appointment())));
        assertThat(client.perform(Command.newBuilder().setCancel(Cancel.newBuilder().setAppointment(confirmed.appointment())).build()))
                .isEqualTo(new DoneReply.Refused(Result.APPOINTMENT_STATE, 0));
        assertThat(client.confirm(held.hold(), false)).isEqualTo(new ConfirmReply.Refused(Result.HOLD_EXPIRED, 0));
    }

    @Test
    void givenDatesAtTheEdgesOfTheirType_whenAskedFor_thenThereIsNothingAndNoAccident() throws Exception {
        final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
        try {
            final AvailabilityServiceGrpc.AvailabilityServiceBlockingStub availability = AvailabilityServiceGrpc.newBlockingStub(channel);
            for (final int day : new int[] {Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -1, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
                final AvailabilityQuery query = AvailabilityQuery.newBuilder().addDeskIds(OnePost.DESK).setFromEpochDay(day).setDays(420)
                        .addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE)).build();
                assertThat(availability.firstStarts(query).getSlotsList()).isEmpty();
                assertThat(availability.countStarts(query).getDaysList()).allMatch(count -> count.getStarts() == 0);
                assertThat(refusal(() -> InventoryServiceGrpc.newBlockingStub(channel).getDay(
                        GetDayRequest.newBuilder().setPoolId(OnePost.DESK).setEpochDay(day).build()))).isEqualTo("SLOT_UNKNOWN");
                assertThat(WatchServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS).watch(WatchRequest.newBuilder()
                        .setPostId(OnePost.POST).setFromEpochDay(day).setDays(62).build()).next().getDaysList()).isEmpty();
            }
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void givenMorePostsThanThereCanBe_whenAskedFor_thenOutOfRangeBeforeAnyIsLookedAt() throws Exception {
        final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
        try {
            final AvailabilityQuery query = AvailabilityQuery.newBuilder().addAllPostIds(Collections.nCopies(4_096, 99)).setFromEpochDay(1)
                    .addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE)).build();
            assertThat(refusal(() -> AvailabilityServiceGrpc.newBlockingStub(channel).firstStarts(query))).isEqualTo("OUT_OF_RANGE");
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    private static String refusal(final ThrowableAssert.ThrowingCallable call) {
        return GrpcFixture.errorInfo(catchThrowableOfType(StatusRuntimeException.class, call)).getReason();
    }

    @Test
    void givenARequestThatWasAnswered_whenItsOutcomeIsAsked_thenTheSameReferenceAgain() {
        final Request request = client.newRequest();
        final Command submit = Command.newBuilder().setSubmitApplication(
                SubmitApplication.newBuilder().setRequest(request).setPostId(OnePost.POST).addLines(line())).build();
        final CommandReply first = client.execute(submit);
        final CommandReply again = client.execute(submit);
        final CommandReply asked = client.outcome(request);

        assertThat(first.getResult()).isEqualTo(Result.OK);
        assertThat(again.getRepeatedAnswer()).isTrue();
        assertThat(again.getReference()).isEqualTo(first.getReference());
        assertThat(asked.getReference()).isEqualTo(first.getReference());
        assertThat(asked.getRepeatedAnswer()).isTrue();
        final Command other = submit.toBuilder().setSubmitApplication(submit.getSubmitApplication().toBuilder().setPostId(0)).build();
        assertThat(client.execute(other).getResult()).isEqualTo(Result.REQUEST_ID_REUSED);
        assertThat(client.outcome(client.newRequest()).getResult()).isEqualTo(Result.REQUEST_UNKNOWN);
    }

    @Test
    void givenBatchesAndStreams_whenManyBook_thenEachIsAnsweredOnceAndNoUnitIsOverfull() {
        final var batch = client.batch();
        for (int i = 0; i < 2_000; i++) {
            batch.add(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setPostId(OnePost.POST).addLines(line())).build());
        }
        final List<String> applications = batch.send().stream().map(CommandReply::getReference).toList();
        assertThat(new HashSet<>(applications)).hasSize(2_000).doesNotContain("");
        for (final String application : applications) {
            batch.add(Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setApplication(application).setLines(1)).build());
        }
        assertThat(batch.send()).allMatch(reply -> reply.getResult() == Result.OK);

        final List<CommandReply> replies = new CopyOnWriteArrayList<>();
        try (CommandStream stream = client.stream(replies::add)) {
            for (int i = 0; i < 2_000; i++) {
                stream.send(Command.newBuilder().setTag(i).setHold(Hold.newBuilder().setApplication(applications.get(i)).addLegs(
                        Leg.newBuilder().setDeskId(OnePost.DESK).setLines(1).setEpochDay(OnePost.FIRST_DAY + 19).setStartUnit(i % 4 * 3).setUnits(3))).build());
            }
        }
        assertThat(replies).hasSize(2_000);
        assertThat(replies.stream().map(CommandReply::getTag)).isSorted();
        assertThat(replies.stream().filter(reply -> reply.getResult() == Result.OK)).as("twenty places at four starts").hasSize(80);
        assertThat(replies.stream().filter(reply -> reply.getResult() != Result.OK)).allMatch(reply -> reply.getResult() == Result.HELD_BY_OTHER);
    }

    @Test
    void givenAWatch_whenADayIsStagedAndApplied_thenItIsToldInOrder() throws Exception {
        final Set<Integer> days = new HashSet<>();
        final List<Event> events = new CopyOnWriteArrayList<>();
        final List<String> steps = new CopyOnWriteArrayList<>();
        try (Watch watch = client.watch(OnePost.POST, OnePost.FIRST_DAY, 10, new WatchListener() {
            @Override
            public void onSnapshot() {
                steps.add("snapshot");
            }

            @Override
            public void onDays(final List<Day> told) {
                told.forEach(day -> days.add(day.getEpochDay()));
            }

            @Override
            public void onSnapshotComplete() {
                steps.add("complete");
            }

            @Override
            public void onEvents(final List<Event> told) {
                events.addAll(told);
            }
        })) {
            await().atMost(10, TimeUnit.SECONDS).until(() -> steps.contains("complete"));
            assertThat(days).hasSize(10);
            final CommandReply begun = client.execute(Command.newBuilder().setBeginChange(BeginChange.newBuilder().setPostId(OnePost.POST)).build());
            done(Command.newBuilder().setAddToChange(AddToChange.newBuilder().setChange(begun.getReference()).setPoolId(OnePost.DESK)
                    .setEpochDay(OnePost.FIRST_DAY + 25).setStartMs((OnePost.FIRST_DAY + 25) * 86_400_000L).setUnitCount(12).setAlignUnits(3)
                    .addRuns(Run.newBuilder().setUnits(12).setCapacity(2))));
            assertThat(client.execute(Command.newBuilder().setApplyChange(ApplyChange.newBuilder().setChange(begun.getReference())
                    .setExpectedVersion(1_000_000)).build()).getResult()).isEqualTo(Result.CONFLICT);
            final long version = client.execute(Command.newBuilder().setApplyChange(ApplyChange.newBuilder().setChange(begun.getReference())
                    .setExpectedVersion(1_000_001)).build()).getDetail();
            done(Command.newBuilder().setApplyChange(ApplyChange.newBuilder().setChange(begun.getReference()).setExpectedVersion((int) version)));

            await().atMost(10, TimeUnit.SECONDS).until(() -> events.stream().anyMatch(Event::hasChangeApplied));
            assertThat(events.stream().filter(event -> event.hasChangeBegun() || event.hasDayStaged() || event.hasChangeApplied())
                    .map(event -> event.getEventCase().name())).containsExactly("CHANGE_BEGUN", "DAY_STAGED", "CHANGE_APPLIED");
            assertThat(watch.cursor().getPosition()).isPositive();
        }
    }

    @Test
    void givenWhatTheCoreWouldRefuseByRange_whenCalled_thenItTakesNoPosition() {
        final Request noPerson = client.newRequest();
        final Request noService = client.newRequest();
        final Request noUnits = client.newRequest();
        final List<CommandReply> replies = new ArrayList<>();
        replies.add(client.execute(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setRequest(noPerson).setPostId(OnePost.POST)
                .addLines(line().toBuilder().setPersonKey(0))).build()));
        replies.add(client.execute(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setRequest(noService).setPostId(OnePost.POST)
                .addLines(line().toBuilder().setServiceId(200))).build()));
        replies.add(client.execute(Command.newBuilder().setPublishDay(PublishDay.newBuilder().setRequest(noUnits).setPoolId(OnePost.DESK).setEpochDay(1)
                .setStartMs(7).setUnitCount(12).setAlignUnits(3)).build()));
        assertThat(replies).allMatch(reply -> reply.getPosition() == 0)
                .allMatch(reply -> reply.getResult() == Result.OUT_OF_RANGE || reply.getResult() == Result.MALFORMED);
        assertThat(List.of(noPerson, noService, noUnits)).as("the core has heard of none")
                .allMatch(request -> client.outcome(request).getResult() == Result.REQUEST_UNKNOWN);
    }

    private Slot firstStart(final long minPosition) {
        final FirstStartsReply starts = client.firstStarts(AvailabilityQuery.newBuilder().addPostIds(OnePost.POST).setFromEpochDay(OnePost.FIRST_DAY).setDays(10)
                .addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE)).setLimit(1).setMinPosition(minPosition).build());
        assertThat(starts.getUnits()).isEqualTo(3);
        assertThat(starts.getPosition()).isGreaterThanOrEqualTo(minPosition);
        return starts.getSlots(0);
    }

    private String validated(final int lines) {
        final String application = ((SubmitReply.Submitted) client.submitApplication(0, OnePost.POST, List.of(line()))).application();
        done(Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setApplication(application).setLines(lines)));
        return application;
    }

    private NewLine line() {
        return NewLine.newBuilder().setPersonKey(++persons).setServiceId(OnePost.SERVICE).setQuantity(1).build();
    }

    private static Leg leg(final Slot slot, final int lines) {
        return Leg.newBuilder().setDeskId(slot.getDeskId()).setLines(lines).setEpochDay(slot.getEpochDay())
                .setStartUnit(slot.getStartUnit()).setUnits(3).build();
    }

    private void done(final Command.Builder command) {
        assertThat(client.perform(command.build())).as("%s", command).isInstanceOf(DoneReply.Done.class);
    }
}
