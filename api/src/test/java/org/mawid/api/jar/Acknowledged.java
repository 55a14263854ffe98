package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.ManagedChannel;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mawid.grpc.Application;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.GetAppointmentRequest;
import org.mawid.grpc.GetHoldRequest;
import org.mawid.grpc.GetStampRequest;
import org.mawid.grpc.Line;
import org.mawid.grpc.LiveHold;
import org.mawid.grpc.Stamp;
import org.mawid.grpc.StampServiceGrpc;
import org.mawid.grpc.StampState;

/** What {@link Told} says there must be, read by reference from a server that was killed before. One thread. */
final class Acknowledged {
    private static final int AT_ONCE = 256;
    private static final int OVER_HTTP = 100;

    private final String again;
    /** Of walk-ins, which are told neither application nor place: as they were first read, and ever after. */
    private final Map<String, Appointment> firstRead = new LinkedHashMap<>();

    /** @param again how to run it again */
    Acknowledged(final String again) {
        this.again = again;
    }

    /** @param wanted of applications: not those that a command without an answer may have changed */
    void assertRead(final Server server, final Told told, final Predicate<Told.Asked> wanted) throws Exception {
        final ManagedChannel channel = server.channel();
        final var appointments = AppointmentServiceGrpc.newFutureStub(channel);
        final var applications = ApplicationServiceGrpc.newFutureStub(channel);
        final var stamps = StampServiceGrpc.newFutureStub(channel);
        final List<Told.Visit> visits = told.visits().filter(visit -> wanted.test(visit.asked)).toList();
        read(visits, visit -> appointments.getAppointment(GetAppointmentRequest.newBuilder().setAppointment(visit.reference)
                .setMinPosition(visit.asked.position).build()), this::assertVisit);
        read(told.asked().filter(wanted).filter(asked -> !asked.reference.isEmpty()).toList(), asked -> applications.getApplication(
                GetApplicationRequest.newBuilder().setApplication(asked.reference).setMinPosition(asked.position).build()), this::assertApplication);
        read(told.stamps().filter(stamp -> wanted.test(stamp.asked)).toList(), stamp -> stamps.getStamp(GetStampRequest.newBuilder()
                .setStamp(stamp.reference).setMinPosition(stamp.asked.position).build()), this::assertStamp);
        read(told.holds().filter(hold -> wanted.test(hold.asked)).toList(), hold -> appointments.getHold(GetHoldRequest.newBuilder()
                .setHold(hold.reference).setMinPosition(hold.asked.position).build()), this::assertHold);
        assertOverHttp(server, visits);
    }

