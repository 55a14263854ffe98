package org.mawid.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The serials of stamps over millions of numbers: none comes twice, every slip of the pen is noticed, and nothing shows which came after which. */
class StampReferencesTest {
    private static final long SEED = Long.getLong("seed", 20_261_127L);
    private static final int NUMBERS = 1_000_000;
    private static final int SLIPS = 300_000;
    private static final int DIGITS = 16;
    private static final long[] POWERS = new long[DIGITS];
    private static final int FIRST_VERSION = 1;
    private static final int LAST_VERSION = 3;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < DIGITS; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    @TempDir
    private Path folder;
    private final SplittableRandom random = new SplittableRandom(SEED);
    /** By version: as a server had it when that was the newest key. */
    private final References[] at = new References[LAST_VERSION + 1];
    private References newest;

    @BeforeEach
    void makeKeys() throws IOException {
        final Path file = folder.resolve("reference.key");
        References.open(file); // makes it, so that it is its owner's only
        final StringBuilder lines = new StringBuilder();
        for (int version = FIRST_VERSION; version <= LAST_VERSION; version++) {
            final byte[] master = new byte[32];
            random.nextBytes(master);
            Files.writeString(file, lines.append(version).append('=').append(HexFormat.of().formatHex(master)).append('\n'));
            at[version] = References.open(file);
        }
        newest = at[LAST_VERSION];
    }

    /** They are on paper: with the same key they have to mean the same for ever. */
    @Test
    void givenAKeyThatIsKept_whenShown_thenTheReferencesAreThoseThatWerePrinted() {
        final byte[] master = new byte[32];
        for (int i = 0; i < master.length; i++) {
            master[i] = (byte) i;
        }
        final References kept = References.of(1, master);
        assertThat(LongStream.of(1, 2, 3, 1_000_000, 2_800_000, References.MAX_NUMBER).mapToObj(number -> kept.text(ReferenceKind.STAMP, number)))
                .containsExactly("1336398773219674", "1982509421530276", "1666346141637069", "1441363055164869", "1379420899851246", "1217511432576212");
        assertThat(Stream.of(ReferenceKind.APPLICATION, ReferenceKind.APPOINTMENT, ReferenceKind.HOLD, ReferenceKind.CHANGE).map(kind -> kept.text(kind, 1)))
                .containsExactly("22P4-XT9T-CFGYX", "2VM2-YSWV-NF8ZX", "3MVC-4WDC-Y29X4", "2NZ7-8HJ5-94EY9");
    }

    @Test
    void givenMillionsOfConsecutiveAndRandomNumbersAndSeveralKeys_whenShown_thenNoneComesTwiceAndEachIsReadAgain() {
        final long[] serials = new long[2 * NUMBERS * LAST_VERSION];
        int count = 0;
        for (int version = FIRST_VERSION; version <= LAST_VERSION; version++) {
            final long[] numbers = new long[2 * NUMBERS];
            for (int i = 0; i < NUMBERS; i++) {
                numbers[i] = i + 1;
                numbers[NUMBERS + i] = 1 + NUMBERS + random.nextLong(References.MAX_NUMBER - NUMBERS);
            }
            final long[] distinct = Arrays.stream(numbers).sorted().distinct().toArray(); // the same number has the same serial
            for (final long number : distinct) {
                final long serial = at[version].longForm(ReferenceKind.STAMP, number);
                if (serial / POWERS[15] != version || newest.number(ReferenceKind.STAMP, serial) != number) {
                    throw new AssertionError(number + " of key " + version + ", seed " + SEED);
                }
                serials[count++] = serial;
            }
        }
        final long[] sorted = Arrays.copyOf(serials, count);
        Arrays.parallelSort(sorted);
        for (int i = 1; i < count; i++) {
            if (sorted[i] == sorted[i - 1]) {
                throw new AssertionError(sorted[i] + " came twice, seed " + SEED);
            }
        }
        assertThat(count).isGreaterThan(5_900_000);
    }

    @Test
    void givenAnySingleDigitTypedWrong_whenRead_thenItIsNoSerial() {
        for (int i = 0; i < SLIPS; i++) {
            final long serial = anySerial();
            for (int place = 0; place < DIGITS; place++) {
                final int digit = (int) (serial / POWERS[place] % 10);
                for (int other = 0; other < 10; other++) {
                    if (other != digit) {
                        assertNone(serial, serial + (other - digit) * POWERS[place]);
                    }
                }
            }
        }
    }

