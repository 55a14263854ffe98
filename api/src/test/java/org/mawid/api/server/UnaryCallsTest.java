package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mawid.api.fake.GrpcFixture.errorInfo;
import static org.mawid.api.fake.GrpcFixture.retryInfo;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.FakeEngine;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.ApplicationServiceGrpc.ApplicationServiceBlockingStub;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AppointmentServiceGrpc.AppointmentServiceBlockingStub;
import org.mawid.grpc.ApplyChange;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.GetAppointmentRequest;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.GetHoldRequest;
import org.mawid.grpc.GetOutcomeRequest;
import org.mawid.grpc.GetStampRequest;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.InventoryServiceGrpc.InventoryServiceBlockingStub;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.LineState;
import org.mawid.grpc.ListPoolsRequest;
import org.mawid.grpc.ListPostsRequest;
import org.mawid.grpc.ListServicesRequest;
import org.mawid.grpc.QuoteRequest;
import org.mawid.grpc.Result;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.StampServiceGrpc;
import org.mawid.grpc.SubmitApplicationReply;
import org.mawid.grpc.WalkIn;
import org.mawid.grpc.WalkInReply;

/** Calls with one command or one question, over a real connection. */
class UnaryCallsTest {
    private GrpcFixture grpc;
    private ApplicationServiceBlockingStub applications;
    private AppointmentServiceBlockingStub appointments;
    private InventoryServiceBlockingStub inventory;

    @BeforeEach
    void start() throws Exception {
        grpc = new GrpcFixture();
        applications = ApplicationServiceGrpc.newBlockingStub(grpc.channel);
        appointments = AppointmentServiceGrpc.newBlockingStub(grpc.channel);
        inventory = InventoryServiceGrpc.newBlockingStub(grpc.channel);
    }

    @AfterEach
    void stop() throws Exception {
        grpc.close();
    }

    @Test
    void givenAnApplication_whenHeldAndConfirmed_thenEachAnswerCarriesAReference() {
        final SubmitApplicationReply submitted = applications.submitApplication(grpc.submit());
        assertThat(grpc.references.number(ReferenceKind.APPLICATION, submitted.getApplication())).isEqualTo(1);
        assertThat(submitted.getPosition()).isEqualTo(1);

        final HoldReply held = appointments.hold(grpc.hold(submitted.getApplication()).toBuilder().setIssueStamps(true).addLegs(grpc.leg()).build());
        assertThat(grpc.references.number(ReferenceKind.HOLD, held.getHold())).isEqualTo(1);
        assertThat(held.getUntilMs()).isEqualTo(held.getNowMs() + FakeEngine.HOLD_MS);
        assertThat(held.getStampsList()).containsExactly(
                grpc.references.text(ReferenceKind.STAMP, 1), grpc.references.text(ReferenceKind.STAMP, 2));

        final ConfirmReply confirmed = appointments.confirm(Confirm.newBuilder().setRequest(grpc.request()).setHold(held.getHold()).build());
        assertThat(grpc.references.number(ReferenceKind.APPOINTMENT, confirmed.getAppointment())).isEqualTo(1);
        assertThat(confirmed.getStampsList()).isEmpty();
        assertThat(confirmed.getRepeatedAnswer()).isFalse();
    }

    @Test
    void givenOtherCommands_whenCalled_thenTheirNumbersAreWhatTheySay() {
        final String appointment = grpc.known(ReferenceKind.APPOINTMENT);
        assertThat(appointments.checkIn(CheckIn.newBuilder().setRequest(grpc.request()).setAppointment(appointment).build()).getTicket()).isEqualTo(17);
        final WalkInReply walkedIn = appointments.walkIn(WalkIn.newBuilder().setRequest(grpc.request())
                .setApplication(grpc.known(ReferenceKind.APPLICATION)).setDeskId(FakeReadModel.DESK)
                .setEpochDay(FakeReadModel.EPOCH_DAY).setServed(1).build());
        assertThat(walkedIn.getResult()).isEqualTo(Result.OVERFLOW);
        assertThat(walkedIn.getTicket()).isEqualTo(18);
        assertThat(StampServiceGrpc.newBlockingStub(grpc.channel).issueStamps(IssueStamps.newBuilder().setRequest(grpc.request())
                .setApplication(grpc.known(ReferenceKind.APPLICATION)).setLines(7).setPostId(1).build()).getStampsList())
                .containsExactly(grpc.references.text(ReferenceKind.STAMP, 1), grpc.references.text(ReferenceKind.STAMP, 2),
                        grpc.references.text(ReferenceKind.STAMP, 3));
        final String change = inventory.beginChange(BeginChange.newBuilder().setRequest(grpc.request()).setPostId(1).build()).getChange();
        assertThat(grpc.references.number(ReferenceKind.CHANGE, change)).isEqualTo(5);

        final StatusRuntimeException conflict = refused(() -> inventory.applyChange(
                ApplyChange.newBuilder().setRequest(grpc.request()).setChange(change).setExpectedVersion(40).build()));
        assertThat(conflict.getStatus().getCode()).isEqualTo(Code.ABORTED);
        assertThat(errorInfo(conflict).getMetadataMap()).containsEntry("presentVersion", "41");
    }

