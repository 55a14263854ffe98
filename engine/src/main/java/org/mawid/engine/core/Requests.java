package org.mawid.engine.core;

import org.mawid.engine.catalogue.Rules;
import org.mawid.engine.kernel.Bytes;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.kernel.TagIndex;
import org.mawid.sbe.RequestRowDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SystemRowDecoder;
import org.mawid.sbe.SystemRowEncoder;

/** The answers of the newest requests, so that a repeated one gets the same again. First in, first out, by number and by time. */
final class Requests {
    private static final int FORGOTTEN_AT_ONCE = 4;
    private static final int PREFETCH_AHEAD = 4_096;
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
    private final NumberedRows rows = new NumberedRows(TableIds.REQUESTS, RequestRowDecoder.BLOCK_LENGTH, USED);
    private final TagIndex index = new TagIndex();
    private long first = 1;
    private long next = 1;
    private long forgottenCreatedMs = -1;
    private long prefetched;

    Requests(final Rules rules) {
        this.rules = rules;
    }

    /** The number of a remembered request, 0 = none. */
    long find(final long idHigh, final long idLow) {
        for (long slot = index.first(TagIndex.hash(idHigh, idLow)); slot >= 0; slot = index.next()) {
            final long number = first + (slot - first & 0xFFFF_FFFFL);
            final byte[] page = rows.page(number);
            final int at = rows.at(number);
            if (Bytes.getLong(page, at + ID_HIGH) == idHigh && Bytes.getLong(page, at + ID_LOW) == idLow) {
                return number;
            }
        }
        return 0;
    }

    long bodyHash(final long number) {
        return Bytes.getLong(rows.page(number), rows.at(number) + BODY_HASH);
    }

    /** Log time of the answer. */
    long nowMs(final long number) {
        return Bytes.getLong(rows.page(number), rows.at(number) + NOW_MS);
    }

    /** When the client made the request, its clock. */
    long createdMs(final long number) {
        return Bytes.getLong(rows.page(number), rows.at(number) + CREATED_MS);
    }

    /** Fills in the answer that was given. */
    void answer(final long number, final Outcome outcome) {
        final byte[] page = rows.page(number);
        final int at = rows.at(number);
        outcome.set(Result.get(Bytes.getShort(page, at + RESULT)), Bytes.getLong(page, at + NUMBER_1), Bytes.getLong(page, at + NUMBER_2), Bytes.getLong(page, at + NUMBER_3))
                .template(Bytes.getShort(page, at + TEMPLATE));
    }

    /** A request made at or before this instant may have been forgotten; -1 = none has been. */
    long forgottenCreatedMs() {
        return forgottenCreatedMs;
    }

    /** Remembers an answer, after it has forgotten a few that are over. */
    void remember(final long idHigh, final long idLow, final long bodyHash, final long createdMs, final boolean client, final long nowMs, final Outcome outcome) {
        for (int i = 0; i < FORGOTTEN_AT_ONCE && isOver(nowMs); i++) {
            forgetFirst();
        }
        final long number = next++;
        final byte[] page = rows.add(number);
        final int at = rows.at(number);
        Bytes.putLong(page, at + ID_HIGH, idHigh);
        Bytes.putLong(page, at + ID_LOW, idLow);
        Bytes.putLong(page, at + BODY_HASH, bodyHash);
        Bytes.putLong(page, at + CREATED_MS, createdMs);
        Bytes.putLong(page, at + NOW_MS, nowMs);
        Bytes.putLong(page, at + NUMBER_1, outcome.number1());
        Bytes.putLong(page, at + NUMBER_2, outcome.number2());
        Bytes.putLong(page, at + NUMBER_3, outcome.number3());
        Bytes.putShort(page, at + RESULT, outcome.result().value());
        Bytes.putShort(page, at + TEMPLATE, outcome.templateId());
        Bytes.putByte(page, at + CLIENT, client ? 1 : 0);
        Bytes.putByte(page, at + USED, 1);
        index.add(TagIndex.hash(idHigh, idLow), (int) number);
    }

    long count() {
        return next - first;
    }

    private boolean isOver(final long nowMs) {
        return first < next && (next - first >= rules.maxRequests() || nowMs(first) + rules.rememberMs() <= nowMs);
    }

    private void forgetFirst() {
        final byte[] page = rows.page(first);
        final int at = rows.at(first);
        if (Bytes.getByte(page, at + CLIENT) == 0) {
            forgottenCreatedMs = Math.max(forgottenCreatedMs, Bytes.getLong(page, at + CREATED_MS));
        }
        index.remove(TagIndex.hash(Bytes.getLong(page, at + ID_HIGH), Bytes.getLong(page, at + ID_LOW)), (int) first);
        rows.remove(first);
        first++;
    }

    // ---- prefetching

    long touch(final long idHigh, final long idLow) {
        return index.touch(TagIndex.hash(idHigh, idLow));
    }

    /** The request that will be forgotten when the next command is applied, one further at each call. */
    long touchForgotten() {
        if (prefetched < first || prefetched > first + PREFETCH_AHEAD) {
            prefetched = first;
        }
        if (prefetched >= next || next - first < rules.maxRequests()) {
            return 0;
        }
        final byte[] page = rows.page(prefetched);
        final int at = rows.at(prefetched);
        prefetched++;
        return touch(Bytes.getLong(page, at + ID_HIGH), Bytes.getLong(page, at + ID_LOW));
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
        row.firstRequest(first).nextRequest(next).forgottenCreatedMs(forgottenCreatedMs);
    }

    void loaded(final SystemRowDecoder row) {
        first = row.firstRequest();
        next = row.nextRequest();
        forgottenCreatedMs = row.forgottenCreatedMs();
        index.clear();
        for (long number = first; number < next; number++) {
            final byte[] page = rows.page(number);
            final int at = rows.at(number);
            index.add(TagIndex.hash(Bytes.getLong(page, at + ID_HIGH), Bytes.getLong(page, at + ID_LOW)), (int) number);
        }
    }

    void check() {
        rows.check();
        Invariant.that(rows.count() == count() && index.size() == count(), "remembered requests are counted", rows.count(), count());
        for (long number = first; number < next; number++) {
            final byte[] page = rows.page(number);
            final int at = rows.at(number);
            Invariant.that(find(Bytes.getLong(page, at + ID_HIGH), Bytes.getLong(page, at + ID_LOW)) == number, "a remembered request is found", number);
        }
    }
}
