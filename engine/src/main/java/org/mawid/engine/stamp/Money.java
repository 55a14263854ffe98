package org.mawid.engine.stamp;

import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.DeadlineHeap;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.MoneyRowDecoder;
import org.mawid.sbe.MoneyRowEncoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampState;

/** All that core version 3 has brought: lives of stamps, payments, terminals, batches, books, proposals and breaks; returns since version 4. Empty before. */
public final class Money {
    private final Catalogue catalogue;
    private final StampLedger stamps;
    private final UnsafeBuffer row;
    private final MoneyRowEncoder counts = new MoneyRowEncoder();
    private final Lives lives;
    private final Payments payments;
    private final Terminals terminals;
    private final Books books;
    private final Returns returns;
    private final Batches batches;
    private final Breaks breaks;
    private final Proposals proposals;
    private final Movement movement;
    private final Collection collection;
    private final Postings postings;
    private final DeadlineHeap earlierLapses;
    private final DeadlineHeap earlierValidities;
    private long lapseAt = 1;
    private long forfeitAt = 1;

    Money(final CoreMemory memory, final StampLedger stamps, final Catalogue catalogue, final Emitter events) {
        this.catalogue = catalogue;
        this.stamps = stamps;
        this.row = new UnsafeBuffer(memory.take(MoneyRowEncoder.BLOCK_LENGTH));
        this.lives = new Lives(memory);
        this.payments = new Payments(memory);
        this.terminals = new Terminals(memory);
        this.books = new Books(memory);
        this.returns = new Returns(memory, events);
        this.batches = new Batches(memory, catalogue.posts(), books, terminals, returns);
        this.breaks = new Breaks(memory, events);
        this.proposals = new Proposals(memory);
        this.movement = new Movement(books, events);
        this.collection = new Collection(payments, lives, terminals, batches, returns, books, movement, catalogue.coreVersion(), events);
        this.earlierLapses = new DeadlineHeap(memory, TableIds.EARLIER_LAPSES);
        this.earlierValidities = new DeadlineHeap(memory, TableIds.EARLIER_VALIDITIES);
        this.postings = new Postings(stamps, movement, catalogue.services());
    }

    public Lives lives() {
        return lives;
    }

    public Payments payments() {
        return payments;
    }

    public Terminals terminals() {
        return terminals;
    }

    public Books books() {
        return books;
    }

    public Batches batches() {
        return batches;
    }

    public Returns returns() {
        return returns;
    }

    public Breaks breaks() {
        return breaks;
    }

    public Proposals proposals() {
        return proposals;
    }

    public Movement movement() {
        return movement;
    }

    public Collection collection() {
        return collection;
    }

    public Postings postings() {
        return postings;
    }

    // ---- what two persons decide

    public void propose(final long stamp, final int matter, final long actor, final long nowMs) {
        lives.matter(stamp, matter);
        proposals.add(stamp, matter, actor, nowMs);
    }

    /** Nothing is proposed any more, nor waits to be given back. */
    public void drop(final long stamp) {
        if (lives.matter(stamp) != 0) {
            proposals.remove(stamp);
            lives.matter(stamp, 0);
            lives.approved(stamp, false);
        }
    }

    /** The second person agrees to a refund: it waits to be given back. */
    public void approveRefund(final long stamp) {
        proposals.remove(stamp);
        lives.approved(stamp, true);
    }

    public void consumed(final long stamp, final long nowMs, final int postId, final int epochDay) {
        lives.consumed(stamp, nowMs, postId, epochDay);
    }

    /** A batch is closed: its money is on its way. */
    public void closeBatch(final long batch, final int epochDay, final long nowMs) {
        batches.close(batch, epochDay, nowMs);
    }

    /** The treasury has brought a batch, or one payment of it. @param entryHash of the statement and entry that say so */
    public void settled(final long batch, final long payment, final long entryHash) {
        if (payment == 0) {
            batches.settled(batch, entryHash);
        } else {
            payments.settled(payment, true, entryHash);
            if (batch != 0) {
                batches.settledAlone(batch, payments.receivedMinor(payment));
            }
        }
    }

    /** The treasury has taken a return that is due. @param entryHash of the statement and entry that say so */
    public void returnSettled(final long number, final long entryHash) {
        returns.settled(number, entryHash);
        batches.settledAlone(returns.batch(number), -returns.amountMinor(number));
    }

    // ---- the age of stamps

    /** When a stamp is next to be looked at for its age, ms since 1970-01-01 UTC; {@code Long.MAX_VALUE} = never. */
    public long nextDueMs() {
        return catalogue.coreVersion().keepsMoney() ? Math.min(payments.nextDueMs(), Math.min(dueMs(true), dueMs(false))) : Long.MAX_VALUE;
    }

    /** A stamp is older than those of lower numbers, so that going through them comes to it too late. */
    void olderThanItsNumber(final long stamp, final long issuedMs) {
        earlierLapses.add(issuedMs, stamp);
        earlierValidities.add(issuedMs, stamp);
    }

    private DeadlineHeap earlier(final boolean lapse) {
        return lapse ? earlierLapses : earlierValidities;
    }

    /** Whether one that was taken over comes before all others. */
    private boolean isEarlierFirst(final boolean lapse) {
        final long at = byNumber(lapse);
        return earlier(lapse).size() > 0 && (at == stamps.end() || earlier(lapse).firstDeadline() <= stamps.issuedMs(at));
    }

