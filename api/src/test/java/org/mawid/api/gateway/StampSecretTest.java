package org.mawid.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of a stamp opens that stamp and no other, and whoever does not have it cannot make it. */
class StampSecretTest {
    private static final long SEED = Long.getLong("seed", 20_261_127L);
    private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final byte[] master = new byte[32];
    private final StampSecret secret;

    StampSecretTest() {
        random.nextBytes(master);
        secret = new StampSecret(ReferenceKeys.of(1, master));
    }

    /** They are on paper: with the same key they have to open the same stamp for ever. */
    @Test
    void givenAKeyThatIsKept_whenShown_thenTheCodesAreThoseThatWerePrinted() {
        final byte[] kept = new byte[32];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (byte) i;
        }
        assertThat(LongStream.of(1, 2, 2_800_000).mapToObj(new StampSecret(ReferenceKeys.of(1, kept))::of))
                .containsExactly("3K01-R2T5-FA5HH", "374N-K607-PHJRP", "3XRE-F5FQ-ZYAMM");
    }

    @Test
    void givenAStamp_whenItsCodeIsShown_thenItMatchesThatStampOnly() {
        final Set<String> codes = new HashSet<>();
        for (long number = 1; number <= 20_000; number++) {
            final String code = secret.of(number);
            assertThat(code).matches("[23][0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}[0-9A-HJKMNP-TV-Z*~$=U]");
            assertThat(codes.add(code)).isTrue();
            assertThat(secret.matches(number, code)).isTrue();
            assertThat(secret.matches(number + 1, code)).isFalse();
            assertThat(secret.matches(1 + random.nextLong(References.MAX_NUMBER), code)).isFalse();
        }
    }

    @Test
    void givenWhatPeopleType_whenCompared_thenLooksAndSpacesDoNotMatter() {
        for (long number = 1; number <= 2_000; number++) {
            final String code = secret.of(number);
            assertThat(secret.matches(number, code.toLowerCase(Locale.ROOT).replace("-", ""))).isTrue();
            assertThat(secret.matches(number, ' ' + code.replace('0', 'O').replace('1', 'l').replace('-', ' '))).isTrue();
        }
    }

    @Test
    void givenOneWrongSymbolOrTwoSwapped_whenCompared_thenItDoesNotMatch() {
        for (long number = 1; number <= 200; number++) {
            final String code = secret.of(number).replace("-", "");
            for (int at = 0; at < code.length(); at++) {
                for (final char other : SYMBOLS.toCharArray()) {
                    if (other != code.charAt(at)) {
                        assertThat(secret.matches(number, code.substring(0, at) + other + code.substring(at + 1))).isFalse();
                    }
                }
                if (at + 1 < code.length() && code.charAt(at) != code.charAt(at + 1)) {
                    assertThat(secret.matches(number, code.substring(0, at) + code.charAt(at + 1) + code.charAt(at) + code.substring(at + 2))).isFalse();
                }
            }
        }
    }

    @Test
    void givenAnyText_whenCompared_thenItDoesNotMatch() {
        for (final String text : new String[] {"", "-", "x", "\u0000", "U".repeat(13), "Z".repeat(13), "Z".repeat(100_000), "0000-0000-00000", "1234567890123402"}) {
            assertThat(secret.matches(7, text)).as("%s", text.length() > 50 ? "long" : text).isFalse();
        }
        for (int i = 0; i < 20_000; i++) {
            final StringBuilder text = new StringBuilder();
            for (int symbols = 0; symbols < 13; symbols++) {
                text.append(SYMBOLS.charAt(random.nextInt(32)));
            }
            assertThat(secret.matches(7, text)).isFalse();
        }
    }

    @Test
    void givenReferences_whenTypedAsACode_thenTheyAreNone_andACodeIsNoReference() {
        final References references = References.of(1, master);
        for (long number = 1; number <= 5_000; number++) {
            for (final ReferenceKind kind : ReferenceKind.values()) {
                assertThat(secret.matches(number, references.text(kind, number))).isFalse();
                assertThat(references.number(kind, secret.of(number))).as("%s %s", kind, number).isEqualTo(References.INVALID);
            }
        }
    }

    @Test
    void givenAnotherKey_whenCompared_thenNoCodeOfThisOneMatches() {
        final byte[] other = master.clone();
        other[31] ^= 1;
        final StampSecret others = new StampSecret(ReferenceKeys.of(1, other));
        for (long number = 1; number <= 1_000; number++) {
            assertThat(others.matches(number, secret.of(number))).isFalse();
        }
    }

    @Test
    void givenANewerKey_whenCompared_thenOldCodesMatchUntilTheirKeyIsGone(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("reference.key");
        final String old = StampSecret.open(file).of(7);
        final String newer = "2=" + "5a".repeat(32) + '\n';
        Files.writeString(file, Files.readString(file) + newer);

        final StampSecret both = StampSecret.open(file);
        assertThat(both.matches(7, old)).isTrue();
        assertThat(both.of(7)).isNotEqualTo(old);
        assertThat(both.matches(7, both.of(7))).isTrue();

        Files.writeString(file, newer);
        assertThat(StampSecret.open(file).matches(7, old)).isFalse();
        assertThat(StampSecret.open(file).matches(7, both.of(7))).isTrue();
    }

    @Test
    void givenTheCodes_whenTheirSymbolsAreCounted_thenEachComesAsOften() {
        final int[] counts = new int[32];
        for (long number = 1; number <= 50_000; number++) {
            final String code = secret.of(number).replace("-", "");
            for (int at = 1; at < 12; at++) {
                counts[SYMBOLS.indexOf(code.charAt(at))]++;
            }
        }
        final double expected = 50_000 * 11 / 32.0;
        double squares = 0;
        for (final int count : counts) {
            squares += (count - expected) * (count - expected) / expected;
        }
        assertThat(squares).as("chi-square of 31 degrees of freedom").isLessThan(90);
    }
}
