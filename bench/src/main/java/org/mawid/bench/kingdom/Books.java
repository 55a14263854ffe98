package org.mawid.bench.kingdom;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.LineState;
import org.mawid.sbe.StampState;

/**
 * How much of everything there is, by state: kept by the generator as it speaks, and filled anew from what is found on disk, so that the two can be
 * held against each other. Names are those of the engine's own inspection where it has them. Not thread-safe.
 */
final class Books {
    private static final int LINE_STATES = LineState.EXPIRED.value() + 1;
    private static final int APPOINTMENT_STATES = AppointmentState.DISPLACED.value() + 1;
    private static final int STAMP_STATES = StampState.CHARGED_BACK.value() + 1;

    private final long[] lines = new long[LINE_STATES];
    private final long[] appointments = new long[APPOINTMENT_STATES];
    private final long[] legs = new long[APPOINTMENT_STATES];
    private final long[] units = new long[APPOINTMENT_STATES];
    private final long[] stamps = new long[STAMP_STATES];
    private final long[] centimes = new long[STAMP_STATES];
    private long applications;
    private long moved;

    void application() {
        applications++;
    }

    void lines(final LineState state, final int count) {
        lines[state.value()] += count;
    }

    void lines(final LineState from, final LineState to, final int count) {
        lines[from.value()] -= count;
        lines[to.value()] += count;
    }

    /** @param unitCount five-minute units at desks, of all legs together */
    void appointment(final AppointmentState state, final int legCount, final long unitCount) {
        appointments[state.value()]++;
        legs[state.value()] += legCount;
        units[state.value()] += unitCount;
    }

    void appointment(final AppointmentState from, final AppointmentState to, final int legCount, final long unitCount) {
        take(from, legCount, unitCount);
        appointment(to, legCount, unitCount);
    }

    /** One less, as if it had never been. */
    void take(final AppointmentState state, final int legCount, final long unitCount) {
        appointments[state.value()]--;
        legs[state.value()] -= legCount;
        units[state.value()] -= unitCount;
    }

    /** An appointment was moved to another visit, which is as long. */
    void moved(final long times) {
        moved += times;
    }

    void stamps(final StampState state, final int count, final long amountCentimes) {
        stamps[state.value()] += count;
        centimes[state.value()] += amountCentimes;
    }

    long applications() {
        return applications;
    }

    long appointments(final AppointmentState state) {
        return appointments[state.value()];
    }

    /** Those that will not change any more. */
    long ended() {
        return appointments(AppointmentState.SERVED) + appointments(AppointmentState.CANCELLED) + appointments(AppointmentState.NO_SHOW);
    }

    /** In whatever state. */
    long allAppointments() {
        return sum(appointments);
    }

    long allLines() {
        return sum(lines);
    }

    long allStamps() {
        return sum(stamps);
    }

    long moves() {
        return moved;
    }

    long units(final AppointmentState state) {
        return units[state.value()];
    }

    /** Everything by name, what is 0 too. */
    Map<String, Long> byName() {
        final Map<String, Long> all = new LinkedHashMap<>(inspected());
        all.put("appointments.moved", moved);
        for (int state = 1; state < APPOINTMENT_STATES; state++) {
            all.put("legs." + AppointmentState.get((short) state), legs[state]);
            all.put("units." + AppointmentState.get((short) state), units[state]);
        }
        for (int state = 1; state < STAMP_STATES; state++) {
            all.put("centimes." + StampState.get((short) state), centimes[state]);
        }
        return all;
    }

    /** What the engine's inspection counts as well. */
    Map<String, Long> inspected() {
        final Map<String, Long> all = new LinkedHashMap<>();
        all.put("applications", applications);
        all.put("lines", sum(lines));
        for (int state = 1; state < LINE_STATES; state++) {
            all.put("lines." + LineState.get((short) state), lines[state]);
        }
        all.put("appointments", sum(appointments));
        for (int state = 1; state < APPOINTMENT_STATES; state++) {
            all.put("appointments." + AppointmentState.get((short) state), appointments[state]);
        }
        all.put("legs", sum(legs));
        all.put("stamps", sum(stamps));
        for (int state = 1; state < STAMP_STATES; state++) {
            all.put("stamps." + StampState.get((short) state), stamps[state]);
        }
        return all;
    }

    private static long sum(final long[] values) {
        long sum = 0;
        for (final long value : values) {
            sum += value;
        }
        return sum;
    }
}
