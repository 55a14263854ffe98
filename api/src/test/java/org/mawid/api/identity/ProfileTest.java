package org.mawid.api.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mawid.api.identity.IdentityRefusal.Reason;

/** What a name, a date and an identity may be, and what is said of others. */
class ProfileTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

    @Test
    void givenNamesAsPapersHaveThem_thenTheyAreKept_inNfc() throws Exception {
        for (final String name : List.of("El Fassi", "O\u2019Brien", "D'Almeida", "Ben-Tazi", "J. P.", "Gu\u00E9nol\u00E9", "\u0141\u00F3d\u017A", "x".repeat(100))) {
            assertThat(read(profile().put("familyName", name)).familyName()).isEqualTo(name);
        }
        assertThat(read(profile().put("familyName", " Gue\u0301nole\u0301 ")).familyName()).isEqualTo("Gu\u00E9nol\u00E9");
        assertThat(read(profile().put("familyNameArabic", "\u0628\u0646\u064E \u0639\u0628\u062F \u0627\u0644\u0644\u0647")).familyNameArabic()).hasSize(12);
        assertThat(read(profile().put("nationality", "mar")).nationality()).isEqualTo("MAR");
    }

    @Test
    void givenNamesThatAreNone_thenTheReason() {
        refusedNames(Reason.NAME_DIRECTION, "familyName", "El\u202EFassi", "El\u2066Fassi", "El\u200FFassi", "El\u061CFassi");
        refusedNames(Reason.NAME_INVISIBLE, "familyName", "El\u200BFassi", "El\uFEFFFassi", "El\u00ADFassi", "El\u034FFassi", "El\uFE0FFassi");
        refusedNames(Reason.NAME_INVISIBLE, "familyNameArabic", "\u0627\u0644\u200C\u0641\u0627\u0633\u064A", "\u0627\u0644\u200D\u0641\u0627\u0633\u064A");
        refusedNames(Reason.NAME_CHARACTER, "familyName", "El Fassi 2", "El\nFassi", "<b>", "El, Fassi", "-", "\uD83D\uDE00", "El\u00A0Fassi", "El\uD800Fassi");
        refusedNames(Reason.NAME_SCRIPT, "familyName", "\u0415l Fassi", "\u0627\u0644\u0641\u0627\u0633\u064A", "\u0395lli");
        refusedNames(Reason.NAME_SCRIPT, "familyNameArabic", "El Fassi");
        refusedNames(Reason.NAME_LENGTH, "familyName", "", "  ", "x".repeat(101), "x".repeat(10_000));
        refused(Reason.COUNTRY, "nationality", () -> read(profile().put("nationality", "XYZ")));
        refused(Reason.DATE_OF_BIRTH, "dateOfBirth", () -> read(profile().put("dateOfBirth", "2026-11-29")));
        refused(Reason.DATE_OF_BIRTH, "dateOfBirth", () -> read(profile().put("dateOfBirth", "2026-02-30")));
        refused(Reason.DATE_OF_BIRTH, "dateOfBirth", () -> read(profile().put("dateOfBirth", "1799-02-03")));
    }

    @Test
    void givenIdentitiesThatAreNone_thenTheReason() {
        final JsonObject cnie = new JsonObject().put("kind", "CNIE").put("number", "AB123456");
        refused(Reason.INCOMPLETE, "kind", () -> IdentityJson.read(new JsonObject().put("kind", "CNIE"), TODAY));
        refused(Reason.INCOMPLETE, "kind", () -> IdentityJson.read(cnie.copy().put("kind", "PASSPORT"), TODAY));
        refused(Reason.INCOMPLETE, "kind", () -> IdentityJson.read(cnie.copy().put("rank", 1), TODAY));
        refused(Reason.COUNTRY, "country", () -> IdentityJson.read(cnie.copy().put("country", "FRA"), TODAY));
        refused(Reason.COUNTRY, "country", () -> IdentityJson.read(cnie.copy().put("kind", "PASSPORT").put("country", "XYZ"), TODAY));
        refused(Reason.NUMBER_LENGTH, "number", () -> IdentityJson.read(cnie.copy().put("number", "A-1"), TODAY));
        refused(Reason.NUMBER_CONTROL, "number", () -> IdentityJson.read(cnie.copy().put("number", "AB1234\n56"), TODAY));
        refused(Reason.NUMBER_CHARACTER, "number", () -> IdentityJson.read(cnie.copy().put("number", "\u0410B123456"), TODAY));
        final JsonObject newborn = new JsonObject().put("kind", "NEWBORN").put("parent", "5ec2e70000000001").put("dateOfBirth", "2026-11-28");
        refused(Reason.INCOMPLETE, "kind", () -> IdentityJson.read(newborn.copy().put("rank", 10), TODAY));
        refused(Reason.INCOMPLETE, "kind", () -> IdentityJson.read(newborn.copy().put("parent", "0000000000000000"), TODAY));
        refused(Reason.DATE_OF_BIRTH, "dateOfBirth", () -> IdentityJson.read(newborn.copy().put("dateOfBirth", "2026-11-29"), TODAY));
    }

    private static void refusedNames(final Reason reason, final String field, final String... names) {
        for (final String name : names) {
            refused(reason, field, () -> read(profile().put(field, name)));
        }
    }

    private static void refused(final Reason reason, final String field, final ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(IdentityRefusal.class, no -> {
            assertThat(no.reason()).isEqualTo(reason);
            assertThat(no.field()).isEqualTo(field);
        });
    }

    private static Profile read(final JsonObject json) throws IdentityRefusal {
        return Profile.read(json, TODAY);
    }

    private static JsonObject profile() {
        return new JsonObject().put("familyName", "El Fassi").put("givenNames", "Yasmine").put("dateOfBirth", "1990-03-02").put("nationality", "MAR");
    }
}
