package org.mawid.bench.release;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.mawid.grpc.Result;

/**
 * What each client sent and got, as JSON lines, one for each command, in the order in which answers came:
 * <pre>{"op","client","id","slot"|"appointment"|"ref","units","person","ttl_ns","invoke_ns","complete_ns","result":"ok|fail|unknown"}</pre>
 * <ul>
 * <li>{@code op}: hold, confirm, release; {@code client}: who does one thing at a time; {@code id}: the request id, 32 hexadecimal digits
 * <li>{@code slot}: of a hold, {@code desk/date/startUnit}; {@code ref}: the hold's reference, of a hold only when it is ok; {@code appointment}: of a confirm
 * that is ok
 * <li>{@code units}: five-minute units from the start on, one place in each; {@code person}: who is served; {@code ttl_ns}: how long a hold is kept, of a hold
 * only, null as long as the server has not said
 * <li>{@code invoke_ns}, {@code complete_ns}: of one monotonic clock, from the beginning of the run; the first is taken just before the command is sent, the
 * second when its answer has been read
 * <li>{@code result}: ok = done; fail = refused, nothing was done; unknown = its answer never came, it may have been done or not: {@code complete_ns} is null.
 * A command that is sent again as it was, because no answer came, is still one line
 * </ul>
 * Lines are written by a thread of its own through a bounded queue. When that is full they wait in memory, and are counted: the load never waits.
 * Only the thread that decides calls, but for {@link #close}.
 */
final class History implements AutoCloseable {
    private static final int QUEUE = 1 << 15;
    private static final int BUFFER_CHARS = 1 << 18;
    private static final long REST_NS = 1_000_000;
    private static final HexFormat HEX = HexFormat.of();

    private final OneToOneConcurrentArrayQueue<Exchange> queue;
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
    private final BufferedWriter out;
    private final long originNs = System.nanoTime();
    private final Thread writer;
    private final Thread hook;
    private volatile long ttlNs;
    private volatile boolean isEnding;
    private volatile IOException failure;
    private long lines;
    private long waited;
    private boolean isClosed;

    History(final Path file) throws IOException {
        this(file, QUEUE);
    }

    /** @param room lines that can be on their way to the writer */
    History(final Path file, final int room) throws IOException {
        this.queue = new OneToOneConcurrentArrayQueue<>(room);
        this.out = new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.US_ASCII), BUFFER_CHARS);
        this.writer = new Thread(this::write, "bench-history");
        this.writer.setDaemon(true);
        this.writer.start();
        this.hook = new Thread(this::end); // an interrupted run has a history too
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** How long holds are kept, by the rules of the server. Nanoseconds. */
    void ttlNs(final long newTtlNs) {
        ttlNs = newTtlNs;
    }

    /** A command is about to be sent: its time is taken. */
    void begin(final Exchange exchange) {
        open.add(exchange);
    }

    /** It was answered. */
    void end(final Exchange exchange) {
        open.remove(exchange);
        flush();
        if (!waiting.isEmpty() || !queue.offer(exchange)) {
            waiting.add(exchange);
            waited++;
        }
    }

    /** Gives lines that had to wait to the writer, as many as it takes. */
    void flush() {
        while (!waiting.isEmpty() && queue.offer(waiting.peek())) {
            waiting.poll();
        }
    }

    /** Lines written. After {@link #close}. */
    long lines() {
        return lines;
    }

    /** Lines that found the queue full. */
    long waited() {
        return waited;
    }

    private void write() {
        final StringBuilder line = new StringBuilder(512);
        while (failure == null) {
            final Exchange exchange = queue.poll();
            if (exchange != null) {
                put(line, exchange, true);
            } else if (isEnding) {
                return;
            } else {
                LockSupport.parkNanos(REST_NS);
            }
        }
    }

    private void put(final StringBuilder line, final Exchange exchange, final boolean isAnswered) {
        line.setLength(0);
        append(line, exchange, isAnswered);
        try {
            out.append(line).append('\n');
            lines++;
        } catch (final IOException e) {
            failure = e;
        }
    }

    private void append(final StringBuilder line, final Exchange exchange, final boolean isAnswered) {
        final Applicant applicant = exchange.applicant();
        final boolean isDone = isAnswered && exchange.isDone();
        line.append("{\"op\":\"").append(exchange.kind().text()).append("\",\"client\":\"").append(applicant.name()).append("\",\"id\":\"")
                .append(HEX.toHexDigits(exchange.idHigh())).append(HEX.toHexDigits(exchange.idLow()));
        if (exchange.kind() == Exchange.Kind.HOLD) {
            line.append("\",\"slot\":\"").append(exchange.start().deskId()).append('/').append(java.time.LocalDate.ofEpochDay(exchange.start().epochDay())).append('/')
                    .append(exchange.start().startUnit());
            if (isDone) {
                line.append("\",\"ref\":\"").append(exchange.made());
            }
        } else {
            line.append("\",\"ref\":\"").append(exchange.hold());
            if (isDone && exchange.kind() == Exchange.Kind.CONFIRM) {
                line.append("\",\"appointment\":\"").append(exchange.made());
            }
        }
        line.append("\",\"units\":").append(applicant.units()).append(",\"person\":\"").append(HEX.toHexDigits(applicant.personKey()))
                .append("\",\"ttl_ns\":");
        if (exchange.kind() == Exchange.Kind.HOLD && ttlNs != 0) {
            line.append(ttlNs);
        } else {
            line.append("null");
        }
        line.append(",\"invoke_ns\":").append(exchange.invokeNs() - originNs).append(",\"complete_ns\":");
        if (isAnswered) {
            line.append(exchange.completeNs() - originNs);
        } else {
            line.append("null");
        }
        line.append(",\"result\":\"").append(!isAnswered ? "unknown" : exchange.result() == Result.OK ? "ok" : "fail").append("\"}");
    }

    /** Writes what is left; what was never answered is unknown. Once. */
    private synchronized void end() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        isEnding = true;
        try {
            writer.join();
            final StringBuilder line = new StringBuilder(512);
            for (Exchange exchange = queue.poll(); exchange != null; exchange = queue.poll()) {
                put(line, exchange, true);
            }
            for (Exchange exchange = waiting.poll(); exchange != null; exchange = waiting.poll()) {
                put(line, exchange, true);
            }
            final List<Exchange> never = new ArrayList<>(open);
            never.sort(java.util.Comparator.comparingLong(Exchange::invokeNs));
            never.forEach(exchange -> put(line, exchange, false));
            out.close();
        } catch (final IOException e) {
            failure = e;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws UncheckedIOException the file could not be written */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException ending) {
            // it runs already
        }
        if (failure != null) {
            throw new UncheckedIOException("the history could not be written: " + failure.getMessage(), failure);
        }
    }
}
