package org.mawid.bench.wire.server;

import io.grpc.BindableService;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.ApplicationSubmitted;
import org.mawid.grpc.AppointmentChanged;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.Confirmed;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Done;
import org.mawid.grpc.Event;
import org.mawid.grpc.Held;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.IssuedStamp;
import org.mawid.grpc.Leg;
import org.mawid.grpc.LineState;
import org.mawid.grpc.LinesDecided;
import org.mawid.grpc.Room;
import org.mawid.grpc.RoomChanged;
import org.mawid.grpc.StampsIssued;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.SubmitApplicationReply;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/**
 * Empty handlers that are watched: each command is done at once, and whoever watches its post is sent as many events as the real one makes, of
 * their size, always the same. Nothing is kept, no cursor is looked at, and who does not read fills the memory. A reference is the number of its post.
 */
final class WatchedHandlers {
    private static final long NOW_MS = 1_800_000_000_000L;
    private static final String REFERENCE = "7K3M-9QF2-T4VXH";
    private static final String STAMP = "1234567890123456";
    private static final Leg LEG = Leg.newBuilder().setDeskId(201).setLines(1).setEpochDay(ModelNetwork.FIRST_DAY).setStartUnit(33).setUnits(1).build();
    private static final Event ROOM = event().setRoomChanged(RoomChanged.newBuilder()
            .addRooms(Room.newBuilder().setPoolId(201).setEpochDay(ModelNetwork.FIRST_DAY).setStartUnit(33).setUnits(1).setDelta(-1))
            .addRooms(Room.newBuilder().setPoolId(202).setEpochDay(ModelNetwork.FIRST_DAY).setStartUnit(33).setUnits(1).setDelta(-1))).build();
    private static final List<Event> SUBMITTED = List.of(event().setApplicationSubmitted(ApplicationSubmitted.newBuilder().setApplication(REFERENCE)
            .addLines(org.mawid.grpc.Line.newBuilder().setServiceId(1).setQuantity(1).setState(LineState.LINE_STATE_SUBMITTED))).build());
    private static final List<Event> VALIDATED = List.of(event().setLinesDecided(LinesDecided.newBuilder().setApplication(REFERENCE).setLines(1)
            .setState(LineState.LINE_STATE_VALIDATED)).build());
    private static final List<Event> HELD = List.of(
            event().setHeld(Held.newBuilder().setHold(REFERENCE).setApplication(REFERENCE).setUntilMs(NOW_MS).setStartMs(NOW_MS).addLegs(LEG)).build(), ROOM,
            event().setStampsIssued(StampsIssued.newBuilder().setApplication(REFERENCE).setCurrency("EUR").setMicroMadPerUnit(10_800_000).setTariffVersion(1)
                    .addStamps(IssuedStamp.newBuilder().setStamp(STAMP).setAmountCentimes(6_000).setLocalMinor(556))).build());
    private static final List<Event> CONFIRMED = List.of(event().setConfirmed(Confirmed.newBuilder().setAppointment(REFERENCE).setHold(REFERENCE)
            .setApplication(REFERENCE).setStartMs(NOW_MS).addLegs(LEG)).build());
    private static final List<Event> CANCELLED = List.of(event().setAppointmentChanged(AppointmentChanged.newBuilder().setAppointment(REFERENCE)
            .setApplication(REFERENCE).setState(AppointmentState.APPOINTMENT_STATE_CANCELLED)).build(), ROOM);

    private long position;
    private final Map<Integer, List<StreamObserver<WatchReply>>> watchers = new ConcurrentHashMap<>();

    static List<BindableService> all() {
        final WatchedHandlers handlers = new WatchedHandlers();
        return List.of(handlers.new Applications(), handlers.new Appointments(), handlers.new Watches());
    }

    private static Event.Builder event() {
        return Event.newBuilder().setNowMs(NOW_MS);
    }

    /** One after the other, so that every watcher sees the same order. @return its position */
    private synchronized long happen(final int postId, final List<Event> events) {
        position++;
        final WatchReply.Builder reply = WatchReply.newBuilder();
        for (int ordinal = 0; ordinal < events.size(); ordinal++) {
            reply.addEvents(events.get(ordinal).toBuilder().setPostId(postId).setCursor(cursor(position, ordinal)));
        }
        reply.setCursor(cursor(position, events.size()));
        tell(postId, reply.build());
        tell(0, reply.build());
        return position;
    }

    private static Cursor cursor(final long position, final int ordinal) {
        return Cursor.newBuilder().setEpoch(1).setPosition(position).setOrdinal(ordinal).build();
    }

    private List<StreamObserver<WatchReply>> watchersOf(final int postId) {
        return watchers.computeIfAbsent(postId, post -> new CopyOnWriteArrayList<>());
    }

    private void tell(final int postId, final WatchReply reply) {
        for (final StreamObserver<WatchReply> watcher : watchersOf(postId)) {
            if (!((ServerCallStreamObserver<WatchReply>) watcher).isCancelled()) {
                watcher.onNext(reply);
            }
        }
    }

    private static <T> void answer(final StreamObserver<T> observer, final T reply) {
        observer.onNext(reply);
        observer.onCompleted();
    }

    private final class Applications extends ApplicationServiceGrpc.ApplicationServiceImplBase {
        @Override
        public void submitApplication(final SubmitApplication message, final StreamObserver<SubmitApplicationReply> observer) {
            answer(observer, SubmitApplicationReply.newBuilder().setApplication(Integer.toString(message.getPostId()))
                    .setPosition(happen(message.getPostId(), SUBMITTED)).setNowMs(NOW_MS).build());
        }

        @Override
        public void validateLines(final ValidateLines message, final StreamObserver<Done> observer) {
            answer(observer, Done.newBuilder().setPosition(happen(Integer.parseInt(message.getApplication()), VALIDATED)).setNowMs(NOW_MS).build());
        }
    }

    private final class Appointments extends AppointmentServiceGrpc.AppointmentServiceImplBase {
        @Override
        public void hold(final Hold message, final StreamObserver<HoldReply> observer) {
            answer(observer, HoldReply.newBuilder().setHold(message.getApplication()).addStamps(STAMP).setUntilMs(NOW_MS)
                    .setPosition(happen(Integer.parseInt(message.getApplication()), HELD)).setNowMs(NOW_MS).build());
        }

        @Override
        public void confirm(final Confirm message, final StreamObserver<ConfirmReply> observer) {
            answer(observer, ConfirmReply.newBuilder().setAppointment(message.getHold()).setStartMs(NOW_MS)
                    .setPosition(happen(Integer.parseInt(message.getHold()), CONFIRMED)).setNowMs(NOW_MS).build());
        }

        @Override
        public void cancel(final Cancel message, final StreamObserver<Done> observer) {
            answer(observer, Done.newBuilder().setPosition(happen(Integer.parseInt(message.getAppointment()), CANCELLED)).setNowMs(NOW_MS).build());
        }
    }

    private final class Watches extends WatchServiceGrpc.WatchServiceImplBase {
        @Override
        public void watch(final WatchRequest message, final StreamObserver<WatchReply> observer) {
            ((ServerCallStreamObserver<WatchReply>) observer).setOnCancelHandler(() -> watchersOf(message.getPostId()).remove(observer));
            synchronized (WatchedHandlers.this) {
                observer.onNext(WatchReply.newBuilder().setSnapshotComplete(true).setCursor(cursor(position, 0)).build());
                watchersOf(message.getPostId()).add(observer);
            }
        }
    }
}