    @Test
    void givenAnyTwoNeighboursSwapped_whenRead_thenItIsNoSerial() {
        for (int i = 0; i < SLIPS; i++) {
            final long serial = anySerial();
            for (int place = 0; place + 1 < DIGITS; place++) {
                final int right = (int) (serial / POWERS[place] % 10);
                final int left = (int) (serial / POWERS[place + 1] % 10);
                if (left != right) {
                    assertNone(serial, serial + (left - right) * POWERS[place] + (right - left) * POWERS[place + 1]);
                }
            }
        }
    }

    @Test
    void givenSerialsAsTheyAreTyped_whenADigitIsWrongOrSwapped_thenTheTextIsRefusedToo() {
        for (int i = 0; i < 2_000; i++) {
            final char[] text = Long.toString(anySerial()).toCharArray();
            for (int place = 0; place < DIGITS; place++) {
                final char right = text[place];
                for (char other = '0'; other <= '9'; other++) {
                    text[place] = other;
                    assertThat(newest.number(ReferenceKind.STAMP, new String(text)) != References.INVALID).isEqualTo(other == right);
                }
                text[place] = right;
            }
        }
    }

    @Test
    void givenNumbersOneAfterAnother_whenShown_thenTheirDigitsAreAsThoseOfADie() {
        final int bodyPlaces = DIGITS - 3;
        final long[][] counts = new long[bodyPlaces][10];
        final long[][] pairs = new long[bodyPlaces][100];
        final long[] checks = new long[97];
        long before = 0;
        for (long number = 1; number <= NUMBERS; number++) {
            final long serial = newest.longForm(ReferenceKind.STAMP, number);
            checks[(int) (serial % 100) - 2]++;
            for (int place = 0; place < bodyPlaces; place++) {
                final int digit = (int) (serial / POWERS[place + 2] % 10);
                counts[place][digit]++;
                if (before != 0) {
                    pairs[place][(int) (before / POWERS[place + 2] % 10) * 10 + digit]++;
                }
            }
            before = serial;
        }
        for (int place = 0; place < bodyPlaces; place++) {
            assertUniform("digit " + place, counts[place]);
            assertUniform("digit " + place + " and that of the one before", pairs[place]);
        }
        assertUniform("check digits", checks);
    }

    /** Two numbers that differ by one bit: about half of the bits of what is permuted differ, from as few as chance gives. */
    @Test
    void givenNeighbours_whenShown_thenTheirSerialsAreNotNear() {
        final long[] tenths = new long[10];
        long last = newest.longForm(ReferenceKind.STAMP, 1) / 100 % POWERS[13];
        for (long number = 2; number <= NUMBERS / 2; number++) {
            final long permuted = newest.longForm(ReferenceKind.STAMP, number) / 100 % POWERS[13];
            tenths[(int) (Math.floorMod(permuted - last, POWERS[13]) / POWERS[12])]++;
            last = permuted;
        }
        assertUniform("distance", tenths);
    }

    /** So far from even as chance goes once in a million tries, and no farther: with this seed it is one try, the same each time. */
    private static void assertUniform(final String what, final long[] counts) {
        final double expected = Arrays.stream(counts).sum() / (double) counts.length;
        double squares = 0;
        for (final long count : counts) {
            squares += (count - expected) * (count - expected) / expected;
        }
        final double freedom = counts.length - 1;
        // Wilson and Hilferty: the cube root of chi-square over its degrees of freedom is nearly normal.
        final double deviations = (Math.cbrt(squares / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
        assertThat(deviations).as("%s: chi-square %s", what, squares).isBetween(-4.75, 4.75);
    }

    private long anySerial() {
        return at[FIRST_VERSION + random.nextInt(LAST_VERSION)].longForm(ReferenceKind.STAMP, 1 + random.nextLong(References.MAX_NUMBER));
    }

    private void assertNone(final long serial, final long typed) {
        if (newest.number(ReferenceKind.STAMP, typed) != References.INVALID) {
            throw new AssertionError(typed + " for " + serial + ", seed " + SEED);
        }
    }
}
