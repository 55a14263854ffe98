package org.mawid.api.treasury.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mawid.api.treasury.statement.Camt.balance;
import static org.mawid.api.treasury.statement.Camt.document;
import static org.mawid.api.treasury.statement.Camt.entry;
import static org.mawid.api.treasury.statement.Camt.statement;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.treasury.statement.Finding.Type;
import org.mawid.api.treasury.statement.StatementLine.Charges;
import org.mawid.api.treasury.statement.StatementLine.Status;

/** What is read of a statement, what is found in it, and that nothing of a refused one is handed over. */
class StatementReaderTest {
    private static final int DAY = (int) LocalDate.of(2026, 3, 3).toEpochDay();

    @TempDir
    private Path folder;
    private StatementBook book;

    @BeforeEach
    void open() throws IOException {
        book = StatementBook.open(folder.resolve("book"));
    }

    @AfterEach
    void close() throws IOException {
        book.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).as("no spool is left").containsExactly("book");
        }
    }

    /** The second was made by another's library: com.prowidesoftware:pw-iso20022 SRU2025-10.3.5, through its model classes, of the same movements. */
    @ParameterizedTest
    @ValueSource(strings = {"by-hand-camt.053.001.02.xml", "prowide-camt.053.001.08.xml"})
    void givenAStatementByHandAndOneByAnUnrelatedLibrary_whenRead_thenBothSayTheSame(final String name) throws IOException {
        try (InputStream in = getClass().getResourceAsStream(name);
                StatementFile file = new StatementReader(folder, StatementLimits.USUAL, book).read(in, Set.of())) {
            assertThat(file.findings()).allMatch(finding -> finding.type() == Type.NOT_BOOKED);
            final Statement statement = file.statements().get(0);
            assertThat(List.of(statement.kind(), statement.id(), statement.sequence(), statement.account(), statement.currency(), statement.opening(), statement.closing(), statement.isFinal(),
                    statement.closingDay(), statement.creditMinor(), statement.debitMinor()))
                    .containsExactly(Statement.Kind.STATEMENT, "TGR-2026-062", 62L, Camt.ACCOUNT, "MAD", 1_000_000L, 1_296_100L, true, DAY, 321_100L, 25_000L);
            assertThat(name).contains(statement.version());
            final List<StatementLine> booked = Camt.lines(file).stream().filter(line -> line.status() == Status.BOOKED).toList();
            assertThat(booked).extracting(StatementLine::entry).containsExactly("BK-1", "BK-2", "BK-2", "BK-3", "BK-4");
            assertThat(booked).extracting(line -> line.endToEnd() + line.remittance() + line.batch()).satisfies(references -> assertThat(references.get(0)).startsWith("1234567890123456"))
                    .element(2).isEqualTo("3456789012345678");
            assertThat(booked).extracting(StatementLine::netMinor).containsExactly(49_400L, 24_700L, 98_800L, 148_200L, 25_000L);
            assertThat(booked).extracting(StatementLine::grossMinor).containsExactly(50_000L, 25_000L, 100_000L, 148_200L, 25_000L);
            assertThat(booked).extracting(StatementLine::chargesMinor).containsExactly(600L, 300L, 1_200L, 0L, 0L);
            assertThat(booked).extracting(StatementLine::charges).containsExactly(Charges.TOLD, Charges.SHARED, Charges.SHARED, Charges.NOT_TOLD, Charges.NOT_TOLD);
            assertThat(booked).extracting(StatementLine::isCredit).containsExactly(true, true, true, true, false);
            assertThat(booked).extracting(StatementLine::valueDay).containsOnly(DAY);
            assertThat(booked.get(3).batch()).isEqualTo("T-000012-0007");
            assertThat(booked.get(3).transactions()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "03", "04", "05", "06", "07", "08", "13"})
    void givenAnyVersionPrefixAndEnvelope_whenRead_thenTheVersionIsToldAndTheLineIsThere(final String version) throws IOException {
        final String status = version.compareTo("04") < 0 ? "<Sts>BOOK</Sts>" : "<Sts><Cd>BOOK</Cd></Sts>";
        final String body = statement("S", 1, "0.00", "1.25", "2026-03-03", entry("1.25", "A-1")).replace("<Sts><Cd>BOOK</Cd></Sts>", status);
        final String prefixed = document(body).replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "").replaceAll("<(/?)([A-Z])", "<$1x:$2").replace("xmlns=", "xmlns:x=").replace("053.001.08", "053.001." + version);
        try (StatementFile file = Camt.read(folder, book, "<Envelope><AppHdr><Fr>bank</Fr></AppHdr>" + prefixed + "</Envelope>")) {
            assertThat(file.findings()).isEmpty();
            assertThat(file.statements().get(0).version()).isEqualTo(version);
            assertThat(Camt.lines(file)).singleElement().satisfies(line -> assertThat(line.netMinor()).isEqualTo(125));
        }
    }

    @Test
    void givenANotification_whenRead_thenItNeedsNoBalances() throws IOException {
        final String xml = document(statement("N", "", "", entry("1.25", "A-1"))).replace("camt.053", "camt.054").replace("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn").replace("Stmt>", "Ntfctn>");
        try (StatementFile file = Camt.read(folder, book, xml)) {
            assertThat(file.findings()).isEmpty();
            assertThat(file.statements().get(0).kind()).isEqualTo(Statement.Kind.NOTIFICATION);
            assertThat(Camt.lines(file)).hasSize(1);
        }
    }

    @Test
    void givenClosingIsNotOpeningAndEntries_whenRead_thenItIsRefusedToTheCentime_unlessAPersonAcceptsIt() throws IOException {
        final String xml = document(statement("S", 1, "10.00", "11.26", "2026-03-03", entry("1.25", "A-1")));
        try (StatementFile file = Camt.read(folder, book, xml)) {
            assertThat(file.findings()).extracting(Finding::type).containsExactly(Type.SUM_DIFFERS);
            assertThat(file.findings().get(0).details()).contains("1125").contains("1126");
            assertThat(file.isTaken()).isFalse();
            assertThatThrownBy(() -> Camt.lines(file)).isInstanceOf(IllegalStateException.class);
        }
        try (StatementFile file = new StatementReader(folder, StatementLimits.USUAL, book).read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), Set.of(Type.SUM_DIFFERS))) {
            assertThat(Camt.lines(file)).hasSize(1);
        }
    }

    @Test
    void givenASummaryOrDetailsThatDoNotAddUp_whenRead_thenRefused() throws IOException {
        final String summary = "<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries></TxsSummry>";
        assertFound(document(statement("S", "", balance("OPBD", "0", "2026-03-03") + balance("CLBD", "1.25", "2026-03-03") + summary, entry("1.25", "A-1"))), Type.SUMMARY_DIFFERS);
        final String sums = "<TxsSummry><TtlCdtNtries><Sum>1.24</Sum></TtlCdtNtries></TxsSummry>";
        assertFound(document(statement("S", "", balance("OPBD", "0", "2026-03-03") + balance("CLBD", "1.25", "2026-03-03") + sums, entry("1.25", "A-1"))), Type.SUMMARY_DIFFERS);
        final String two = "<NtryDtls><TxDtls><Amt Ccy=\"MAD\">1.00</Amt></TxDtls><TxDtls><Amt Ccy=\"MAD\">0.24</Amt></TxDtls></NtryDtls>";
        assertFound(document(statement("S", 1, "0", "1.25", "2026-03-03", entry("<Amt Ccy=\"MAD\">1.25</Amt>", "CRDT", "BOOK", "B", two))), Type.DETAILS_DIFFER);
    }

    @Test
    void givenInterimPendingCopyAndOtherCurrency_whenRead_thenEachIsToldAndTaken() throws IOException {
        final String interim = document(statement("I", "<CpyDplctInd>COPY</CpyDplctInd>", balance("ITBD", "1.00", "2026-03-03") + balance("ITBD", "2.25", "2026-03-03"), entry("1.25", "A-1"),
                entry("<Amt Ccy=\"MAD\">7.00</Amt>", "CRDT", "PDNG", "P", "")));
        try (StatementFile file = Camt.read(folder, book, interim)) {
            assertThat(file.findings()).extracting(Finding::type).containsExactlyInAnyOrder(Type.NOT_FINAL, Type.NOT_BOOKED, Type.COPY);
            assertThat(file.isTaken()).isTrue();
            assertThat(Camt.lines(file)).extracting(StatementLine::status).containsExactly(Status.BOOKED, Status.PENDING);
        }
        assertFound(document(statement("I", "", balance("ITBD", "1.00", "2026-03-03") + balance("ITBD", "1.00", "2026-03-03"), entry("1.25", "A-1"))), Type.SUM_DIFFERS, Type.NOT_FINAL);
        assertFound(document(statement("E", 1, "0", "0", "2026-03-03", entry("<Amt Ccy=\"EUR\">1.25</Amt>", "CRDT", "BOOK", "B", ""))), Type.OTHER_CURRENCY);
    }

    @Test
    void givenADayAfterADay_whenEachIsTaken_thenDuplicatesReplaysGapsAndOtherOpeningsAreFound() throws IOException {
        final String first = document(statement("S1", 1, "0.00", "1.25", "2026-03-03", entry("1.25", "A-1")));
        final String second = document(statement("S2", 2, "1.25", "2.50", "2026-03-04", entry("1.25", "A-2")));
        take(first);
        assertFound(first, Type.DUPLICATE);
        assertFound(document(statement("S3", 3, "1.25", "2.50", "2026-03-05", entry("1.25", "A-3"))), Type.SEQUENCE_GAP);
        assertFound(document(statement("S2", 2, "1.26", "2.51", "2026-03-04", entry("1.25", "A-2"))), Type.OPENING_DIFFERS);
        take(second);
        assertFound(document(statement("S1-NEW", 1, "0.00", "1.25", "2026-03-03", entry("1.25", "A-1"))), Type.REPLAYED);
        take(document(statement("S2027", 1, "2.50", "2.50", "2027-01-04")));
    }

    @Test
    void givenPages_whenTheyComeInOrder_thenEachIsTaken_andNotOtherwise() throws IOException {
        assertFound(document(page(2, false, "1.25", "2.50", "A-2")), Type.PAGE_MISSING);
        take(document(page(1, false, "0", "1.25", "A-1")));
        assertFound(document(page(1, false, "0", "1.25", "A-1")), Type.DUPLICATE);
        assertFound(document(page(3, true, "1.25", "2.50", "A-3")), Type.PAGE_MISSING);
        assertFound(document(page(2, true, "1.26", "2.51", "A-2")), Type.OPENING_DIFFERS);
        take(document(page(2, true, "1.25", "2.50", "A-2")));
        take(document(statement("S2", 2, "2.50", "3.75", "2026-03-04", entry("1.25", "A-4"))));
    }

    private static String page(final int number, final boolean isLast, final String opening, final String closing, final String reference) {
        return statement("P", "<StmtPgntn><PgNb>" + number + "</PgNb><LastPgInd>" + isLast + "</LastPgInd></StmtPgntn><ElctrncSeqNb>1</ElctrncSeqNb>",
                balance(number == 1 ? "OPBD" : "ITBD", opening, "2026-03-03") + balance(isLast ? "CLBD" : "ITBD", closing, "2026-03-03"), entry("1.25", reference));
    }

    @Test
    void givenABookWithATornLastLine_whenOpenedAgain_thenItKnowsTheWholeOnes_andDamageBeforeIsTold() throws IOException {
        take(document(statement("S1", 1, "0.00", "1.25", "2026-03-03", entry("1.25", "A-1"))));
        book.close();
        final Path file = folder.resolve("book");
        final String whole = Files.readString(file);
        Files.writeString(file, "12ab\tSTATEMENT\tMA64", StandardOpenOption.APPEND);
        book = StatementBook.open(file);
        assertThat(Files.readString(file)).isEqualTo(whole);
        assertFound(document(statement("S3", 3, "1.25", "2.50", "2026-03-05", entry("1.25", "A-3"))), Type.SEQUENCE_GAP);
        book.close();
        Files.writeString(file, whole.replace("S1", "S9") + whole);
        assertThatThrownBy(() -> StatementBook.open(file)).hasMessageContaining("damaged in line 1");
        Files.delete(file);
        book = StatementBook.open(file);
    }

    private void take(final String xml) throws IOException {
        try (StatementFile file = Camt.read(folder, book, xml)) {
            assertThat(file.findings()).isEmpty();
            book.take(file.statements());
        }
    }

    private void assertFound(final String xml, final Type... types) throws IOException {
        try (StatementFile file = Camt.read(folder, book, xml)) {
            final List<Type> found = new ArrayList<>(file.findings().stream().map(Finding::type).toList());
            assertThat(found).containsExactlyInAnyOrder(types);
            assertThat(file.isTaken()).isEqualTo(found.stream().noneMatch(Type::refuses));
        }
    }
}
