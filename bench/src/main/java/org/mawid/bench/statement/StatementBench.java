package org.mawid.bench.statement;

import com.sun.management.ThreadMXBean;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.mawid.api.treasury.matching.Break;
import org.mawid.api.treasury.matching.Match;
import org.mawid.api.treasury.matching.MatchSink;
import org.mawid.api.treasury.matching.Matcher;
import org.mawid.api.treasury.matching.PaymentIndex;
import org.mawid.api.treasury.statement.StatementBook;
import org.mawid.api.treasury.statement.StatementFile;
import org.mawid.api.treasury.statement.StatementLimits;
import org.mawid.api.treasury.statement.StatementReader;
import org.mawid.bench.load.Heap;
import org.mawid.bench.load.NoSeconds;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A statement from its bytes on disk to what it settles: parsed, checked, waited for to its end, matched. What is found is held against what was put in. */
@Command(name = "statement", mixinStandardHelpOptions = true,
        description = "A camt.053 statement read, checked and matched against the ledger's payments; exits 1 when what is found is not what was put in.",
        footer = {"", "Takes about 25 s.", "", "Examples:",
            "  bench statement --lines 1000000",
            "  bench statement --payments 10000000 --rounds 1"})
public final class StatementBench implements Callable<Integer>, Planned {
    private static final double FLOOR_SECONDS = 5;
    private static final long SEED = 42;

    /** As seen on two quiet cores. */
    private static final double LINES_PER_SECOND = 50_000;
    private static final double PAYMENTS_PER_SECOND = 1_000_000;

    @Mixin
    private Output output;

    @Mixin
    private final NoSeconds noSeconds = new NoSeconds("--lines");

    @Option(names = "--payments", paramLabel = "N", defaultValue = "3000000", description = "In the ledger: ${DEFAULT-VALUE}.")
    private int payments;

    @Option(names = "--lines", paramLabel = "N", defaultValue = "100000", description = "In the statement, each of one payment: ${DEFAULT-VALUE}.")
    private int lines;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "How often, each with an index of its own: ${DEFAULT-VALUE}.")
    private int rounds;

    /** One round. @param peakHeap most in use at any moment of it, index and garbage included */
    private record Round(double seconds, double readSeconds, double indexSeconds, long indexBytes, long indexHeap, long peakHeap, long allocated, long matched, long breaks) {
    }

    @Override
    public Integer call() throws Exception {
        output.require(payments >= 1 && payments <= PaymentIndex.MOST, "--payments must be 1 to " + PaymentIndex.MOST);
        output.require(lines >= 1 && lines <= payments, "--lines must be 1 to --payments");
        output.require(rounds >= 1, "--rounds must be 1 or more");
        final Path folder = Files.createTempDirectory("mawid-statement");
        try {
            final ModelStatement model = new ModelStatement(payments, lines, SEED);
            output.progress("writing a statement of %,d lines", lines);
            final long bytes = model.write(folder.resolve("statement.xml"));
            final List<Round> all = new ArrayList<>();
            for (int i = 1; i <= rounds; i++) {
                output.progress("round %d of %d", i, rounds);
                all.add(round(model, folder));
            }
            return told(model, bytes, all);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (final Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private Round round(final ModelStatement model, final Path folder) throws IOException, InterruptedException {
        final long before = Heap.inUse();
        final long indexFromNs = System.nanoTime();
        final PaymentIndex index = model.index();
        final double indexSeconds = since(indexFromNs);
        final long indexHeap = Heap.inUse() - before;
        final Counts counts = new Counts();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        final long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        final long fromNs = System.nanoTime();
        final double readSeconds;
        try (StatementBook book = StatementBook.open(folder.resolve("book" + System.nanoTime())); InputStream in = new BufferedInputStream(Files.newInputStream(folder.resolve("statement.xml")));
                StatementFile file = new StatementReader(folder, StatementLimits.USUAL, book).read(in, Set.of())) {
            readSeconds = since(fromNs);
            final Matcher matcher = new Matcher(index, post -> ModelStatement.CONTRACT, counts);
            matcher.begin(file.statements().get(0));
            file.each(matcher::line);
            matcher.end();
            book.take(file.statements());
        }
        return new Round(since(fromNs), readSeconds, indexSeconds, index.bytes(), indexHeap, heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum(),
                threads.getCurrentThreadAllocatedBytes() - allocatedBefore, counts.matched, counts.breaks);
    }

    private int told(final ModelStatement model, final long bytes, final List<Round> all) throws IOException {
        final Round middle = all.stream().sorted(Comparator.comparingDouble(Round::seconds)).toList().get(all.size() / 2);
        final boolean isRight = all.stream().allMatch(round -> round.breaks() == model.wrong() && round.matched() == lines - model.wrong());
        output.result(new JsonObject().put("benchmark", "statement")
                .put("load", new JsonObject().put("payments", payments).put("lines", lines).put("wrongLines", model.wrong()).put("statementBytes", bytes).put("version", "camt.053.001.08").put("seed", SEED))
                .put("leftOut", "making the index of the log, and telling the log: what is told goes nowhere")
                .put("elapsedSeconds", Output.rounded(middle.seconds())).put("firstElapsedSeconds", Output.rounded(all.get(0).seconds()))
                .put("allElapsedSeconds", new JsonArray(all.stream().map(round -> Output.rounded(round.seconds())).toList()))
                .put("floorSeconds", FLOOR_SECONDS).put("floorIsMet", middle.seconds() < FLOOR_SECONDS)
                .put("linesPerSecond", Output.rounded(lines / middle.seconds())).put("readAndCheckSeconds", Output.rounded(middle.readSeconds()))
                .put("indexSeconds", Output.rounded(middle.indexSeconds())).put("indexBytesEach", Output.rounded(middle.indexBytes() / (double) payments))
                .put("indexHeapMiB", middle.indexHeap() >> 20).put("peakHeapMiB", middle.peakHeap() >> 20).put("bytesAllocatedPerLine", Output.rounded(middle.allocated() / (double) lines))
                .put("matched", middle.matched()).put("breaks", middle.breaks()).put("booksAgree", isRight));
        if (!isRight) {
            output.failed("put in were " + model.wrong() + " wrong lines of " + lines + "; found were " + middle.breaks() + " breaks and " + middle.matched() + " matches");
            return 1;
        }
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return 2 + lines / LINES_PER_SECOND + rounds * (payments / PAYMENTS_PER_SECOND + lines / LINES_PER_SECOND + 1);
    }

    private static double since(final long fromNs) {
        return (System.nanoTime() - fromNs) / 1e9;
    }

    private static Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    /** Takes what is found. */
    private static final class Counts implements MatchSink {
        private long matched;
        private long breaks;

        @Override
        public void match(final Match match) {
            matched++;
        }

        @Override
        public void waits(final Match line) {
            throw new IllegalStateException("nothing waits in the model");
        }

        @Override
        public void differs(final Break found) {
            breaks++;
        }
    }
}
