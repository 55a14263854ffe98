package org.mawid.engine.readmodel.availability;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What is open by unit, and withheld ({@link Offer}), one array for all days that look alike: a desk has a handful of shapes and hundreds of days. Counted, so that
 * a shape that nobody has any more goes. Writer's thread only; the arrays are never changed and may be read by anybody.
 */
final class OpenPatterns {
    private static final class Shared {
        private final byte[] pattern;
        private int days;

        private Shared(final byte[] pattern) {
            this.pattern = pattern;
        }
    }

    private static final class Shape {
        private byte[] pattern;

        private Shape(final byte[] pattern) {
            this.pattern = pattern;
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Shape && Arrays.equals(pattern, ((Shape) other).pattern);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(pattern);
        }
    }

    private final Map<Shape, Shared> shapes = new HashMap<>();
    /** Asks and is never kept, so that asking allocates nothing. */
    private final Shape asked = new Shape(null);

    /** The shared array equal to {@code pattern}, which is not kept. Give it back by {@link #release}. */
    byte[] share(final byte[] pattern) {
        asked.pattern = pattern;
        Shared shared = shapes.get(asked);
        if (shared == null) {
            shared = new Shared(pattern.clone());
            shapes.put(new Shape(shared.pattern), shared);
        }
        shared.days++;
        return shared.pattern;
    }

    void release(final byte[] pattern) {
        asked.pattern = pattern;
        if (--shapes.get(asked).days == 0) {
            shapes.remove(asked);
        }
    }

    int size() {
        return shapes.size();
    }
}
