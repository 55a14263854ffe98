package org.mawid.engine.core;

import org.mawid.engine.catalogue.Rules;
import org.mawid.engine.kernel.AgingIndex;
import org.mawid.engine.kernel.Ahead;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.kernel.QueueRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.RequestRowDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SystemRowDecoder;
import org.mawid.sbe.SystemRowEncoder;

/** The answers of the newest requests, so that a repeated one gets the same again. First in, first out, by number and by time. */
final class Requests {
    private static final int FORGOTTEN_AT_ONCE = 4;
    private static final int ID_HIGH = RequestRowDecoder.idHighEncodingOffset();
    private static final int ID_LOW = RequestRowDecoder.idLowEncodingOffset();
    private static final int BODY_HASH = RequestRowDecoder.bodyHashEncodingOffset();
    private static final int CREATED_MS = RequestRowDecoder.createdMsEncodingOffset();
    private static final int NOW_MS = RequestRowDecoder.nowMsEncodingOffset();
    private static final int NUMBER_1 = RequestRowDecoder.number1EncodingOffset();
    private static final int NUMBER_2 = RequestRowDecoder.number2EncodingOffset();
    private static final int NUMBER_3 = RequestRowDecoder.number3EncodingOffset();
    private static final int RESULT = RequestRowDecoder.resultEncodingOffset();
    private static final int CLIENT = RequestRowDecoder.clientEncodingOffset();
    private static final int TEMPLATE = RequestRowDecoder.templateIdEncodingOffset();
    private static final int USED = RequestRowDecoder.usedEncodingOffset();

    private final Rules rules;
    private final QueueRows rows;
    private final AgingIndex index;
    private long forgottenCreatedMs = -1;

    Requests(final CoreMemory memory, final Rules rules) {
        this.rows = new QueueRows(memory, TableIds.REQUESTS, RequestRowDecoder.BLOCK_LENGTH);
        this.index = new AgingIndex(memory);
        this.rules = rules;
    }

    long hash(final long idHigh, final long idLow) {
        return index.hash(idHigh, idLow);
    }

    /** The number of a remembered request, 0 = none. */
    long find(final long idHigh, final long idLow) {
        return find(hash(idHigh, idLow), idHigh, idLow);
    }

    /** @param hash as {@link #hash} makes it of the two */
    long find(final long hash, final long idHigh, final long idLow) {
        for (long number = index.first(hash); number >= 0; number = index.next()) {
            final long at = rows.at(number);
            if (Memory.getLong(at + ID_HIGH) == idHigh && Memory.getLong(at + ID_LOW) == idLow) {
                return number;
            }
        }
        return 0;
    }

    long bodyHash(final long number) {
        return Memory.getLong(rows.at(number) + BODY_HASH);
    }

    /** Log time of the answer. */
    long nowMs(final long number) {
        return Memory.getLong(rows.at(number) + NOW_MS);
    }

    /** When the client made the request, its clock. */
    long createdMs(final long number) {
        return Memory.getLong(rows.at(number) + CREATED_MS);
    }

    /** Fills in the answer that was given. */
    void answer(final long number, final Outcome outcome) {
        final long at = rows.at(number);
        outcome.set(Result.get(Memory.getShort(at + RESULT)), Memory.getLong(at + NUMBER_1), Memory.getLong(at + NUMBER_2), Memory.getLong(at + NUMBER_3))
                .template(Memory.getShort(at + TEMPLATE));
    }

    /** A request made at or before this instant may have been forgotten; -1 = none has been. */
    long forgottenCreatedMs() {
        return forgottenCreatedMs;
    }

    /** Remembers an answer, after it has forgotten a few that are over. */
    void remember(final long hash, final long idHigh, final long idLow, final long bodyHash, final long createdMs, final boolean client, final long nowMs, final Outcome outcome) {
        for (int i = 0; i < FORGOTTEN_AT_ONCE && isOver(nowMs); i++) {
            forgetFirst();
        }
        final long number = rows.next();
        final long at = rows.add();
        Memory.putLong(at + ID_HIGH, idHigh);
        Memory.putLong(at + ID_LOW, idLow);
        Memory.putLong(at + BODY_HASH, bodyHash);
        Memory.putLong(at + CREATED_MS, createdMs);
        Memory.putLong(at + NOW_MS, nowMs);
        Memory.putLong(at + NUMBER_1, outcome.number1());
        Memory.putLong(at + NUMBER_2, outcome.number2());
        Memory.putLong(at + NUMBER_3, outcome.number3());
        Memory.putShort(at + RESULT, outcome.result().value());
        Memory.putByte(at + CLIENT, client ? 1 : 0);
        Memory.putByte(at + USED, 1);
        Memory.putInt(at + TEMPLATE, outcome.templateId()); // and zeros to the end of the row
        index.add(hash, number);
    }

    long count() {
        return rows.count();
    }

    private boolean isOver(final long nowMs) {
        final long count = rows.count();
        return count > 0 && (count >= rules.maxRequests() || nowMs(rows.first()) + rules.rememberMs() <= nowMs);
    }

    private void forgetFirst() {
        final long at = rows.at(rows.first());
        if (Memory.getByte(at + CLIENT) == 0) {
            forgottenCreatedMs = Math.max(forgottenCreatedMs, Memory.getLong(at + CREATED_MS));
        }
        rows.removeFirst();
        index.forgetBefore(rows.first());
    }

    void want(final Ahead ahead, final long idHigh, final long idLow) {
        ahead.want(index.ahead(hash(idHigh, idLow)));
    }

    // ---- state

    void save(final StateWriter out) {
        rows.save(out);
    }

    boolean load(final StateReader in) {
        if (in.tableId() != TableIds.REQUESTS) {
            return false;
        }
        rows.load(in);
        return true;
    }

    void saveCounts(final SystemRowEncoder row) {
        row.firstRequest(rows.first()).nextRequest(rows.next()).forgottenCreatedMs(forgottenCreatedMs);
    }

    void loaded(final SystemRowDecoder row, final StateReader in) {
        if (rows.count() == 0) {
            rows.startAt(row.firstRequest());
        }
        Invariant.that(rows.first() == row.firstRequest() && rows.next() == row.nextRequest(), "remembered requests are whole", rows.first(), rows.next());
        forgottenCreatedMs = row.forgottenCreatedMs();
        index.forgetBefore(rows.first());
        for (long number = rows.first(); number < rows.next(); number++) {
            final long at = rows.at(number);
            index.add(hash(Memory.getLong(at + ID_HIGH), Memory.getLong(at + ID_LOW)), number);
            if (number % StateReader.REST_EVERY == 0) {
                in.rest();
            }
        }
    }

    void check() {
        for (long number = rows.first(); number < rows.next(); number++) {
            final long at = rows.at(number);
            Invariant.that(Memory.getByte(at + USED) == 1, "a remembered request is in use", number);
            Invariant.that(find(Memory.getLong(at + ID_HIGH), Memory.getLong(at + ID_LOW)) == number, "a remembered request is found", number);
        }
    }
}
