package org.mawid.engine.catalogue;

import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.kernel.TagIndex;
import org.mawid.sbe.TariffRowDecoder;
import org.mawid.sbe.TariffVersionDecoder;

/** Versions of tariffs that services keep no longer: stamps that were issued under them are still paid and used, part by part. */
final class Tariffs {
    /** Versions kept. */
    static final long MOST = 100_000;
    private static final int TARIFF = TariffRowDecoder.tariffEncodingOffset();
    private static final int TARIFF_BYTES = TariffRowDecoder.tariffEncodingLength();
    private static final int VERSION = TARIFF + TariffVersionDecoder.versionEncodingOffset();
    private static final int SERVICE = TariffRowDecoder.serviceIdEncodingOffset();
    private static final int KNOWN = TariffRowDecoder.knownEncodingOffset();

    private final NumberedRows rows;
    private final TagIndex index;
    private long count;

    Tariffs(final CoreMemory memory) {
        rows = new NumberedRows(memory, TableIds.TARIFFS, TariffRowDecoder.BLOCK_LENGTH, KNOWN);
        index = new TagIndex(memory);
    }

    /** @param tariff address of the TariffVersion */
    void keep(final int serviceId, final long tariff) {
        final long at = rows.add(++count);
        Memory.copy(tariff, at + TARIFF, TARIFF_BYTES);
        Memory.putByte(at + SERVICE, serviceId);
        Memory.putByte(at + KNOWN, 1);
        index.add(hash(serviceId, Memory.getInt(at + VERSION)), (int) count);
    }

    /** Address of the TariffVersion, 0 = not kept here. @param version unsigned */
    long find(final int serviceId, final int version) {
        for (long slot = index.first(hash(serviceId, version)); slot >= 0; slot = index.next()) {
            final long at = rows.at(slot);
            if (Memory.getByte(at + SERVICE) == serviceId && Memory.getInt(at + VERSION) == version) {
                return at + TARIFF;
            }
        }
        return 0;
    }

    boolean isFull() {
        return count >= MOST;
    }

    private long hash(final int serviceId, final int version) {
        return index.hash((long) serviceId << 32 | version & 0xFFFF_FFFFL);
    }

    void save(final StateWriter out) {
        rows.save(out);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    void loaded() {
        count = rows.count();
        for (long number = 1; number <= count; number++) {
            index.add(hash(Memory.getByte(rows.at(number) + SERVICE), Memory.getInt(rows.at(number) + VERSION)), (int) number);
        }
    }
}
