package org.mawid.api.treasury.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mawid.api.treasury.statement.Camt.document;
import static org.mawid.api.treasury.statement.Camt.entry;
import static org.mawid.api.treasury.statement.Camt.statement;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mawid.api.treasury.statement.StatementException.Reason;

/** Whatever a file is, it is refused with its place, costs a bounded amount of memory, and has handed over nothing. */
@Timeout(120)
class HostileStatementsTest {
    private static final StatementHistory NONE = new StatementHistory() {
        @Override
        public boolean had(final Statement statement) {
            return false;
        }

        @Override
        public Taken last(final String account, final String currency) {
            return null;
        }
    };

    @TempDir
    private Path folder;

    static Stream<Arguments> refused() {
        final String good = document(statement("S", 1, "0", "1.25", "2026-03-03", entry("1.25", "A-1")));
        final String body = good.substring(good.indexOf("<Document"));
        return Stream.of(
                Arguments.of(Reason.DOCTYPE, "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]>" + body),
                Arguments.of(Reason.DOCTYPE, "<?xml version=\"1.0\"?>\n<!DOCTYPE foo SYSTEM \"file:///etc/passwd\">" + body),
                Arguments.of(Reason.DOCTYPE, good.replace("<Stmt>", "<Stmt><!ELEMENT x ANY>")),
                Arguments.of(Reason.ENTITY, good.replace("A-1<", "&xxe;<")),
                Arguments.of(Reason.NOT_XML, good.substring(0, good.length() - 20)),
                Arguments.of(Reason.NOT_XML, good.replace("</Ntry>", "</Ntri>")),
                Arguments.of(Reason.NOT_XML, ""),
                Arguments.of(Reason.NOT_XML, "{\"json\":true}"),
                Arguments.of(Reason.NOT_A_STATEMENT, "<Document><CstmrCdtTrfInitn/></Document>"),
                Arguments.of(Reason.NOT_A_STATEMENT, "<html><body/></html>"),
                Arguments.of(Reason.NOT_A_STATEMENT, "<a><b><c><d><e><f/></e></d></c></b></a>"),
                Arguments.of(Reason.ENCODING, good.replace("UTF-8", "UTF-7")),
                Arguments.of(Reason.ENCODING, "\u0000" + good),
                Arguments.of(Reason.AMOUNT, good.replace(">1.25</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>", ">-1.25</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>")),
                Arguments.of(Reason.AMOUNT, good.replace("<Ntry><Amt Ccy=\"MAD\">1.25", "<Ntry><Amt Ccy=\"MAD\">1.255")),
                Arguments.of(Reason.AMOUNT, good.replace("<Ntry><Amt Ccy=\"MAD\">1.25", "<Ntry><Amt Ccy=\"MAD\">1e2")),
                Arguments.of(Reason.AMOUNT, good.replace("<Ntry><Amt Ccy=\"MAD\">1.25", "<Ntry><Amt Ccy=\"MAD\">1,25")),
                Arguments.of(Reason.AMOUNT, good.replace("<Ntry><Amt Ccy=\"MAD\">1.25", "<Ntry><Amt Ccy=\"MAD\">")),
                Arguments.of(Reason.AMOUNT, good.replace("<Ntry><Amt Ccy=\"MAD\">1.25", "<Ntry><Amt Ccy=\"MAD\">99999999999999999999")),
                Arguments.of(Reason.AMOUNT, good.replace("<Ntry><Amt Ccy=\"MAD\">1.25", "<Ntry><Amt Ccy=\"JPY\">1.25")),
                Arguments.of(Reason.CURRENCY, good.replace("<Ntry><Amt Ccy=\"MAD\">", "<Ntry><Amt Ccy=\"XYZ\">")),
                Arguments.of(Reason.CURRENCY, good.replace("<Ntry><Amt Ccy=\"MAD\">", "<Ntry><Amt>")),
                Arguments.of(Reason.CURRENCY, good.replace("<Amt Ccy=\"MAD\">0<", "<Amt Ccy=\"EUR\">0<")),
                Arguments.of(Reason.DATE, good.replace("2026-03-04", "2026-02-30")),
                Arguments.of(Reason.CODE, good.replace("<Cd>BOOK</Cd>", "<Cd>LATER</Cd>")),
                Arguments.of(Reason.CODE, good.replace("CRDT</CdtDbtInd><Sts>", "BOTH</CdtDbtInd><Sts>")),
                Arguments.of(Reason.MISSING, good.replace("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>")),
                Arguments.of(Reason.MISSING, good.replace("<Id>S</Id>", "")),
                Arguments.of(Reason.TOO_LONG, good.replace("A-1<", "x".repeat(5_000) + '<')),
                Arguments.of(Reason.TOO_DEEP, good.replace("<Ntry>", "<a>".repeat(100) + "<Ntry>")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void givenAFileThatIsNoStatement_whenRead_thenItIsRefusedByReasonAndPlace(final Reason reason, final String xml) throws IOException {
        final StatementException refused = refused(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), StatementLimits.USUAL);
        assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
        assertThat(refused.line()).isPositive();
        assertThat(refused.column()).isPositive();
        assertThat(refused).hasMessageContaining("line " + refused.line()).hasMessageContaining("nothing of the file was taken");
    }

    @Test
    void givenBytesThatAreNoUtf8_whenRead_thenTheLineIsTold() throws IOException {
        final byte[] bytes = document(statement("S", 1, "0", "1.25", "2026-03-03", "\n\n" + entry("1.25", "A-1"))).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 'A' && bytes[i + 1] == '-') {
                bytes[i] = (byte) 0xC3;
            }
        }
        assertThat(refused(new ByteArrayInputStream(bytes), StatementLimits.USUAL).reason()).isEqualTo(Reason.ENCODING);
    }

