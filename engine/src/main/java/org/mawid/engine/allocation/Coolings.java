package org.mawid.engine.allocation;

import java.util.Arrays;
import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.DeadlineHeap;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.CoolingBegunEncoder;
import org.mawid.sbe.CoolingEnd;
import org.mawid.sbe.CoolingEndedEncoder;
import org.mawid.sbe.CoolingRowDecoder;
import org.mawid.sbe.CoolingState;
import org.mawid.sbe.RoomChangedEncoder;
import org.mawid.sbe.RoomChangedEncoder.RoomsEncoder;

/**
 * Room that was given back and is kept for those who wait, before it is everybody's: runs of units, by number, each held on its day. What is given back
 * together has numbers that follow each other, the first of which names it. A day with a staged one behind it, or one that a closure has, keeps nothing, and
 * what goes back to a quota does not cool. Empty before core version 7.
 */
public final class Coolings implements DeadlineHeap.Owner {
    /** Runs that can be given back together, and of one day: looking for offers goes through those of a day. */
    static final int MOST_RUNS = 64;
    private static final int SINCE_MS = CoolingRowDecoder.sinceMsEncodingOffset();
    private static final int DUE_MS = CoolingRowDecoder.dueMsEncodingOffset();
    private static final int COOLING = CoolingRowDecoder.coolingIdEncodingOffset();
    private static final int NEXT_OF_DAY = CoolingRowDecoder.nextOfDayEncodingOffset();
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
    private static final int SEEN_AS = CoolingRowDecoder.seenAsEncodingOffset();

    private final Catalogue catalogue;
    private final Days days;
    private final Closures closures;
    private final Shrinking shrinking;
    private final Emitter events;
    private final NumberedRows rows;
    private final DeadlineHeap deadlines;
    private final CoolingTimes times;
    private final CoolingEras eras;
    /** The first of each day, by slot of the day. Not part of the state. */
    private final Rows firsts;
    private long next = 1;
    private long count;
    private int told;

    // what is given back next
    private int leastMs;
    private int mostMs;
    private long nowMs;
    private long startMs;
    private long mostKept;
    private final CoolingRuns runs;
    private final int[] onDay = new int[Unit.MOST];

    Coolings(final CoreMemory memory, final Catalogue catalogue, final Days days, final Closures closures, final Shrinking shrinking, final Emitter events) {
        this.catalogue = catalogue;
        this.days = days;
        this.closures = closures;
        this.shrinking = shrinking;
        this.events = events;
        this.rows = new NumberedRows(memory, TableIds.COOLINGS, CoolingRowDecoder.BLOCK_LENGTH, STATE);
        this.deadlines = new DeadlineHeap(memory, TableIds.COOLING_DEADLINES, this);
        this.times = new CoolingTimes(memory);
        this.runs = new CoolingRuns(days, closures, this);
        this.eras = new CoolingEras(memory);
        this.firsts = new Rows(memory, TableIds.COOLINGS, Long.BYTES);
    }

    public CoolingTimes times() {
        return times;
    }

    public CoolingEras eras() {
        return eras;
    }

    // ---- what cools

