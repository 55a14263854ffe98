package org.mawid.bench.core;

import java.util.ArrayList;
import java.util.List;
import org.agrona.UnsafeApi;
import org.mawid.bench.load.Lives;
import org.mawid.engine.kernel.Ahead;
import org.mawid.engine.kernel.Memory;
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
 * written at the same kind of places, with nothing decided, nothing decoded, no event and no limit. What the core's rate is taken against:
 * in batches, whose rows and slots are all read once before the first command of a batch is done, as the core reads its own; tables lie outside the heap, as the core's do, each in one piece.
 * <p>Rows: request memory and its index (written for each command), person and its index, application, line, hold, leg, appointment, stamp,
 * and for the visit a day's header and units at the desk and at the seats. A quarter each: submit, validate, hold with its stamp, confirm.
 */
final class BareLoop implements AutoCloseable {
    private static final int SLOT_BYTES = Integer.BYTES;
    private static final int UNIT_BYTES = Integer.BYTES;
    /** One more of them in the word of a unit. */
    private static final int HELD = 1;
    private static final int BOOKED = 1 << 8;
    /** Commands that can be read ahead together. */
    private static final int MOST = 256;
    /** How many lives later the next step of a life comes. */
    private static final int DISTANCE = 1_024;
    private static final int STEPS = 4;
    private static final int MOST_HOLDS = 1 << 20;
    private static final int REQUEST_BYTES = RequestRowDecoder.BLOCK_LENGTH;
    private static final int APPLICATION_BYTES = ApplicationRowDecoder.BLOCK_LENGTH;
    private static final int LINE_BYTES = LineRowDecoder.BLOCK_LENGTH;
    private static final int PERSON_BYTES = PersonRowDecoder.BLOCK_LENGTH;
    private static final int HOLD_BYTES = HoldRowDecoder.BLOCK_LENGTH;
    private static final int LEG_BYTES = LegRowDecoder.BLOCK_LENGTH;
    private static final int APPOINTMENT_BYTES = AppointmentRowDecoder.BLOCK_LENGTH;
    private static final int STAMP_BYTES = StampRowDecoder.BLOCK_LENGTH;
    private static final int DAY_BYTES = DayRowDecoder.BLOCK_LENGTH;

    private final List<Table> all = new ArrayList<>();
    private final Table requests;
    private final Table requestIndex;
    private final Table applications;
    private final Table lines;
    private final Table persons;
    private final Table personIndex;
    private final Table holds;
    private final Table legs;
    private final Table appointments;
    private final Table stamps;
    private final Table days;
    private final Table units;
    private final int dayCount;
    private final int unitCount;
    private final int lives;
    private final int requestCount;
    private final Ahead ahead = new Ahead();
    /** Of the lives whose commands are read ahead. */
    private final long[] randoms = new long[MOST];
    private long done;

    /** One table, outside the heap as the core's are. */
    private static final class Table {
        private final long base;
        private final long rowBytes;

        Table(final long rows, final int rowBytes) {
            this.rowBytes = rowBytes;
            this.base = UnsafeApi.allocateMemory(rows * rowBytes);
            UnsafeApi.setMemory(base, rows * rowBytes, (byte) 0);
        }

        long at(final long row) {
            return base + row * rowBytes;
        }
    }

    /** @param lives rows of each table, a power of two @param requestCount remembered requests, a power of two */
    BareLoop(final int lives, final int requestCount, final int dayCount, final int unitCount) {
        this.lives = lives;
        this.requestCount = requestCount;
        this.dayCount = dayCount;
        this.unitCount = unitCount;
        this.requests = table(requestCount, REQUEST_BYTES);
        this.requestIndex = table(2L * requestCount, SLOT_BYTES);
        this.applications = table(lives, APPLICATION_BYTES);
        this.lines = table(lives, LINE_BYTES);
        this.persons = table(lives, PERSON_BYTES);
        this.personIndex = table(2L * lives, SLOT_BYTES);
        this.holds = table(Math.min(lives, MOST_HOLDS), HOLD_BYTES);
        this.legs = table(lives, LEG_BYTES);
        this.appointments = table(lives, APPOINTMENT_BYTES);
        this.stamps = table(lives, STAMP_BYTES);
        this.days = table(2L * dayCount, DAY_BYTES);
        this.units = table(2L * dayCount * unitCount, UNIT_BYTES);
    }

    private Table table(final long rows, final int rowBytes) {
        final Table table = new Table(rows, rowBytes);
        all.add(table);
        return table;
    }

    /**
     * Does the next commands.
     *
     * @param commands a multiple of the batch
     * @param batch    commands whose rows and slots are read together before they are done, 1 = none, at most 256
     * @return something read, to be added up by the caller, so that the reading cannot be left out
     */
    long run(final int commands, final int batch) {
        return batch == 1 ? run(commands) : runAhead(commands, batch);
    }

    private long run(final int commands) {
        long seen = 0;
        for (final long end = done + commands; done < end; done++) {
            seen += touch(done, random(done));
        }
        return seen;
    }

    private long runAhead(final int commands, final int batch) {
        long seen = 0;
        for (final long end = done + commands; done < end; done += batch) {
            for (int i = 0; i < batch; i++) {
                randoms[i] = random(done + i);
                want(done + i, randoms[i]);
            }
            seen += ahead.read();
            for (int i = 0; i < batch; i++) {
                seen += touch(done + i, randoms[i]);
            }
        }
        return seen;
    }

