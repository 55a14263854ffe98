package org.mawid.bench.release.books;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mawid.bench.release.ground.Asks;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.ground.PoolDay;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.grpc.Day;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;

/** Compares the books with what the server says: unit by unit while it runs, and all counts when it has stopped. */
public final class Audit {
    private static final int MOST_TOLD = 10;

    private final List<String> differences = new ArrayList<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private long differing;
    private long unitsCompared;
    private long placesBooked;

    /** The room that the server has left in every unit of all days that were released, and of all others that anything was taken of. */
    public void compareDays(final Books books, final Ground ground, final Asks asks, final int monthFrom, final int monthDays) throws InterruptedException {
        final Map<Long, PoolDay> days = new LinkedHashMap<>();
        ground.days().values().stream().filter(day -> day.epochDay() >= monthFrom && day.epochDay() < monthFrom + monthDays).forEach(day -> days.put(day.key(), day));
        books.touched().forEach(day -> days.put(day.key(), day));
        final List<PoolDay> all = new ArrayList<>(days.values());
        final List<Day> told = asks.all(all, (day, reply) -> InventoryServiceGrpc.newStub(asks.channel())
                .getDay(GetDayRequest.newBuilder().setPoolId(day.poolId()).setEpochDay(day.epochDay()).build(), reply));
        for (int i = 0; i < all.size(); i++) {
            compare(all.get(i), told.get(i));
        }
    }

    private void compare(final PoolDay ours, final Day theirs) {
        if (theirs == null || theirs.getRoomCount() != ours.units()) {
            differs(name(ours) + " is not as it was published");
            return;
        }
        for (int unit = 0; unit < ours.units(); unit++) {
            unitsCompared++;
            placesBooked += ours.booked(unit);
            if (theirs.getRoom(unit) != ours.left(unit)) {
                differs(name(ours) + " unit " + unit + ": the server has room for " + theirs.getRoom(unit) + ", the books for " + ours.left(unit)
                        + " (" + ours.booked(unit) + " booked, " + ours.held(unit) + " held of " + ours.open(unit) + ")");
            }
        }
    }

    /** Of a server that began with nothing and has stopped. */
    public void compareCounts(final Books books, final Inspection.Report inspected) {
        if (!inspected.isWhole()) {
            differs("the data directory is not whole: " + inspected.damages().get(0).what());
        }
        compare("applications", books.applications(), inspected);
        compare("appointments.CONFIRMED", books.confirmed(), inspected);
        compare("appointments", books.confirmed(), inspected);
        compare("holds", books.live(), inspected);
        compare("stamps.ISSUED", books.stamps(), inspected);
    }

    private void compare(final String what, final long ours, final Inspection.Report inspected) {
        final long theirs = inspected.counts().getOrDefault(what, 0L);
        counts.put(what, theirs);
        if (ours != theirs) {
            differs("inspect counts " + theirs + " " + what + ", the books " + ours);
        }
    }

    private static String name(final PoolDay day) {
        return "pool " + day.poolId() + " on " + LocalDate.ofEpochDay(day.epochDay());
    }

    private void differs(final String what) {
        if (++differing <= MOST_TOLD) {
            differences.add(what);
        }
    }

    /** The first {@value #MOST_TOLD}. */
    public List<String> differences() {
        return differences;
    }

    public long differing() {
        return differing;
    }

    public long unitsCompared() {
        return unitsCompared;
    }

    /** Units times places, of desks and resources. */
    public long placesBooked() {
        return placesBooked;
    }

    /** What was counted in the data directory; empty when it was not looked at. */
    public Map<String, Long> counts() {
        return counts;
    }
}