    public long count() {
        return count;
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

    private long seenAs(final long run) {
        return Memory.getLong(rows.at(run) + SEEN_AS);
    }

    public boolean isAnswered(final long run) {
        return Memory.getByte(rows.at(run) + STATE) == CoolingState.ANSWERED.value();
    }

    /** The first of those given back together that still cools, 0 = none. @param cooling any number */
    public long firstOf(final long cooling) {
        for (long run = cooling; run < cooling + MOST_RUNS; run++) {
            if (rows.has(run) && cooling(run) == cooling) {
                return run;
            }
        }
        return 0;
    }

    public long nextDueMs() {
        return deadlines.firstDeadline();
    }

    public long nextDue() {
        return deadlines.firstNumber();
    }

    // ---- given back

    /**
     * What is given back next cools.
     *
     * @param least ms
     * @param most  ms, 0 = it does not
     * @param start of its visit: nothing cools longer, ms since 1970
     * @param keeps runs that can be kept in all: beyond them room is everybody's at once
     */
    public void arm(final int least, final int most, final long now, final long start, final long keeps) {
        leastMs = least;
        mostMs = most;
        nowMs = now;
        startMs = start;
        mostKept = keeps;
    }

    /** Keeps what was just given back and told, if it is to cool. @param taken what has been taken of it in the same moment, or null */
    void keep(final int postId, final Room given, final Room taken) {
        if (mostMs > 0) {
            runs.collect(postId, given, taken);
            if (runs.count() > 0 && count + runs.count() <= mostKept) {
                begin(postId, Math.min(nowMs + mostMs, startMs), eras.inForce(), 0);
            }
        }
        mostMs = 0;
    }

    /** What is given back next does not cool after all. */
    void disarm() {
        mostMs = 0;
    }

    /** @param seenAs 0 = each as itself */
    private void begin(final int postId, final long dueMs, final long era, final long seenAs) {
        final long cooling = next;
        final long block = events.beginAt(CoolingBegunEncoder.TEMPLATE_ID, CoolingBegunEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(block + CoolingBegunEncoder.coolingIdEncodingOffset(), cooling);
        Memory.putLong(block + CoolingBegunEncoder.dueMsEncodingOffset(), dueMs);
        Memory.putLong(block + CoolingBegunEncoder.eraEncodingOffset(), era);
        Memory.putInt(block + CoolingBegunEncoder.minMsEncodingOffset(), leastMs);
        Memory.putInt(block + CoolingBegunEncoder.maxMsEncodingOffset(), mostMs);
        Memory.putLong(block + CoolingBegunEncoder.sinceMsEncodingOffset(), nowMs);
        long at = Emitter.group(block + CoolingBegunEncoder.BLOCK_LENGTH, CoolingBegunEncoder.RunsEncoder.sbeBlockLength(), runs.count());
        for (int i = 0; i < runs.count(); i++) {
            add(i, cooling, dueMs, era, seenAs);
            Memory.putShort(at + CoolingBegunEncoder.RunsEncoder.poolIdEncodingOffset(), runs.pool(i));
            Memory.putInt(at + CoolingBegunEncoder.RunsEncoder.epochDayEncodingOffset(), runs.epochDay(i));
            Memory.putByte(at + CoolingBegunEncoder.RunsEncoder.startUnitEncodingOffset(), runs.from(i));
            Memory.putByte(at + CoolingBegunEncoder.RunsEncoder.unitsEncodingOffset(), runs.units(i));
            Memory.putByte(at + CoolingBegunEncoder.RunsEncoder.placesEncodingOffset(), runs.places(i));
            at += CoolingBegunEncoder.RunsEncoder.sbeBlockLength();
        }
        events.endAt(at);
        tellTaken(postId);
    }

    private void add(final int i, final long cooling, final long dueMs, final long era, final long seenAs) {
        final long run = next++;
        final long at = rows.add(run);
        Memory.putLong(at + SINCE_MS, nowMs);
        Memory.putLong(at + DUE_MS, dueMs);
        Memory.putLong(at + COOLING, cooling);
        Memory.putLong(at + ERA, era);
        Memory.putLong(at + SEEN_AS, seenAs == 0 ? run : seenAs);
        Memory.putInt(at + LEAST, leastMs);
        Memory.putInt(at + MOST, mostMs);
        Memory.putInt(at + EPOCH_DAY, runs.epochDay(i));
        Memory.putShort(at + POOL, runs.pool(i));
        Memory.putByte(at + FROM, runs.from(i));
        Memory.putByte(at + UNITS, runs.units(i));
        Memory.putByte(at + PLACES, runs.places(i));
        Memory.putByte(at + STATE, CoolingState.OPEN.value());
        days.addTaken(runs.day(i), runs.from(i), runs.units(i), runs.places(i) * Unit.HELD);
        eras.countCooling(era, 1);
        deadlines.add(dueMs, run);
        enter(run, runs.day(i));
        count++;
    }

    private void tellTaken(final int postId) {
        final long block = events.beginAt(RoomChangedEncoder.TEMPLATE_ID, RoomChangedEncoder.BLOCK_LENGTH, postId);
        long at = Emitter.group(block + RoomChangedEncoder.BLOCK_LENGTH, RoomsEncoder.sbeBlockLength(), runs.count());
        for (int i = 0; i < runs.count(); i++) {
            at = Room.put(at, runs.pool(i), runs.epochDay(i), runs.from(i), runs.units(i), -runs.places(i), 0);
        }
        events.endAt(at);
        told += runs.count();
    }

    // ---- over

    /** All that was given back together ends then, and no later than before. */
    public void endAt(final long cooling, final long endMs) {
        for (long run = cooling; run < cooling + MOST_RUNS; run++) {
            if (rows.has(run) && cooling(run) == cooling) {
                final long at = rows.at(run);
                final long dueMs = Math.min(endMs, dueMs(run));
                Memory.putLong(at + DUE_MS, dueMs);
                Memory.putByte(at + STATE, CoolingState.ANSWERED.value());
                deadlines.remove(Memory.getInt(at + DEADLINE_SLOT));
                deadlines.add(dueMs, run);
            }
        }
    }

    /** A run cools no more: it is everybody's, or what a closure leaves of it. Tells it. */
    public void end(final long run, final CoolingEnd how) {
        final int pool = pool(run);
        final int epochDay = epochDay(run);
        final int from = startUnit(run);
        final int units = units(run);
        final int places = places(run);
        final long cooling = cooling(run);
        final int postId = catalogue.pools().post(pool);
        final int day = days.find(pool, epochDay);
        days.addTaken(day, from, units, -places * Unit.HELD);
        leave(run, day);
        deadlines.remove(Memory.getInt(rows.at(run) + DEADLINE_SLOT));
        eras.countCooling(era(run), -1);
        rows.remove(run);
        count--;
        tellEnded(postId, cooling, run, how);
        final long block = events.beginAt(RoomChangedEncoder.TEMPLATE_ID, RoomChangedEncoder.BLOCK_LENGTH, postId);
        events.endAt(Room.put(Emitter.group(block + RoomChangedEncoder.BLOCK_LENGTH, RoomsEncoder.sbeBlockLength(), 1), pool, epochDay, from, units, places, 0));
        told++;
        if (closures.countAt(postId) > 0) {
            shrinking.shrink(postId, pool, epochDay, day, from, from + units);
            told += shrinking.tell(postId);
        }
    }

    private void tellEnded(final int postId, final long cooling, final long run, final CoolingEnd how) {
        final long block = events.beginAt(CoolingEndedEncoder.TEMPLATE_ID, CoolingEndedEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(block + CoolingEndedEncoder.coolingIdEncodingOffset(), cooling);
        Memory.putLong(block + CoolingEndedEncoder.runIdEncodingOffset(), run);
        Memory.putByte(block + CoolingEndedEncoder.endEncodingOffset(), how.value());
        events.endAt(block + CoolingEndedEncoder.BLOCK_LENGTH);
    }

    /** Units of a day are described anew, or a closure has them. */
    void endOn(final int day, final int from, final int end, final CoolingEnd how) {
        long after;
        for (long run = first(day); run != 0; run = after) {
            after = nextOfDay(run);
            if (startUnit(run) < end && from < startUnit(run) + units(run)) {
                end(run, how);
            }
        }
    }

    /**
     * An offer has what cools, the oldest first, as far as it needs it to have room. What it leaves of a run cools on for as long as it would have, as a cooling of
     * its own: else whoever stands by would know when it is everybody's, and have it before the next in line.
     *
     * @param wanted by the offer, on days that keep enough for it
     * @param newest run that it may have
     * @param keeps  see {@link #arm}
     */
    void makeRoom(final Room wanted, final long newest, final long keeps) {
        for (int i = 0; count > 0 && i < wanted.count(); i++) {
            if (wanted.isFirst(i)) {
                runs.want(wanted, wanted.day(i));
                long after;
                for (long run = first(wanted.day(i)); run != 0; run = after) {
                    after = nextOfDay(run);
                    if (seenAs(run) <= newest && runs.leave(run, wanted.day(i))) {
                        offer(run, keeps);
                    }
                }
            }
        }
    }

    private void offer(final long run, final long keeps) {
        final int postId = catalogue.pools().post(pool(run));
        final int day = days.find(pool(run), epochDay(run));
        final long dueMs = dueMs(run);
        final long era = era(run);
        final long seenAs = seenAs(run);
        nowMs = sinceMs(run);
        leastMs = least(run);
        mostMs = most(run);
        end(run, CoolingEnd.OFFERED);
        if (runs.count() > 0 && countOf(day) + runs.count() <= MOST_RUNS && count + runs.count() <= keeps) {
            begin(postId, dueMs, era, seenAs);
        }
        mostMs = 0;
    }

    /** What cools at a post on a date counts as free until {@link #lower}: for those who look for offers. @param newest run that they see @return how many runs it is */
    public int lift(final int postId, final int epochDay, final long newest) {
        return move(postId, epochDay, newest, -Unit.HELD);
    }

    /** It is held again. Nothing of it may have been taken. */
    public void lower(final int postId, final int epochDay, final long newest) {
        move(postId, epochDay, newest, Unit.HELD);
    }

    private int move(final int postId, final int epochDay, final long newest, final int lane) {
        int moved = 0;
        for (int i = count == 0 ? 0 : catalogue.posts().poolCount(postId); i > 0; i--) {
            final int day = days.find(catalogue.posts().pool(postId, i - 1), epochDay);
            for (long run = day == Days.NONE ? 0 : first(day); run != 0; run = nextOfDay(run)) {
                if (seenAs(run) <= newest) {
                    days.addTaken(day, startUnit(run), units(run), places(run) * lane);
                    moved++;
                }
            }
        }
        return moved;
    }

    // ---- of one day

    boolean isOn(final int day) {
        return first(day) != 0;
    }

    /** Places that cool, unit by unit. */
    int[] on(final int day) {
        Arrays.fill(onDay, 0);
        for (long run = day == Days.NONE ? 0 : first(day); run != 0; run = nextOfDay(run)) {
            for (int unit = startUnit(run); unit < startUnit(run) + units(run); unit++) {
                onDay[unit] += places(run);
            }
        }
        return onDay;
    }

    /** Runs of a day. */
    int countOf(final int day) {
        int runsOfDay = 0;
        for (long run = first(day); run != 0; run = nextOfDay(run)) {
            runsOfDay++;
        }
        return runsOfDay;
    }

    private long first(final int day) {
        return firsts.has(day) ? Memory.getLong(firsts.at(day)) : 0;
    }

    private long nextOfDay(final long run) {
        return Memory.getLong(rows.at(run) + NEXT_OF_DAY);
    }

    /** Behind those that are there: its number is the highest. */
    private void enter(final long run, final int day) {
        long last = first(day);
        if (last == 0) {
            Memory.putLong(firsts.ensure(day), run);
            return;
        }
        while (nextOfDay(last) != 0) {
            last = nextOfDay(last);
        }
        Memory.putLong(rows.at(last) + NEXT_OF_DAY, run);
    }

    private void leave(final long run, final int day) {
        final long after = nextOfDay(run);
        if (first(day) == run) {
            Memory.putLong(firsts.at(day), after);
            return;
        }
        long before = first(day);
        while (nextOfDay(before) != run) {
            before = nextOfDay(before);
        }
        Memory.putLong(rows.at(before) + NEXT_OF_DAY, after);
    }

    /** Entries of RoomChanged told since {@link #begin()}. */
    int told() {
        return told;
    }

    /** Another command begins. */
    void begin() {
        told = 0;
        mostMs = 0;
    }

    @Override
    public void placed(final long run, final int place) {
        Memory.putInt(rows.at(run) + DEADLINE_SLOT, place);
    }

    @Override
    public int placeOf(final long run) {
        return rows.has(run) ? Memory.getInt(rows.at(run) + DEADLINE_SLOT) : 0;
    }

    // ---- state

    /** One more than the highest number so far. */
    public long end() {
        return next;
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, next, max);
    }

    void save(final StateWriter out) {
        rows.save(out);
        deadlines.save(out);
        times.save(out);
        eras.save(out);
    }

    /** @return false when the present run is not of this room */
    boolean load(final StateReader in) {
        switch (in.tableId()) {
            case TableIds.COOLINGS -> rows.load(in);
            case TableIds.COOLING_DEADLINES -> deadlines.load(in);
            case TableIds.COOLING_SERVICES -> times.load(in);
            case TableIds.COOLING_ERAS -> eras.load(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** After all rows, and after the days: finds again what is not in the rows. */
    public void loaded(final long nextRun, final long runsThatCool, final long era) {
        next = nextRun;
        count = runsThatCool;
        eras.loaded(era);
        for (long run = next(1, Integer.MAX_VALUE); run < next; run = next(run + 1, Integer.MAX_VALUE)) {
            final long after = nextOfDay(run);
            Memory.putLong(rows.at(run) + NEXT_OF_DAY, 0);
            enter(run, days.inCalendar(pool(run), epochDay(run)));
            Invariant.that(after == 0 || after > run, "those of a day follow each other by number", run, after);
        }
    }

    void check() {
        rows.check();
        eras.check();
        deadlines.check();
        Invariant.that(rows.count() == count && deadlines.size() == count, "what cools is counted", rows.count(), count);
        long ofEras = 0;
        for (long era = eras.next(1, Integer.MAX_VALUE); era <= eras.inForce(); era = eras.next(era + 1, Integer.MAX_VALUE)) {
            ofEras += eras.coolings(era);
        }
        long withEra = 0;
        for (long run = next(1, Integer.MAX_VALUE); run < next; run = next(run + 1, Integer.MAX_VALUE)) {
            final int day = days.inCalendar(pool(run), epochDay(run));
            Invariant.that(placeOf(run) != 0, "what cools has its deadline in the heap", run);
            Invariant.that(day != Days.NONE && days.staged(day) == Days.NONE, "what cools is on a day without a staged one", run, day);
            long found = first(day);
            while (found != 0 && found < run) {
                found = nextOfDay(found);
            }
            Invariant.that(found == run, "what cools is found by its day", run, found);
            Invariant.that(countOf(day) <= MOST_RUNS, "a day keeps so many runs", day);
            withEra += era(run) != 0 ? 1 : 0;
        }
        Invariant.that(ofEras == withEra, "what cools of each era is counted", ofEras, withEra);
        times.check();
    }
}
