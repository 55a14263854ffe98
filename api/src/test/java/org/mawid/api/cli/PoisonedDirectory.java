package org.mawid.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.Snapshots;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.Channel;
import org.mawid.sbe.DefinePostEncoder;
import org.mawid.sbe.DefineServiceEncoder;
import org.mawid.sbe.IssueStampsEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.PostRowDecoder;
import org.mawid.sbe.Priority;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.SetRateEncoder;
import org.mawid.sbe.SetTariffEncoder;
import org.mawid.sbe.SubmitApplicationEncoder;

/**
 * A directory whose journal has a command on which every start halts, as a mistake of an earlier build could have left it: its state has a post
 * that rounds to multiples of nothing, which today no door lets in, and the next stamp there is to be divided by it. The snapshot has that state; the segments
 * from before it were moved away.
 */
final class PoisonedDirectory {
    /** Position of the snapshot. */
    static final long SNAPSHOT = 70;
    /** Position of the command that cannot be applied. */
    static final long POISON = 71;
    /** Position of the last command. */
    static final long LAST = 73;
    static final int SERVICE = 3;

    private static final long START_MS = 1_767_225_600_000L;
    private static final int POST = 7;
    private static final long SEGMENT_BYTES = 256 << 10;

    private final Path moved;
    private final Outcome outcome = new Outcome();
    private final EventWriter events = new EventWriter();
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(1_024));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EngineCore core = new EngineCore();
    private Journal journal;
    private long position;

    private PoisonedDirectory(final Path moved) {
        this.moved = moved;
    }

    /** @param moved where the segments go that no snapshot needs */
    static void make(final DataDirectory data, final Path moved) throws IOException {
        new PoisonedDirectory(moved).make(data);
    }

    private void make(final DataDirectory data) throws IOException {
        final JournalId id = new JournalId(7, 301);
        try (Journal opened = Journal.open(JournalConfig.in(data.journal(), FileDisk.plain(), id).withSizes(SEGMENT_BYTES, 8 << 10)
                .withSchemaWord(MessageHeaderEncoder.SCHEMA_VERSION)); core) {
            journal = opened;
            apply(post(POST));
            apply(rate());
            apply(service());
            apply(tariff());
            apply(application());
            while (position < SNAPSHOT) {
                apply(post(100 + (int) position)); // each a group, a block: the first segment is full before
            }
            saveAsAnEarlierBuildWould(data, id);
            append(stamps());
            append(post(POST + 1));
            append(post(POST + 2));
            assertThat(position).isEqualTo(LAST);
        }
        Files.createDirectories(moved);
        final List<Path> segments;
        try (Stream<Path> files = Files.list(data.journal())) {
            segments = files.filter(file -> file.getFileName().toString().endsWith(".seg")).sorted().toList();
        }
        final Path first = data.journal().resolve("journal-00000000000000000001.seg");
        assertThat(segments).as("what is replayed is in another segment").contains(first).hasSizeGreaterThan(1);
        Files.move(first, moved.resolve(first.getFileName()));
    }

    /** Appends and applies. */
    private void apply(final int length) {
        append(length);
        events.reset();
        core.apply(position, START_MS, 0, buffer, 0, length, events, outcome);
        assertThat(outcome.result()).isEqualTo(Result.OK);
    }

    private void append(final int length) {
        assertThat(journal.writer().hasRoom()).isTrue();
        assertThat(journal.writer().append(++position, START_MS, 0, buffer, 0, length)).isTrue();
        journal.writer().flush();
    }

    private void saveAsAnEarlierBuildWould(final DataDirectory data, final JournalId id) throws IOException {
        final List<Run> runs = new ArrayList<>();
        core.save((tableId, rowBytes, firstNumber, count, from, offset) -> {
            final byte[] rows = new byte[rowBytes * count];
            from.getBytes(offset, rows);
            if (tableId == TableIds.POSTS && firstNumber <= POST && POST < firstNumber + count) {
                final int at = (int) (POST - firstNumber) * rowBytes + PostRowDecoder.roundToMinorEncodingOffset();
                new UnsafeBuffer(rows).putShort(at, (short) 0, ByteOrder.LITTLE_ENDIAN);
            }
            runs.add(new Run(tableId, rowBytes, firstNumber, count, rows));
        });
        try (EngineCore mistaken = new EngineCore()) {
            mistaken.load(new Runs(runs));
            mistaken.check();
            Snapshots.open(FileDisk.plain(), data.snapshots()).save(mistaken, id, false, Pace.full(), () -> false);
        }
    }

    private void fill(final RequestEncoder request) {
        request.deadlineMs(0).idHigh(1).idLow(position + 1).createdMs(START_MS).sequence(0).actor(1).onBehalfOf(0).clientId(0)
                .channel(Channel.ONLINE).putReserved((short) 0, (short) 0, (short) 0);
    }

    private int post(final int id) {
        final DefinePostEncoder post = new DefinePostEncoder().wrapAndApplyHeader(buffer, 0, header);
        fill(post.request());
        return post.postId(id).code("post-" + id).currency("EUR").minorDigits((short) 2).roundToMinor(10).limit();
    }

    private int rate() {
        final SetRateEncoder rate = new SetRateEncoder().wrapAndApplyHeader(buffer, 0, header);
        fill(rate.request());
        return rate.postId(POST).microMadPerUnit(10_850_000).limit();
    }

    private int service() {
        final DefineServiceEncoder service = new DefineServiceEncoder().wrapAndApplyHeader(buffer, 0, header);
        fill(service.request());
        return service.serviceId(SERVICE).durationMinutes(15).code("sample").scope(ServiceScope.ANY_POST).validationRequired(BooleanType.NO)
                .appointmentRequired(BooleanType.YES).urgent(BooleanType.NO).resourceKinds((short) 0).quantityMax((short) 4).limit();
    }

    private int tariff() {
        final SetTariffEncoder tariff = new SetTariffEncoder().wrapAndApplyHeader(buffer, 0, header);
        fill(tariff.request());
        tariff.serviceId(SERVICE).version(1).validFromMs(0).componentsCount(1).next().beneficiary(Beneficiary.CHANCERY).amountCentimes(50_000);
        return tariff.limit();
    }

    private int application() {
        final SubmitApplicationEncoder submit = new SubmitApplicationEncoder().wrapAndApplyHeader(buffer, 0, header);
        fill(submit.request());
        submit.applicant(5).postId(0).linesCount(1).next().personKey(5).serviceId(SERVICE).registeredPostId(0).quantity((short) 1)
                .ageBand(AgeBand.ADULT).priority(Priority.NONE).representative(BooleanType.NO);
        return submit.limit();
    }

    private int stamps() {
        final IssueStampsEncoder stamps = new IssueStampsEncoder().wrapAndApplyHeader(buffer, 0, header);
        fill(stamps.request());
        return stamps.applicationId(outcome.number1() == 0 ? 1 : outcome.number1()).lines(1).postId(POST).limit();
    }

    private record Run(int tableId, int rowBytes, long firstNumber, int count, byte[] rows) {
    }

    private static final class Runs implements StateReader {
        private final List<Run> runs;
        private int next;

        Runs(final List<Run> runs) {
            this.runs = runs;
        }

        private Run run() {
            return runs.get(next - 1);
        }

        @Override
        public boolean next() {
            return next++ < runs.size();
        }

        @Override
        public int tableId() {
            return run().tableId;
        }

        @Override
        public int rowBytes() {
            return run().rowBytes;
        }

        @Override
        public long firstNumber() {
            return run().firstNumber;
        }

        @Override
        public int count() {
            return run().count;
        }

        @Override
        public DirectBuffer buffer() {
            return new UnsafeBuffer(run().rows);
        }

        @Override
        public int offset() {
            return 0;
        }
    }
}