    @Test
    void givenARefusal_whenAnswered_thenTheReasonIsTyped() {
        final String application = applications.submitApplication(grpc.submit()).getApplication();
        final Hold tooEarly = Hold.newBuilder().setRequest(grpc.request()).setApplication(application)
                .addLegs(grpc.leg().toBuilder().setDeskId(FakeEngine.UNRELEASED_DESK)).build();

        final StatusRuntimeException refusal = refused(() -> appointments.hold(tooEarly));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(errorInfo(refusal).getReason()).isEqualTo("NOT_YET_RELEASED");
        assertThat(errorInfo(refusal).getDomain()).isEqualTo("mawid");
        assertThat(errorInfo(refusal).getMetadataMap()).containsEntry("atMs", Long.toString(FakeEngine.RELEASED_AT_MS));
        assertThat(retryInfo(refusal)).isNull();
    }

    @Test
    void givenTheSameRequestAgain_whenCalled_thenTheSameAnswer() {
        final Hold hold = grpc.hold(applications.submitApplication(grpc.submit()).getApplication());

        final HoldReply first = appointments.hold(hold);
        final HoldReply second = appointments.hold(hold);

        assertThat(second.getHold()).isEqualTo(first.getHold());
        assertThat(second.getUntilMs()).isEqualTo(first.getUntilMs());
        assertThat(second.getRepeatedAnswer()).isTrue();
    }

    @Test
    void givenWhatIsNotACommand_whenCalled_thenItNeverReachesTheCore() {
        final long before = grpc.engine.lastPosition();
        final Confirm mistyped = grpc.mistyped(0).getConfirm();
        assertReason("MALFORMED", () -> appointments.confirm(mistyped));
        assertReason("MALFORMED", () -> appointments.confirm(mistyped.toBuilder().setHold("").build()));
        assertReason("MALFORMED", () -> appointments.confirm(mistyped.toBuilder().setHold(grpc.known(ReferenceKind.APPOINTMENT)).build()));
        assertReason("MALFORMED", () -> applications.submitApplication(grpc.submit().toBuilder().clearRequest().build()));
        final String application = grpc.known(ReferenceKind.APPLICATION);
        assertReason("OUT_OF_RANGE", () -> appointments.hold(grpc.hold(application).toBuilder()
                .setLegs(0, grpc.leg().toBuilder().setUnits(65_536)).build()));
        assertReason("OUT_OF_RANGE", () -> appointments.hold(grpc.hold(application).toBuilder()
                .setLegs(0, grpc.leg().toBuilder().setDeskId(65_537)).build()));
        final Hold.Builder seventeen = grpc.hold(application).toBuilder();
        while (seventeen.getLegsCount() < 17) {
            seventeen.addLegs(grpc.leg());
        }
        assertReason("OUT_OF_RANGE", () -> appointments.hold(seventeen.build()));
        assertReason("OUT_OF_RANGE", () -> CatalogueServiceGrpc.newBlockingStub(grpc.channel).definePost(
                org.mawid.grpc.DefinePost.newBuilder().setRequest(grpc.request()).setPostId(1).setCode("pa\u0007ris").setCurrency("EUR").build()));
        assertThat(grpc.engine.lastPosition()).isEqualTo(before);
    }