    static Stream<Arguments> endless() {
        final String head = document(statement("S", 1, "0", "0", "2026-03-03", "@@")).split("@@")[0];
        final Map<String, IntFunction<String>> parts = Map.of(
                "text", i -> "xxxxxxxxxxxxxxxx", "entries", i -> entry("0.01", "E" + i), "names", i -> "<n" + i + "/>", "comments", i -> i == 0 ? "<!--" : " <<<< >>>> ",
                "cdata", i -> i == 0 ? "<![CDATA[" : "]] > <x> ", "attribute", i -> i == 0 ? "<a b=\"" : ">>>>>>>>>>>>", "attributes", i -> i == 0 ? "<a" : " b" + i + "=\"1\"", "instruction", i -> i == 0 ? "<?x " : " ?? > ",
                "nesting", i -> "<a>", "prefixes", i -> "<a xmlns:p" + i + "=\"urn:" + i + "\"/>");
        final Map<String, Reason> reasons = Map.of("text", Reason.TOO_LONG, "entries", Reason.TOO_MANY_LINES, "names", Reason.TOO_MANY_NAMES, "comments", Reason.TOO_LONG, "cdata", Reason.TOO_LONG,
                "attribute", Reason.TOO_LONG, "attributes", Reason.TOO_LONG, "instruction", Reason.TOO_LONG, "nesting", Reason.TOO_DEEP, "prefixes", Reason.TOO_MANY_NAMES);
        return parts.keySet().stream().sorted().map(name -> Arguments.of(name, head, parts.get(name), reasons.get(name)));
    }

    /** Each would go on for ever. */
    @ParameterizedTest
    @MethodSource("endless")
    void givenAFileWithoutEnd_whenRead_thenItEndsByItself_inBoundedMemory(final String name, final String head, final IntFunction<String> part, final Reason reason) throws IOException {
        final Endless in = new Endless(head, part);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(refused(in, new StatementLimits(1L << 34, 20_000)).reason()).as(name).isEqualTo(reason);
        assertThat(in.given).as("read no further than it had to").isLessThan(16L << 20);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).as("bytes allocated, garbage included").isLessThan(400L << 20);
    }

    /** Whatever would come after it: no parser sees the first letter of its name. */
    @Test
    void givenADoctypeWithoutEnd_whenRead_thenItIsRefusedAtOnce() throws IOException {
        final Endless in = new Endless("<?xml version=\"1.0\"?><!DOCTYPE a [", i -> "<!ENTITY e" + i + " \"&e" + (i - 1) + ";&e" + (i - 1) + ";\">");
        final StatementException refused = refused(in, StatementLimits.USUAL);
        assertThat(refused.reason()).isEqualTo(Reason.DOCTYPE);
        assertThat(refused.column()).isEqualTo(24);
        assertThat(in.given).isLessThan(64 << 10);
    }

    @Test
    void givenTwoGigabytesOfBlanksAndComments_whenRead_thenItIsTooLargeAtItsLimit() throws IOException {
        final Endless in = new Endless("", i -> i % 2 == 0 ? "<!-- nothing -->" : " ".repeat(1_000));
        assertThat(refused(in, new StatementLimits(32L << 20, 1_000)).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(in.given).isLessThan(34L << 20);
    }

    /** A seed breaks a good file somewhere: it is refused, or it reads; it is never anything else. */
    @Test
    void givenAGoodFileBrokenAnywhere_whenRead_thenItIsRefusedOrReads_andNoSpoolIsLeft() throws IOException {
        final String good = document(statement("S", 1, "0", "2.50", "2026-03-03", entry("1.25", "A-1"), entry("1.25", "A-2")));
        final SplittableRandom random = new SplittableRandom(7);
        int refusals = 0;
        for (int i = 0; i < 1_000; i++) {
            final byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
            final int from = random.nextInt(bytes.length);
            for (int k = from; k < Math.min(bytes.length, from + 1 + random.nextInt(4)); k++) {
                bytes[k] = (byte) random.nextInt(256);
            }
            final int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            try (StatementFile file = new StatementReader(folder, StatementLimits.USUAL, NONE).read(new ByteArrayInputStream(bytes, 0, length), Set.of())) {
                assertThat(file.statements()).isNotNull();
            } catch (final StatementException expected) {
                refusals++;
            }
        }
        assertThat(refusals).isGreaterThan(250);
        assertEmpty();
    }

    private StatementException refused(final InputStream in, final StatementLimits limits) throws IOException {
        final StatementException refused = catchThrowableOfType(StatementException.class, () -> new StatementReader(folder, limits, NONE).read(in, Set.of()).close());
        assertThat(refused).as("it is refused").isNotNull();
        assertEmpty();
        return refused;
    }

    private void assertEmpty() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("no spool is left").isEmpty();
        }
    }

    /** Gives a head and then parts, as many as are asked for. */
    private static final class Endless extends InputStream {
        private final IntFunction<String> part;
        private byte[] now;
        private int at;
        private int next;
        private long given;

        Endless(final String head, final IntFunction<String> part) {
            this.part = part;
            now = head.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            while (at == now.length) {
                now = part.apply(next++).getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            given++;
            return now[at++];
        }

        @Override
        public int read(final byte[] into, final int offset, final int length) {
            for (int i = 0; i < length; i++) {
                into[offset + i] = (byte) read();
            }
            return length;
        }
    }
}
