package org.mawid.api.gateway;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The core counts things 1, 2, 3...; the edge shows them as references that cannot be guessed, cannot collide and notice a
 * slip of the pen. Three forms of the same:
 * <ul>
 * <li><b>text</b> of applications, appointments, holds and changes: Crockford base 32, {@code 7K3M-9QF2-T4VXH}: 60 bits (4 of
 *     key version, 56 of the permuted number) and a check symbol, which is salted by kind;</li>
 * <li><b>text</b> of stamps: 16 decimal digits: key version, 13 digits of the permuted number, 2 check digits by ISO/IEC 7064 MOD 97-10:
 *     another digit, or two swapped neighbours, change the value by d·10^k or 9·d·10^k with d of 1 to 9, which 97, a prime, never divides;</li>
 * <li><b>long form</b>, for packed batches: kind (bits 60 to 62) and the 60 bits; of a stamp the 16 digits as a number.</li>
 * </ul>
 * The permutation is a published one, see {@link Permutation}. Of 10^13 serials of stamps one in a million has been given once there are ten
 * million: who tries at random will hit one that is valid, so a serial alone never does more than ask, and a secret code stands beside it.
 * <p>Number 0 is "none": empty text, long form 0. Immutable, any thread; nothing but texts is allocated.
 */
public final class References {
    /** What is no reference of this kind: mistyped, made up, or of a key that is not in the key file. */
    public static final long INVALID = -1;
    /** Largest number that has a reference: an accidental hit on a valid one that was never given is refused by it. */
    public static final long MAX_NUMBER = (1L << 40) - 1;
    public static final int MOST_TEXT_BYTES = 16;

    private static final int VERSION_SHIFT = 56;
    private static final int KIND_SHIFT = 60;
    private static final long VALUE_MASK = (1L << KIND_SHIFT) - 1;
    private static final long PERMUTED_MASK = (1L << VERSION_SHIFT) - 1;
    private static final long STAMP_SIZE = 10_000_000_000_000L;
    private static final int STAMP_DIGITS = 16;

    private final int newest;
    /** By kind, then version; null where the key file has no such version. */
    private final Permutation[][] permutations = new Permutation[ReferenceKind.values().length][ReferenceKeys.MAX_VERSION + 1];

    private final StampSecret secret;
    private final LinkSecret links;

    private References(final ReferenceKeys keys) {
        secret = new StampSecret(keys);
        links = new LinkSecret(keys);
        newest = keys.newestVersion();
        for (final ReferenceKind kind : ReferenceKind.values()) {
            for (int version = 1; version <= ReferenceKeys.MAX_VERSION; version++) {
                if (keys.has(version)) {
                    permutations[kind.ordinal()][version] = new Permutation(
                            keys.derive(version, kind), kind == ReferenceKind.STAMP ? STAMP_SIZE : 1L << VERSION_SHIFT);
                }
            }
        }
    }

    /**
     * @param keyFile read, or made with a random key when it is not there
     * @throws IOException when it can be neither read nor made, or is not a key file; the message says what to do and no secret
     */
    public static References open(final Path keyFile) throws IOException {
        return new References(ReferenceKeys.open(keyFile));
    }

    /** With keys that were read. */
    public static References of(final ReferenceKeys keys) {
        return new References(keys);
    }

    /** With a key that the caller keeps: tests, simulations. @param version 1 to 9 @param master 32 bytes */
    public static References of(final int version, final byte[] master) {
        return new References(ReferenceKeys.of(version, master));
    }

    /** The secret codes of stamps, by the same keys. */
    public StampSecret secret() {
        return secret;
    }

    /** What links are told from guesses by, by the same keys. */
    public LinkSecret links() {
        return links;
    }

    /** @param number 0 to {@link #MAX_NUMBER}; 0 gives the empty text */
    public String text(final ReferenceKind kind, final long number) {
        final long longForm = longForm(kind, number);
        if (longForm == 0) {
            return "";
        }
        if (kind == ReferenceKind.STAMP) {
            return Long.toString(longForm); // the version is never 0, so there are always 16 digits
        }
        return Crockford.format(longForm & VALUE_MASK, salt(kind));
    }

    /** The text of a reference in its long form, not 0, as ASCII. @return bytes written, at most {@link #MOST_TEXT_BYTES} */
    public static int putText(final ReferenceKind kind, final long longForm, final byte[] text, final int offset) {
        if (kind != ReferenceKind.STAMP) {
            Crockford.format(longForm & VALUE_MASK, salt(kind), text, offset);
            return Crockford.LENGTH;
        }
        long digits = longForm;
        for (int at = offset + STAMP_DIGITS - 1; at >= offset; at--) {
            text[at] = (byte) ('0' + digits % 10);
            digits /= 10;
        }
        return STAMP_DIGITS;
    }

