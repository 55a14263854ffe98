package org.mawid.engine.readmodel.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.awaitility.Awaitility;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordConsumer;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.ReadModelConfig;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.MessageText;
import org.mawid.engine.twin.SeededTraffic;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.ApplicationRecordEncoder;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;

/** Records beside a core with seeded traffic, whose pipeline is the test's own thread: it applies, feeds and answers the records' questions when the test says so. */
final class RecordsRig implements AutoCloseable, RecordsSource {
    static final String JOURNAL = "00112233445566778899aabbccddeeff";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final SeededTraffic traffic;
    final AtomicInteger questions = new AtomicInteger();
    /** Walk-ins without room so far: their events do not say for which lines they are, so the core is asked. */
    int tickets;
    private final Path folder;
    private final UnaryOperator<ReadModelConfig> settings;
    private final ArrayDeque<Answered> unfed = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<Runnable> asked = new ConcurrentLinkedQueue<>();
    /** Highest number seen, by kind. */
    private final long[] highest = new long[Kind.values().length];
    LiveRecords records;

    RecordsRig(final long seed, final Path folder, final UnaryOperator<ReadModelConfig> settings) {
        this.traffic = new SeededTraffic(seed);
        this.folder = folder;
        this.settings = settings;
    }

    RecordsRig(final long seed, final Path folder) {
        this(seed, folder, config -> config);
    }

    static ReadModelConfig config(final Path folder, final String journal, final long entries, final long lagMax) {
        final ReadModelConfig usual = ReadModelConfig.in(folder, journal);
        return new ReadModelConfig(folder, journal, usual.eventTailBytes(), usual.eventSegmentBytes(), usual.eventKeepMs(), usual.eventMaxBytes(), true, entries, lagMax);
    }

    /** Opens the read side at the core's position. */
    RecordsRig open() {
        assertThat(unfed).isEmpty();
        records = new LiveRecords(settings.apply(config(folder, JOURNAL, 100_000, 2_000_000)));
        records.startAt(traffic.core().position());
        return this;
    }

    RecordsRig start() {
        records.start(this);
        return this;
    }

    Path file() {
        return folder.resolve("records/records.map");
    }

    Path mark() {
        return folder.resolve("records/clean");
    }

    void apply(final int commands) {
        for (int i = 0; i < commands; i++) {
            final Answered answered = traffic.next();
            tickets += answered.result() == Result.OVERFLOW && !answered.repeated() ? 1 : 0;
            unfed.add(answered);
        }
    }

    /** Tells the read side of so many positions, as one batch. */
    void feed(final int positions) {
        long position = 0;
        for (int i = 0; i < positions && !unfed.isEmpty(); i++) {
            final Answered answered = unfed.remove();
            final UnsafeBuffer events = new UnsafeBuffer(answered.events());
            for (int at = 0; at < events.capacity(); ) {
                final int length = events.getInt(at);
                records.onEvent(events, at + EventWriter.FRAME_BYTES, length);
                at += EventWriter.FRAME_BYTES + length + 7 & ~7;
            }
            position = answered.position();
        }
        if (position != 0) {
            records.onBatchEnd(position);
        }
    }

    /** The read side was not there yet. */
    void feedNowhere() {
        unfed.clear();
    }

    void feedAll() {
        feed(Integer.MAX_VALUE);
    }

    @Override
    public boolean request(final Table table, final long from, final int max, final Slice slice) {
        questions.incrementAndGet();
        asked.add(() -> {
            final EngineCore core = traffic.core();
            final RecordConsumer record = (templateId, buffer, offset, length) -> slice.onRecord(buffer, offset, length);
            final long next = table == Table.APPLICATIONS ? core.dumpApplications(from, max, record) : core.dump(RecordKind.HOLDS, from, max, record);
            slice.onEnd(core.position(), next);
        });
        return true;
    }

