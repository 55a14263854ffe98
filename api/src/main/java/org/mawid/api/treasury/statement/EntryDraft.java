package org.mawid.api.treasury.statement;

import java.io.IOException;
import java.math.BigInteger;
import org.mawid.api.treasury.port.Amount;
import org.mawid.api.treasury.statement.StatementException.Reason;
import org.mawid.api.treasury.statement.StatementLine.Charges;

/**
 * An entry while it is read. Its head comes before its transactions, so that each transaction can be handed on when the next begins: an entry of a hundred thousand takes
 * no more memory than one.
 */
final class EntryDraft {
    private final ChargesDraft charges = new ChargesDraft();
    private final TransactionDraft transaction = new TransactionDraft();
    private int statement;
    private long ordinal;
    private String reference;
    private String servicer;
    private Amount amount;
    private Amount txAmount;
    private Boolean isCredit;
    private boolean isReversal;
    private StatementLine.Status status;
    private Integer booked;
    private Integer valued;
    private String batchPayment;
    private String batchMessage;
    private int batchCount;
    private int transactions;
    private boolean isWaiting;
    private boolean isMixed;
    private long sumMinor;
    private BigInteger grossSoFar;
    private long sharedSoFar;

    void begin(final int inStatement, final long place) {
        statement = inStatement;
        ordinal = place;
        reference = "";
        servicer = "";
        amount = null;
        txAmount = null;
        isCredit = null;
        isReversal = false;
        status = null;
        booked = null;
        valued = null;
        batchPayment = "";
        batchMessage = "";
        batchCount = 1;
        transactions = 0;
        isWaiting = false;
        isMixed = false;
        sumMinor = 0;
        grossSoFar = BigInteger.ZERO;
        sharedSoFar = 0;
        charges.reset();
    }

    /** The transaction before it is whole: there is another. */
    void beginTransaction(final LineSink sink, final Where where) throws IOException {
        if (isWaiting) {
            hand(false, sink, where);
        }
        transactions++;
        isWaiting = true;
        transaction.begin();
    }

    void value(final Field field, final String text, final String currency, final Values values, final Where where) throws StatementException {
        switch (field) {
            case ENTRY_REFERENCE -> reference = text;
            case ENTRY_SERVICER -> servicer = text;
            case ENTRY_AMOUNT -> amount = values.amount(text, currency, where);
            case ENTRY_TX_AMOUNT -> txAmount = values.amount(text, currency, where);
            case ENTRY_DIRECTION -> isCredit = Values.isCredit(text, where);
            case ENTRY_REVERSAL -> isReversal = Values.isTrue(text, where);
            case ENTRY_STATUS -> status = Values.status(text, where);
            case ENTRY_BOOKED -> booked = values.day(text, where);
            case ENTRY_VALUE -> valued = values.day(text, where);
            case ENTRY_CHARGE_AMOUNT -> charges.amount(values.amount(text, currency, where));
            case ENTRY_CHARGE_TOTAL -> charges.total(values.amount(text, currency, where));
            case ENTRY_CHARGE_DIRECTION -> charges.given(Values.isCredit(text, where));
            case ENTRY_CHARGE_INCLUDED -> charges.included(Values.isTrue(text, where));
            case BATCH_PAYMENT -> batchPayment = text;
            case BATCH_MESSAGE -> batchMessage = text;
            case BATCH_COUNT -> batchCount = (int) Math.min(Integer.MAX_VALUE, Values.number(text, where));
            default -> transaction.value(field, text, currency, values, where);
        }
    }

    void end(final Field field) {
        if (field == Field.ENTRY_CHARGE) {
            charges.end(amount == null ? "" : amount.currency());
        } else {
            transaction.endCharge(amount == null ? "" : amount.currency());
        }
    }

