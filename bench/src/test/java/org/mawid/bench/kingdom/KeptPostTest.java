package org.mawid.bench.kingdom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mawid.grpc.AppointmentChanged;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Confirmed;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Day;
import org.mawid.grpc.Event;
import org.mawid.grpc.Leg;
import org.mawid.grpc.Rescheduled;
import org.mawid.grpc.Room;
import org.mawid.grpc.RoomChanged;
import org.mawid.grpc.Visit;
import org.mawid.grpc.WatchReply;

/** A post's copy: kept by events it is as one that is read anew, and whatever is not the same is told. */
class KeptPostTest {
    private static final int POST = 7;
    private static final int DESK = 70;
    private static final int DAY = 20_000;
    private static final Leg LEG = Leg.newBuilder().setDeskId(DESK).setLines(1).setEpochDay(DAY).setStartUnit(1).setUnits(2).build();

    /** A day of four units, and one who comes. */
    private static KeptPost before() {
        final KeptPost post = new KeptPost(POST);
        post.take(WatchReply.newBuilder().addDays(day(9, 2, 1, 1, 2)).addVisits(visit("A", AppointmentState.APPOINTMENT_STATE_CONFIRMED)).setVisitsPosition(10)
                .setCursor(at(10)).build());
        return post;
    }

    private static Day day(final long position, final int... room) {
        final Day.Builder day = Day.newBuilder().setPoolId(DESK).setEpochDay(DAY).setPosition(position);
        for (final int unit : room) {
            day.addRoom(unit).addOpen(2);
        }
        return day.build();
    }

    private static Visit visit(final String appointment, final AppointmentState state) {
        return Visit.newBuilder().setAppointment(appointment).setApplication("of " + appointment).setEpochDay(DAY).setStartMs(1_000).setState(state).addLegs(LEG).build();
    }

    private static Cursor at(final long position) {
        return Cursor.newBuilder().setEpoch(1).setPosition(position).build();
    }

    private static Event.Builder event(final long position) {
        return Event.newBuilder().setCursor(at(position)).setPostId(POST);
    }

    private static WatchReply whatCame() {
        return WatchReply.newBuilder().setCursor(at(20))
                .addEvents(event(9).setRoomChanged(moved(-1))) // in the day already
                .addEvents(event(10).setAppointmentChanged(AppointmentChanged.newBuilder().setAppointment("A").setState(AppointmentState.APPOINTMENT_STATE_CANCELLED))) // in the visits
                .addEvents(event(11).setRoomChanged(moved(-1)))
                .addEvents(event(11).setConfirmed(Confirmed.newBuilder().setAppointment("B").setApplication("of B").setStartMs(1_000).addLegs(LEG)))
                .addEvents(event(12).setAppointmentChanged(AppointmentChanged.newBuilder().setAppointment("A").setState(AppointmentState.APPOINTMENT_STATE_CHECKED_IN)))
                .addEvents(event(13).setPostId(POST + 1).setRescheduled(Rescheduled.newBuilder().setAppointment("of another post").addLegs(LEG))).build();
    }

    private static Room.Builder room(final int delta) {
        return Room.newBuilder().setPoolId(DESK).setEpochDay(DAY).setStartUnit(1).setUnits(2).setDelta(delta);
    }

    private static RoomChanged.Builder moved(final int delta) {
        return RoomChanged.newBuilder().addRooms(room(delta));
    }

    private static KeptPost read(final Day day, final Visit... visits) {
        final KeptPost post = new KeptPost(POST);
        final WatchReply.Builder reply = WatchReply.newBuilder().addDays(day).setVisitsPosition(20).setCursor(at(20));
        for (final Visit visit : visits) {
            reply.addVisits(visit);
        }
        post.take(reply.build());
        return post;
    }

    @Test
    void givenACopy_whenItTakesWhatCame_thenItIsAsOneThatIsReadAnew_andWhereItBeganIsLeftAsItWas() {
        final KeptPost before = before();
        final KeptPost post = new KeptPost(before);
        post.take(whatCame());

        final KeptPost read = read(day(20, 2, 0, 0, 2), visit("A", AppointmentState.APPOINTMENT_STATE_CHECKED_IN), visit("B", AppointmentState.APPOINTMENT_STATE_CONFIRMED));
        assertThat(post.differences(read, 0)).isEmpty();
        assertThat(post.events()).isEqualTo(6);
        assertThat(post.cursor()).isEqualTo(at(20));
        assertThat(before.differences(read, 0)).hasSize(3);
    }

    @Test
    void givenACopyThatMissedSomething_whenHeldAgainstTheServer_thenEachDifferenceIsTold_butNotOfDaysThatArePast() {
        final KeptPost post = before();
        post.take(whatCame());

        final KeptPost read = read(day(20, 2, 1, 0, 2), visit("A", AppointmentState.APPOINTMENT_STATE_CALLED), visit("C", AppointmentState.APPOINTMENT_STATE_CONFIRMED));
        assertThat(post.differences(read, 0)).containsExactlyInAnyOrder("post 7, visit A is otherwise at the server", "post 7, visit B is not at the server",
                "post 7, visit C is missing", "post 7, day " + ((long) DESK << 32 | DAY) + " is otherwise at the server");
        assertThat(post.differences(read, (DAY + 1) * 86_400_000L)).isEmpty();
    }
}
