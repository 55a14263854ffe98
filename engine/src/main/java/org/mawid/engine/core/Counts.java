package org.mawid.engine.core;

import java.util.Map;

/**
 * How much of everything there is.
 *
 * @param byName e.g. {@code applications}, {@code lines.VALIDATED}, {@code appointments.CONFIRMED}, {@code stamps.ISSUED}, in a fixed order
 */
public record Counts(Map<String, Long> byName) {
    /** 0 for a name that is not there. */
    public long of(final String name) {
        return byName.getOrDefault(name, 0L);
    }
}
