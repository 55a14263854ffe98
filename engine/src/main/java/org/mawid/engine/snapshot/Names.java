package org.mawid.engine.snapshot;

import java.util.List;

/** What snapshot files are called: their position, in 20 digits. */
final class Names {
    static final String TEMPORARY = ".tmp";
    private static final String PREFIX = "snapshot-";
    private static final String SUFFIX = ".snap";
    private static final int DIGITS = 20;

    private Names() {
    }

    static String file(final long position) {
        final String digits = Long.toString(position);
        return PREFIX + "0".repeat(DIGITS - digits.length()) + digits + SUFFIX;
    }

    /** Positions of the snapshots among these names, newest first. */
    static long[] positions(final List<String> names) {
        final long[] ascending = names.stream().mapToLong(Names::position).filter(position -> position > 0).sorted().toArray();
        final long[] newestFirst = new long[ascending.length];
        for (int i = 0; i < ascending.length; i++) {
            newestFirst[i] = ascending[ascending.length - 1 - i];
        }
        return newestFirst;
    }

    private static long position(final String name) {
        if (name.length() != PREFIX.length() + DIGITS + SUFFIX.length() || !name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
            return -1;
        }
        try {
            return Long.parseLong(name, PREFIX.length(), PREFIX.length() + DIGITS, 10);
        } catch (final NumberFormatException e) {
            return -1;
        }
    }
}
