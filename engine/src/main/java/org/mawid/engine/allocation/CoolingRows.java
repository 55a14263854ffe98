package org.mawid.engine.allocation;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.CoolingRowDecoder;
import org.mawid.sbe.CoolingState;

/** Runs of units that cool, by number, and those of each day in the order of their numbers. What becomes of them is with {@link Coolings}. */
public final class CoolingRows {
    private static final int SINCE_MS = CoolingRowDecoder.sinceMsEncodingOffset();
    private static final int DUE_MS = CoolingRowDecoder.dueMsEncodingOffset();
    private static final int COOLING = CoolingRowDecoder.coolingIdEncodingOffset();
    private static final int NEXT_OF_DAY = CoolingRowDecoder.nextOfDayEncodingOffset();
    private static final int PREVIOUS_OF_DAY = CoolingRowDecoder.previousOfDayEncodingOffset();
    private static final int ERA = CoolingRowDecoder.eraEncodingOffset();
    private static final int LEAST = CoolingRowDecoder.minMsEncodingOffset();
    private static final int MOST = CoolingRowDecoder.maxMsEncodingOffset();
    private static final int EPOCH_DAY = CoolingRowDecoder.epochDayEncodingOffset();
    private static final int DEADLINE_SLOT = CoolingRowDecoder.deadlineSlotEncodingOffset();
    private static final int POOL = CoolingRowDecoder.poolIdEncodingOffset();
    private static final int FROM = CoolingRowDecoder.startUnitEncodingOffset();
    private static final int UNITS = CoolingRowDecoder.unitsEncodingOffset();
    private static final int PLACES = CoolingRowDecoder.placesEncodingOffset();
    private static final int STATE = CoolingRowDecoder.stateEncodingOffset();
    private static final int DELAY_MS = CoolingRowDecoder.delayMsEncodingOffset();
    private static final int SEEN_AS = CoolingRowDecoder.seenAsEncodingOffset();
    // by slot of the day
    private static final int FIRST = 0;
    private static final int LAST = FIRST + Long.BYTES;
    private static final int COUNT = LAST + Long.BYTES;
    private static final int DAY_BYTES = COUNT + Long.BYTES;

    private final NumberedRows rows;
    /** Not part of the state. */
    private final Rows ofDays;
    private long next = 1;
    private long count;