    @Test
    void givenAFullRing_whenCalled_thenUnavailableWithADelay() {
        grpc.engine.capacity(0);
        final StatusRuntimeException full = refused(() -> applications.submitApplication(grpc.submit()));
        assertThat(full.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
        assertThat(errorInfo(full).getReason()).isEqualTo("UNAVAILABLE");
        assertThat(errorInfo(full).getMetadataMap()).containsExactly(Map.entry("cause", "RING_FULL"));
        assertThat(retryInfo(full).getRetryDelay().getNanos()).isEqualTo(100_000_000);

        grpc.engine.admission(org.mawid.sbe.Result.STORAGE_FULL);
        assertReason("STORAGE_FULL", () -> applications.submitApplication(grpc.submit()));
    }

    @Test
    void givenRecordsThatAreBehind_whenCalled_thenUnavailableSaysSoAndToComeBackLater() {
        grpc.engine.recordsBehind(true);
        final StatusRuntimeException behind = refused(() -> applications.submitApplication(grpc.submit()));
        assertThat(errorInfo(behind).getReason()).isEqualTo("UNAVAILABLE");
        assertThat(errorInfo(behind).getMetadataMap()).containsExactly(Map.entry("cause", "RECORDS_BEHIND"));
        assertThat(behind.getStatus().getDescription()).contains("the records cannot follow");
        assertThat(retryInfo(behind).getRetryDelay().getSeconds()).isEqualTo(1);

        grpc.engine.close();
        assertThat(errorInfo(refused(() -> applications.submitApplication(grpc.submit()))).getMetadataMap()).as("whatever else is so")
                .containsExactly(Map.entry("cause", "STOPPING"));
        final StatusRuntimeException question = refused(() -> CommandServiceGrpc.newBlockingStub(grpc.channel)
                .getOutcome(GetOutcomeRequest.newBuilder().setIdLow(1).build()));
        assertThat(errorInfo(question).getMetadataMap()).containsExactly(Map.entry("cause", "STOPPING"));
    }

    @Test
    void givenASilentCore_whenTimeIsOver_thenPendingAndTheLateAnswerHarmsNobody() {
        grpc.engine.silent(true);
        final StatusRuntimeException pending = refused(() -> applications.submitApplication(grpc.submit()));
        assertThat(errorInfo(pending).getReason()).isEqualTo("PENDING");
        assertThat(retryInfo(pending)).isNotNull();

        grpc.engine.silent(false);
        assertThat(applications.submitApplication(grpc.submit()).getPosition()).isEqualTo(2);
    }

    @Test
    void givenADeadline_whenPassed_thenTheCommandIsNotDone() {
        assertReason("DEADLINE_EXCEEDED", () -> applications.submitApplication(
                grpc.submit().toBuilder().setRequest(grpc.request().toBuilder().setDeadlineMs(1)).build()));

        grpc.engine.silent(true);
        final StatusRuntimeException late = refused(() -> applications.withDeadlineAfter(50, TimeUnit.MILLISECONDS).submitApplication(grpc.submit()));
        assertThat(late.getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
        sleep(100);
        grpc.engine.silent(false);
        assertThat(applications.submitApplication(grpc.submit()).getPosition()).as("the late one took no position").isEqualTo(1);
    }

    @Test
    void givenRecords_whenRead_thenNumbersAreReferences() {
        final String application = grpc.known(ReferenceKind.APPLICATION);
        final String appointment = grpc.known(ReferenceKind.APPOINTMENT);
        final org.mawid.grpc.Application found = applications.getApplication(GetApplicationRequest.newBuilder().setApplication(application).build());
        assertThat(found.getApplication()).isEqualTo(application);
        assertThat(found.getLines(0).getState()).isEqualTo(LineState.LINE_STATE_VALIDATED);
        assertThat(found.getLines(0).getAppointment()).isEqualTo(appointment);
        assertThat(found.getLines(0).getHold()).isEmpty();
        assertThat(appointments.getAppointment(GetAppointmentRequest.newBuilder().setAppointment(appointment).build()).getApplication())
                .isEqualTo(application);
        assertThat(appointments.getHold(GetHoldRequest.newBuilder().setHold(grpc.known(ReferenceKind.HOLD)).build()).getUntilMs()).isEqualTo(8);
        assertThat(StampServiceGrpc.newBlockingStub(grpc.channel).getStamp(
                GetStampRequest.newBuilder().setStamp(grpc.known(ReferenceKind.STAMP)).build()).getCurrency()).isEqualTo("EUR");

        assertReason("APPOINTMENT_UNKNOWN", () -> appointments.getAppointment(
                GetAppointmentRequest.newBuilder().setAppointment(grpc.references.text(ReferenceKind.APPOINTMENT, 8)).build()));
        assertReason("MALFORMED", () -> appointments.getAppointment(GetAppointmentRequest.newBuilder().setAppointment("7").build()));
        grpc.engine.fakeReadModel().rebuilding(true);
        assertReason("READ_MODEL_BEHIND", () -> appointments.getAppointment(GetAppointmentRequest.newBuilder().setAppointment(appointment).build()));
    }

    @Test
    void givenCatalogueAndAvailability_whenRead_thenTheyAreTold() {
        final var catalogue = CatalogueServiceGrpc.newBlockingStub(grpc.channel);
        assertThat(catalogue.listPosts(ListPostsRequest.getDefaultInstance()).getPosts(0).getCode()).isEqualTo("paris");
        assertThat(catalogue.listServices(ListServicesRequest.getDefaultInstance()).getServices(0).getUnitCentimes()).isEqualTo(50_000);
        assertThat(catalogue.listPools(ListPoolsRequest.newBuilder().setPostId(1).addServiceIds(FakeReadModel.SERVICE).build()).getPoolsCount()).isEqualTo(1);
        assertReason("POST_UNKNOWN", () -> catalogue.listPools(ListPoolsRequest.newBuilder().setPostId(2).build()));
        assertThat(inventory.getDay(GetDayRequest.newBuilder().setPoolId(FakeReadModel.DESK).setEpochDay(FakeReadModel.EPOCH_DAY).build())
                .getRoomList()).containsExactly(1, 2);
        assertThat(StampServiceGrpc.newBlockingStub(grpc.channel).quote(QuoteRequest.newBuilder().setPostId(1)
                .setServiceId(FakeReadModel.SERVICE).setQuantity(2).build()).getLocalMinor()).isEqualTo(9_300);

        final var availability = AvailabilityServiceGrpc.newBlockingStub(grpc.channel);
        final AvailabilityQuery query = AvailabilityQuery.newBuilder().addPostIds(1).setFromEpochDay(FakeReadModel.EPOCH_DAY)
                .addServices(ServiceNeed.newBuilder().setServiceId(FakeReadModel.SERVICE)).setLimit(5).build();
        final FirstStartsReply starts = availability.firstStarts(query);
        assertThat(starts.getSlotsCount()).isEqualTo(5);
        assertThat(starts.getUnits()).isEqualTo(3);
        assertThat(starts.getPosition()).isEqualTo(100);
        assertThat(availability.countStarts(query).getDays(0).getStarts()).isEqualTo(60);
        assertReason("OUT_OF_RANGE", () -> availability.firstStarts(query.toBuilder().setDays(421).build()));
        assertReason("OUT_OF_RANGE", () -> availability.firstStarts(query.toBuilder().clearServices().build()));
        assertReason("POOL_UNKNOWN", () -> availability.firstStarts(query.toBuilder().addDeskIds(5).build()));
        assertReason("SERVICE_UNKNOWN", () -> availability.firstStarts(
                query.toBuilder().setServices(0, ServiceNeed.newBuilder().setServiceId(5)).build()));
    }

    @Test
    void givenTheLogMovesOnBetweenThePlanOfASearchAndTheSearch_thenTheAnswerSaysWhatItWasPlannedAt() {
        final var availability = AvailabilityServiceGrpc.newBlockingStub(grpc.channel);
        final AvailabilityQuery query = AvailabilityQuery.newBuilder().addPostIds(1).setFromEpochDay(FakeReadModel.EPOCH_DAY)
                .addServices(ServiceNeed.newBuilder().setServiceId(FakeReadModel.SERVICE)).build();
        grpc.engine.fakeReadModel().whenPlanned(() -> grpc.engine.fakeReadModel().position(200));
        assertThat(availability.firstStarts(query).getPosition()).isEqualTo(100);
        grpc.engine.fakeReadModel().whenPlanned(() -> grpc.engine.fakeReadModel().position(300));
        assertThat(availability.countStarts(query).getPosition()).isEqualTo(200);
    }

    @Test
    void givenAPositionToCome_whenRead_thenTheAnswerWaitsForIt() throws Exception {
        final Thread writer = new Thread(() -> {
            sleep(50);
            grpc.engine.fakeReadModel().position(105);
        });
        writer.start();
        assertThat(CatalogueServiceGrpc.newBlockingStub(grpc.channel).listPosts(ListPostsRequest.newBuilder().setMinPosition(105).build())
                .getPosition()).isEqualTo(105);
        writer.join();

        final StatusRuntimeException behind = refused(() -> applications.getApplication(GetApplicationRequest.newBuilder()
                .setApplication(grpc.known(ReferenceKind.APPLICATION)).setMinPosition(1_000).build()));
        assertThat(errorInfo(behind).getReason()).isEqualTo("READ_MODEL_BEHIND");
        assertThat(retryInfo(behind)).isNotNull();
    }

    @Test
    void givenARequestThatWasNeverSeen_whenItsOutcomeIsAsked_thenUnknown() {
        final var commands = CommandServiceGrpc.newBlockingStub(grpc.channel);
        assertThat(commands.getOutcome(GetOutcomeRequest.newBuilder().setIdLow(5).build()).getResult()).isEqualTo(Result.REQUEST_UNKNOWN);
        assertReason("MALFORMED", () -> commands.getOutcome(GetOutcomeRequest.getDefaultInstance()));
    }

    private static void assertReason(final String reason, final ThrowingCallable call) {
        assertThat(errorInfo(refused(call)).getReason()).isEqualTo(reason);
    }

    private static StatusRuntimeException refused(final ThrowingCallable call) {
        final StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).as("refused").isNotNull();
        return failure;
    }

    private static void sleep(final long ms) {
        try {
            Thread.sleep(ms);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
