package org.mawid.bench.release.history;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.mawid.bench.release.wire.Search;
import org.mawid.bench.release.visit.Start;
import org.mawid.bench.release.visit.Visit;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Exchange.Kind;
import org.mawid.bench.release.wire.Found;

/**
 * What each client sent and got, as JSON lines: two for each operation, with the same fields and the same {@code id}.
 * <pre>{"op","client","id","slot"|"appointment"|"ref","units","person","ttl_ns","invoke_ns","complete_ns","result":"ok|fail|unknown"}</pre>
 * The first says what is asked. It is in the file before anything is sent: {@code complete_ns} is null and {@code result} unknown. The second says the
 * same and what came of it. Where it is missing, the answer never came, or nobody lived to write it down: the operation may have been done or
 * not. So the last line of an id is what is known of it, and a checker that wants pairs of invocation and response has them.
 * <ul>
 * <li>{@code op}: search, hold, confirm, release; {@code client}: who does one thing at a time; {@code id}: 32 hexadecimal digits, of a command the
 * request id that it was sent with
 * <li>{@code slot}: of a hold, {@code desk/date/startUnit} of its first leg; {@code units}: five-minute units from there on, one place in each;
 * {@code person}: who is served there. Of a visit with several legs all of them are in {@code legs}, each with these three
 * <li>{@code ref}: the hold's reference, of a hold only when it is ok; {@code appointment}: of a confirm that is ok; {@code reason}: of what failed
 * <li>{@code ttl_ns}: how long a hold is kept, by the rules of the server; null of all others
 * <li>a search has {@code post, services, from, days} instead, and when it is ok {@code seen} (starts named or counted), {@code first} (the earliest start
 * that it names) and {@code position} (of the log, that it reflects)
 * <li>{@code invoke_ns}, {@code complete_ns}: of one monotonic clock, from the beginning of the run; the first is taken just before the first line is
 * written, the second when the answer has come
 * <li>{@code result}: ok = done; fail = refused, nothing was done; unknown = not known. A command that is sent again as it was, because no answer came, is
 * still one operation. A search that will not be answered has failed, with the reason NO_ANSWER: it has done nothing, and who searched goes on
 * </ul>
 * Each write is of whole lines; of a process that was killed in one, the last line may be torn, without its end. What it says was not sent yet, or was
 * answered and is unknown without it: it is passed over.
 * Only the thread that decides.
 */