    /** The oldest stamp that was not looked at for its lapse, or for its validity; {@link StampLedger#end} = none. One that was taken over may be gone. */
    public long oldest(final boolean lapse) {
        return isEarlierFirst(lapse) ? earlier(lapse).firstNumber() : byNumber(lapse);
    }

    /** The first in the order of numbers. Goes over what is gone. */
    private long byNumber(final boolean lapse) {
        final long at = stamps.next(lapse ? lapseAt : forfeitAt, Integer.MAX_VALUE);
        if (lapse) {
            lapseAt = at;
        } else {
            forfeitAt = at;
        }
        return at;
    }

    /** When that one is due. */
    public long dueMs(final boolean lapse) {
        final long age = lapse ? catalogue.stampRules().lapseMs() : catalogue.stampRules().validityMs();
        if (isEarlierFirst(lapse)) {
            return earlier(lapse).firstDeadline() + age;
        }
        final long stamp = byNumber(lapse);
        return stamp == stamps.end() ? Long.MAX_VALUE : stamps.issuedMs(stamp) + age;
    }

    /** The oldest was looked at. */
    public void lookedAt(final boolean lapse) {
        if (isEarlierFirst(lapse)) {
            earlier(lapse).remove(1);
        } else if (lapse) {
            lapseAt++;
        } else {
            forfeitAt++;
        }
    }

    // ---- the end

    /** Whether nothing of an application's money moves any more. @param last its last stamp */
    public boolean isOver(final long application, final long last) {
        for (long stamp = last; stamp != 0; stamp = stamps.previous(stamp)) {
            final StampState state = StampState.get((short) stamps.state(stamp));
            if (state == StampState.ISSUED || state == StampState.PAYMENT_PENDING || state == StampState.IN_DOUBT || state == StampState.PAID || state == StampState.REFUND_REQUESTED) {
                return false;
            }
        }
        for (long payment = payments.lastOf(application); payment != 0; payment = payments.previous(payment)) {
            if (!isOver(payment)) {
                return false;
            }
        }
        return true;
    }

    private boolean isOver(final long payment) {
        if (returns.isDueOf(payment)) {
            return false;
        }
        return switch (PaymentState.get((short) payments.state(payment))) {
            case PENDING, IN_DOUBT, UNALLOCATED -> false;
            case APPROVED -> payments.isSettled(payment) || payments.batch(payment) != 0
                    && (payments.means(payment) != PaymentMeans.ONLINE.value() || batches.is(payments.batch(payment), BatchState.SETTLED));
            default -> true;
        };
    }

    public void retirePaymentsOf(final long application) {
        for (long payment = payments.lastOf(application); payment != 0; payment = payments.previous(payment)) {
            returns.forget(payment);
        }
        payments.retireOf(application);
    }

    void save(final StateWriter out) {
        lives.rows().save(out);
        payments.save(out);
        terminals.save(out);
        batches.save(out);
        breaks.save(out);
        books.save(out);
        proposals.save(out);
        returns.save(out);
        if (catalogue.coreVersion().keepsMoney()) {
            counts.wrap(row, 0).nextPayment(payments.end()).payments(payments.count()).nextBatch(batches.end()).nextBreak(breaks.end()).breaks(breaks.count())
                    .openBreaks(breaks.openCount()).lapseAt(byNumber(true)).forfeitAt(byNumber(false)).tariffs(0);
            out.rows(TableIds.MONEY, MoneyRowEncoder.BLOCK_LENGTH, 0, 1, row, 0);
        }
        earlierLapses.save(out);
        earlierValidities.save(out);
    }

    boolean load(final StateReader in) {
        switch (in.tableId()) {
            case TableIds.STAMP_LIVES -> lives.rows().load(in);
            case TableIds.TERMINALS -> terminals.load(in);
            case TableIds.BATCHES -> batches.load(in);
            case TableIds.BREAKS -> breaks.load(in);
            case TableIds.BOOKS -> books.load(in);
            case TableIds.PROPOSALS -> proposals.load(in);
            case TableIds.EARLIER_LAPSES -> earlierLapses.load(in);
            case TableIds.EARLIER_VALIDITIES -> earlierValidities.load(in);
            case TableIds.MONEY -> row.putBytes(0, in.buffer(), in.offset(), Math.min(in.rowBytes(), MoneyRowEncoder.BLOCK_LENGTH));
            default -> {
                return payments.load(in) || returns.load(in);
            }
        }
        return true;
    }

    void loaded() {
        final MoneyRowDecoder known = new MoneyRowDecoder().wrap(row, 0, MoneyRowDecoder.BLOCK_LENGTH, MoneyRowDecoder.SCHEMA_VERSION);
        payments.loaded(known.nextPayment(), known.payments());
        batches.loaded(known.nextBatch());
        breaks.loaded(known.nextBreak(), known.breaks(), known.openBreaks());
        lapseAt = Math.max(1, known.lapseAt());
        forfeitAt = Math.max(1, known.forfeitAt());
        books.loaded();
        returns.loaded();
        proposals.loaded();
    }

    void check() {
        lives.rows().check();
        payments.check();
        batches.check();
        breaks.check();
        books.check();
        proposals.check(lives);
        returns.check(batches);
        earlierLapses.check();
        earlierValidities.check();
        new MoneyCheck(stamps, this).run();
    }
}
