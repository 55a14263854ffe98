package org.mawid.api.capability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.gateway.ReferenceKeys;
import org.mawid.api.gateway.References;

class CapabilityCodecTest {
    private static final long NOW_MS = 1_772_186_400_000L;
    private static final long AMINA = 0xA1;
    private static final byte[] MASTER = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32};

    private final CapabilityCodec codec = new CapabilityCodec(ReferenceKeys.of(1, MASTER));

    @Test
    void givenOneServiceAtOnePost_thenItIsShort_andSaysThatAndNoMore() {
        final String token = codec.write(AMINA, 4711, NOW_MS + 1_000, set(21), set(69));
        assertThat(token).hasSize(40).matches("[A-Za-z0-9_-]+");
        assertThat(codec.read(token, AMINA, NOW_MS)).isNull();
        assertThat(codec.application()).isEqualTo(4711);
        assertThat(IntStream.rangeClosed(1, 128).filter(codec::hasService)).containsExactly(21);
        assertThat(IntStream.rangeClosed(1, 4_095).filter(codec::hasPost)).containsExactly(69);
    }

    @Test
    void givenThatItWasGivenToSomebody_thenNobodyElseCanUseIt() {
        final String token = codec.write(AMINA, 4711, NOW_MS + 1_000, set(21), set(69));
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertThat(codec.read(token, AMINA ^ 1L << bit, NOW_MS)).isEqualTo(CapabilityTrouble.FORGED);
        }
        assertThat(codec.read(token, 0, NOW_MS)).as("nobody who says who they are").isEqualTo(CapabilityTrouble.FORGED);
    }

    @Test
    void givenAnyPost_thenAllAreCovered() {
        assertThat(codec.read(codec.write(AMINA, 1, NOW_MS + 1_000, set(1), set()), AMINA, NOW_MS)).isNull();
        assertThat(IntStream.rangeClosed(1, 4_095)).allMatch(codec::hasPost);
    }

    @Test
    void givenAsMuchAsAnApplicationCanHave_thenNothingIsLeftOut() {
        assertThat(codec.write(AMINA, 1, NOW_MS, services(13), posts(4))).hasSize(64);
        final String most = codec.write(AMINA, References.MAX_NUMBER, NOW_MS + 1_000, services(CapabilityCodec.MOST_SERVICES), posts(CapabilityCodec.MOST_POSTS));
        assertThat(most).hasSize(CapabilityCodec.MOST_CHARACTERS);
        assertThat(codec.read(most, AMINA, NOW_MS)).isNull();
        assertThat(codec.application()).isEqualTo(References.MAX_NUMBER);
        assertThat(services(CapabilityCodec.MOST_SERVICES)).allMatch(codec::hasService);
        assertThat(posts(CapabilityCodec.MOST_POSTS)).allMatch(codec::hasPost);
    }

    @Test
    void givenItsTime_thenItIsGoodUntilThatMillisecond() {
        final String token = codec.write(AMINA, 1, NOW_MS, set(1), set(1));
        assertThat(codec.read(token, AMINA, NOW_MS - 1)).isNull();
        assertThat(codec.read(token, AMINA, NOW_MS)).isEqualTo(CapabilityTrouble.EXPIRED);
    }

    /** Not one bit of it is without a meaning: of its text, nor of what the text stands for. */
    @ParameterizedTest
    @ValueSource(longs = {42, 8841})
    void givenTokensOfAllShapes_whenAnyBitsAreFlipped_thenEachIsRefused(final long seed) {
        final Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            final String token = codec.write(AMINA, 1 + (random.nextLong() >>> 24), NOW_MS + 60_000, services(1 + random.nextInt(16)), posts(random.nextInt(10)));
            assertThat(codec.read(token, AMINA, NOW_MS)).isNull();
            final byte[] bytes = Base64.getUrlDecoder().decode(token);
            flip(random, bytes);
            final String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertThat(codec.read(changed, AMINA, NOW_MS)).as("seed %d: %s", seed, changed).isIn(CapabilityTrouble.FORGED, CapabilityTrouble.MALFORMED);
            final char[] text = token.toCharArray();
            text[random.nextInt(text.length)] ^= (char) (1 << random.nextInt(7));
            assertThat(codec.read(new String(text), AMINA, NOW_MS)).as("seed %d: %s", seed, new String(text)).isIn(CapabilityTrouble.FORGED, CapabilityTrouble.MALFORMED);
        }
    }

    private static void flip(final Random random, final byte[] bytes) {
        final byte[] before = bytes.clone();
        do {
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
        } while (Arrays.equals(before, bytes));
    }

    @Test
    void givenWhatIsNone_thenItIsSaidInWhichWay() {
        final String token = codec.write(AMINA, 4711, NOW_MS + 1_000, set(21), set(69));
        assertThat(codec.read(null, AMINA, NOW_MS)).isEqualTo(CapabilityTrouble.MISSING);
        assertThat(codec.read("", AMINA, NOW_MS)).isEqualTo(CapabilityTrouble.MISSING);
        for (final String none : new String[] {"a", "é" + token.substring(1), token.substring(4), token + "AAAA", token.substring(0, 39) + "=", "A".repeat(40), "B".repeat(100_000)}) {
            assertThat(codec.read(none, AMINA, NOW_MS)).as(none).isEqualTo(CapabilityTrouble.MALFORMED);
            assertThat(codec.claimed(none)).as(none).isZero();
        }
        assertThat(new CapabilityCodec(ReferenceKeys.of(1, new byte[32])).read(token, AMINA, NOW_MS)).isEqualTo(CapabilityTrouble.FORGED);
        assertThat(new CapabilityCodec(ReferenceKeys.of(2, MASTER)).read(token, AMINA, NOW_MS)).as("a key that is no longer there").isEqualTo(CapabilityTrouble.FORGED);
        assertThat(codec.claimed(token)).isEqualTo(4711);
    }

    @Test
    void givenAnotherKeyInFront_thenItMakesTheNewOnes_andThoseOfTheOneBeforeAreGoodUntilItIsTakenOut(@TempDir final Path folder) throws Exception {
        final Path file = folder.resolve(Capabilities.KEY_FILE);
        final CapabilityCodec first = new CapabilityCodec(ReferenceKeys.open(file, "# of a test"));
        final String before = first.write(AMINA, 1, NOW_MS + 1_000, set(1), set(1));
        assertThat(new CapabilityCodec(ReferenceKeys.open(file, "# of a test")).read(before, AMINA, NOW_MS)).as("after a restart").isNull();

        Files.writeString(file, Files.readString(file) + "2=" + "5e".repeat(32) + '\n');
        final CapabilityCodec rotated = new CapabilityCodec(ReferenceKeys.open(file, "# of a test"));
        assertThat(rotated.read(before, AMINA, NOW_MS)).isNull();
        final String after = rotated.write(AMINA, 1, NOW_MS + 1_000, set(1), set(1));
        assertThat(first.read(after, AMINA, NOW_MS)).isEqualTo(CapabilityTrouble.FORGED);

        Files.writeString(file, "2=" + "5e".repeat(32) + '\n');
        final CapabilityCodec alone = new CapabilityCodec(ReferenceKeys.open(file, "# of a test"));
        assertThat(alone.read(before, AMINA, NOW_MS)).isEqualTo(CapabilityTrouble.FORGED);
        assertThat(alone.read(after, AMINA, NOW_MS)).isNull();
    }

    private static SortedSet<Integer> set(final Integer... ids) {
        return new TreeSet<>(Arrays.asList(ids));
    }

    /** The highest there are. */
    private static SortedSet<Integer> services(final int count) {
        return new TreeSet<>(IntStream.range(0, count).mapToObj(i -> 128 - i).toList());
    }

    private static SortedSet<Integer> posts(final int count) {
        return new TreeSet<>(IntStream.range(0, count).mapToObj(i -> 4_095 - i).toList());
    }
}