public final class History implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int MOST_LINE_BYTES = 4_096;
    private static final String HEX = "0123456789abcdef";

    /** No channel: those are closed by an interrupt, and who ends a run still wants its history. */
    private final FileOutputStream file;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int bufferedBytes;
    private final StringBuilder line = new StringBuilder(MOST_LINE_BYTES);
    private final long originNs = System.nanoTime();
    private long ttlNs;
    private long operations;
    private long lines;

    public History(final Path path) throws IOException {
        file = new FileOutputStream(path.toFile());
    }

    /** How long holds are kept, by the rules of the server. Nanoseconds. */
    public void ttlNs(final long newTtlNs) {
        ttlNs = newTtlNs;
    }

    /** Is about to be sent: {@link #write} comes before that. */
    public void invoked(final Exchange exchange) {
        operations++;
        put(exchange, false);
    }

    /** Was answered. */
    public void completed(final Exchange exchange) {
        put(exchange, true);
    }

    /** Puts all lines so far into the file, where they outlive this process. @throws UncheckedIOException it cannot be written */
    public void write() {
        final int bytes = bufferedBytes;
        bufferedBytes = 0; // nobody knows how much of it a write that fails has written: once more would be twice
        if (bytes > 0) {
            try {
                file.write(buffer, 0, bytes);
            } catch (final IOException e) {
                throw new UncheckedIOException("the history could not be written: " + e.getMessage(), e);
            }
        }
    }

    /** Operations that were begun. */
    long operations() {
        return operations;
    }

    public long lines() {
        return lines;
    }

    private void put(final Exchange exchange, final boolean isAnswered) {
        line.setLength(0);
        append(exchange, isAnswered);
        line.append('\n');
        if (buffer.length - bufferedBytes < line.length()) {
            write();
        }
        for (int i = 0; i < line.length(); i++) {
            buffer[bufferedBytes++] = (byte) line.charAt(i); // ASCII all of it
        }
        lines++;
    }

    private void append(final Exchange exchange, final boolean isAnswered) {
        final boolean isDone = isAnswered && exchange.isDone();
        line.append("{\"op\":\"").append(exchange.kind().isRead() ? "search" : exchange.kind().text()).append("\",\"client\":\"").append(exchange.client());
        if (exchange.clientNumber() >= 0) {
            line.append('-').append(exchange.clientNumber());
        }
        line.append("\",\"id\":\"");
        hex(exchange.idHigh());
        hex(exchange.idLow());
        if (exchange.kind().isRead()) {
            search(exchange, isDone);
        } else {
            command(exchange, isDone);
        }
        line.append(",\"ttl_ns\":");
        number(exchange.kind() == Kind.HOLD && ttlNs != 0, ttlNs);
        line.append(",\"invoke_ns\":").append(exchange.invokeNs() - originNs).append(",\"complete_ns\":");
        number(isAnswered, exchange.completeNs() - originNs);
        if (isAnswered && !isDone) {
            line.append(",\"reason\":\"").append(exchange.result() == null ? "NO_ANSWER" : exchange.result().name()).append('"');
        }
        line.append(",\"result\":\"").append(!isAnswered ? "unknown" : isDone ? "ok" : "fail").append("\"}");
    }

    private void command(final Exchange exchange, final boolean isDone) {
        if (exchange.kind() != Kind.HOLD) {
            line.append("\",\"ref\":\"").append(exchange.hold());
            if (isDone && exchange.kind() == Kind.CONFIRM) {
                line.append("\",\"appointment\":\"").append(exchange.made());
            }
            line.append("\",\"units\":null,\"person\":\"");
            hex(exchange.applicant().personKey());
            line.append('"');
            return;
        }
        final Visit visit = exchange.visit();
        final LocalDate date = LocalDate.ofEpochDay(visit.epochDay());
        line.append("\",");
        leg(visit.first(), date);
        if (visit.legs().size() > 1) {
            line.append(",\"legs\":[");
            for (final Visit.Leg leg : visit.legs()) {
                line.append(leg == visit.first() ? "{" : ",{");
                leg(leg, date);
                line.append('}');
            }
            line.append(']');
        }
        if (isDone) {
            line.append(",\"ref\":\"").append(exchange.made()).append('"');
        }
    }

    private void leg(final Visit.Leg leg, final LocalDate date) {
        line.append("\"slot\":\"").append(leg.deskId()).append('/').append(date).append('/').append(leg.startUnit())
                .append("\",\"units\":").append(leg.units()).append(",\"person\":\"");
        hex(leg.person());
        line.append('"');
    }

    private void search(final Exchange exchange, final boolean isDone) {
        final Search search = exchange.search();
        line.append("\",\"post\":").append(search.postId()).append(",\"services\":\"").append(search.serviceIds()).append("\",\"from\":\"")
                .append(LocalDate.ofEpochDay(search.fromEpochDay())).append("\",\"days\":").append(search.days()).append(",\"units\":null,\"person\":null");
        if (isDone) {
            final Found found = exchange.found();
            line.append(",\"seen\":").append(found.seen());
            if (!found.starts().isEmpty()) {
                final Start first = found.starts().get(0);
                line.append(",\"first\":\"").append(first.deskId()).append('/').append(LocalDate.ofEpochDay(first.epochDay())).append('/').append(first.startUnit()).append('"');
            }
            line.append(",\"position\":").append(found.position());
        }
    }

    private void number(final boolean isKnown, final long value) {
        if (isKnown) {
            line.append(value);
        } else {
            line.append("null");
        }
    }

    private void hex(final long value) {
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            line.append(HEX.charAt((int) (value >>> shift) & 0xF));
        }
    }

    /** What is not answered by now stays unknown. @throws UncheckedIOException the file could not be written */
    @Override
    public void close() {
        try (file) {
            write();
        } catch (final IOException e) {
            throw new UncheckedIOException("the history could not be written: " + e.getMessage(), e);
        }
    }
}
