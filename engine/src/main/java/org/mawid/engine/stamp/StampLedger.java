package org.mawid.engine.stamp;

import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.catalogue.Services;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Ahead;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.Account;
import org.mawid.sbe.Result;
import org.mawid.sbe.StampRowDecoder;
import org.mawid.sbe.StampState;
import org.mawid.sbe.StampVoidedEncoder;
import org.mawid.sbe.StampsIssuedEncoder;
import org.mawid.sbe.StampsIssuedEncoder.StampsEncoder;
import org.mawid.sbe.StampsTakenOverEncoder;
import org.mawid.sbe.SystemRowDecoder;
import org.mawid.sbe.SystemRowEncoder;

/** Stamps by number, and the ones that are about to be issued by the present command. */
public final class StampLedger {
    /** Stamps that one application ever has, void ones included, from core version 2 on. */
    public static final int MOST_OF_ONE_APPLICATION = 256;
    private static final int MOST_AT_ONCE = 16;
    private static final int AMOUNT = StampRowDecoder.amountCentimesEncodingOffset();
    private static final int LOCAL = StampRowDecoder.localMinorEncodingOffset();
    private static final int RATE = StampRowDecoder.microMadPerUnitEncodingOffset();
    private static final int ISSUED_MS = StampRowDecoder.issuedMsEncodingOffset();
    private static final int APPLICATION = StampRowDecoder.applicationIdEncodingOffset();
    private static final int PREVIOUS = StampRowDecoder.previousEncodingOffset();
    private static final int TARIFF = StampRowDecoder.tariffVersionEncodingOffset();
    private static final int POST = StampRowDecoder.postIdEncodingOffset();
    private static final int LINE = StampRowDecoder.lineEncodingOffset();
    private static final int STATE = StampRowDecoder.stateEncodingOffset();
    private static final int CURRENCY = StampRowDecoder.currencyEncodingOffset();
    private static final int ORDINAL = StampRowDecoder.ordinalEncodingOffset();
    private static final int ISSUED = StampState.ISSUED.value();
    private static final int VOID = StampState.VOID.value();

    private final NumberedRows rows;
    private final StampVoidedEncoder stampVoided = new StampVoidedEncoder();
    private final Catalogue catalogue;
    private final Emitter events;
    private final int[] lines = new int[MOST_AT_ONCE];
    private final long[] amounts = new long[MOST_AT_ONCE];
    private final long[] tariffs = new long[MOST_AT_ONCE];
    private final long[] locals = new long[MOST_AT_ONCE];
    private final long[] rates = new long[MOST_AT_ONCE];
    private final long[] issued = new long[MOST_AT_ONCE];
    private int wantedPost;
    private int wanted;
    private long nextStamp = 1;
    private long count;
    private final Money money;
    private final Lives lives;
    private final Movement movement;

    public StampLedger(final CoreMemory memory, final Catalogue catalogue, final Emitter events) {
        this.rows = new NumberedRows(memory, TableIds.STAMPS, StampRowDecoder.BLOCK_LENGTH, STATE);
        this.catalogue = catalogue;
        this.events = events;
        this.money = new Money(memory, this, catalogue, events);
        this.lives = money.lives();
        this.movement = money.movement();
    }

    /** How stamps are paid, and the books. */
    public Money money() {
        return money;
    }

    // ---- issue: decide

    /** Begins to collect what the command would issue in the currency of this post. */
    public void want(final int postId) {
        wantedPost = postId;
        wanted = 0;
    }

    /** Adds the stamp of one line, in ascending order of lines; a free service needs none, which {@link #wanted()} tells. */
    public Result want(final int line, final int serviceId, final int quantity, final long nowMs) {
        final int which = catalogue.services().tariff(serviceId, nowMs);
        if (which == Services.NONE) return Result.TARIFF_UNKNOWN;
        final long amountCentimes = Price.amountCentimes(catalogue.services().unitCentimes(serviceId, which), quantity);
        if (amountCentimes == 0) return Result.OK;
        if (catalogue.posts().microMadPerUnit(wantedPost) == 0) return Result.RATE_UNKNOWN;
        lines[wanted] = line;
        amounts[wanted] = amountCentimes;
        tariffs[wanted] = catalogue.services().tariffVersion(serviceId, which);
        wanted++;
        return Result.OK;
    }