    /** Answers what the records have asked. */
    void answer() {
        for (Runnable question = asked.poll(); question != null; question = asked.poll()) {
            question.run();
        }
    }

    /** Until the records wait for the core, without an answer. */
    void awaitQuestion() {
        Awaitility.await().atMost(PATIENCE).until(() -> !asked.isEmpty());
    }

    /** Makes them anew with so many more commands, all told while a slice is awaited, and shared out among the slices. */
    void makeAnewAmid(final int commands, final int eachTime) {
        for (int left = commands; records.shown() == null; left -= eachTime) {
            Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> !asked.isEmpty() || records.shown() != null);
            if (left > 0) {
                apply(eachTime);
                feedAll();
            }
            answer();
        }
    }

    /** Goes on answering until the records can be read and reflect all that was fed. */
    void awaitCaughtUp() {
        final long fed = traffic.core().position() - unfed.size();
        await(() -> records.shown() != null && records.position() >= fed);
    }

    void await(final java.util.function.BooleanSupplier condition) {
        Awaitility.await().atMost(PATIENCE).pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
            answer();
            return condition.getAsBoolean();
        });
    }

    /** Records and core say the same, neither more. */
    void assertSame(final String description) {
        final TreeSet<String> expected = new TreeSet<>();
        final TreeSet<String> actual = new TreeSet<>();
        final Entry entry = new Entry();
        long found = 0;
        for (final Kind kind : Kind.values()) {
            final long[] highest = {this.highest[kind.ordinal()]};
            long from = 0;
            do {
                from = traffic.core().dump(RecordKind.valueOf(kind + "S"), from, 1_000, (template, buffer, offset, length) -> {
                    final UnsafeBuffer message = new UnsafeBuffer(new byte[length]);
                    message.putBytes(0, buffer, offset, length);
                    highest[0] = Math.max(highest[0], message.getLong(MessageHeaderDecoder.ENCODED_LENGTH));
                    expected.add(text(message, 0));
                });
            } while (from != 0);
            this.highest[kind.ordinal()] = highest[0];
            for (long number = 1; number <= highest[0]; number++) {
                records.shown().read(kind.key(number), entry);
                if (entry.isPresent()) {
                    found++;
                    actual.add(text(entry.buffer, Entry.MESSAGE));
                }
            }
        }
        final TreeSet<String> missing = new TreeSet<>(expected);
        missing.removeAll(actual);
        final TreeSet<String> extra = new TreeSet<>(actual);
        extra.removeAll(expected);
        assertThat(missing.size() + extra.size()).as("%s; only in the core: %s%nonly in the records: %s", description,
                missing.stream().limit(3).toList(), extra.stream().limit(3).toList()).isZero();
        assertThat(records.shown().size()).as("%s: nothing is kept that nobody can find", description).isEqualTo(found);
    }

    /** All but the validity, which the core moves without an event, and how long ahead a visit was agreed, which it does not know before core version 6. */
    private static String text(final UnsafeBuffer buffer, final int offset) {
        final int template = new MessageHeaderDecoder().wrap(buffer, offset).templateId();
        if (template == AppointmentRecordDecoder.TEMPLATE_ID) {
            buffer.putByte(offset + MessageHeaderDecoder.ENCODED_LENGTH + AppointmentRecordDecoder.leadDaysEncodingOffset(), (byte) 0);
        } else if (template == ApplicationRecordDecoder.TEMPLATE_ID) {
            buffer.putLong(offset + MessageHeaderDecoder.ENCODED_LENGTH + ApplicationRecordEncoder.validUntilMsEncodingOffset(), 0);
        }
        return MessageText.message(buffer, offset);
    }

    /** As after a kill: the file stays as it is at this moment, without a mark. */
    void kill() throws java.io.IOException {
        unfed.clear();
        records.close();
        java.nio.file.Files.deleteIfExists(mark());
        asked.clear();
    }

    @Override
    public void close() {
        if (records != null) {
            records.close();
        }
        asked.clear();
    }
}
