package org.mawid.api.sandbox.treasury;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.LocalDate;
import java.util.function.Consumer;

/**
 * Writes statements as ISO 20022 has them, by the elements of the public schemas: camt.053.001.02 or .08, camt.054.001.02 or .08. What it writes goes out as it comes, whatever its size. One writer each.
 */
public final class SandboxCamt {
    private final Writer out;
    private final boolean isNotification;
    private final boolean isNew;

    /**
     * @param account   IBAN
     * @param opening   booked balance before it, minor units
     * @param closing   after it
     */
    public record Head(String id, long sequence, String account, String currency, int day, long opening, long closing) {
    }

    /** @param version "02" to "08" */
    public SandboxCamt(final Writer out, final boolean isNotification, final String version) {
        this.out = out;
        this.isNotification = isNotification;
        isNew = version.compareTo("04") >= 0;
        write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.0" + (isNotification ? "54" : "53") + ".001." + version + "\"><"
                + message() + ">\n");
    }

    /** One statement with all its entries. */
    public void statement(final Head head, final Consumer<Consumer<SandboxEntry>> entries) {
        write("<GrpHdr><MsgId>" + head.id() + "-M</MsgId><CreDtTm>" + date(head.day()) + "T23:59:59</CreDtTm></GrpHdr>\n<" + part() + "><Id>" + head.id() + "</Id><ElctrncSeqNb>"
                + head.sequence() + "</ElctrncSeqNb><CreDtTm>" + date(head.day()) + "T23:59:59</CreDtTm><Acct><Id><IBAN>" + head.account() + "</IBAN></Id><Ccy>" + head.currency()
                + "</Ccy></Acct>\n");
        if (!isNotification) {
            balance("OPBD", head.opening(), head.currency(), head.day());
            balance("CLBD", head.closing(), head.currency(), head.day());
        }
        entries.accept(this::entry);
        write("</" + part() + ">\n");
    }

    private void balance(final String code, final long minor, final String currency, final int day) {
        write("<Bal><Tp><CdOrPrtry><Cd>" + code + "</Cd></CdOrPrtry></Tp>" + amount("Amt", Math.abs(minor), currency) + "<CdtDbtInd>" + direction(minor >= 0) + "</CdtDbtInd><Dt><Dt>" + date(day)
                + "</Dt></Dt></Bal>\n");
    }

    private void entry(final SandboxEntry entry) {
        final long net = entry.grossMinor() - entry.commissionMinor();
        write("<Ntry>" + amount("Amt", net, entry.currency()) + "<CdtDbtInd>" + direction(entry.isCredit()) + "</CdtDbtInd>" + (entry.isReversal() ? "<RvslInd>true</RvslInd>" : "")
                + (isNew ? "<Sts><Cd>BOOK</Cd></Sts>" : "<Sts>BOOK</Sts>") + "<BookgDt><Dt>" + date(entry.bookingDay()) + "</Dt></BookgDt><ValDt><Dt>" + date(entry.valueDay())
                + "</Dt></ValDt><AcctSvcrRef>" + entry.bankReference() + "</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>MCRD</Cd><SubFmlyCd>POSP</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls>");
        if (entry.isBatch()) {
            write("<Btch><PmtInfId>" + entry.reference() + "</PmtInfId><NbOfTxs>" + entry.payments() + "</NbOfTxs></Btch>");
        }
        write("<TxDtls><Refs>" + (entry.reference().isEmpty() || entry.isBatch() ? "<EndToEndId>NOTPROVIDED</EndToEndId>" : "<EndToEndId>" + entry.reference() + "</EndToEndId>") + "</Refs>"
                + (isNew ? amount("Amt", net, entry.currency()) + "<CdtDbtInd>" + direction(entry.isCredit()) + "</CdtDbtInd>" : ""));
        if (entry.isCommissionTold()) {
            final String charge = amount("Amt", Math.abs(entry.commissionMinor()), entry.currency()) + "<CdtDbtInd>" + direction(entry.commissionMinor() < 0) + "</CdtDbtInd>";
            write("<AmtDtls><TxAmt>" + amount("Amt", entry.grossMinor(), entry.currency()) + "</TxAmt></AmtDtls><Chrgs>" + (isNew ? "<Rcrd>" + charge + "</Rcrd>" : charge) + "</Chrgs>");
        }
        write("</TxDtls></NtryDtls></Ntry>\n");
    }

    /** The end of the file; the writer is flushed, not closed. */
    public void end() {
        write("</" + message() + "></Document>\n");
        try {
            out.flush();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String message() {
        return isNotification ? "BkToCstmrDbtCdtNtfctn" : "BkToCstmrStmt";
    }

    private String part() {
        return isNotification ? "Ntfctn" : "Stmt";
    }

    private static String amount(final String name, final long minor, final String currency) {
        return '<' + name + " Ccy=\"" + currency + "\">" + SandboxOrder.decimals(minor, currency) + "</" + name + '>';
    }

    private static String direction(final boolean isCredit) {
        return isCredit ? "CRDT" : "DBIT";
    }

    private static String date(final int day) {
        return LocalDate.ofEpochDay(day).toString();
    }

    private void write(final String text) {
        try {
            out.write(text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
