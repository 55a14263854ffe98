package org.mawid.engine.waiting;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.WaitlistRowDecoder;
import org.mawid.sbe.WaitlistRowEncoder;

/**
 * Rules of waiting by one's own wish and of cooling, as set through the log, and what is counted of both. Units and ranges: SetWaitlistRules in the
 * schema. Not in the state before there is anything to say.
 */
public final class Waitlist {
    /** Every so many ms it is found out what was released. */
    public static final long SPAN_MS = 600_000L;
    /** Bytes of the rules in the command: the row without what follows them. */
    private static final int BYTES = WaitlistRowDecoder.wereSetEncodingOffset();
    private static final long MINUTE_MS = 60_000L;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    private final UnsafeBuffer row;
    private final WaitlistRowDecoder read = new WaitlistRowDecoder();
    private final WaitlistRowEncoder write = new WaitlistRowEncoder();
    private long offerTtlMs;
    private long noticeMs;
    private long coolingLeadMs;
    private long maxWaiters;
    private long maxCoolings;
    private int entriesEach;
    private int offersEach;
    private int spentEach;
    private long joined;
    private int span;
    private int lookedPost;
    private int sinceSpan;
    private int releasedPost;

    Waitlist(final CoreMemory memory) {
        row = new UnsafeBuffer(memory.take(WaitlistRowEncoder.BLOCK_LENGTH));
        write.wrap(row, 0).offerTtlMs(4 * HOUR_MS).noticeMs(2 * HOUR_MS).coolingLeadMs(2 * HOUR_MS).maxWaiters(1_000_000).maxCoolings(1_000_000)
                .entriesEach((short) 3).offersEach((short) 2).spentEach((short) 4).wereSet(BooleanType.NO);
        read();
    }

    /** True when every value is in its range. @param offset of the first rule in the command */
    public boolean areInRange(final DirectBuffer buffer, final int offset) {
        read.wrap(buffer, offset, WaitlistRowDecoder.BLOCK_LENGTH, WaitlistRowDecoder.SCHEMA_VERSION);
        return within(read.offerTtlMs(), 5 * MINUTE_MS, 14 * DAY_MS)
                && within(read.noticeMs(), 0, 7 * DAY_MS)
                && within(read.coolingLeadMs(), 0, 7 * DAY_MS)
                && within(read.maxWaiters(), 0, 10_000_000)
                && within(read.maxCoolings(), 0, 10_000_000)
                && within(read.entriesEach(), 1, 16)
                && within(read.offersEach(), 1, 10)
                && within(read.spentEach(), 0, 16);
    }

    /** Replaces all rules. */
    public void set(final DirectBuffer buffer, final int offset) {
        row.putBytes(0, buffer, offset, BYTES);
        write.wrap(row, 0).wereSet(BooleanType.YES);
        read();
    }

    /** False while the defaults are in force. */
    public boolean wereSet() {
        return row.getByte(BYTES) != 0;
    }

    /** How long an offer lives, ms. */
    public long offerTtlMs() {
        return offerTtlMs;
    }

    /** How long before its start a visit can be offered at the latest, ms. */
    public long noticeMs() {
        return noticeMs;
    }

    /** What starts sooner does not cool, ms. */
    public long coolingLeadMs() {
        return coolingLeadMs;
    }

    public long maxWaiters() {
        return maxWaiters;
    }

    public long maxCoolings() {
        return maxCoolings;
    }

    /** At how many posts a line can wait. */
    public int entriesEach() {
        return entriesEach;
    }

    /** Offers that nobody answers until waiting ends. */
    public int offersEach() {
        return offersEach;
    }

    /** Holds of the budget that an offer costs which is not taken. */
    public int spentEach() {
        return spentEach;
    }

    // ---- counted

    /** Who waits by their own wish. */
    public long joined() {
        return joined;
    }

    void count(final int change) {
        joined += change;
    }

    /** The ten minutes, counted since 1970, in which it is found out which dates were released. */
    public int span() {
        return span;
    }

    /** The next ten minutes have begun: it is to be found out, post by post. */
    public void goOn(final int nextSpan) {
        sinceSpan = span;
        releasedPost = 0;
        span = nextSpan;
    }

    /** Nobody waited before. */
    public void begin(final int firstSpan) {
        span = firstSpan;
        releasedPost = Posts.MOST;
    }

    /** Since these ten minutes began. */
    public int sinceSpan() {
        return sinceSpan;
    }

    /** Up to which post it was found out, {@link Posts#MOST} = all of them. */
    public int releasedPost() {
        return releasedPost;
    }

    /** When what was released at a post was found out the last time, ms: from core version 8 on what is released later is offered to nobody before the first in line. */
    public long foundByMs(final int postId) {
        return SPAN_MS * (postId <= releasedPost ? span : sinceSpan);
    }

    public void releasedPost(final int postId) {
        releasedPost = postId;
    }

    /** The post whose queue was looked at last, 0 = none yet. */
    public int lookedPost() {
        return lookedPost;
    }

    public void lookedPost(final int postId) {
        lookedPost = postId;
    }

    // ---- state

    /** Under core version 7 or later, with what the allocation counts. */
    public void save(final StateWriter out, final long coolings, final long nextCooling, final long era) {
        if (wereSet() || joined != 0 || nextCooling > 1 || era != 0 || span != 0 || lookedPost != 0 || releasedPost != 0 || sinceSpan != 0) {
            write.wrap(row, 0).joined(joined).coolings(coolings).nextCooling(nextCooling).era(era).span(span).lookedPost(lookedPost)
                    .sinceSpan(sinceSpan).releasedPost(releasedPost);
            out.rows(TableIds.WAITLIST, WaitlistRowDecoder.BLOCK_LENGTH, 0, 1, row, 0);
        }
    }

    void load(final StateReader in) {
        Invariant.that(in.rowBytes() <= WaitlistRowDecoder.BLOCK_LENGTH, "the row of a snapshot is known to this build", in.rowBytes());
        row.putBytes(0, in.buffer(), in.offset(), in.rowBytes());
        read();
        joined = read.joined();
        span = read.span();
        lookedPost = read.lookedPost();
        sinceSpan = read.sinceSpan();
        releasedPost = read.releasedPost();
    }

    /** What was saved of the allocation, valid after loading. */
    public long coolings() {
        return read.wrap(row, 0, WaitlistRowDecoder.BLOCK_LENGTH, WaitlistRowDecoder.SCHEMA_VERSION).coolings();
    }

    public long nextCooling() {
        return Math.max(1, read.wrap(row, 0, WaitlistRowDecoder.BLOCK_LENGTH, WaitlistRowDecoder.SCHEMA_VERSION).nextCooling());
    }

    public long era() {
        return read.wrap(row, 0, WaitlistRowDecoder.BLOCK_LENGTH, WaitlistRowDecoder.SCHEMA_VERSION).era();
    }

    private void read() {
        read.wrap(row, 0, WaitlistRowDecoder.BLOCK_LENGTH, WaitlistRowDecoder.SCHEMA_VERSION);
        offerTtlMs = read.offerTtlMs();
        noticeMs = read.noticeMs();
        coolingLeadMs = read.coolingLeadMs();
        maxWaiters = read.maxWaiters();
        maxCoolings = read.maxCoolings();
        entriesEach = read.entriesEach();
        offersEach = read.offersEach();
        spentEach = read.spentEach();
    }

    private static boolean within(final long value, final long least, final long most) {
        return value >= least && value <= most;
    }
}