    private static int step(final long command) {
        return (int) (command % STEPS);
    }

    private static long life(final long command) {
        return command / STEPS - (long) DISTANCE * step(command);
    }

    static long random(final long command) {
        return Lives.personKey(life(command), CoreRun.SEED);
    }

    /** Does one command. @return something read */
    long touch(final long command, final long random) {
        final int step = step(command);
        final long life = life(command);
        final int row = (int) life & (lives - 1);
        long seen = request(command, random ^ step);
        switch (step) {
            case Lives.SUBMIT:
                seen += person(random);
                write(applications.at(row), APPLICATION_BYTES, life);
                write(lines.at(row), LINE_BYTES, life);
                return seen;
            case Lives.VALIDATE:
                return seen + bump(applications.at(row)) + bump(lines.at(row));
            case Lives.HOLD:
                seen += bump(applications.at(row)) + bump(lines.at(row)) + person(random) + visit(random, HELD);
                write(holds.at(holdRow(row)), HOLD_BYTES, life);
                write(legs.at(row), LEG_BYTES, life);
                write(stamps.at(row), STAMP_BYTES, life);
                return seen;
            default:
                seen += bump(holds.at(holdRow(row))) + bump(legs.at(row)) + visit(random, BOOKED - HELD) + bump(lines.at(row)) + person(random);
                write(appointments.at(row), APPOINTMENT_BYTES, life);
                return seen;
        }
    }

    /** Reads of each row and slot that {@link #touch} reads or writes the first byte. @return their sum */
    long readAhead(final long command, final long random) {
        want(command, random);
        return ahead.read();
    }

    /** Each row and slot that {@link #touch} reads or writes is to be read. */
    private void want(final long command, final long random) {
        final int step = step(command);
        final int row = (int) life(command) & (lives - 1);
        ahead.want(requestIndex.at(requestSlot(random ^ step)));
        ahead.want(requests.at(requestRow(command)));
        switch (step) {
            case Lives.SUBMIT:
                wantPerson(random);
                ahead.want(applications.at(row));
                ahead.want(lines.at(row));
                break;
            case Lives.VALIDATE:
                ahead.want(applications.at(row));
                ahead.want(lines.at(row));
                break;
            case Lives.HOLD:
                ahead.want(applications.at(row));
                ahead.want(lines.at(row));
                wantPerson(random);
                wantVisit(random);
                ahead.want(holds.at(holdRow(row)));
                ahead.want(legs.at(row));
                ahead.want(stamps.at(row));
                break;
            default:
                ahead.want(holds.at(holdRow(row)));
                ahead.want(legs.at(row));
                wantVisit(random);
                ahead.want(lines.at(row));
                wantPerson(random);
                ahead.want(appointments.at(row));
        }
    }

    private static int holdRow(final int row) {
        return row & (MOST_HOLDS - 1);
    }

    private int requestRow(final long command) {
        return (int) command & (requestCount - 1);
    }

    private int requestSlot(final long random) {
        return (int) (random >>> 20) & (2 * requestCount - 1);
    }

    private int personSlot(final long random) {
        return (int) (random >>> 11) & (2 * lives - 1);
    }

    private int day(final long random) {
        return (int) ((random >>> 32) * dayCount >>> 32);
    }

    private static int unitsOf(final long random) {
        return 1 + (int) (random & 3);
    }

    private int firstUnit(final long random) {
        return (int) ((random >>> 8 & 0xFFFF) * (unitCount - unitsOf(random) + 1) >>> 16);
    }

    private long unit(final int pool, final int unit) {
        return units.at((long) pool * unitCount + unit);
    }

    private long request(final long command, final long random) {
        final int row = requestRow(command);
        final long slot = requestIndex.at(requestSlot(random));
        final long seen = Memory.getInt(slot);
        Memory.putInt(slot, row);
        write(requests.at(row), REQUEST_BYTES, random);
        return seen;
    }

    private long person(final long random) {
        final int slot = personSlot(random);
        add(personIndex.at(slot), 1);
        return bump(persons.at(slot & (lives - 1)));
    }

    private void wantPerson(final long random) {
        final int slot = personSlot(random);
        ahead.want(personIndex.at(slot));
        ahead.want(persons.at(slot & (lives - 1)));
    }

    private long visit(final long random, final int delta) {
        final int desk = 2 * day(random);
        final int first = firstUnit(random);
        final int end = first + unitsOf(random);
        long seen = 0;
        for (int pool = desk; pool <= desk + 1; pool++) {
            seen += bump(days.at(pool));
            for (int unit = first; unit < end; unit++) {
                seen += add(unit(pool, unit), delta);
            }
        }
        return seen;
    }

    private void wantVisit(final long random) {
        final int desk = 2 * day(random);
        for (int pool = desk; pool <= desk + 1; pool++) {
            ahead.want(days.at(pool));
            ahead.want(unit(pool, firstUnit(random)));
        }
    }

    private static void write(final long at, final int bytes, final long value) {
        for (int word = 0; word + Long.BYTES <= bytes; word += Long.BYTES) {
            Memory.putLong(at + word, value + word);
        }
    }

    private static int add(final long at, final int delta) {
        final int value = Memory.getInt(at) + delta;
        Memory.putInt(at, value);
        return value;
    }

    private static long bump(final long at) {
        return add(at, 1) + Memory.getLong(at + 16);
    }

    @Override
    public void close() {
        all.forEach(table -> UnsafeApi.freeMemory(table.base));
    }
}
