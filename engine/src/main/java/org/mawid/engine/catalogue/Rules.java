package org.mawid.engine.catalogue;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.RulesRowDecoder;
import org.mawid.sbe.RulesRowEncoder;

/** Times, limits and bounds of tables, as set through the log. Units and ranges: SetRules in the schema. */
public final class Rules {
    private static final long SECOND_MS = 1_000L;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;
    /** Not a size: tables here and on the read side are made as rows come, so that no limit that is allowed is more than one of them can hold. */
    private static final long MOST_ROWS = 100_000_000L;

    private final UnsafeBuffer row;
    private final RulesRowDecoder rules = new RulesRowDecoder();
    private final RulesRowDecoder proposed = new RulesRowDecoder();
    private long holdTtlMs;
    private long holdBudgetRefillMs;
    private long validationTtlMs;
    private long rememberMs;
    private long createdSkewMs;
    private int holdsPerPerson;
    private int holdBudget;
    private long maxHolds;
    private long maxLegs;
    private long maxAppointments;
    private long maxStamps;
    private long maxRequests;

    Rules(final CoreMemory memory) {
        row = new UnsafeBuffer(memory.take(RulesRowEncoder.BLOCK_LENGTH));
        new RulesRowEncoder().wrap(row, 0)
                .holdTtlMs(10 * MINUTE_MS).holdBudgetRefillMs(10 * MINUTE_MS).validationTtlMs(90 * DAY_MS).rememberMs(DAY_MS).createdSkewMs(MINUTE_MS)
                .checkInEarlyMs(4 * HOUR_MS).noShowGraceMs(15 * MINUTE_MS).retainMs(30 * DAY_MS)
                .maxApplications(12_000_000).maxLines(24_000_000).maxPersons(12_000_000).maxAppointments(12_000_000).maxHolds(2_000_000).maxLegs(24_000_000)
                .maxStamps(24_000_000).maxDays(1_000_000).maxRequests(4_194_304).maxClients(65_536).maxChanges(4_096)
                .horizonDays(420).expiredPerTick(16)
                .holdsPerPerson((short) 2).holdBudget((short) 8).openLinesPerPerson((short) 16).reschedulesPerAppointment((short) 3);
        read();
    }

    /** True when every value is in its range; the block has the layout of RulesRow. What is in use is the caller's question. */
    public boolean areInRange(final DirectBuffer buffer, final int offset) {
        proposed.wrap(buffer, offset, RulesRowDecoder.BLOCK_LENGTH, RulesRowDecoder.SCHEMA_VERSION);
        return within(proposed.holdTtlMs(), 30 * SECOND_MS, HOUR_MS)
                && within(proposed.holdBudgetRefillMs(), SECOND_MS, 7 * DAY_MS)
                && within(proposed.validationTtlMs(), DAY_MS, 731 * DAY_MS)
                && within(proposed.rememberMs(), SECOND_MS, 7 * DAY_MS)
                && within(proposed.createdSkewMs(), 0, HOUR_MS)
                && within(proposed.checkInEarlyMs(), 0, DAY_MS)
                && within(proposed.noShowGraceMs(), 0, DAY_MS)
                && within(proposed.retainMs(), 0, 3_653 * DAY_MS)
                && within(proposed.maxApplications(), 1, MOST_ROWS)
                && within(proposed.maxLines(), 1, MOST_ROWS)
                && within(proposed.maxPersons(), 1, MOST_ROWS)
                && within(proposed.maxAppointments(), 1, MOST_ROWS)
                && within(proposed.maxHolds(), 1, MOST_ROWS)
                && within(proposed.maxLegs(), 1, MOST_ROWS)
                && within(proposed.maxStamps(), 1, MOST_ROWS)
                && within(proposed.maxDays(), 1, MOST_ROWS)
                && within(proposed.maxRequests(), 1, MOST_ROWS)
                && within(proposed.maxClients(), 1, MOST_ROWS)
                && within(proposed.maxChanges(), 1, MOST_ROWS)
                && within(proposed.horizonDays(), 1, 500)
                && within(proposed.expiredPerTick(), 1, 32)
                && within(proposed.holdsPerPerson(), 1, 16)
                && within(proposed.holdBudget(), 1, 255)
                && within(proposed.openLinesPerPerson(), 1, 64)
                && within(proposed.reschedulesPerAppointment(), 0, 255);
    }

