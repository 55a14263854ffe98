package org.mawid.api.sealed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;

/**
 * An identity number as it is compared, however it was typed: compatible forms folded (NFKC), digits of every script as ASCII, what cannot be seen left out (zero width, direction), capitals, no separators. Whoever types
 * the same number is the same person. Immutable. {@link #toString} tells nothing.
 */
public final class Identity {
    /** Characters without separators. Source: the shortest CNIE have two letters and a few digits; register numbers and passports stay below 20. */
    static final int MIN_LENGTH = 4;
    static final int MAX_LENGTH = 32;
    /** Of what is typed, before anything is done with it: a text that grows when it is folded must not. */
    private static final int MAX_TYPED = 256;

    private final IdentityKind kind;
    private final String issuer;
    private final String number;

    private Identity(final IdentityKind kind, final String issuer, final String number) {
        this.kind = kind;
        this.issuer = issuer;
        this.number = number;
    }

    /**
     * @param issuer three letters as ISO 3166-1 has them (MAR), which tell passports of different countries apart
     * @param typed  by a person, a reader of documents or another system
     * @throws IdentityException it is none
     */
    public static Identity of(final IdentityKind kind, final String issuer, final String typed) throws IdentityException {
        final String country = issuer.toUpperCase(Locale.ROOT);
        if (!country.matches("[A-Z]{3}")) {
            throw new IdentityException(IdentityException.Reason.ISSUER);
        }
        return new Identity(kind, country, normalised(typed));
    }

    /**
     * A child who has no number yet.
     *
     * @param parent key of one parent
     * @param rank   among those of one birth
     */
    public static Identity newborn(final long parent, final LocalDate born, final int rank) {
        return new Identity(IdentityKind.NEWBORN, "", HexFormat.of().toHexDigits(parent) + ' ' + born + ' ' + rank);
    }

    public IdentityKind kind() {
        return kind;
    }

    /** Empty of a newborn. */
    public String issuer() {
        return issuer;
    }

    /** As it is compared. Of a newborn key of the parent, date and rank, with a space between. */
    public String number() {
        return number;
    }

    private static String normalised(final String typed) throws IdentityException {
        if (typed.length() > MAX_TYPED) {
            throw new IdentityException(IdentityException.Reason.LENGTH);
        }
        final StringBuilder number = new StringBuilder(typed.length());
        final int[] characters = Normalizer.normalize(typed, Normalizer.Form.NFKC).codePoints().toArray();
        for (final int character : characters) {
            append(number, character);
        }
        if (number.length() < MIN_LENGTH || number.length() > MAX_LENGTH) {
            throw new IdentityException(IdentityException.Reason.LENGTH);
        }
        return number.toString();
    }

    private static void append(final StringBuilder number, final int character) throws IdentityException {
        switch (Character.getType(character)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.SPACE_SEPARATOR, Character.DASH_PUNCTUATION -> {
                if (Character.getType(character) == Character.NON_SPACING_MARK && !isInvisible(character)) {
                    throw new IdentityException(IdentityException.Reason.CHARACTER);
                }
            }
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    throw new IdentityException(IdentityException.Reason.CONTROL);
            case Character.DECIMAL_DIGIT_NUMBER -> number.append((char) ('0' + Character.digit(character, 10)));
            default -> appendLetter(number, character);
        }
    }

    private static void appendLetter(final StringBuilder number, final int character) throws IdentityException {
        final int capital = character >= 'a' && character <= 'z' ? character - 'a' + 'A' : character;
        if (capital >= 'A' && capital <= 'Z') {
            number.append((char) capital);
        } else if ("/._\u00B7,:".indexOf(character) < 0) {
            throw new IdentityException(IdentityException.Reason.CHARACTER);
        }
    }

    /** Variation selectors and the grapheme joiner: marks that nobody sees. */
    private static boolean isInvisible(final int mark) {
        return mark == 0x034F || mark >= 0xFE00 && mark <= 0xFE0F || mark >= 0x180B && mark <= 0x180D;
    }

    /** The 64-bit key under which the core knows this person, never 0: keyed, so that nobody without {@code key} finds the number by trying all there are. */
    public long personKey(final IdentityKey key) {
        return personKey(key, 0);
    }

    /** Another one for each. @param generation 0, and counted up when whoever had the one before is not meant any more */
    public long personKey(final IdentityKey key, final int generation) {
        return fold(key.mac((generation == 0 ? text() : text() + '\n' + generation).getBytes(StandardCharsets.US_ASCII)));
    }

    /** Under which it is found, as {@link IdentityKey#nameOf}. */
    public String name(final IdentityKey key) {
        return key.nameOf("IDENTITY", text());
    }

    private String text() {
        return kind.name() + '\n' + issuer + '\n' + number;
    }

    /** The first eight bytes that are not all 0; 0 means nobody. @param mac 32 bytes */
    static long fold(final byte[] mac) {
        final ByteBuffer parts = ByteBuffer.wrap(mac);
        while (parts.remaining() >= Long.BYTES) {
            final long part = parts.getLong();
            if (part != 0) {
                return part;
            }
        }
        return 1;
    }

    @Override
    public String toString() {
        return kind.name();
    }
}
