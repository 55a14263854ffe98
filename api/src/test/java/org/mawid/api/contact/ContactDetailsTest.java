package org.mawid.api.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.api.contact.ContactException.Reason;

/** Addresses and numbers as people type them become one spelling; whatever could reach somebody else, or do something else than reach, is refused with its reason. */
class ContactDetailsTest {
    private static final String A = "a".repeat(60);

    @ParameterizedTest
    @CsvSource({"yasmine@example.org,yasmine@example.org", "' Yasmine.B+rdv@Example.ORG ',Yasmine.B+rdv@example.org", "o'neil_2@sub.example.ma,o'neil_2@sub.example.ma",
            "x@b\u00fccher.example,x@xn--bcher-kva.example"})
    void givenAnAddress_thenItIsKeptAsMailServersCompareIt(final String typed, final String kept) throws Exception {
        assertThat(ContactDetails.email(typed)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"+212661447789,+212661447789", "+212 (0)6 61 44 77 89,+212661447789", "\u0660\u0660+212661447789,", "+\u0662\u0661\u0662\u0666\u0666\u0661\u0664\u0664\u0667\u0667\u0668\u0669,+212661447789",
            "+33 6 12 34 56 78,+33612345678", "+1 (514) 555-0123,+15145550123"})
    void givenANumber_thenItIsKeptAsE164_orRefused(final String typed, final String kept) throws Exception {
        if (kept == null) {
            assertThatThrownBy(() -> ContactDetails.mobile(typed)).isInstanceOf(ContactException.class);
        } else {
            assertThat(ContactDetails.mobile(typed)).isEqualTo(kept);
        }
    }

    @Test
    void givenMoreThanOneRecipientOrLine_thenRefused() {
        refused(Reason.EMAIL_SEVERAL, "a@example.org,b@example.org", "a@example.org;b@example.org", "a@example.org b@example.org", "a@b@example.org", "<a@example.org>,b");
        refused(Reason.EMAIL_CONTROL, "a@example.org\r\nBcc: b@example.com", "a@example.org\n", "\ra@example.org", "a\u0000@example.org", "a@example.org\u0085");
    }

    @Test
    void givenWhatIsNoAddress_thenRefused() {
        refused(Reason.EMAIL_SYNTAX, "yasmine", "@example.ma", "yasmine@", "yasmine@localhost", "Yasmine <y@example.org>", "\"y y\"@example.org", ".y@example.org", "y.@example.org", "y..y@example.org",
                "y@-example.org", "y@exa mple.org", "y@example..org", "\u064A@example.org", "y@[127.0.0.1]", "y@example.org\u202E", A + "aaaaa@example.org", "y%0d%0a@exa\u2028mple.org");
        refused(Reason.EMAIL_LENGTH, "y@" + (A + '.').repeat(5) + "org");
    }

    @Test
    void givenNumbersThatNothingCanBeWrittenTo_thenRefused() {
        refusedNumber(Reason.MOBILE_SYNTAX, "0661447789", "yasmine", "+", "+999661447789", "+212661447789\r\n", "+212 6614477 89".repeat(4));
        refusedNumber(Reason.MOBILE_UNKNOWN, "+21266144778", "+212661447789 ext. 5");
        refusedNumber(Reason.MOBILE_FIXED, "+212537761234", "+33 1 42 34 56 78");
    }

    @Test
    void givenNeither_thenRefused_andNothingIsToldOfWhatIsKept() throws Exception {
        assertThatThrownBy(() -> ContactDetails.of("", "", Language.FRENCH, Set.of())).isInstanceOfSatisfying(ContactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOTHING));
        final ContactDetails details = ContactDetails.of("y@example.org", "+212661447789", Language.ARABIC, Set.of(Topic.REMINDER));
        assertThat(details).hasToString("contacts");
        assertThat(ContactDetails.of(details.bytes())).isEqualTo(details);
    }

    private static void refused(final Reason reason, final String... typed) {
        for (final String each : typed) {
            assertThatThrownBy(() -> ContactDetails.email(each)).as(each).isInstanceOfSatisfying(ContactException.class, e -> {
                assertThat(e.reason()).isEqualTo(reason);
                assertThat(e.getMessage()).doesNotContain(each);
            });
        }
    }

    private static void refusedNumber(final Reason reason, final String... typed) {
        for (final String each : typed) {
            assertThatThrownBy(() -> ContactDetails.mobile(each)).as(each).isInstanceOfSatisfying(ContactException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        }
    }
}
