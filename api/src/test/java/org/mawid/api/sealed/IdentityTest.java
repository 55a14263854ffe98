package org.mawid.api.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sealed.IdentityException.Reason;

/** One number, typed by a person, a call-centre agent, a keyboard in Arabic and a program that copies from a page. */
class IdentityTest {
    @TempDir
    private Path folder;
    private IdentityKey key;

    @BeforeEach
    void open() throws Exception {
        key = IdentityKey.open(folder);
    }

    @Test
    void givenOneNumberTypedInManyWays_thenOnePerson() throws Exception {
        final long person = key(IdentityKind.CNIE, "MAR", "AB123456");
        for (final String typed : List.of("ab 123-456", "AB\u0661\u0662\u0663\u0664\u0665\u0666", "AB\u06F1\u06F2\u06F3\u06F4\u06F5\u06F6", "\uFF21\uFF22\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16",
                "A\u200BB123\u200D456", "\u202EAB123456\u202C", "\uFEFFAB.123/456", "AB\u00A0123\u2009456", "AB\u2011123\u2014456", "AB12\uFE0F3456", "AB\u00AD123456")) {
            assertThat(key(IdentityKind.CNIE, "mar", typed)).as(typed).isEqualTo(person);
        }
    }

    @Test
    void givenAnotherNumberKindOrCountry_thenAnotherPerson() throws Exception {
        final long person = key(IdentityKind.PASSPORT, "MAR", "AB123456");
        assertThat(List.of(key(IdentityKind.CNIE, "MAR", "AB123456"), key(IdentityKind.REGISTER, "MAR", "AB123456"), key(IdentityKind.PASSPORT, "FRA", "AB123456"),
                key(IdentityKind.PASSPORT, "MAR", "AB123457"))).doesNotContain(person, 0L).doesNotHaveDuplicates();
    }

    @Test
    void givenWhatIsNoNumber_thenRefusedWithTheReason_andNothingOfItIsTold() {
        refused(Reason.LENGTH, "AB1", "", " - ", "A".repeat(33), "1".repeat(300));
        refused(Reason.CONTROL, "AB12\n3456", "AB123456\u0000", "AB12\u20283456", "AB\uD800123456", "AB\uE000123456");
        refused(Reason.CHARACTER, "\u0410B123456", "\u0395B123456", "AB123456\u0301", "AB123456\u00E9", "AB123456'--", "AB\u0640123456", "\uFDFA", "AB12345\u00BD\u2460\u4E00");
        assertThatThrownBy(() -> Identity.of(IdentityKind.CNIE, "M4R", "AB123456")).isInstanceOfSatisfying(IdentityException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ISSUER));
    }

    @Test
    void givenTheKeysFileAgain_thenTheSamePerson_andWithoutItAStranger(@TempDir final Path other) throws Exception {
        final Identity identity = Identity.of(IdentityKind.REGISTER, "MAR", "2024/000123");
        assertThat(identity.personKey(IdentityKey.open(folder))).isEqualTo(identity.personKey(key)).isNotEqualTo(identity.personKey(IdentityKey.open(other)));
        assertThat(identity.toString()).doesNotContain("123");
    }

    @Test
    void givenAHashThatBeginsWithNothing_thenNobodyIsNobody() {
        final byte[] mac = new byte[32];
        assertThat(Identity.fold(mac)).isEqualTo(1);
        mac[15] = 7;
        assertThat(Identity.fold(mac)).isEqualTo(7);
    }

    private static void refused(final Reason reason, final String... typed) {
        for (final String one : typed) {
            assertThatThrownBy(() -> Identity.of(IdentityKind.CNIE, "MAR", one)).as(one)
                    .isInstanceOfSatisfying(IdentityException.class, e -> assertThat(e.reason()).isEqualTo(reason)).hasMessage("no identity number: " + reason);
        }
    }

    private long key(final IdentityKind kind, final String issuer, final String typed) throws IdentityException {
        return Identity.of(kind, issuer, typed).personKey(key);
    }
}
