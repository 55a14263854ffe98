package org.mawid.bench.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.mawid.sbe.ApplicationRowDecoder;
import org.mawid.sbe.AppointmentRowDecoder;
import org.mawid.sbe.DayRowDecoder;
import org.mawid.sbe.HoldRowDecoder;
import org.mawid.sbe.LegRowDecoder;
import org.mawid.sbe.LineRowDecoder;
import org.mawid.sbe.PersonRowDecoder;
import org.mawid.sbe.RequestRowDecoder;
import org.mawid.sbe.StampRowDecoder;

/**
 * The least work that could keep the same books: for each command of an appointment's life the same rows of the same sizes are read and
 * written at the same kind of places, with nothing decided, nothing decoded, no event and no limit. What the core's rate is taken against.
 * <p>Rows: request memory and its index (written for each command), person and its index, application, line, hold, leg, appointment, stamp,
 * and for the visit a day's header and units at the desk and at the seats.
 */
final class BareLoop {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PAGE_BITS = 20;
    private static final int REQUEST_BYTES = RequestRowDecoder.BLOCK_LENGTH;
    private static final int APPLICATION_BYTES = ApplicationRowDecoder.BLOCK_LENGTH;
    private static final int LINE_BYTES = LineRowDecoder.BLOCK_LENGTH;
    private static final int PERSON_BYTES = PersonRowDecoder.BLOCK_LENGTH;
    private static final int HOLD_BYTES = HoldRowDecoder.BLOCK_LENGTH;
    private static final int LEG_BYTES = LegRowDecoder.BLOCK_LENGTH;
    private static final int APPOINTMENT_BYTES = AppointmentRowDecoder.BLOCK_LENGTH;
    private static final int STAMP_BYTES = StampRowDecoder.BLOCK_LENGTH;
    private static final int DAY_BYTES = DayRowDecoder.BLOCK_LENGTH;

    private final byte[][] requests;
    private final int[] requestIndex;
    private final byte[][] applications;
    private final byte[][] lines;
    private final byte[][] persons;
    private final int[] personIndex;
    private final byte[][] holds;
    private final byte[][] legs;
    private final byte[][] appointments;
    private final byte[][] stamps;
    private final byte[][] days;
    private final int[][] units;
    private final int dayCount;
    private final int unitCount;
    private final int lives;
    private final int requestCount;
    private long sequence;

    /** @param lives rows of each table, a power of two @param requestCount remembered requests, a power of two */
    BareLoop(final int lives, final int requestCount, final int dayCount, final int unitCount) {
        this.lives = lives;
        this.requestCount = requestCount;
        this.dayCount = dayCount;
        this.unitCount = unitCount;
        this.requests = pages(requestCount, REQUEST_BYTES);
        this.requestIndex = new int[2 * requestCount];
        this.applications = pages(lives, APPLICATION_BYTES);
        this.lines = pages(lives, LINE_BYTES);
        this.persons = pages(lives, PERSON_BYTES);
        this.personIndex = new int[2 * lives];
        this.holds = pages(Math.min(lives, 1 << 20), HOLD_BYTES);
        this.legs = pages(lives, LEG_BYTES);
        this.appointments = pages(lives, APPOINTMENT_BYTES);
        this.stamps = pages(lives, STAMP_BYTES);
        this.days = pages(2 * dayCount, DAY_BYTES);
        this.units = new int[2 * dayCount][unitCount];
    }

    /** One command of kind {@code step} (0 to 4) for life {@code life}, whose random number is {@code random}. @return something read */
    long touch(final int step, final long life, final long random) {
        long seen = request(random ^ step);
        final int row = (int) life & (lives - 1);
        switch (step) {
            case 0:
                seen += person(random);
                write(applications, row, APPLICATION_BYTES, APPLICATION_BYTES, life);
                write(lines, row, LINE_BYTES, LINE_BYTES, life);
                return seen;
            case 1:
                return seen + bump(applications, row, APPLICATION_BYTES) + bump(lines, row, LINE_BYTES);
            case 2:
                seen += bump(applications, row, APPLICATION_BYTES) + bump(lines, row, LINE_BYTES) + person(random);
                seen += visit(random, 1 << 16);
                write(holds, row & ((1 << 20) - 1), HOLD_BYTES, HOLD_BYTES, life);
                write(legs, row, LEG_BYTES, LEG_BYTES, life);
                write(stamps, row, STAMP_BYTES, STAMP_BYTES, life);
                return seen;
            case 3:
                seen += bump(holds, row & ((1 << 20) - 1), HOLD_BYTES) + bump(legs, row, LEG_BYTES) + visit(random, (1 << 8) - (1 << 16));
                seen += bump(lines, row, LINE_BYTES) + person(random);
                write(appointments, row, APPOINTMENT_BYTES, APPOINTMENT_BYTES, life);
                return seen;
            default:
                seen += bump(appointments, row, APPOINTMENT_BYTES) + bump(legs, row, LEG_BYTES) + visit(random, -(1 << 8));
                return seen + bump(lines, row, LINE_BYTES);
        }
    }

    private long request(final long random) {
        final int row = (int) sequence++ & (requestCount - 1);
        final int slot = (int) (random >>> 20) & (requestIndex.length - 1);
        final long seen = requestIndex[slot];
        requestIndex[slot] = row;
        write(requests, row, REQUEST_BYTES, REQUEST_BYTES, random);
        return seen;
    }

    private long person(final long random) {
        final int slot = (int) (random >>> 11) & (personIndex.length - 1);
        personIndex[slot]++;
        return bump(persons, slot & (lives - 1), PERSON_BYTES);
    }

    private long visit(final long random, final int delta) {
        final int day = (int) Long.remainderUnsigned(random, dayCount);
        final int count = 1 + (int) (random & 3);
        final int first = (int) ((random >>> 40) % (unitCount - count + 1));
        long seen = 0;
        for (int pool = 0; pool < 2; pool++) {
            seen += bump(days, 2 * day + pool, DAY_BYTES);
            final int[] grid = units[2 * day + pool];
            for (int unit = first; unit < first + count; unit++) {
                grid[unit] += delta;
                seen += grid[unit];
            }
        }
        return seen;
    }

    private static byte[][] pages(final int rows, final int rowBytes) {
        final int perPage = (1 << PAGE_BITS) / 64;
        final byte[][] pages = new byte[(rows + perPage - 1) / perPage][];
        for (int page = 0; page < pages.length; page++) {
            pages[page] = new byte[perPage * rowBytes];
        }
        return pages;
    }

    private static void write(final byte[][] pages, final int row, final int rowBytes, final int bytes, final long value) {
        final int perPage = (1 << PAGE_BITS) / 64;
        final byte[] page = pages[row / perPage];
        final int at = (row % perPage) * rowBytes;
        for (int word = 0; word + 8 <= bytes; word += 8) {
            LONG.set(page, at + word, value + word);
        }
    }

    private static long bump(final byte[][] pages, final int row, final int rowBytes) {
        final int perPage = (1 << PAGE_BITS) / 64;
        final byte[] page = pages[row / perPage];
        final int at = (row % perPage) * rowBytes;
        final int value = (int) INT.get(page, at) + 1;
        INT.set(page, at, value);
        return value + (long) LONG.get(page, at + 16);
    }
}