    /** Adds a stamp that an older system has issued, at its price and with its age, in ascending order of lines. Its parts are known where the tariff in force has the same price. */
    public void wantEarlier(final int line, final int serviceId, final int quantity, final long amountCentimes, final long localMinor, final long microMadPerUnit, final long issuedMs, final long nowMs) {
        final int which = catalogue.services().tariff(serviceId, nowMs);
        final boolean same = which != Services.NONE && Price.amountCentimes(catalogue.services().unitCentimes(serviceId, which), quantity) == amountCentimes;
        lines[wanted] = line;
        amounts[wanted] = amountCentimes;
        tariffs[wanted] = same ? catalogue.services().tariffVersion(serviceId, which) : 0;
        locals[wanted] = localMinor;
        rates[wanted] = microMadPerUnit;
        issued[wanted] = issuedMs;
        wanted++;
    }

    public int wanted() {
        return wanted;
    }

    /** Why what is wanted would be too much: for the application, then for the tables. @param last its last stamp so far, 0 = none */
    public Result whyTooMany(final long last) {
        if (wanted > 0 && catalogue.coreVersion().boundsStamps() && countTo(last) + wanted > MOST_OF_ONE_APPLICATION) return Result.LIMIT_REACHED;
        return count + wanted > catalogue.rules().maxStamps() ? Result.STAMPS_FULL : Result.OK;
    }

    /** How many stamps an application had with this one, the most there may be when it had more: those of core version 1 are not numbered. */
    private int countTo(final long last) {
        if (last != 0 && ordinal(last) != 0) {
            return ordinal(last);
        }
        int counted = 0;
        for (long stamp = last; stamp != 0 && counted < MOST_OF_ONE_APPLICATION; stamp = previous(stamp)) {
            counted++;
        }
        return counted;
    }

    // ---- issue: apply

    /** The line of a wanted stamp. */
    public int wantedLine(final int index) {
        return lines[index];
    }

    /** Issues what is wanted, at least one. @param previous the application's last stamp so far @return the first number; the others follow it */
    public long issue(final long application, final long previous, final long nowMs) {
        final long first = nextStamp;
        final long rate = catalogue.posts().microMadPerUnit(wantedPost);
        final int digits = catalogue.posts().minorDigits(wantedPost);
        final int roundTo = catalogue.posts().roundToMinor(wantedPost);
        final boolean numbered = catalogue.coreVersion().boundsStamps();
        int ordinal = numbered ? countTo(previous) : 0;
        long before = previous;
        for (int i = 0; i < wanted; i++) {
            before = add(i, application, before, Price.localMinor(amounts[i], digits, rate, roundTo), rate, nowMs, numbered ? ++ordinal : 0);
        }
        return first;
    }

    /** Issues what an older system has issued. The ages of stamps that come so are looked at by themselves: they are not in the order of their numbers. */
    public long issueEarlier(final long application, final long previous) {
        final long first = nextStamp;
        int ordinal = countTo(previous);
        long before = previous;
        for (int i = 0; i < wanted; i++) {
            before = add(i, application, before, locals[i], rates[i], issued[i], ++ordinal);
            money.olderThanItsNumber(before, issued[i]);
        }
        return first;
    }

    /** @return its number */
    private long add(final int i, final long application, final long previous, final long localMinor, final long rate, final long issuedMs, final int ordinal) {
        final long stamp = nextStamp++;
        final long at = rows.add(stamp);
        Memory.putLong(at + AMOUNT, amounts[i]);
        Memory.putLong(at + LOCAL, localMinor);
        Memory.putLong(at + RATE, rate);
        Memory.putLong(at + ISSUED_MS, issuedMs);
        Memory.putLong(at + APPLICATION, application);
        Memory.putLong(at + PREVIOUS, previous);
        Memory.putInt(at + TARIFF, (int) tariffs[i]);
        Memory.putShort(at + POST, wantedPost);
        Memory.putByte(at + LINE, lines[i]);
        Memory.putByte(at + STATE, ISSUED);
        putCurrency(at + CURRENCY, catalogue.posts().currency(wantedPost));
        Memory.putInt(at + ORDINAL, ordinal);
        count++;
        if (catalogue.coreVersion().keepsMoney()) {
            open(stamp);
        }
        return stamp;
    }

    /** From now on what happens to the stamp is booked. */
    public void open(final long stamp) {
        if (!lives.has(stamp)) {
            lives.add(stamp);
            movement.memorandum(post(stamp), Account.UNPAID.value(), Account.ISSUED.value(), amountCentimes(stamp));
        }
    }