    private static <T, R> void read(final List<T> all, final Function<T, ListenableFuture<R>> ask, final Compared<T, R> compared) throws Exception {
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            final List<T> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
            final List<ListenableFuture<R>> answers = new ArrayList<>();
            some.forEach(each -> answers.add(ask.apply(each)));
            for (int i = 0; i < some.size(); i++) {
                compared.with(some.get(i), answers.get(i).get());
            }
        }
    }

    @FunctionalInterface
    private interface Compared<T, R> {
        void with(T told, R read);
    }

    private void assertVisit(final Told.Visit told, final Appointment read) {
        final Appointment.Builder expected = Appointment.newBuilder().setAppointment(told.reference).setPostId(read.getPostId()).setState(told.state)
                .setTicket(told.ticket).setCounter(told.counter).setOverflow(told.overflow).setReschedules(told.reschedules)
                .setChangedMs(told.changedMs == Told.UNKNOWN ? read.getChangedMs() : told.changedMs).setPosition(read.getPosition());
        if (told.leg == null) {
            final Appointment first = firstRead.computeIfAbsent(told.reference, reference -> read);
            expected.setStartMs(first.getStartMs()).addAllLegs(first.getLegsList()).setApplication(first.getApplication());
            assertThat(read.getLegsCount()).as("%s", told.reference).isEqualTo(told.overflow ? 0 : 1);
            read.getLegsList().forEach(leg -> expected.setStartMs(TodayPost.startMs(leg)).setLegs(0, TodayPost.walkIn(leg.getStartUnit())));
        } else {
            expected.setStartMs(TodayPost.startMs(told.leg)).addLegs(told.leg);
        }
        if (!told.asked.reference.isEmpty()) expected.setApplication(told.asked.reference);
        assertThat(read).as(again).isEqualTo(expected.build());
        assertThat(read.getPosition()).isGreaterThanOrEqualTo(told.asked.position);
    }

    private void assertApplication(final Told.Asked told, final Application read) {
        assertThat(read.getApplication()).as(again).isEqualTo(told.reference);
        if (told.submittedMs != Told.UNKNOWN) assertThat(read.getSubmittedMs()).as("%s: %s", told.reference, again).isEqualTo(told.submittedMs);
        final Line line = read.getLines(0);
        assertThat(line.getPersonKey()).as("%s: %s", told.reference, again).isEqualTo(told.personKey);
        assertThat(line.getState()).as("%s: %s", told.reference, again).isEqualTo(told.state);
        assertThat(line.getStamp()).as("stamp of %s: %s", told.reference, again).isEqualTo(told.stamp);
        assertThat(line.getHold()).as("hold of %s: %s", told.reference, again).isEqualTo(told.hold);
        assertThat(line.getAppointment()).as("appointment of %s: %s", told.reference, again).isEqualTo(told.appointment);
    }

    private void assertStamp(final Told.Issued told, final Stamp read) {
        assertThat(read.getStamp()).as(again).isEqualTo(told.reference);
        assertThat(read.getState()).as("%s: %s", told.reference, again).isEqualTo(told.isVoid ? StampState.STAMP_STATE_VOID : StampState.STAMP_STATE_ISSUED);
        if (told.issuedMs != Told.UNKNOWN) assertThat(read.getIssuedMs()).as("%s: %s", told.reference, again).isEqualTo(told.issuedMs);
        assertThat(read.getAmountCentimes()).as("%s: %s", told.reference, again).isEqualTo(50_000);
        if (!told.asked.reference.isEmpty()) assertThat(read.getApplication()).as("%s: %s", told.reference, again).isEqualTo(told.asked.reference);
    }

    private void assertHold(final Told.Held told, final LiveHold read) {
        assertThat(read).as(again).isEqualTo(LiveHold.newBuilder().setHold(told.reference).setApplication(told.asked.reference).setPostId(read.getPostId())
                .setUntilMs(told.untilMs).setStartMs(TodayPost.startMs(told.leg)).addLegs(told.leg).setPosition(read.getPosition()).build());
    }

    /** Some, evenly taken. */
    private void assertOverHttp(final Server server, final List<Told.Visit> visits) throws Exception {
        final int step = Math.max(1, visits.size() / OVER_HTTP);
        for (int i = visits.size() - 1; i >= 0; i -= step) {
            final Told.Visit told = visits.get(i);
            final JsonObject read = new JsonObject(server.get("/v1/appointments/" + told.reference + "?minPosition=" + told.asked.position).body());
            assertThat(read.getString("appointment")).as("%s: %s", read, again).isEqualTo(told.reference);
            assertThat(AppointmentState.valueOf("APPOINTMENT_STATE_" + read.getString("state"))).as("%s: %s", read, again).isEqualTo(told.state);
            assertThat(read.getInteger("ticket", 0)).as("%s: %s", read, again).isEqualTo(told.ticket);
            if (told.leg != null) {
                assertThat(read.getLong("startMs")).as("%s: %s", read, again).isEqualTo(TodayPost.startMs(told.leg));
                assertThat(read.getString("application")).as("%s: %s", read, again).isEqualTo(told.asked.reference);
            }
        }
    }
}
