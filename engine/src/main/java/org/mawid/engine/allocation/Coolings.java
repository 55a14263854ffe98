package org.mawid.engine.allocation;

import java.util.Arrays;
import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.DeadlineHeap;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.CoolingBegunEncoder;
import org.mawid.sbe.CoolingEnd;
import org.mawid.sbe.CoolingEndedEncoder;
import org.mawid.sbe.RoomChangedEncoder;
import org.mawid.sbe.RoomChangedEncoder.RoomsEncoder;

/**
 * Room that was given back and is kept for those who wait, before it is everybody's: runs of units, by number, each held on its day. What is given back
 * together has numbers that follow each other, the first of which names it. A day with a staged one behind it, or one that a closure has, keeps nothing, and
 * what goes back to a quota does not cool. Empty before core version 7.
 */
public final class Coolings implements DeadlineHeap.Owner {
    /** Runs that can be given back together. */
    static final int MOST_TOGETHER = 64;
    /** Runs of one day: looking for offers goes through them, and all of them can end in one command. */
    static final int MOST_OF_DAY = 512;

    private final Catalogue catalogue;
    private final Days days;
    private final Closures closures;
    private final Shrinking shrinking;
    private final Emitter events;
    private final CoolingRows rows;
    private final DeadlineHeap deadlines;
    private final CoolingTimes times;
    private final CoolingEras eras;
    private int told;

    // what is given back next
    private int leastMs;
    private int mostMs;
    private long nowMs;
    private long startMs;
    private long mostKept;
    private final CoolingRuns runs;
    private final int[] onDay = new int[Unit.MOST];
    private final long[] ending = new long[MOST_OF_DAY];
    private final int[] given = new int[Unit.MOST];

    Coolings(final CoreMemory memory, final Catalogue catalogue, final Days days, final Closures closures, final Shrinking shrinking, final Emitter events) {
        this.catalogue = catalogue;
        this.days = days;
        this.closures = closures;
        this.shrinking = shrinking;
        this.events = events;
        this.rows = new CoolingRows(memory);
        this.deadlines = new DeadlineHeap(memory, TableIds.COOLING_DEADLINES, this);
        this.times = new CoolingTimes(memory);
        this.runs = new CoolingRuns(days, closures, rows);
        this.eras = new CoolingEras(memory);
    }

    public CoolingTimes times() {
        return times;
    }

    public CoolingEras eras() {
        return eras;
    }