    /** Another stamp at the price of this one, for another line. Tells it. @param previous the application's last stamp so far */
    public long copy(final long stamp, final long application, final int line, final long previous) {
        final long copy = nextStamp++;
        final int ordinal = countTo(previous) + 1;
        final long at = rows.add(copy);
        Memory.copy(rows.at(stamp), at, StampRowDecoder.BLOCK_LENGTH);
        Memory.putLong(at + APPLICATION, application);
        Memory.putLong(at + PREVIOUS, previous);
        Memory.putByte(at + LINE, line);
        Memory.putByte(at + STATE, ISSUED);
        Memory.putInt(at + ORDINAL, ordinal);
        count++;
        if (catalogue.coreVersion().keepsAgeOfReused()) {
            money.olderThanItsNumber(copy, issuedMs(copy));
        }
        open(copy);
        wantedPost = post(stamp);
        lines[0] = line;
        amounts[0] = amountCentimes(stamp);
        tariffs[0] = tariffVersion(stamp);
        emitRun(application, copy, 0, 1);
        return copy;
    }

    /** Why one more stamp would be too much. @param last the application's last stamp so far, 0 = none */
    public Result whyNoMore(final long last) {
        if (countTo(last) + 1 > MOST_OF_ONE_APPLICATION) return Result.LIMIT_REACHED;
        return count + 1 > catalogue.rules().maxStamps() ? Result.STAMPS_FULL : Result.OK;
    }

    /** Says what {@link #issue} did: one event for each run of stamps of one tariff version, and one rate. */
    public void emitIssued(final long application, final long first) {
        int from = 0;
        while (from < wanted) {
            int to = from + 1;
            while (to < wanted && tariffs[to] == tariffs[from] && microMadPerUnit(first + to) == microMadPerUnit(first + from)) {
                to++;
            }
            emitRun(application, first, from, to);
            from = to;
        }
    }

    /** Says how old the stamps are that {@link #issueEarlier} issued. */
    public void emitTakenOver(final long application, final long first) {
        final long block = events.beginAt(StampsTakenOverEncoder.TEMPLATE_ID, StampsTakenOverEncoder.BLOCK_LENGTH, wantedPost);
        Memory.putLong(block + StampsTakenOverEncoder.applicationIdEncodingOffset(), application);
        long at = Emitter.group(block + StampsTakenOverEncoder.BLOCK_LENGTH, StampsTakenOverEncoder.StampsEncoder.sbeBlockLength(), wanted);
        for (int i = 0; i < wanted; i++, at += StampsTakenOverEncoder.StampsEncoder.sbeBlockLength()) {
            Memory.putLong(at + StampsTakenOverEncoder.StampsEncoder.stampIdEncodingOffset(), first + i);
            Memory.putLong(at + StampsTakenOverEncoder.StampsEncoder.issuedMsEncodingOffset(), issued[i]);
        }
        events.endAt(at);
    }

    private void emitRun(final long application, final long first, final int from, final int to) {
        final long block = events.beginAt(StampsIssuedEncoder.TEMPLATE_ID, StampsIssuedEncoder.BLOCK_LENGTH, wantedPost);
        Memory.putLong(block + StampsIssuedEncoder.applicationIdEncodingOffset(), application);
        Memory.putLong(block + StampsIssuedEncoder.microMadPerUnitEncodingOffset(), microMadPerUnit(first + from));
        Memory.putInt(block + StampsIssuedEncoder.tariffVersionEncodingOffset(), (int) tariffs[from]);
        putCurrency(block + StampsIssuedEncoder.currencyEncodingOffset(), currency(first + from));
        long at = Emitter.group(block + StampsIssuedEncoder.BLOCK_LENGTH, StampsEncoder.sbeBlockLength(), to - from);
        for (int i = from; i < to; i++, at += StampsEncoder.sbeBlockLength()) {
            Memory.putLong(at + StampsEncoder.stampIdEncodingOffset(), first + i);
            Memory.putByte(at + StampsEncoder.lineEncodingOffset(), lines[i]);
            Memory.putLong(at + StampsEncoder.amountCentimesEncodingOffset(), amounts[i]);
            Memory.putLong(at + StampsEncoder.localMinorEncodingOffset(), localMinor(first + i));
        }
        events.endAt(at);
    }

    // ---- void, retire

