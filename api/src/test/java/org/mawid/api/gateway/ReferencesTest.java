package org.mawid.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every reference leads back to its number and to nothing else; a slip of the pen leads nowhere. */
class ReferencesTest {
    private static final long SEED = Long.getLong("seed", 20_260_301L);
    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final References references = References.of(3, master(random));

    @Test
    void givenManyMessages_whenHashed_thenAsGuavaDoes() {
        for (int key = 0; key < 50; key++) {
            final long k0 = random.nextLong();
            final long k1 = random.nextLong();
            final SipHash ours = new SipHash(k0, k1);
            for (int i = 0; i < 2_000; i++) {
                final long message = random.nextLong();
                assertThat(ours.hash(message)).isEqualTo(Hashing.sipHash24(k0, k1).hashLong(message).asLong());
            }
        }
    }

    @Test
    void givenSmallDomains_whenPermuted_thenEachValueComesOnce() {
        for (final int size : new int[] {4, 5, 100, 1_000, 4_096, 99_991}) {
            final Permutation permutation = new Permutation(new SipHash(random.nextLong(), random.nextLong()), size);
            final BitSet seen = new BitSet(size);
            for (int value = 0; value < size; value++) {
                final long permuted = permutation.apply(value);
                assertThat(permuted).isBetween(0L, size - 1L);
                assertThat(permutation.invert(permuted)).isEqualTo(value);
                seen.set((int) permuted);
            }
            assertThat(seen.cardinality()).isEqualTo(size);
        }
    }

    @Test
    void givenMillionsOfNumbers_whenShownAndRead_thenTheyAreTheSame() {
        for (final ReferenceKind kind : ReferenceKind.values()) {
            for (int i = 0; i < 300_000; i++) {
                final long number = number(i);
                final long longForm = references.longForm(kind, number);
                if (references.number(kind, longForm) != number || longForm <= 0) {
                    throw new AssertionError(kind + " " + number + " long form, seed " + SEED);
                }
                if ((i & 7) == 0 && references.number(kind, references.text(kind, number)) != number) {
                    throw new AssertionError(kind + " " + number + " text, seed " + SEED);
                }
            }
        }
    }

    @Test
    void givenManyReferences_whenTurnedTogether_thenEachIsAsOneByOne() {
        final ManyReferences many = new ManyReferences(references);
        final ReferenceKind[] kinds = ReferenceKind.values();
        for (final int count : new int[] {0, 1, 2, 63, 255, 256, 257, 1_000, 5_000}) {
            final long[] numbers = random.longs(count, 0, References.MAX_NUMBER + 1).map(n -> n % 7 == 0 ? n % 3 : n).toArray();
            for (int attempt = 0; attempt < 10; attempt++) {
                many.clear();
                for (int i = 0; i < count; i++) {
                    assertThat(many.add(kinds[i % kinds.length], numbers[i])).isEqualTo(i);
                }
                many.toLongForms();
                final long[] longForms = new long[count];
                for (int i = 0; i < count; i++) {
                    longForms[i] = many.get(i);
                    assertThat(longForms[i]).as("%s, seed %s", numbers[i], SEED).isEqualTo(references.longForm(kinds[i % kinds.length], numbers[i]));
                }
                many.clear();
                for (int i = 0; i < count; i++) {
                    longForms[i] = i % 5 == 4 ? random.nextLong() : i % 11 == 10 ? longForms[i] + 97 : longForms[i];
                    many.add(kinds[i % kinds.length], longForms[i]);
                }
                many.toNumbers();
                for (int i = 0; i < count; i++) {
                    assertThat(many.get(i)).as("%s, seed %s", longForms[i], SEED).isEqualTo(references.number(kinds[i % kinds.length], longForms[i]));
                }
            }
        }
    }

    @Test
    void givenAReference_whenReadAsAnotherKind_thenItIsNone() {
        for (int i = 0; i < 20_000; i++) {
            final long number = number(i);
            for (final ReferenceKind kind : ReferenceKind.values()) {
                for (final ReferenceKind other : ReferenceKind.values()) {
                    if (other != kind) {
                        assertThat(references.number(other, references.text(kind, number))).isEqualTo(References.INVALID);
                        assertThat(references.number(other, references.longForm(kind, number))).isEqualTo(References.INVALID);
                    }
                }
            }
        }
    }

    @Test
    void givenOneWrongSymbol_whenRead_thenItIsNoticed() {
        for (int i = 0; i < 400; i++) {
            for (final ReferenceKind kind : ReferenceKind.values()) {
                final String text = references.text(kind, number(i));
                for (int at = 0; at < text.length(); at++) {
                    for (int s = 0; text.charAt(at) != '-' && s < SYMBOLS.length(); s++) {
                        if (SYMBOLS.charAt(s) != text.charAt(at)) {
                            final String wrong = text.substring(0, at) + SYMBOLS.charAt(s) + text.substring(at + 1);
                            assertThat(references.number(kind, wrong)).as("%s for %s", wrong, text).isEqualTo(References.INVALID);
                        }
                    }
                }
            }
        }
    }

