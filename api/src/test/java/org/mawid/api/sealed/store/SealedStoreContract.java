package org.mawid.api.sealed.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, wherever it keeps things. */
abstract class SealedStoreContract {
    private final Random random = new Random(1);
    private SealedStore store;

    /** Of what was kept before, when there is something. */
    abstract SealedStore open() throws IOException;

    /** Changes the first byte of what is kept under this name, behind the store's back. */
    abstract void damage(String name, byte[] damaged) throws IOException;

    @BeforeEach
    void openFirst() throws IOException {
        store = open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void givenSomethingPut_thenItIsThereUnderItsHash_alsoForWhoOpensTheStoreLater() throws IOException {
        final byte[] sealed = bytes(70_000);
        final String name = store.put(sealed);
        assertThat(name).isEqualTo(ContentName.of(sealed)).hasSize(64);
        assertThat(store.put(sealed)).isEqualTo(name);
        try (SealedStore later = open()) {
            assertThat(later.get(name)).isEqualTo(sealed);
        }
    }

    @Test
    void givenThingsOfEverySize_thenEachIsWhatItWas() throws IOException {
        for (final int size : List.of(0, 1, 4_095, 4_096, 4_097, 5 << 20)) {
            final byte[] sealed = bytes(size);
            assertThat(store.get(store.put(sealed))).isEqualTo(sealed);
        }
    }

    @Test
    void givenNothing_thenItIsSaid_andDeletingItIsNoTrouble() throws IOException {
        final String name = ContentName.of(bytes(10));
        assertThatThrownBy(() -> store.get(name)).isInstanceOf(NoSuchFileException.class);
        store.delete(name);
        final String kept = store.put(bytes(20));
        store.delete(kept);
        store.delete(kept);
        assertThatThrownBy(() -> store.get(kept)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void givenSomethingDamaged_thenItIsNotGivenOut_andPuttingItAgainMendsIt() throws IOException {
        final byte[] sealed = bytes(100);
        final String name = store.put(sealed);
        final byte[] damaged = sealed.clone();
        damaged[0] ^= 1;
        damage(name, damaged);
        assertThatThrownBy(() -> store.get(name)).isInstanceOf(DamagedContentException.class).hasMessageContaining(name);
        store.put(sealed);
        assertThat(store.get(name)).isEqualTo(sealed);
    }

    @Test
    void givenWhatIsNoName_thenItIsNeverAPath() {
        for (final String name : List.of("", "../../etc/passwd", "a".repeat(63) + "/", "A".repeat(64), "a".repeat(65))) {
            assertThatThrownBy(() -> store.get(name)).as(name).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.delete(name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void givenThingsPut_thenEachIsListedOnceUnderItsFirstDigit_andNoneThatWasDeleted() throws IOException {
        final List<String> kept = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            kept.add(store.put(bytes(10)));
        }
        final String gone = store.put(bytes(11));
        store.delete(gone);
        final List<String> listed = new ArrayList<>();
        for (int digit = 0; digit < 16; digit++) {
            final String first = Integer.toHexString(digit);
            store.list(digit, (name, putMs) -> {
                assertThat(name).startsWith(first);
                assertThat(putMs).isPositive();
                listed.add(name);
            });
        }
        assertThat(listed).doesNotHaveDuplicates().containsAll(kept).doesNotContain(gone);
    }

    @Test
    void givenManyAtOnce_thenEachIsKept() {
        final List<byte[]> all = IntStream.range(0, 40).mapToObj(i -> bytes(1_000)).toList();
        assertThat(all.parallelStream().map(sealed -> {
            try {
                return store.get(store.put(sealed));
            } catch (final IOException e) {
                throw new AssertionError(e);
            }
        }).toList()).usingElementComparator(java.util.Arrays::compare).isEqualTo(all);
    }

    final byte[] bytes(final int size) {
        final byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