    public boolean has(final long stamp) {
        return rows.has(stamp);
    }

    /** True while nobody has begun to pay it. */
    public boolean isIssued(final long stamp) {
        return state(stamp) == ISSUED;
    }

    /** The stamp is worth nothing any more; its line may have another. */
    public void makeVoid(final long stamp) {
        Memory.putByte(rows.at(stamp) + STATE, VOID);
        emitVoided(stamp);
    }

    public void emitVoided(final long stamp) {
        final int block = events.begin(StampVoidedEncoder.TEMPLATE_ID, StampVoidedEncoder.BLOCK_LENGTH, post(stamp));
        stampVoided.wrap(events.buffer(), block).stampId(stamp).applicationId(application(stamp));
        events.end(stampVoided.limit());
    }

    public boolean is(final long stamp, final StampState state) {
        return state(stamp) == state.value();
    }

    public void state(final long stamp, final StampState state) {
        Memory.putByte(rows.at(stamp) + STATE, state.value());
    }

    /** Takes the stamp out of memory. @return the application's stamp before it, 0 = none */
    public long retire(final long stamp) {
        final long previous = previous(stamp);
        if (lives.has(stamp)) {
            money.drop(stamp);
            lives.rows().remove(stamp);
        }
        rows.remove(stamp);
        count--;
        return previous;
    }

    // ---- fields

    public long amountCentimes(final long stamp) {
        return Memory.getLong(rows.at(stamp) + AMOUNT);
    }

    public long localMinor(final long stamp) {
        return Memory.getLong(rows.at(stamp) + LOCAL);
    }

    public long microMadPerUnit(final long stamp) {
        return Memory.getLong(rows.at(stamp) + RATE);
    }

    public long issuedMs(final long stamp) {
        return Memory.getLong(rows.at(stamp) + ISSUED_MS);
    }

    public long application(final long stamp) {
        return Memory.getLong(rows.at(stamp) + APPLICATION);
    }

    public long previous(final long stamp) {
        return Memory.getLong(rows.at(stamp) + PREVIOUS);
    }

    /** 1 = the first stamp of its application; 0 = not numbered, issued under core version 1. */
    public int ordinal(final long stamp) {
        return Memory.getInt(rows.at(stamp) + ORDINAL);
    }

    public long tariffVersion(final long stamp) {
        return Memory.getInt(rows.at(stamp) + TARIFF) & 0xFFFF_FFFFL;
    }

    public int post(final long stamp) {
        return Memory.getShort(rows.at(stamp) + POST);
    }

    public int line(final long stamp) {
        return Memory.getByte(rows.at(stamp) + LINE);
    }

    /** Value of {@link StampState}. */
    public int state(final long stamp) {
        return Memory.getByte(rows.at(stamp) + STATE);
    }

    /** Three letters, the first in the lowest byte. */
    public int currency(final long stamp) {
        return currencyAt(rows.at(stamp) + CURRENCY);
    }

    // ---- state

    public long count() {
        return count;
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, nextStamp, max);
    }

    public long end() {
        return nextStamp;
    }

    public void want(final Ahead ahead, final long stamp) {
        ahead.want(rows.ahead(stamp));
        ahead.want(money.lives().rows().ahead(stamp));
    }

    /** Where a stamp will be that comes after {@code added} others. */
    public void wantNew(final Ahead ahead, final int added) {
        want(ahead, nextStamp + added);
    }

    public void save(final StateWriter out) {
        rows.save(out);
        money.save(out);
    }

    /** @return false when the present run is not of this room */
    public boolean load(final StateReader in) {
        if (in.tableId() != TableIds.STAMPS) {
            return money.load(in);
        }
        rows.load(in);
        return true;
    }

    public void saveCounts(final SystemRowEncoder row) {
        row.nextStamp(nextStamp).stamps(count);
    }

    public void loaded(final SystemRowDecoder row) {
        nextStamp = row.nextStamp();
        count = row.stamps();
        money.loaded();
    }

    public void check() {
        rows.check();
        money.check();
        Invariant.that(rows.count() == count, "stamps are counted", rows.count(), count);
    }

    static int currencyAt(final long at) {
        return Memory.getShort(at) | Memory.getByte(at + 2) << 16;
    }

    static void putCurrency(final long at, final int currency) {
        Memory.putShort(at, currency);
        Memory.putByte(at + 2, currency >>> 16);
    }
}
