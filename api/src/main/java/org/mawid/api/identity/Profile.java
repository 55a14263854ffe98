package org.mawid.api.identity;

import io.vertx.core.json.JsonObject;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.time.LocalDate;
import org.mawid.api.identity.IdentityRefusal.Reason;

/**
 * What stands in a person's papers. Immutable. {@link #toString} tells nothing.
 *
 * @param familyName       in Latin letters, NFC, as are {@code givenNames}
 * @param familyNameArabic in Arabic letters; empty = not said, as may be {@code givenNamesArabic}
 * @param sex              F, M or X as passports have it; empty = not said
 * @param nationality      ISO 3166-1 alpha-3
 */
public record Profile(String familyName, String givenNames, String familyNameArabic, String givenNamesArabic, LocalDate dateOfBirth, String sex, String nationality) {
    /** Code points of a name, in NFC. Source: our estimate, above what civil registers print. */
    public static final int MAX_NAME = 100;

    private static final String FAMILY_NAME = "familyName";
    private static final String GIVEN_NAMES = "givenNames";
    private static final String FAMILY_NAME_ARABIC = "familyNameArabic";
    private static final String GIVEN_NAMES_ARABIC = "givenNamesArabic";
    private static final String SEX = "sex";
    private static final String NATIONALITY = "nationality";
    /** Also U+2019, which is typed for an apostrophe, U+02BC, which is one, and U+2010 and U+2011, which are hyphens. */
    private static final String SIGNS = " '.-\u2019\u02BC\u2010\u2011";
    /** What may become {@link #MAX_NAME}, before anything is done with it. */
    private static final int MAX_TYPED = 4 * MAX_NAME;

    /**
     * @param json  as the contracts have it
     * @param today the last date on which somebody may be born
     * @throws IdentityRefusal why it is not taken
     */
    public static Profile read(final JsonObject json, final LocalDate today) throws IdentityRefusal {
        return new Profile(name(json, FAMILY_NAME, UnicodeScript.LATIN), name(json, GIVEN_NAMES, UnicodeScript.LATIN), arabic(json, FAMILY_NAME_ARABIC), arabic(json, GIVEN_NAMES_ARABIC),
                IdentityJson.dateOfBirth(json.getString(IdentityJson.DATE_OF_BIRTH, ""), today), json.getString(SEX, ""), IdentityJson.country(json.getString(NATIONALITY, ""), NATIONALITY));
    }

    /** As it was written: what a later program would not take is told all the same. */
    static Profile sealed(final JsonObject json) {
        return new Profile(json.getString(FAMILY_NAME), json.getString(GIVEN_NAMES), json.getString(FAMILY_NAME_ARABIC, ""), json.getString(GIVEN_NAMES_ARABIC, ""),
                LocalDate.parse(json.getString(IdentityJson.DATE_OF_BIRTH)), json.getString(SEX, ""), json.getString(NATIONALITY));
    }

    private static String arabic(final JsonObject json, final String field) throws IdentityRefusal {
        return json.containsKey(field) ? name(json, field, UnicodeScript.ARABIC) : "";
    }

    private static String name(final JsonObject json, final String field, final UnicodeScript script) throws IdentityRefusal {
        final String typed = json.getString(field, "");
        if (typed.length() > MAX_TYPED) {
            throw new IdentityRefusal(Reason.NAME_LENGTH, field);
        }
        final String name = Normalizer.normalize(typed, Normalizer.Form.NFC).strip();
        boolean hasLetter = false;
        for (final int character : name.codePoints().toArray()) {
            check(character, script, field);
            hasLetter |= Character.isLetter(character);
        }
        if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME) {
            throw new IdentityRefusal(Reason.NAME_LENGTH, field);
        }
        if (!hasLetter) {
            throw new IdentityRefusal(Reason.NAME_CHARACTER, field);
        }
        return name;
    }

    private static void check(final int character, final UnicodeScript script, final String field) throws IdentityRefusal {
        if (character == 0x061C || character >= 0x200E && character <= 0x200F || character >= 0x202A && character <= 0x202E || character >= 0x2066 && character <= 0x2069) {
            throw new IdentityRefusal(Reason.NAME_DIRECTION, field);
        }
        final int type = Character.getType(character);
        if (type == Character.FORMAT || isUnseenMark(character)) {
            throw new IdentityRefusal(Reason.NAME_INVISIBLE, field);
        }
        final boolean isMark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        if (!Character.isLetter(character) && !isMark && SIGNS.indexOf(character) < 0) {
            throw new IdentityRefusal(Reason.NAME_CHARACTER, field);
        }
        final UnicodeScript its = UnicodeScript.of(character);
        if (its != script && its != UnicodeScript.COMMON && its != UnicodeScript.INHERITED) {
            throw new IdentityRefusal(Reason.NAME_SCRIPT, field);
        }
    }

    /** Variation selectors, the grapheme joiner, and fillers, which are letters. */
    private static boolean isUnseenMark(final int character) {
        return character == 0x034F || character >= 0xFE00 && character <= 0xFE0F || character >= 0xE0100 && character <= 0xE01EF || character >= 0x180B && character <= 0x180F
                || character == 0x115F || character == 0x1160 || character == 0x3164 || character == 0xFFA0;
    }

    /** As it is told, and sealed. */
    public JsonObject json() {
        final JsonObject json = new JsonObject().put(FAMILY_NAME, familyName).put(GIVEN_NAMES, givenNames);
        putUnlessEmpty(json, FAMILY_NAME_ARABIC, familyNameArabic);
        putUnlessEmpty(json, GIVEN_NAMES_ARABIC, givenNamesArabic);
        json.put(IdentityJson.DATE_OF_BIRTH, dateOfBirth.toString());
        putUnlessEmpty(json, SEX, sex);
        return json.put(NATIONALITY, nationality);
    }

    private static void putUnlessEmpty(final JsonObject json, final String name, final String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }

    @Override
    public String toString() {
        return "profile";
    }
}