    /** @return what its transactions do not add up to, null when they do or when it has none */
    String end(final LineSink sink, final Where where) throws IOException {
        if (!isWaiting) {
            head(where);
            final boolean isTold = charges.isTold(amount.currency());
            final long kept = charges.minor(amount.currency());
            final boolean hasGross = txAmount != null && txAmount.currency().equals(amount.currency()) && txAmount.minor() != amount.minor();
            final long gross = hasGross ? txAmount.minor() : amount.minor() + kept;
            sink.line(line("", isCredit, amount.minor(), gross, isTold || hasGross ? Charges.TOLD : Charges.NOT_TOLD, "", Math.max(1, batchCount), "", amount.currency(), where));
            return null;
        }
        hand(transactions == 1, sink, where);
        return isMixed || sumMinor == amount.minor() ? null
                : "entry " + name() + " is " + amount + ", its " + transactions + " transactions are " + sumMinor + " minor units";
    }

    private void hand(final boolean isOnly, final LineSink sink, final Where where) throws IOException {
        head(where);
        isWaiting = false;
        final String currency = amount.currency();
        transaction.settle(amount, isOnly, isOnly && charges.isTold(currency) ? charges.minor(currency) : null, where);
        long net = transaction.netMinor();
        Charges told = transaction.isTold() ? Charges.TOLD : Charges.NOT_TOLD;
        if (!isOnly && charges.isTold(currency) && !transaction.isTold()) {
            net -= share(net, charges.minor(currency));
            told = Charges.SHARED;
        }
        if (net < 0) {
            throw where.refused(Reason.AMOUNT, "the charges of entry " + name() + " are more than its amount");
        }
        final boolean isCreditHere = transaction.isCredit() == null ? isCredit : transaction.isCredit();
        isMixed |= !transaction.currency().equals(currency);
        try {
            sumMinor = Math.addExact(sumMinor, isCreditHere == isCredit ? net : -net);
        } catch (final ArithmeticException tooMuch) {
            throw where.refused(Reason.AMOUNT, "the transactions of entry " + name() + " are more than can be counted");
        }
        sink.line(line(transaction.detail(), isCreditHere, net, transaction.grossMinor(), told, transaction.endToEnd(), 1, transaction.remittance(), transaction.currency(), where));
    }

    /** Of the entry's charges, by amount; all shares together are exactly those charges. */
    private long share(final long grossMinor, final long chargesMinor) {
        final BigInteger all = BigInteger.valueOf(amount.minor() + chargesMinor);
        if (all.signum() <= 0) {
            return 0;
        }
        grossSoFar = grossSoFar.add(BigInteger.valueOf(grossMinor));
        final long upToHere = BigInteger.valueOf(chargesMinor).multiply(grossSoFar).divide(all).longValue();
        final long share = upToHere - sharedSoFar;
        sharedSoFar = upToHere;
        return share;
    }

    private StatementLine line(final String detail, final boolean credit, final long net, final long gross, final Charges told, final String endToEnd, final int count,
                               final String remittance, final String currency, final Where where) throws StatementException {
        if (gross < 0) {
            throw where.refused(Reason.AMOUNT, "entry " + name() + " has more charges given than its amount");
        }
        final int valueDay = valued != null ? valued : booked;
        return new StatementLine(statement, name(), ordinal, detail, status, credit, isReversal, net, gross, told, gross - net, currency,
                booked != null ? booked : valueDay, valueDay, endToEnd, batchPayment.isEmpty() ? batchMessage : batchPayment, count, remittance);
    }

    private void head(final Where where) throws StatementException {
        final String missing = amount == null ? "Amt" : isCredit == null ? "CdtDbtInd" : status == null ? "Sts" : booked == null && valued == null ? "ValDt and BookgDt" : null;
        if (missing != null) {
            throw where.refused(Reason.MISSING, "entry " + ordinal + " has no " + missing);
        }
    }

    String name() {
        return servicer.isEmpty() ? reference : servicer;
    }

    Amount amount() {
        return amount;
    }

    boolean isCredit() {
        return isCredit;
    }

    boolean isBooked() {
        return status == StatementLine.Status.BOOKED;
    }

    int bookedDay() {
        return booked != null ? booked : valued;
    }

    ChargesDraft charges() {
        return charges;
    }

    TransactionDraft transaction() {
        return transaction;
    }
}
