package org.mawid.engine.readmodel.availability;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.PositionGate;

/** The masks, fed by one thread and searched by any. */
public final class LiveAvailability implements Availability {
    private static final long NANOS_A_MS = 1_000_000L;
    private static final VarHandle WHOLE;

    private final ThreadLocal<Search> searches = ThreadLocal.withInitial(Search::new);
    private final DayMessages messages = new DayMessages();
    private final PositionGate gate;
    private final LongSupplier nanoTime;
    private volatile Tables tables = new Tables();
    private volatile long shownNanos;
    private Tables next = tables;
    private DayWriter days = new DayWriter(tables);
    private long begun;
    /** All messages of this position were read. */
    private long whole;

    static {
        try {
            WHOLE = MethodHandles.lookup().findVarHandle(LiveAvailability.class, "whole", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** @param gate told by its owner which position is shown @param nanoTime the host's monotonic clock */
    public LiveAvailability(final PositionGate gate, final LongSupplier nanoTime) {
        this.gate = gate;
        this.nanoTime = nanoTime;
        this.shownNanos = nanoTime.getAsLong();
    }

    // ---- feed: one thread ----

    /** What follows is all there is; searches see the old until {@link #endRebuild}. */
    public void beginRebuild() {
        next = new Tables();
        days = new DayWriter(next);
    }

    /** One event or record with its header; what says nothing about days is passed over. */
    public void onMessage(final long position, final DirectBuffer buffer, final int offset) {
        if (position != begun) {
            begin(position);
        }
        messages.read(position, buffer, offset, next, days);
    }

    private void begin(final long position) {
        if (days.isSettlingDue()) {
            days.settle(); // between positions: half of one is not to be seen
        }
        if (!days.isUnsettled()) {
            WHOLE.setRelease(this, position - 1);
        }
        begun = position;
    }

    public void endRebuild(final long position, final long nowMs) {
        days.showStaged(position);
        days.sweep(position, nowMs);
        for (int post = 0; post < Tables.POSTS; post++) {
            next.versions.setPlain(post, position);
        }
        WHOLE.setRelease(this, position);
        tables = next;
        shownNanos = nanoTime.getAsLong();
    }

    /** Before {@code position} is shown by the gate: the log's time moves days out of sight. */
    public void onBatchEnd(final long position, final long nowMs) {
        days.settle();
        days.sweep(position, nowMs);
        WHOLE.setRelease(this, position);
        shownNanos = nanoTime.getAsLong();
    }

    // ---- readers: any thread ----

    @Override
    public AsOf asOf() {
        final long position = gate.position();
        return new AsOf(position, Math.max(0, (nanoTime.getAsLong() - shownNanos) / NANOS_A_MS));
    }

    @Override
    public Slots firstStarts(final Query query) {
        final AsOf asOf = asOf();
        return new Slots(asOf.position(), asOf.ageMs(), searches.get().firstStarts(tables, query));
    }

    @Override
    public DayCounts countsPerDay(final Query query) {
        final AsOf asOf = asOf();
        return new DayCounts(asOf.position(), asOf.ageMs(), searches.get().countsPerDay(tables, query));
    }

    @Override
    public DayView day(final int poolId, final int epochDay) {
        final long position = gate.position();
        final Tables now = tables;
        final PoolDays pool = now.pool(poolId);
        if (pool == null) {
            return null;
        }
        for (int tries = 0; ; tries++) {
            final int row = pool.row(epochDay);
            if (row == 0) {
                return null;
            }
            final long stamp = now.rows.stamp(row);
            final long changed = DayRows.positionOf(stamp);
            // A position may change a row more than once: half of one is not to be seen.
            final DayView view = (stamp & 1) == 0 && changed <= whole() ? view(now.rows, row, Math.max(position, changed)) : null;
            if (view != null && now.rows.isStill(row, stamp)) {
                if (view.poolId() == poolId && view.epochDay() == epochDay) {
                    return view;
                }
                if (view.poolId() == poolId) {
                    return null; // the place is taken by a date 1 024 days off
                }
                // Otherwise the row was freed after it was looked up; it is not there any more.
            }
            Search.relax(tries);
        }
    }

    @Override
    public int[] alignments(final int poolId) {
        final Tables now = tables;
        final PoolDays pool = now.pool(poolId);
        final BitSet found = new BitSet();
        for (int date = 0; pool != null && date < PoolDays.SPAN; date++) {
            int row = pool.row(date);
            for (int tries = 0; row != 0; row = pool.row(date)) {
                final long key = now.rows.key(row); // one word: of one day
                if (DayRows.poolOf(key) == poolId) {
                    found.set(DayRows.alignOf(key));
                    break;
                }
                Search.relax(tries++); // the row was freed after it was looked up
            }
        }
        return found.stream().toArray();
    }

    private long whole() {
        return (long) WHOLE.getAcquire(this);
    }

    private static DayView view(final DayRows rows, final int row, final long position) {
        final long key = rows.key(row);
        final byte[] open = rows.open(row);
        if (open == null) {
            return null; // freed; the caller looks again
        }
        final int[] rooms = new int[DayRows.unitsOf(key)];
        final int[] opens = new int[rooms.length];
        for (int unit = 0; unit < rooms.length; unit++) {
            rooms[unit] = rows.room(row, unit);
            opens[unit] = DayRows.at(open, unit);
        }
        return new DayView(DayRows.poolOf(key), DayRows.epochDayOf(key), rows.startMs(row), rows.releasedAtMs(row), DayRows.alignOf(key), rooms, opens,
                Offer.withheld(open, rooms.length), rows.channels(row), overbooked(rows.overbooked(row), rooms.length), position);
    }

    private static Overbooked overbooked(final Overbooked places, final int units) {
        return places == Overbooked.NONE ? places : new Overbooked(Arrays.copyOf(places.places(), units), places.untilMs());
    }

    @Override
    public long versionOf(final int postId) {
        return postId < 0 || postId >= Tables.POSTS ? 0 : tables.versions.getAcquire(postId);
    }

    @Override
    public boolean awaitPosition(final long position, final long timeoutMs) {
        return gate.await(position, timeoutMs);
    }

    @Override
    public long position() {
        return gate.position();
    }

}
