package org.mawid.engine.hall;

import org.mawid.engine.catalogue.Services;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.ServiceTimeRowDecoder;

/** How long acts of each service took at the counters, for one unit of quantity: what a duration in the catalogue can be held against. By id of the service. */
public final class ServiceTimes {
    /** When so many acts of a service are kept, each entry is halved: what is newer weighs more, and no entry runs over. */
    static final int KEPT_MOST = 4_096;
    private static final int ENTRIES = 64;
    private static final int FINE = 32;
    private static final int FINE_MINUTES = 1;
    private static final int COARSE_MINUTES = 4;
    private static final long MINUTE_MS = 60_000L;
    private static final int MEASURED = ServiceTimeRowDecoder.measuredEncodingOffset();
    private static final int USED = ServiceTimeRowDecoder.usedEncodingOffset();
    private static final int MINUTES = ServiceTimeRowDecoder.minutesEncodingOffset();

    private final Rows rows;

    ServiceTimes(final CoreMemory memory) {
        rows = new Rows(memory, TableIds.SERVICE_TIMES, ServiceTimeRowDecoder.BLOCK_LENGTH);
    }

    public boolean has(final int serviceId) {
        return rows.has(serviceId) && Memory.getByte(rows.at(serviceId) + USED) != 0;
    }

    /** An act was done. @param ms for one unit of quantity */
    void measure(final int serviceId, final long ms) {
        final long at = rows.ensure(serviceId);
        Memory.putByte(at + USED, 1);
        Memory.putInt(at + MEASURED, Memory.getInt(at + MEASURED) + 1);
        final long entry = at + MINUTES + Short.BYTES * entry(ms / MINUTE_MS);
        Memory.putShort(entry, Memory.getShort(entry) + 1);
        if (kept(at) >= KEPT_MOST) {
            for (int i = 0; i < ENTRIES; i++) {
                Memory.putShort(at + MINUTES + Short.BYTES * i, Memory.getShort(at + MINUTES + Short.BYTES * i) >>> 1);
            }
        }
    }

    private static int entry(final long minutes) {
        return (int) (minutes < FINE ? minutes : Math.min(ENTRIES - 1, FINE + (minutes - FINE) / COARSE_MINUTES));
    }

    private static int kept(final long at) {
        int kept = 0;
        for (int i = 0; i < ENTRIES; i++) {
            kept += Memory.getShort(at + MINUTES + Short.BYTES * i);
        }
        return kept;
    }

    /** Acts since the beginning. */
    public long measured(final int serviceId) {
        return Memory.getInt(rows.at(serviceId) + MEASURED) & 0xFFFF_FFFFL;
    }

    /** What so many of a hundred acts did not exceed, in whole minutes. Of those beyond all entries: where the last one would end. */
    public int minutes(final int serviceId, final int percent) {
        final long at = rows.at(serviceId);
        final int rank = (kept(at) * percent + 99) / 100;
        int counted = Memory.getShort(at + MINUTES);
        int i = 0;
        while (counted < rank) {
            i++;
            counted += Memory.getShort(at + MINUTES + Short.BYTES * i);
        }
        return i < FINE ? (i + 1) * FINE_MINUTES : FINE + (i + 1 - FINE) * COARSE_MINUTES;
    }

    void save(final StateWriter out) {
        rows.saveUsed(out, USED);
    }

    void load(final StateReader in) {
        rows.load(in);
    }

    /** The highest id that there can be. */
    public int top() {
        return Services.MOST;
    }
}
