package org.mawid.engine.hall;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.HallRowDecoder;
import org.mawid.sbe.HallRowEncoder;
import org.mawid.sbe.HallRulesSetEncoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.TicketKind;

/** Rules of halls, as set through the log, and when somebody is due by them. Units and ranges: SetHallRules in the schema. */
public final class HallRules {
    /** Bytes of the rules in the command: the row up to what is not in it. */
    private static final int BYTES = HallRowDecoder.rulesSetEncodingOffset();
    private static final long MINUTE_MS = 60_000L;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    /** Before everybody. */
    static final long AT_ONCE = 0;

    private final UnsafeBuffer row;
    private final HallRowDecoder proposed = new HallRowDecoder();
    private final HallRowDecoder inForce = new HallRowDecoder();
    private final HallRowEncoder counts = new HallRowEncoder();
    private long keepMs;

    HallRules(final CoreMemory memory) {
        row = new UnsafeBuffer(memory.take(HallRowEncoder.BLOCK_LENGTH));
        new HallRowEncoder().wrap(row, 0).lateAfterMs(10 * MINUTE_MS).latePenaltyMs(20 * MINUTE_MS).overflowDelayMs(30 * MINUTE_MS).pickUpDelayMs(0)
                .priorityAheadMs(30 * MINUTE_MS).callGraceMs(5 * MINUTE_MS).parkMs(30 * MINUTE_MS).keepMs(16 * HOUR_MS).maxTickets(1_000_000).recallsMost((short) 3)
                .rulesSet(BooleanType.NO);
        read();
    }

    /** True when every value is in its range. What is in use is the caller's question. @param offset of the first rule in the command */
    public boolean areInRange(final DirectBuffer buffer, final int offset) {
        proposed.wrap(buffer, offset, HallRowDecoder.BLOCK_LENGTH, HallRowDecoder.SCHEMA_VERSION);
        return within(proposed.lateAfterMs(), 0, 12 * HOUR_MS)
                && within(proposed.latePenaltyMs(), 0, 12 * HOUR_MS)
                && within(proposed.overflowDelayMs(), 0, 12 * HOUR_MS)
                && within(proposed.pickUpDelayMs(), 0, 12 * HOUR_MS)
                && within(proposed.priorityAheadMs(), 0, 12 * HOUR_MS)
                && within(proposed.callGraceMs(), 0, 12 * HOUR_MS)
                && within(proposed.parkMs(), 0, 12 * HOUR_MS)
                && within(proposed.keepMs(), HOUR_MS, 24 * HOUR_MS)
                && within(proposed.maxTickets(), 1, 10_000_000)
                && within(proposed.recallsMost(), 0, 20);
    }

    /** The value that {@link #areInRange} was asked about. */
    public long proposedMaxTickets() {
        return proposed.maxTickets();
    }

    /** Replaces all. */
    public void set(final DirectBuffer buffer, final int offset) {
        row.putBytes(0, buffer, offset, BYTES);
        counts.wrap(row, 0).rulesSet(BooleanType.YES);
        read();
    }

    /** False while the defaults are in force. */
    public boolean wereSet() {
        return inForce.rulesSet() == BooleanType.YES;
    }

    /** @param event whose head is written */
    public void tell(final HallRulesSetEncoder event) {
        event.lateAfterMs(inForce.lateAfterMs()).latePenaltyMs(inForce.latePenaltyMs()).overflowDelayMs(inForce.overflowDelayMs()).pickUpDelayMs(inForce.pickUpDelayMs())
                .priorityAheadMs(inForce.priorityAheadMs()).callGraceMs(inForce.callGraceMs()).parkMs(inForce.parkMs()).keepMs(inForce.keepMs())
                .maxTickets(inForce.maxTickets()).recallsMost(inForce.recallsMost());
    }

    /** Of an appointment. @param startMs when it begins @param arrivedMs when its people came */
    public boolean isLate(final long startMs, final long arrivedMs) {
        return arrivedMs > startMs + inForce.lateAfterMs();
    }

    /**
     * When the turn of somebody who comes is, ms since 1970-01-01 UTC; 0 = before everybody. The one number by which all are called, so that nobody
     * is overtaken for ever and everybody can be told why.
     *
     * @param startMs   of the visit, where there is one
     * @param arrivedMs when they came
     */
    public long dueMs(final TicketKind kind, final int priority, final long startMs, final long arrivedMs) {
        final long dueMs = switch (kind) {
            case APPOINTMENT, WALK_IN -> startMs;
            case LATE -> arrivedMs + inForce.latePenaltyMs();
            case OVERFLOW -> arrivedMs + inForce.overflowDelayMs();
            case PICK_UP -> arrivedMs + inForce.pickUpDelayMs();
            default -> AT_ONCE;
        };
        return kind == TicketKind.URGENT ? AT_ONCE : ahead(dueMs, priority);
    }

    /** Who has a priority class is due earlier, but never before what is urgent. */
    public long ahead(final long dueMs, final int priority) {
        return Math.max(AT_ONCE + 1, dueMs - (priority == Priority.NONE.value() ? 0 : inForce.priorityAheadMs()));
    }

    /** How long after a call nobody has come, ms. */
    public long callGraceMs() {
        return inForce.callGraceMs();
    }

    /** How long after parking nobody has come back, ms. */
    public long parkMs() {
        return inForce.parkMs();
    }

    /** After how long a ticket ends by itself, ms. */
    public long keepMs() {
        return keepMs;
    }

    public long maxTickets() {
        return inForce.maxTickets();
    }

    public int recallsMost() {
        return inForce.recallsMost();
    }

    /** @param next number of the next ticket @param tickets that have not ended */
    void save(final StateWriter out, final long next, final long tickets) {
        if (wereSet() || next > 1) {
            counts.wrap(row, 0).nextTicket(next).tickets(tickets);
            out.rows(TableIds.HALL, HallRowDecoder.BLOCK_LENGTH, 0, 1, row, 0);
        }
    }

    /** Number of the next ticket, as it was saved; as the next one. */
    long savedNext() {
        return Math.max(1, inForce.nextTicket());
    }

    long savedTickets() {
        return inForce.tickets();
    }

    void load(final StateReader in) {
        Invariant.that(in.rowBytes() <= HallRowDecoder.BLOCK_LENGTH, "rules of a snapshot are known to this build", in.rowBytes());
        row.putBytes(0, in.buffer(), in.offset(), in.rowBytes());
        read();
    }

    private void read() {
        inForce.wrap(row, 0, HallRowDecoder.BLOCK_LENGTH, HallRowDecoder.SCHEMA_VERSION);
        keepMs = inForce.keepMs();
    }

    private static boolean within(final long value, final long least, final long most) {
        return value >= least && value <= most;
    }
}
