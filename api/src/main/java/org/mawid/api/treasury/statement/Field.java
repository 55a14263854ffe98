package org.mawid.api.treasury.statement;

import java.util.HashMap;
import java.util.Map;

/** The elements that are read, by their place in {@code Stmt} or {@code Ntfctn} (some have moved between versions), as a tree to walk along with the parser. */
enum Field {
    MESSAGE_ID("../GrpHdr/MsgId"), MESSAGE_PAGE("../GrpHdr/MsgPgntn/PgNb"), MESSAGE_LAST_PAGE("../GrpHdr/MsgPgntn/LastPgInd"),
    STATEMENT("."), STATEMENT_ID("Id"), SEQUENCE("ElctrncSeqNb"), LEGAL_SEQUENCE("LglSeqNb"), COPY("CpyDplctInd"), PAGE("StmtPgntn/PgNb", "NtfctnPgntn/PgNb"),
    LAST_PAGE("StmtPgntn/LastPgInd", "NtfctnPgntn/LastPgInd"), ACCOUNT_IBAN("Acct/Id/IBAN"), ACCOUNT_OTHER("Acct/Id/Othr/Id"), ACCOUNT_CURRENCY("Acct/Ccy"),
    BALANCE("Bal"), BALANCE_CODE("Bal/Tp/CdOrPrtry/Cd"), BALANCE_AMOUNT("Bal/Amt"), BALANCE_DIRECTION("Bal/CdtDbtInd"), BALANCE_DATE("Bal/Dt/Dt", "Bal/Dt/DtTm"),
    SUMMARY_COUNT("TxsSummry/TtlNtries/NbOfNtries"), SUMMARY_CREDITS("TxsSummry/TtlCdtNtries/Sum"), SUMMARY_DEBITS("TxsSummry/TtlDbtNtries/Sum"),
    ENTRY("Ntry"), ENTRY_REFERENCE("Ntry/NtryRef"), ENTRY_AMOUNT("Ntry/Amt"), ENTRY_DIRECTION("Ntry/CdtDbtInd"), ENTRY_REVERSAL("Ntry/RvslInd"),
    ENTRY_STATUS("Ntry/Sts", "Ntry/Sts/Cd"), ENTRY_BOOKED("Ntry/BookgDt/Dt", "Ntry/BookgDt/DtTm"), ENTRY_VALUE("Ntry/ValDt/Dt", "Ntry/ValDt/DtTm"),
    ENTRY_SERVICER("Ntry/AcctSvcrRef"), ENTRY_CHARGE_TOTAL("Ntry/Chrgs/TtlChrgsAndTaxAmt"), ENTRY_TX_AMOUNT("Ntry/AmtDtls/TxAmt/Amt"), ENTRY_CHARGE("Ntry/Chrgs/Rcrd", "Ntry/Chrgs"),
    ENTRY_CHARGE_AMOUNT("Ntry/Chrgs/Rcrd/Amt", "Ntry/Chrgs/Amt"), ENTRY_CHARGE_DIRECTION("Ntry/Chrgs/Rcrd/CdtDbtInd", "Ntry/Chrgs/CdtDbtInd"),
    ENTRY_CHARGE_INCLUDED("Ntry/Chrgs/Rcrd/ChrgInclInd"),
    BATCH_MESSAGE("Ntry/NtryDtls/Btch/MsgId"), BATCH_PAYMENT("Ntry/NtryDtls/Btch/PmtInfId"), BATCH_COUNT("Ntry/NtryDtls/Btch/NbOfTxs"),
    TX("Ntry/NtryDtls/TxDtls"), TX_SERVICER("Ntry/NtryDtls/TxDtls/Refs/AcctSvcrRef"), TX_ID("Ntry/NtryDtls/TxDtls/Refs/TxId"),
    TX_END_TO_END("Ntry/NtryDtls/TxDtls/Refs/EndToEndId"), TX_AMOUNT("Ntry/NtryDtls/TxDtls/Amt"), TX_DIRECTION("Ntry/NtryDtls/TxDtls/CdtDbtInd"),
    TX_CHARGE_TOTAL("Ntry/NtryDtls/TxDtls/Chrgs/TtlChrgsAndTaxAmt"), TX_TX_AMOUNT("Ntry/NtryDtls/TxDtls/AmtDtls/TxAmt/Amt"), TX_CHARGE("Ntry/NtryDtls/TxDtls/Chrgs/Rcrd", "Ntry/NtryDtls/TxDtls/Chrgs"),
    TX_CHARGE_AMOUNT("Ntry/NtryDtls/TxDtls/Chrgs/Rcrd/Amt", "Ntry/NtryDtls/TxDtls/Chrgs/Amt"),
    TX_CHARGE_DIRECTION("Ntry/NtryDtls/TxDtls/Chrgs/Rcrd/CdtDbtInd", "Ntry/NtryDtls/TxDtls/Chrgs/CdtDbtInd"),
    TX_CHARGE_INCLUDED("Ntry/NtryDtls/TxDtls/Chrgs/Rcrd/ChrgInclInd"),
    TX_FREE_TEXT("Ntry/NtryDtls/TxDtls/RmtInf/Ustrd"), TX_CREDITOR_REFERENCE("Ntry/NtryDtls/TxDtls/RmtInf/Strd/CdtrRefInf/Ref");

    /** Whatever nobody asks for, and all that is in it. */
    static final Node IGNORED = new Node();
    /** {@code BkToCstmrStmt} or {@code BkToCstmrDbtCdtNtfctn}. */
    static final Node MESSAGE = tree();

    private final String[] paths;

    Field(final String... paths) {
        this.paths = paths;
    }

    private static Node tree() {
        final Node message = new Node();
        final Node statement = new Node();
        message.children.put("Stmt", statement);
        message.children.put("Ntfctn", statement);
        statement.children.put("..", message);
        statement.children.put(".", statement);
        for (final Field field : values()) {
            for (final String path : field.paths) {
                Node node = statement;
                for (final String name : path.split("/")) {
                    node = node.children.computeIfAbsent(name, missing -> new Node());
                }
                node.field = field;
            }
        }
        statement.children.remove("..");
        statement.children.remove(".");
        return message;
    }

    /** A place in the tree. */
    static final class Node {
        private final Map<String, Node> children = new HashMap<>();
        /** Null when it only leads to others. */
        private Field field;

        Node child(final String name) {
            return children.getOrDefault(name, IGNORED);
        }

        Field field() {
            return field;
        }
    }
}
