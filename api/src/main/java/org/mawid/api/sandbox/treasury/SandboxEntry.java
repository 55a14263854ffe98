package org.mawid.api.sandbox.treasury;

/**
 * An entry of a statement, as it is written: {@code net = gross − commission}.
 *
 * @param bankReference    the bank's, unique for the account; empty for a bank that has none
 * @param reference        ours, empty for none
 * @param commissionMinor  what was kept
 * @param isBatch          {@code reference} names a batch
 * @param payments         that it settles
 * @param isCommissionTold whether the details tell gross and commission
 */
public record SandboxEntry(String bankReference, String reference, boolean isCredit, boolean isReversal, long grossMinor, long commissionMinor, String currency, int bookingDay, int valueDay,
                           boolean isBatch, int payments, boolean isCommissionTold) {
    /** One payment, with its details. */
    public static SandboxEntry payment(final String bankReference, final String reference, final long grossMinor, final long commissionMinor, final String currency, final int day) {
        return new SandboxEntry(bankReference, reference, true, false, grossMinor, commissionMinor, currency, day, day, false, 1, true);
    }

    long netMinor() {
        return grossMinor - commissionMinor;
    }

    /** As it is in a sum. */
    long signedMinor() {
        return isCredit ? netMinor() : -netMinor();
    }

    SandboxEntry withGross(final long gross) {
        return new SandboxEntry(bankReference, reference, isCredit, isReversal, gross, commissionMinor, currency, bookingDay, valueDay, isBatch, payments, isCommissionTold);
    }

    SandboxEntry withCommission(final long commission) {
        return new SandboxEntry(bankReference, reference, isCredit, isReversal, grossMinor, commission, currency, bookingDay, valueDay, isBatch, payments, isCommissionTold);
    }

    SandboxEntry withCurrency(final String other) {
        return new SandboxEntry(bankReference, reference, isCredit, isReversal, grossMinor, commissionMinor, other, bookingDay, valueDay, isBatch, payments, isCommissionTold);
    }

    SandboxEntry withValueDay(final int day) {
        return new SandboxEntry(bankReference, reference, isCredit, isReversal, grossMinor, commissionMinor, currency, bookingDay, day, isBatch, payments, isCommissionTold);
    }

    SandboxEntry again(final String otherBankReference) {
        return new SandboxEntry(otherBankReference, reference, isCredit, isReversal, grossMinor, commissionMinor, currency, bookingDay, valueDay, isBatch, payments, isCommissionTold);
    }

    SandboxEntry takenBack(final String otherBankReference) {
        return new SandboxEntry(otherBankReference, reference, !isCredit, true, netMinor(), 0, currency, bookingDay, valueDay, isBatch, payments, false);
    }
}
