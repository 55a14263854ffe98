package org.mawid.api.treasury.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;

/** What a bank is given to pass on comes back as the payment that it was. */
class EndToEndTest {
    @Test
    void givenThousandsOfPayments_thenEachHasAReferenceThatABankPassesOnAndNobodyElseHas() {
        final References references = References.of(1, new byte[32]);
        final Set<String> given = new HashSet<>();
        final Set<Character> symbols = new HashSet<>();
        for (long number = 1; number <= 5_000; number++) {
            final String ours = references.text(ReferenceKind.PAYMENT, number);
            final String theirs = EndToEnd.of(references, number);
            symbols.add(ours.charAt(ours.length() - 1));
            assertThat(org.mawid.api.treasury.port.References.isGood(theirs)).as(theirs).isTrue();
            assertThat(given.add(theirs)).as(theirs).isTrue();
            assertThat(EndToEnd.number(references, theirs)).as(theirs).isEqualTo(number);
            assertThat(EndToEnd.number(references, ours)).as(ours).isEqualTo(number);
        }
        assertThat(symbols).contains('*', '~', '$', '=', 'U');
    }

    @Test
    void givenWhatIsNoneOfOurs_thenItIsNone() {
        final References references = References.of(1, new byte[32]);
        for (final String foreign : new String[] {"", "U", "UA", "UE", "NOBODYS-O1", "1000000000000001", "0000-0000-0000UA"}) {
            assertThat(EndToEnd.number(references, foreign)).as(foreign).isNotPositive();
        }
    }
}
