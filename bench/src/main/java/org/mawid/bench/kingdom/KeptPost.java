package org.mawid.bench.kingdom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.grpc.AppointmentChanged;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Confirmed;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Day;
import org.mawid.grpc.DayPublished;
import org.mawid.grpc.Event;
import org.mawid.grpc.Leg;
import org.mawid.grpc.Rescheduled;
import org.mawid.grpc.Room;
import org.mawid.grpc.Run;
import org.mawid.grpc.Visit;
import org.mawid.grpc.WatchReply;

/**
 * A post's copy of what is its own, as software there keeps it: who comes, and what is free. Made from a snapshot and kept by the events behind it; what a
 * history does not bring about (tickets, closures, withheld places, staged days) is left out. One thread at a time.
 */
final class KeptPost {
    private static final long DAY_MS = 86_400_000L;

    private final int postId;
    private final Map<String, Visit> visits = new HashMap<>();
    private final Map<Long, Units> days = new HashMap<>();
    private long visitsPosition;
    private Cursor cursor;
    private long events;

    /** Free and open places by unit of five minutes. @param position events up to it are in them */
    private record Units(int[] room, int[] open, long position) {
        @Override
        public boolean equals(final Object other) {
            return other instanceof Units that && Arrays.equals(room, that.room) && Arrays.equals(open, that.open);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(room) + Arrays.hashCode(open);
        }
    }

    KeptPost(final int postId) {
        this.postId = postId;
    }

    /** A copy of its own, to be kept further from there. */
    KeptPost(final KeptPost other) {
        this.postId = other.postId;
        this.visits.putAll(other.visits);
        other.days.forEach((key, day) -> days.put(key, new Units(day.room.clone(), day.open.clone(), day.position)));
        this.visitsPosition = other.visitsPosition;
        this.cursor = other.cursor;
    }

    int postId() {
        return postId;
    }

    /** Behind all that was taken. */
    Cursor cursor() {
        return cursor;
    }

    /** How many were taken. */
    long events() {
        return events;
    }

    int visits() {
        return visits.size();
    }

    /** One message, of a snapshot or of what came after it. */
    void take(final WatchReply reply) {
        for (final Visit visit : reply.getVisitsList()) {
            visits.put(visit.getAppointment(), visit);
        }
        if (reply.getVisitsPosition() > 0) {
            visitsPosition = reply.getVisitsPosition();
        }
        for (final Day day : reply.getDaysList()) {
            days.put(key(day.getPoolId(), day.getEpochDay()), new Units(ints(day.getRoomList()), ints(day.getOpenList()), day.getPosition()));
        }
        for (final Event event : reply.getEventsList()) {
            take(event);
        }
        events += reply.getEventsCount();
        cursor = reply.getCursor();
    }

    private void take(final Event event) {
        final long position = event.getCursor().getPosition();
        switch (event.getEventCase()) {
            case CONFIRMED -> come(position, visit(event.getConfirmed()));
            case RESCHEDULED -> {
                if (event.getPostId() == postId) {
                    come(position, visit(event.getRescheduled()));
                } else if (position > visitsPosition) {
                    visits.remove(event.getRescheduled().getAppointment());
                }
            }
            case APPOINTMENT_CHANGED -> {
                if (position > visitsPosition) {
                    changed(event.getAppointmentChanged());
                }
            }
            case DAY_PUBLISHED -> published(position, event.getDayPublished());
            case ROOM_CHANGED -> event.getRoomChanged().getRoomsList().forEach(room -> moved(position, room));
            default -> { }
        }
    }

    private void come(final long position, final Visit visit) {
        if (position > visitsPosition) {
            visits.put(visit.getAppointment(), visit);
        }
    }

    private static Visit visit(final Confirmed event) {
        return visit(event.getAppointment(), event.getApplication(), event.getStartMs(), event.getLegsList());
    }

    private static Visit visit(final Rescheduled event) {
        return visit(event.getAppointment(), event.getApplication(), event.getStartMs(), event.getLegsList());
    }

    private static Visit visit(final String appointment, final String application, final long startMs, final List<Leg> legs) {
        return Visit.newBuilder().setAppointment(appointment).setApplication(application).setEpochDay(legs.get(0).getEpochDay()).setStartMs(startMs)
                .setState(AppointmentState.APPOINTMENT_STATE_CONFIRMED).addAllLegs(legs).build();
    }

    private void changed(final AppointmentChanged event) {
        final AppointmentState state = event.getState();
        if (state == AppointmentState.APPOINTMENT_STATE_CANCELLED || state == AppointmentState.APPOINTMENT_STATE_DISPLACED) {
            visits.remove(event.getAppointment());
        } else {
            visits.computeIfPresent(event.getAppointment(), (known, visit) -> visit.toBuilder().setState(state).setTicket(event.getTicket()).setCounter(event.getCounter()).build());
        }
    }

    private void published(final long position, final DayPublished event) {
        final Units before = days.get(key(event.getPoolId(), event.getEpochDay()));
        if (before == null) {
            final int[] open = new int[event.getUnitCount()];
            for (final Run run : event.getRunsList()) {
                Arrays.fill(open, run.getStartUnit(), run.getStartUnit() + run.getUnits(), run.getCapacity() - run.getWithheld());
            }
            days.put(key(event.getPoolId(), event.getEpochDay()), new Units(open.clone(), open, position));
        } else if (position > before.position) {
            throw new IllegalStateException("a day was published anew, which no history does: pool " + event.getPoolId() + ", day " + event.getEpochDay());
        }
    }

    private void moved(final long position, final Room room) {
        final Units day = days.get(key(room.getPoolId(), room.getEpochDay()));
        if (day != null && position > day.position) {
            for (int unit = room.getStartUnit(); unit < room.getStartUnit() + room.getUnits(); unit++) {
                day.room[unit] += room.getDelta();
                day.open[unit] += room.getOpenDelta();
            }
        }
    }

    private static long key(final int poolId, final int epochDay) {
        return (long) poolId << 32 | epochDay;
    }

    private static int[] ints(final List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * In what this copy is not as one that was just read.
     *
     * @param fromMs what was before it is not kept
     * @return empty when they are the same
     */
    List<String> differences(final KeptPost read, final long fromMs) {
        final long firstDay = Math.floorDiv(fromMs, DAY_MS);
        final List<String> differences = new ArrayList<>();
        final Map<String, Visit> mine = new HashMap<>(visits);
        mine.values().removeIf(visit -> visit.getEpochDay() < firstDay);
        final Map<String, Visit> theirs = new HashMap<>(read.visits);
        theirs.values().removeIf(visit -> visit.getEpochDay() < firstDay);
        compare("visit", mine, theirs, differences);
        final Map<Long, Units> myDays = new HashMap<>(days);
        myDays.keySet().removeIf(key -> key.intValue() < firstDay);
        final Map<Long, Units> theirDays = new HashMap<>(read.days);
        theirDays.keySet().removeIf(key -> key.intValue() < firstDay);
        compare("day", myDays, theirDays, differences);
        return differences;
    }

    private <K, V> void compare(final String what, final Map<K, V> mine, final Map<K, V> theirs, final List<String> differences) {
        mine.forEach((key, value) -> {
            if (!value.equals(theirs.get(key))) {
                differences.add("post " + postId + ", " + what + ' ' + key + (theirs.containsKey(key) ? " is otherwise at the server" : " is not at the server"));
            }
        });
        theirs.keySet().stream().filter(key -> !mine.containsKey(key)).forEach(key -> differences.add("post " + postId + ", " + what + ' ' + key + " is missing"));
    }
}