    /** The values that {@link #areInRange} was asked about. */
    public RulesRowDecoder proposed() {
        return proposed;
    }

    /** Replaces all rules. */
    public void set(final DirectBuffer buffer, final int offset) {
        row.putBytes(0, buffer, offset, RulesRowDecoder.BLOCK_LENGTH);
        read();
    }

    /** The block of RulesRow. */
    public DirectBuffer row() {
        return row;
    }

    public long holdTtlMs() {
        return holdTtlMs;
    }

    public long holdBudgetRefillMs() {
        return holdBudgetRefillMs;
    }

    public long validationTtlMs() {
        return validationTtlMs;
    }

    public long rememberMs() {
        return rememberMs;
    }

    public long createdSkewMs() {
        return createdSkewMs;
    }

    public long checkInEarlyMs() {
        return rules.checkInEarlyMs();
    }

    public long noShowGraceMs() {
        return rules.noShowGraceMs();
    }

    public long retainMs() {
        return rules.retainMs();
    }

    public long maxApplications() {
        return rules.maxApplications();
    }

    public long maxLines() {
        return rules.maxLines();
    }

    public long maxPersons() {
        return rules.maxPersons();
    }

    public long maxAppointments() {
        return maxAppointments;
    }

    public long maxHolds() {
        return maxHolds;
    }

    public long maxLegs() {
        return maxLegs;
    }

    public long maxStamps() {
        return maxStamps;
    }

    public long maxDays() {
        return rules.maxDays();
    }

    public long maxRequests() {
        return maxRequests;
    }

    public long maxClients() {
        return rules.maxClients();
    }

    public long maxChanges() {
        return rules.maxChanges();
    }

    public int horizonDays() {
        return rules.horizonDays();
    }

    public int expiredPerTick() {
        return rules.expiredPerTick();
    }

    public int holdsPerPerson() {
        return holdsPerPerson;
    }

    public int holdBudget() {
        return holdBudget;
    }

    public int openLinesPerPerson() {
        return rules.openLinesPerPerson();
    }

    public int reschedulesPerAppointment() {
        return rules.reschedulesPerAppointment();
    }

    void save(final StateWriter out) {
        out.rows(TableIds.RULES, RulesRowDecoder.BLOCK_LENGTH, 0, 1, row, 0);
    }

    void load(final StateReader in) {
        Invariant.that(in.rowBytes() <= RulesRowDecoder.BLOCK_LENGTH, "rules of a snapshot are known to this build", in.rowBytes());
        row.setMemory(0, row.capacity(), (byte) 0);
        row.putBytes(0, in.buffer(), in.offset(), in.rowBytes());
        read();
    }

    private void read() {
        rules.wrap(row, 0, RulesRowDecoder.BLOCK_LENGTH, RulesRowDecoder.SCHEMA_VERSION);
        holdTtlMs = rules.holdTtlMs();
        holdBudgetRefillMs = rules.holdBudgetRefillMs();
        validationTtlMs = rules.validationTtlMs();
        rememberMs = rules.rememberMs();
        createdSkewMs = rules.createdSkewMs();
        holdsPerPerson = rules.holdsPerPerson();
        holdBudget = rules.holdBudget();
        maxHolds = rules.maxHolds();
        maxLegs = rules.maxLegs();
        maxAppointments = rules.maxAppointments();
        maxStamps = rules.maxStamps();
        maxRequests = rules.maxRequests();
    }

    private static boolean within(final long value, final long least, final long most) {
        return value >= least && value <= most;
    }
}