    /** @return the number, 0 for an empty text, {@link #INVALID} for what is no reference of this kind */
    public long number(final ReferenceKind kind, final CharSequence text) {
        final long longForm = longFormOf(kind, text);
        return longForm == INVALID ? INVALID : number(kind, longForm);
    }

    /**
     * As {@link #number(ReferenceKind, CharSequence)}, with the same work whatever was typed: one inversion of the permutation, also of what is no reference.
     *
     * @param otherwise what is given for that, and for an empty text: 1 to {@link #MAX_NUMBER}
     */
    public long numberOr(final long otherwise, final ReferenceKind kind, final CharSequence text) {
        final long longForm = longFormOf(kind, text);
        final Permutation said = longForm <= 0 ? null : permutation(kind, longForm);
        final Permutation permutation = said == null ? newest(kind, otherwise) : said;
        final long number = counted(permutation.invert(said == null ? 0 : permuted(kind, longForm)));
        return said == null || number == INVALID ? otherwise : number;
    }

    /** Only read, not yet known to be a reference. @return the long form of a text, 0 for an empty one, {@link #INVALID} for what is mistyped */
    public static long longFormOf(final ReferenceKind kind, final CharSequence text) {
        if (text.length() == 0) {
            return 0;
        }
        if (kind == ReferenceKind.STAMP) {
            return digits(text);
        }
        final long value = Crockford.parse(text, salt(kind));
        return value == Crockford.INVALID ? INVALID : (long) kind.tag() << KIND_SHIFT | value;
    }

    /** @param number 0 to {@link #MAX_NUMBER} @return never negative; 0 for 0 */
    public long longForm(final ReferenceKind kind, final long number) {
        if (number == 0) {
            return 0;
        }
        return compose(kind, newest(kind, number).apply(number));
    }

    /** @return the number, 0 for 0, {@link #INVALID} for what is no reference of this kind */
    public long number(final ReferenceKind kind, final long longForm) {
        if (longForm == 0) {
            return 0;
        }
        final Permutation permutation = permutation(kind, longForm);
        return permutation == null ? INVALID : counted(permutation.invert(permuted(kind, longForm)));
    }

    // ---- the steps of both, which ManyReferences takes with many at once

    /** What a number is permuted by now. @param number not 0 */
    Permutation newest(final ReferenceKind kind, final long number) {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("number out of range: " + number);
        }
        return permutations[kind.ordinal()][newest];
    }

    /** The long form of a number that the newest permutation was applied to. */
    long compose(final ReferenceKind kind, final long permuted) {
        if (kind == ReferenceKind.STAMP) {
            final long body = (newest * STAMP_SIZE + permuted) * 100;
            return body + 98 - body % 97;
        }
        return (long) kind.tag() << KIND_SHIFT | (long) newest << VERSION_SHIFT | permuted;
    }

    /** What a long form was permuted by, null when it is no reference of this kind. @param longForm not 0 */
    Permutation permutation(final ReferenceKind kind, final long longForm) {
        final long version;
        if (kind == ReferenceKind.STAMP) {
            final long checkDigits = longForm % 100;
            if (longForm < 0 || longForm % 97 != 1 || checkDigits < 2 || checkDigits > 98) {
                return null;
            }
            version = longForm / 100 / STAMP_SIZE;
        } else {
            if (longForm >>> KIND_SHIFT != kind.tag()) {
                return null;
            }
            version = longForm >>> VERSION_SHIFT & 15;
        }
        return version > ReferenceKeys.MAX_VERSION ? null : permutations[kind.ordinal()][(int) version];
    }

    /** What {@link #permutation} is to be inverted of. */
    static long permuted(final ReferenceKind kind, final long longForm) {
        return kind == ReferenceKind.STAMP ? longForm / 100 % STAMP_SIZE : longForm & PERMUTED_MASK;
    }

    /** {@link #INVALID} for what cannot have been counted. */
    static long counted(final long number) {
        return number == 0 || number > MAX_NUMBER ? INVALID : number;
    }

    private static long digits(final CharSequence text) {
        long value = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == ' ' || c == '-') {
                continue;
            }
            if (c < '0' || c > '9' || ++digits > STAMP_DIGITS) {
                return INVALID;
            }
            value = value * 10 + c - '0';
        }
        return digits == STAMP_DIGITS ? value : INVALID;
    }

    private static int salt(final ReferenceKind kind) {
        return kind.tag() * 7;
    }
}
