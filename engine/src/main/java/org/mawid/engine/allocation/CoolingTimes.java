package org.mawid.engine.allocation;

import org.mawid.engine.catalogue.Services;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.Rows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.sbe.CoolingServiceRowDecoder;

/** How long room of each service cools when it is given back, by id of the service. */
public final class CoolingTimes {
    private static final int MIN_MS = 5 * 60_000;
    private static final int MAX_MS = 30 * 60_000;
    private static final int SERVICE_MIN = CoolingServiceRowDecoder.minMsEncodingOffset();
    private static final int SERVICE_MAX = CoolingServiceRowDecoder.maxMsEncodingOffset();
    private static final int SERVICE_KNOWN = CoolingServiceRowDecoder.knownEncodingOffset();

    private final Rows services;

    CoolingTimes(final CoreMemory memory) {
        services = new Rows(memory, TableIds.COOLING_SERVICES, CoolingServiceRowDecoder.BLOCK_LENGTH);
    }

    /** Least delay of a service, ms. */
    public int leastMs(final int serviceId) {
        return isSet(serviceId) ? Memory.getInt(services.at(serviceId) + SERVICE_MIN) : MIN_MS;
    }

    /** Most, ms; 0 = its room does not cool. */
    public int mostMs(final int serviceId) {
        return isSet(serviceId) ? Memory.getInt(services.at(serviceId) + SERVICE_MAX) : MAX_MS;
    }

    /** False while the defaults are in force for a service. */
    public boolean isSet(final int serviceId) {
        return services.has(serviceId) && Memory.getByte(services.at(serviceId) + SERVICE_KNOWN) != 0;
    }

    /** @param least ms, 0 to {@code most} @param most ms, at most a day */
    public void set(final int serviceId, final int least, final int most) {
        final long at = services.ensure(serviceId);
        Memory.putInt(at + SERVICE_MIN, least);
        Memory.putInt(at + SERVICE_MAX, most);
        Memory.putByte(at + SERVICE_KNOWN, 1);
    }

    void save(final StateWriter out) {
        services.saveUsed(out, SERVICE_KNOWN);
    }

    void load(final StateReader in) {
        services.load(in);
    }

    void check() {
        for (int service = 1; service <= Services.MOST; service++) {
            Invariant.that(leastMs(service) <= mostMs(service), "a least delay is not above the most", service);
        }
    }
}
