package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/** Seeded choices. {@link Random}, because its algorithm is specified: the same seed makes the same traffic on every JDK. */
final class Dice {
    private final Random random;

    Dice(final long seed) {
        random = new Random(seed);
    }

    int below(final int bound) {
        return random.nextInt(bound);
    }

    /** Both ends included. */
    int between(final int least, final int most) {
        return least + random.nextInt(most - least + 1);
    }

    long upTo(final long most) {
        return Math.floorMod(random.nextLong(), most + 1);
    }

    long any() {
        return random.nextLong();
    }

    boolean percent(final int chance) {
        return random.nextInt(100) < chance;
    }

    /** Null when there is nothing to choose from. */
    <T> T of(final Collection<T> from) {
        if (from.isEmpty()) {
            return null;
        }
        final List<T> list = from instanceof List<T> already ? already : new ArrayList<>(from);
        return list.get(random.nextInt(list.size()));
    }

    @SafeVarargs
    final <T> T oneOf(final T... from) {
        return from[random.nextInt(from.length)];
    }

    /** A part of a set of bits, not empty unless the set is. */
    int partOf(final int set) {
        final int part = set & random.nextInt();
        return part == 0 ? set : part;
    }
}