    /** What cools. */
    public CoolingRows rows() {
        return rows;
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
            if (runs.count() > 0 && rows.count() + runs.count() <= mostKept) {
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
        final long cooling = rows.end();
        final long block = events.beginAt(CoolingBegunEncoder.TEMPLATE_ID, CoolingBegunEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(block + CoolingBegunEncoder.coolingIdEncodingOffset(), cooling);
        Memory.putLong(block + CoolingBegunEncoder.dueMsEncodingOffset(), dueMs);
        Memory.putLong(block + CoolingBegunEncoder.eraEncodingOffset(), era);
        Memory.putInt(block + CoolingBegunEncoder.minMsEncodingOffset(), leastMs);
        Memory.putInt(block + CoolingBegunEncoder.maxMsEncodingOffset(), mostMs);
        Memory.putLong(block + CoolingBegunEncoder.sinceMsEncodingOffset(), nowMs);
        long at = Emitter.group(block + CoolingBegunEncoder.BLOCK_LENGTH, CoolingBegunEncoder.RunsEncoder.sbeBlockLength(), runs.count());
        for (int i = 0; i < runs.count(); i++) {
            deadlines.add(dueMs, rows.add(runs, i, cooling, nowMs, dueMs, era, leastMs, mostMs, seenAs));
            days.addTaken(runs.day(i), runs.from(i), runs.units(i), runs.places(i) * Unit.HELD);
            eras.countCooling(era, 1);
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

    /** All that was given back together ends so long after that, and no later than before. @param delayMs within its least and most */
    public void endAfter(final long cooling, final int delayMs) {
        for (long run = cooling; run < cooling + MOST_TOGETHER; run++) {
            if (rows.has(run) && rows.cooling(run) == cooling) {
                rows.answer(run, delayMs, Math.min(rows.sinceMs(run) + delayMs, rows.dueMs(run)));
                deadlines.remove(rows.deadlineSlot(run));
                deadlines.add(rows.dueMs(run), run);
            }
        }
    }

    /** A run cools no more: it is everybody's, or what a closure leaves of it. Tells it. */
    public void end(final long run, final CoolingEnd how) {
        ending[0] = run;
        end(days.find(rows.pool(run), rows.epochDay(run)), 1, how);
    }

    /** Units of a day are described anew, or a closure has them. */
    void endOn(final int day, final int from, final int end, final CoolingEnd how) {
        int count = 0;
        for (long run = rows.first(day); run != 0; run = rows.nextOfDay(run)) {
            if (rows.startUnit(run) < end && from < rows.startUnit(run) + rows.units(run)) {
                ending[count++] = run;
            }
        }
        if (count > 0) {
            end(day, count, how);
        }
    }

    private void end(final int day, final int count, final CoolingEnd how) {
        final int pool = rows.pool(ending[0]);
        final int epochDay = rows.epochDay(ending[0]);
        final int postId = catalogue.pools().post(pool);
        tellEnded(postId, count, how);
        Arrays.fill(given, 0);
        int from = Unit.MOST;
        int end = 0;
        for (int i = 0; i < count; i++) {
            final long run = ending[i];
            from = Math.min(from, rows.startUnit(run));
            end = Math.max(end, rows.startUnit(run) + rows.units(run));
            addUnits(run, given);
            days.addTaken(day, rows.startUnit(run), rows.units(run), -rows.places(run) * Unit.HELD);
            deadlines.remove(rows.deadlineSlot(run));
            eras.countCooling(rows.era(run), -1);
            rows.remove(run, day);
        }
        tellGiven(postId, pool, epochDay, from, end);
        if (closures.countAt(postId) > 0) {
            shrinking.shrink(postId, pool, epochDay, day, from, end);
            told += shrinking.tell(postId);
        }
    }

    private void addUnits(final long run, final int[] to) {
        for (int unit = rows.startUnit(run); unit < rows.startUnit(run) + rows.units(run); unit++) {
            to[unit] += rows.places(run);
        }
    }

    private void tellEnded(final int postId, final int count, final CoolingEnd how) {
        final long block = events.beginAt(CoolingEndedEncoder.TEMPLATE_ID, CoolingEndedEncoder.BLOCK_LENGTH, postId);
        Memory.putByte(block + CoolingEndedEncoder.endEncodingOffset(), how.value());
        long at = Emitter.group(block + CoolingEndedEncoder.BLOCK_LENGTH, CoolingEndedEncoder.RunsEncoder.sbeBlockLength(), count);
        for (int i = 0; i < count; i++) {
            Memory.putLong(at + CoolingEndedEncoder.RunsEncoder.coolingIdEncodingOffset(), rows.cooling(ending[i]));
            Memory.putLong(at + CoolingEndedEncoder.RunsEncoder.runIdEncodingOffset(), ending[i]);
            at += CoolingEndedEncoder.RunsEncoder.sbeBlockLength();
        }
        events.endAt(at);
        told += count;
    }

    /** Units side by side that get as many places are one entry. */
    private void tellGiven(final int postId, final int pool, final int epochDay, final int from, final int end) {
        final long block = events.beginAt(RoomChangedEncoder.TEMPLATE_ID, RoomChangedEncoder.BLOCK_LENGTH, postId);
        final long group = block + RoomChangedEncoder.BLOCK_LENGTH;
        long at = Emitter.group(group, RoomsEncoder.sbeBlockLength(), 0);
        int count = 0;
        int next;
        for (int unit = from; unit < end; unit = next) {
            next = unit + 1;
            while (next < end && given[next] == given[unit]) {
                next++;
            }
            if (given[unit] > 0) {
                at = Room.put(at, pool, epochDay, unit, next - unit, given[unit], 0);
                count++;
            }
        }
        Emitter.group(group, RoomsEncoder.sbeBlockLength(), count);
        events.endAt(at);
        told += count;
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
        for (int i = 0; rows.count() > 0 && i < wanted.count(); i++) {
            if (wanted.isFirst(i)) {
                runs.want(wanted, wanted.day(i));
                long after;
                for (long run = rows.first(wanted.day(i)); run != 0; run = after) {
                    after = rows.nextOfDay(run);
                    if (rows.seenAs(run) <= newest && runs.leave(run, wanted.day(i))) {
                        offer(run, keeps);
                    }
                }
            }
        }
    }

    private void offer(final long run, final long keeps) {
        final int postId = catalogue.pools().post(rows.pool(run));
        final int day = days.find(rows.pool(run), rows.epochDay(run));
        final long dueMs = rows.dueMs(run);
        final long era = rows.era(run);
        final long seenAs = rows.seenAs(run);
        nowMs = rows.sinceMs(run);
        leastMs = rows.least(run);
        mostMs = rows.most(run);
        end(run, CoolingEnd.OFFERED);
        if (runs.count() > 0 && rows.countOf(day) + runs.count() <= MOST_OF_DAY && rows.count() + runs.count() <= keeps) {
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
        for (int i = rows.count() == 0 ? 0 : catalogue.posts().poolCount(postId); i > 0; i--) {
            final int day = days.find(catalogue.posts().pool(postId, i - 1), epochDay);
            for (long run = day == Days.NONE ? 0 : rows.first(day); run != 0; run = rows.nextOfDay(run)) {
                if (rows.seenAs(run) <= newest) {
                    days.addTaken(day, rows.startUnit(run), rows.units(run), rows.places(run) * lane);
                    moved++;
                }
            }
        }
        return moved;
    }

    // ---- of one day

    boolean isOn(final int day) {
        return rows.first(day) != 0;
    }

    /** Places that cool, unit by unit. */
    int[] on(final int day) {
        Arrays.fill(onDay, 0);
        for (long run = day == Days.NONE ? 0 : rows.first(day); run != 0; run = rows.nextOfDay(run)) {
            addUnits(run, onDay);
        }
        return onDay;
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
        rows.deadlineSlot(run, place);
    }

    @Override
    public int placeOf(final long run) {
        return rows.has(run) ? rows.deadlineSlot(run) : 0;
    }

    // ---- state

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
        eras.loaded(era);
        rows.loaded(days, nextRun);
        Invariant.that(rows.count() == runsThatCool, "what cools is counted", rows.count(), runsThatCool);
    }

    void check() {
        rows.check(days);
        eras.check();
        deadlines.check();
        Invariant.that(deadlines.size() == rows.count(), "what cools is due", deadlines.size(), rows.count());
        long ofEras = 0;
        for (long era = eras.next(1, Integer.MAX_VALUE); era <= eras.inForce(); era = eras.next(era + 1, Integer.MAX_VALUE)) {
            ofEras += eras.coolings(era);
        }
        long withEra = 0;
        for (long run = rows.next(1, Integer.MAX_VALUE); run < rows.end(); run = rows.next(run + 1, Integer.MAX_VALUE)) {
            final int day = days.inCalendar(rows.pool(run), rows.epochDay(run));
            Invariant.that(placeOf(run) != 0, "what cools has its deadline in the heap", run);
            Invariant.that(day != Days.NONE && days.staged(day) == Days.NONE, "what cools is on a day without a staged one", run, day);
            withEra += rows.era(run) != 0 ? 1 : 0;
        }
        Invariant.that(ofEras == withEra, "what cools of each era is counted", ofEras, withEra);
        times.check();
    }
}