    CoolingRows(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.COOLINGS, CoolingRowDecoder.BLOCK_LENGTH, STATE);
        ofDays = new Rows(memory, TableIds.COOLINGS, DAY_BYTES);
    }

    public long count() {
        return count;
    }

    /** One more than the highest number so far. */
    public long end() {
        return next;
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, next, max);
    }

    public boolean has(final long run) {
        return rows.has(run);
    }

    /** Number of the first run that was given back with it. */
    public long cooling(final long run) {
        return Memory.getLong(rows.at(run) + COOLING);
    }

    public long sinceMs(final long run) {
        return Memory.getLong(rows.at(run) + SINCE_MS);
    }

    /** When it is over at the latest, ms since 1970. */
    public long dueMs(final long run) {
        return Memory.getLong(rows.at(run) + DUE_MS);
    }

    public long era(final long run) {
        return Memory.getLong(rows.at(run) + ERA);
    }

    public int least(final long run) {
        return Memory.getInt(rows.at(run) + LEAST);
    }

    public int most(final long run) {
        return Memory.getInt(rows.at(run) + MOST);
    }

    public int pool(final long run) {
        return Memory.getShort(rows.at(run) + POOL);
    }

    public int epochDay(final long run) {
        return Memory.getInt(rows.at(run) + EPOCH_DAY);
    }

    public int startUnit(final long run) {
        return Memory.getByte(rows.at(run) + FROM);
    }

    public int units(final long run) {
        return Memory.getByte(rows.at(run) + UNITS);
    }

    public int places(final long run) {
        return Memory.getByte(rows.at(run) + PLACES);
    }

    /** Its own number, or that of the run of which it is what an offer left. */
    long seenAs(final long run) {
        return Memory.getLong(rows.at(run) + SEEN_AS);
    }

    public boolean isAnswered(final long run) {
        return Memory.getByte(rows.at(run) + STATE) == CoolingState.ANSWERED.value();
    }

    /** What was said, ms after {@link #sinceMs}; 0 until it {@link #isAnswered}. */
    public int delayMs(final long run) {
        return Memory.getInt(rows.at(run) + DELAY_MS);
    }

    /** The first of those given back together that still cools, 0 = none. @param cooling any number */
    public long firstOf(final long cooling) {
        for (long run = cooling; run < cooling + Coolings.MOST_TOGETHER; run++) {
            if (rows.has(run) && cooling(run) == cooling) {
                return run;
            }
        }
        return 0;
    }

    // ---- of one day

    /** The oldest, 0 = none. @param day slot */
    long first(final int day) {
        return ofDays.has(day) ? Memory.getLong(ofDays.at(day) + FIRST) : 0;
    }

    /** The next one of its day, 0 = none. */
    long nextOfDay(final long run) {
        return Memory.getLong(rows.at(run) + NEXT_OF_DAY);
    }

    int countOf(final int day) {
        return ofDays.has(day) ? Memory.getInt(ofDays.at(day) + COUNT) : 0;
    }

    private void countOf(final int day, final int change) {
        Memory.putInt(ofDays.at(day) + COUNT, countOf(day) + change);
        count += change;
    }

    /** Behind those that are there: its number is the highest. */
    private void enter(final long run, final int day) {
        final long of = ofDays.ensure(day);
        final long last = Memory.getLong(of + LAST);
        Memory.putLong(rows.at(run) + PREVIOUS_OF_DAY, last);
        Memory.putLong(last == 0 ? of + FIRST : rows.at(last) + NEXT_OF_DAY, run);
        Memory.putLong(of + LAST, run);
        countOf(day, 1);
    }

    private void leave(final long run, final int day) {
        final long of = ofDays.at(day);
        final long before = Memory.getLong(rows.at(run) + PREVIOUS_OF_DAY);
        final long after = nextOfDay(run);
        Memory.putLong(before == 0 ? of + FIRST : rows.at(before) + NEXT_OF_DAY, after);
        Memory.putLong(after == 0 ? of + LAST : rows.at(after) + PREVIOUS_OF_DAY, before);
        countOf(day, -1);
    }

    // ---- written by Coolings

    /** A run that is collected cools from now on. @param seenAs 0 = as itself @return its number */
    long add(final CoolingRuns runs, final int i, final long cooling, final long sinceMs, final long dueMs, final long era, final int least, final int most,
             final long seenAs) {
        final long run = next++;
        final long at = rows.add(run);
        Memory.putLong(at + SINCE_MS, sinceMs);
        Memory.putLong(at + DUE_MS, dueMs);
        Memory.putLong(at + COOLING, cooling);
        Memory.putLong(at + ERA, era);
        Memory.putLong(at + SEEN_AS, seenAs == 0 ? run : seenAs);
        Memory.putInt(at + LEAST, least);
        Memory.putInt(at + MOST, most);
        Memory.putInt(at + EPOCH_DAY, runs.epochDay(i));
        Memory.putShort(at + POOL, runs.pool(i));
        Memory.putByte(at + FROM, runs.from(i));
        Memory.putByte(at + UNITS, runs.units(i));
        Memory.putByte(at + PLACES, runs.places(i));
        Memory.putByte(at + STATE, CoolingState.OPEN.value());
        enter(run, runs.day(i));
        return run;
    }

    void answer(final long run, final int delayMs, final long dueMs) {
        final long at = rows.at(run);
        Memory.putLong(at + DUE_MS, dueMs);
        Memory.putInt(at + DELAY_MS, delayMs);
        Memory.putByte(at + STATE, CoolingState.ANSWERED.value());
    }

    void remove(final long run, final int day) {
        leave(run, day);
        rows.remove(run);
    }

    /** Where it is in the heap of what is due. */
    int deadlineSlot(final long run) {
        return Memory.getInt(rows.at(run) + DEADLINE_SLOT);
    }

    void deadlineSlot(final long run, final int slot) {
        Memory.putInt(rows.at(run) + DEADLINE_SLOT, slot);
    }

    // ---- state

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    /** After all rows, and after the days: finds again what is not in the rows. */
    void loaded(final Days days, final long nextRun) {
        next = nextRun;
        for (long run = next(1, Integer.MAX_VALUE); run < next; run = next(run + 1, Integer.MAX_VALUE)) {
            final long after = nextOfDay(run);
            final long before = Memory.getLong(rows.at(run) + PREVIOUS_OF_DAY);
            Memory.putLong(rows.at(run) + NEXT_OF_DAY, 0);
            enter(run, days.inCalendar(pool(run), epochDay(run)));
            Invariant.that(Memory.getLong(rows.at(run) + PREVIOUS_OF_DAY) == before && (after == 0 || after > run), "those of a day follow each other by number", run, after);
        }
    }

    void check(final Days days) {
        rows.check();
        Invariant.that(rows.count() == count, "what cools is counted", rows.count(), count);
        long found = 0;
        for (int day = 1; day <= days.top(); day++) {
            long before = 0;
            int runs = 0;
            for (long run = first(day); run != 0; run = nextOfDay(run)) {
                Invariant.that(run > before && days.inCalendar(pool(run), epochDay(run)) == day, "those of a day follow each other by number", run, before);
                before = run;
                runs++;
            }
            Invariant.that(runs == countOf(day) && runs <= Coolings.MOST_OF_DAY, "a day keeps so many runs", day, runs);
            found += runs;
        }
        Invariant.that(found == count, "what cools is found by its day", found, count);
    }
}
