package org.mawid.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index of persons and clients beside a map that does the same. The key is its own hash here: only the tag may be alike. */
class TagIndexTest {
    private final TagIndex index = new TagIndex(new CoreMemory());
    private final Map<Long, Integer> slots = new HashMap<>(); // by key
    private final List<Long> keys = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void givenKeysThatComeAndGo_thenExactlyThoseThatAreThereAreFound(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < 300_000; step++) {
            final int most = step < 100_000 ? 60_000 : step < 200_000 ? 500 : 20_000; // it grows, shrinks and grows again
            if (keys.size() < most && random.nextInt(4) != 0) {
                add(random.nextInt(8) == 0 ? alike(random.nextInt()) : random.nextLong(), step);
            } else if (!keys.isEmpty()) {
                remove(random.nextInt(keys.size()));
            }
            final long key = keys.isEmpty() ? 0 : keys.get(random.nextInt(keys.size()));
            assertThat(find(key)).isEqualTo(slots.getOrDefault(key, -1));
            assertThat(find(random.nextLong())).isEqualTo(-1);
        }
        assertThat(index.size()).isEqualTo(slots.size());
        slots.forEach((key, slot) -> assertThat(find(key)).isEqualTo(slot));
    }

    @Test
    void givenKeysThatSomebodyMadeCollide_thenEachIsFoundAndCanLeave() {
        for (int i = 0; i < 5_000; i++) {
            add(alike(i), Integer.MAX_VALUE - i);
        }
        for (int i = 0; i < 5_000; i += 10) {
            assertThat(find(alike(i))).isEqualTo(Integer.MAX_VALUE - i);
        }
        while (keys.size() > 10) {
            remove(keys.size() / 2);
        }
        slots.forEach((key, slot) -> assertThat(find(key)).isEqualTo(slot));
        while (!keys.isEmpty()) {
            remove(0);
        }
        assertThat(index.size()).isZero();
        assertThat(index.first(alike(1))).isEqualTo(-1);
    }

    @Test
    void givenAnEntryThatIsNotThere_whenItIsToLeave_thenThePromiseIsBrokenAndItEnds() {
        add(alike(1), 1);
        assertThatThrownBy(() -> index.remove(alike(1), 2)).isInstanceOf(InvariantBroken.class);
        assertThatThrownBy(() -> index.remove(77L << 40, 1)).isInstanceOf(InvariantBroken.class);
    }

    private static long alike(final int low) {
        return 0x1234_5679_0000_0000L | low & 0xFFFF_FFFFL;
    }

    private void add(final long key, final int slot) {
        if (slots.putIfAbsent(key, slot) == null) {
            index.add(key, slot);
            keys.add(key);
        }
    }

    private void remove(final int place) {
        final long key = keys.get(place);
        keys.set(place, keys.get(keys.size() - 1));
        keys.remove(keys.size() - 1);
        index.remove(key, slots.remove(key));
    }

    private int find(final long key) {
        final int wanted = slots.getOrDefault(key, -1);
        for (long slot = index.first(key); slot >= 0; slot = index.next()) {
            if (slot == wanted) {
                return wanted;
            }
        }
        return -1;
    }
}
