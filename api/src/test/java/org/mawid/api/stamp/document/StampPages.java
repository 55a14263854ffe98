package org.mawid.api.stamp.document;

import java.time.Instant;

/** Stamps as the documents' tests need them. */
final class StampPages {
    static final String SECRET = "1K3M-9QF2-T4VXH";
    static final StampFacts PAID = new StampFacts("1234567890123402", "1ZZZ-0001-AB2C9", 1, "MA-CG-PARIS", "REGISTRATION", 123_450, 11_425, "EUR", 2,
            Instant.parse("2026-03-02T08:15:00Z").toEpochMilli(), Instant.parse("2026-03-02T08:20:31Z").toEpochMilli(),
            Instant.parse("2027-03-02T22:59:59Z").toEpochMilli());

    private StampPages() {
    }

    static StampFacts in(final String currency, final int minorDigits, final long localMinor) {
        return new StampFacts(PAID.serial(), PAID.application(), 0, PAID.post(), PAID.service(), PAID.amountCentimes(), localMinor, currency, minorDigits,
                PAID.issuedMs(), 0, 0);
    }
}
