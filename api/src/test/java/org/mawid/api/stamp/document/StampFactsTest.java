package org.mawid.api.stamp.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.StampState;

/** What is signed is what the records say, in whole seconds. */
class StampFactsTest {
    @Test
    void givenARecord_whenMadeADocument_thenItHasReferencesAndCodesInsteadOfNumbers() {
        final References references = References.of(1, new byte[32]);
        final Records.Stamp record = new Records.Stamp(7, 9, 2, 69, StampState.PAID, 30_000, 2_775, "KWD", 81_000_000, 1, 1_772_439_300_123L, 0, 0, 0, 55);
        final CatalogueView.Post post = new CatalogueView.Post(69, "MA-AMB-KUWAIT", "KWD", 3, 5, 81_000_000, 1);
        final CatalogueView.Service service = new CatalogueView.Service(1, "REGISTRATION", 10, ServiceScope.ANY_POST, false, true, false, 0, 1, FeeTime.AT_POST);

        final StampFacts facts = StampFacts.of(record, references, post, service, 1_772_439_400_999L, 0);

        assertThat(facts).isEqualTo(new StampFacts(references.text(ReferenceKind.STAMP, 7), references.text(ReferenceKind.APPLICATION, 9), 2, "MA-AMB-KUWAIT",
                "REGISTRATION", 30_000, 2_775, "KWD", 3, 1_772_439_300_123L, 1_772_439_400_999L, 0));
        assertThat(facts.claims("mawid")).containsEntry("iat", 1_772_439_300L).containsEntry("paid", 1_772_439_400L).doesNotContainKey("exp");
    }

    @Test
    void givenTheClaims_whenRead_thenTheyAreTheFactsAgain() throws Exception {
        final Map<String, Object> claims = StampPages.PAID.claims("mawid");

        assertThat(StampFacts.of(claims)).isEqualTo(new StampFacts(StampPages.PAID.serial(), StampPages.PAID.application(), 1, StampPages.PAID.post(),
                StampPages.PAID.service(), 123_450, 11_425, "EUR", 2, StampPages.PAID.issuedMs(), StampPages.PAID.paidMs(), StampPages.PAID.validUntilMs()));
    }

    @Test
    void givenWhatIsNoStamp_whenMadeFacts_thenItIsRefused() {
        assertNoStamp("123456789012340", 1, "EUR", 2, 1);
        assertNoStamp("0234567890123402", 1, "EUR", 2, 1);
        assertNoStamp("1234567890123402", -1, "EUR", 2, 1);
        assertNoStamp("1234567890123402", 1, "eur", 2, 1);
        assertNoStamp("1234567890123402", 1, "EUR", 4, 1);
        assertNoStamp("1234567890123402", 1, "EUR", 2, -1);
    }

    private static void assertNoStamp(final String serial, final long centimes, final String currency, final int minorDigits, final long issuedMs) {
        assertThatThrownBy(() -> new StampFacts(serial, "", 0, "", "", centimes, 0, currency, minorDigits, issuedMs, 0, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("no stamp: ");
    }
}