    @Test
    void givenTwoNeighboursSwapped_whenRead_thenItIsNoticed() {
        for (int i = 0; i < 20_000; i++) {
            for (final ReferenceKind kind : ReferenceKind.values()) {
                final String text = references.text(kind, number(i)).replace("-", "");
                final int at = random.nextInt(text.length() - 1);
                if (text.charAt(at) != text.charAt(at + 1)) {
                    final String swapped = text.substring(0, at) + text.charAt(at + 1) + text.charAt(at) + text.substring(at + 2);
                    assertThat(references.number(kind, swapped)).as("%s for %s", swapped, text).isEqualTo(References.INVALID);
                }
            }
        }
    }

    @Test
    void givenWhatPeopleType_whenRead_thenLooksAndSpacesDoNotMatter() {
        for (int i = 0; i < 5_000; i++) {
            final long number = number(i);
            final String text = references.text(ReferenceKind.HOLD, number);
            assertThat(text).matches("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}[0-9A-HJKMNP-TV-Z*~$=U]");
            assertThat(references.number(ReferenceKind.HOLD, text.toLowerCase(Locale.ROOT).replace("-", ""))).isEqualTo(number);
            assertThat(references.number(ReferenceKind.HOLD, ' ' + text.replace('0', 'O').replace('1', 'l').replace('-', ' '))).isEqualTo(number);
            final String stamp = references.text(ReferenceKind.STAMP, number);
            assertThat(stamp).matches("[1-9][0-9]{15}");
            assertThat(references.number(ReferenceKind.STAMP, stamp.replaceAll("(.{4})(?=.)", "$1 "))).isEqualTo(number);
        }
    }

    @Test
    void givenNonsense_whenRead_thenItIsNone() {
        for (final ReferenceKind kind : ReferenceKind.values()) {
            for (final String text : new String[] {"-", "x", "\u0000", "\u0661\u0662\u0663\u0664\u0661\u0662\u0663\u0664\u0661\u0662\u0663\u0664\u0661",
                "0000-0000-00000", "9".repeat(16), "9".repeat(17), "Z".repeat(13), "Z".repeat(10_000), "1111-1111-1111-"}) {
                assertThat(references.number(kind, text)).as("%s", text).isEqualTo(References.INVALID);
            }
            assertThat(references.number(kind, "")).isZero();
            for (final long longForm : new long[] {-1, 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
                if (kind != ReferenceKind.STAMP || longForm != 1) {
                    assertThat(references.number(kind, longForm)).isEqualTo(References.INVALID);
                }
            }
        }
        assertThat(references.number(ReferenceKind.STAMP, 1L)).as("version 0").isEqualTo(References.INVALID);
        assertThatThrownBy(() -> references.longForm(ReferenceKind.HOLD, References.MAX_NUMBER + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenNoKeyFile_whenOpened_thenItIsMadeOnceAndKept(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("reference.key");
        final String first = References.open(file).text(ReferenceKind.HOLD, 7);

        assertThat(References.open(file).text(ReferenceKind.HOLD, 7)).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(References.open(folder.resolve("other.key")).text(ReferenceKind.HOLD, 7)).isNotEqualTo(first);
    }

    @Test
    void givenANewerKey_whenOpened_thenOldReferencesAreStillRead(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("reference.key");
        final String old = References.open(file).text(ReferenceKind.STAMP, 7);
        Files.writeString(file, Files.readString(file) + "2=" + "5a".repeat(32) + '\n');

        final References both = References.open(file);

        assertThat(old).startsWith("1");
        assertThat(both.number(ReferenceKind.STAMP, old)).isEqualTo(7);
        assertThat(both.text(ReferenceKind.STAMP, 7)).startsWith("2");
        assertThat(both.number(ReferenceKind.STAMP, both.text(ReferenceKind.STAMP, 7))).isEqualTo(7);
    }

    @Test
    void givenADamagedKeyFile_whenOpened_thenItSaysWhereAndNotWhat(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("reference.key");
        for (final String text : new String[] {"", "# nothing\n", "1=abcd\n", "0=" + "5a".repeat(32), "1=" + "5a".repeat(31) + "zz", "one"}) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> References.open(file)).isInstanceOf(IOException.class)
                    .hasMessageContaining("reference.key").hasMessageNotContaining("5a5a");
        }
    }

    /** Small ones, as they are counted, and any. */
    private long number(final int i) {
        return i % 2 == 0 ? 1 + i / 2 : 1 + random.nextLong(References.MAX_NUMBER);
    }

    private static byte[] master(final SplittableRandom random) {
        final byte[] master = new byte[32];
        random.nextBytes(master);
        return master;
    }
}
