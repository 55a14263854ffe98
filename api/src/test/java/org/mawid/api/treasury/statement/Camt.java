package org.mawid.api.treasury.statement;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Small statements for tests, in words; and what is read of them. */
final class Camt {
    static final String ACCOUNT = "MA64011519000001205000534921";

    private Camt() {
    }

    static String document(final String statements) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr>" + statements
                + "</BkToCstmrStmt></Document>";
    }

    static String statement(final String id, final int sequence, final String opening, final String closing, final String date, final String... entries) {
        return statement(id, "<ElctrncSeqNb>" + sequence + "</ElctrncSeqNb>", balance("OPBD", opening, date) + balance("CLBD", closing, date), entries);
    }

    static String statement(final String id, final String head, final String balances, final String... entries) {
        return "<Stmt><Id>" + id + "</Id>" + head + "<Acct><Id><IBAN>" + ACCOUNT + "</IBAN></Id><Ccy>MAD</Ccy></Acct>" + balances + String.join("", entries) + "</Stmt>";
    }

    static String balance(final String code, final String amount, final String date) {
        return "<Bal><Tp><CdOrPrtry><Cd>" + code + "</Cd></CdOrPrtry></Tp><Amt Ccy=\"MAD\">" + amount + "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>" + date + "</Dt></Dt></Bal>";
    }

    static String entry(final String amount, final String reference) {
        return entry("<Amt Ccy=\"MAD\">" + amount + "</Amt>", "CRDT", "BOOK", "BK-" + reference, "<NtryDtls><TxDtls><Refs><EndToEndId>" + reference + "</EndToEndId></Refs></TxDtls></NtryDtls>");
    }

    static String entry(final String amount, final String direction, final String status, final String bankReference, final String details) {
        return "<Ntry>" + amount + "<CdtDbtInd>" + direction + "</CdtDbtInd><Sts><Cd>" + status + "</Cd></Sts><BookgDt><Dt>2026-03-03</Dt></BookgDt><ValDt><Dt>2026-03-04</Dt></ValDt><AcctSvcrRef>"
                + bankReference + "</AcctSvcrRef>" + details + "</Ntry>";
    }

    static StatementFile read(final Path folder, final StatementHistory history, final String xml) throws IOException {
        return new StatementReader(folder, StatementLimits.USUAL, history).read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), Set.of());
    }

    static List<StatementLine> lines(final StatementFile file) throws IOException {
        final List<StatementLine> lines = new ArrayList<>();
        file.each(lines::add);
        return lines;
    }
}
