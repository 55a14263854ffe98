package org.mawid.engine.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.LongArrayList;
import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Reply;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.ring.HostClock;
import org.mawid.engine.ring.Pipeline;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.RetireEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Now and then walks over the applications by short questions between commands, archives those that have ended long enough ago,
 * and only when they are durable there asks the core to forget them, by a command like any other. A process that dies in between
 * archives them again: an application may be in the archive twice, never not at all.
 */
public final class Retirement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);
    /** Application numbers looked at by one question, some tens of microseconds of the core. */
    private static final int LOOKED_AT = 512;
    /** Applications of one Retire: its limit in the schema. */
    private static final int TOGETHER = 64;
    /** Numbers looked at in one round, so that a large state costs the core little at a time. */
    private static final long ROUND = 1_000_000;
    /** Upper half of the request ids of these commands; the lower half is the number of the block in the archive. */
    private static final long REQUEST_ID_HIGH = 0x5245_5449_5245_0000L; // "RETIRE"
    private static final long FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Pipeline pipeline;
    private final HostClock clock;
    private final ArchiveWriter writer;
    private final long everyNanos;
    private final BiConsumer<String, Throwable> halt;
    private final Thread thread = new Thread(this::run, "mawid-retire");
    private final RetireEncoder retire = new RetireEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private volatile boolean stopped;
    private volatile long retired;
    private long cursor;

    /** What one question brought. Filled on the core's thread, read here after it has answered. */
    private static final class Found {
        private final ExpandableArrayBuffer records = new ExpandableArrayBuffer(64 * 1024);
        private final LongArrayList applications = new LongArrayList();
        private final ApplicationRecordDecoder application = new ApplicationRecordDecoder();
        private int bytes;
        private long position;
        private long next;

        void add(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
            if (templateId == ApplicationRecordDecoder.TEMPLATE_ID) {
                application.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, ApplicationRecordDecoder.BLOCK_LENGTH,
                        ApplicationRecordDecoder.SCHEMA_VERSION);
                applications.addLong(application.applicationId());
            }
            records.putInt(bytes, length);
            records.putBytes(bytes + Integer.BYTES, buffer, offset, length);
            bytes += Integer.BYTES + length;
        }
    }

    /** @param everyMs pause between rounds, 1 or more */
    public Retirement(
            final Pipeline pipeline, final HostClock clock, final Disk disk, final Path folder, final JournalId id, final long everyMs,
            final BiConsumer<String, Throwable> halt) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.writer = new ArchiveWriter(disk, folder, id);
        this.everyNanos = TimeUnit.MILLISECONDS.toNanos(everyMs);
        this.halt = halt;
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    public void start() {
        thread.start();
    }

    /** Applications retired since the start. */
    public long retired() {
        return retired;
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join();
    }

    private void run() {
        try (writer) {
            while (!stopped) {
                LockSupport.parkNanos(everyNanos);
                try {
                    round();
                } catch (final IOException e) {
                    LOG.error("the archive cannot be written, nothing is retired meanwhile: {}", e.getMessage());
                }
            }
        } catch (final Throwable e) {
            halt.accept(thread.getName(), e);
        }
    }

    private void round() throws IOException {
        final long end = cursor + ROUND;
        do {
            final Found found = ask(TOGETHER);
            if (found == null) {
                return;
            }
            if (!found.applications.isEmpty() && !move(found)) {
                return;
            }
            cursor = found.next;
        } while (cursor != 0 && cursor < end && !stopped);
    }

    /** @return null when there was no answer: the engine is stopping */
    private Found ask(final int applications) {
        final Found found = new Found();
        final CompletableFuture<Found> answer = new CompletableFuture<>();
        final long from = cursor;
        final CoreQuery question = core -> {
            found.next = core.dumpRetirable(from, LOOKED_AT, applications, found::add);
            found.position = core.position();
            answer.complete(found);
        };
        return until(() -> pipeline.query(question)) ? await(answer) : null;
    }

    private boolean move(final Found found) throws IOException {
        writer.clear();
        for (int at = 0; at < found.bytes; at += Integer.BYTES + found.records.getInt(at)) {
            if (!writer.add(found.records, at + Integer.BYTES, found.records.getInt(at))) {
                throw new IOException("the records of " + found.applications.size() + " applications do not fit in one block");
            }
        }
        final long block = writer.commit(found.position, found.applications.size());
        final CompletableFuture<Result> answer = new CompletableFuture<>();
        final long createdMs = clock.nowMs(); // before it is submitted: in a simulation time may move by hours until it is written
        final CommandSource source = (index, slot, offset) -> encode(slot, offset, block, createdMs, found.applications);
        final Reply reply = (tag, outcome, events, offset, length) -> answer.complete(outcome.result());
        if (!until(() -> pipeline.submit(source, reply, 0) == Result.OK)) {
            return false;
        }
        final Result result = await(answer);
        if (result == Result.OK) {
            retired += found.applications.size();
        } else if (result != null) {
            LOG.error("applications {} to {} were archived but not retired: {}", found.applications.getLong(0),
                    found.applications.getLong(found.applications.size() - 1), result);
        }
        return result != null;
    }

    private int encode(final MutableDirectBuffer slot, final int offset, final long block, final long createdMs, final LongArrayList applications) {
        retire.wrapAndApplyHeader(slot, offset, header);
        retire.request().deadlineMs(0).idHigh(REQUEST_ID_HIGH).idLow(block).createdMs(createdMs).sequence(0).actor(0).onBehalfOf(0).clientId(0)
                .channel(Channel.SYSTEM);
        final RetireEncoder.ApplicationsEncoder group = retire.applicationsCount(applications.size());
        for (int i = 0; i < applications.size(); i++) {
            group.next().applicationId(applications.getLong(i));
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + retire.encodedLength();
    }

    /** @return false when the engine is stopping */
    private boolean until(final BooleanSupplier attempt) {
        while (!stopped && pipeline.isRunning()) {
            if (attempt.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(FULL_NANOS);
        }
        return false;
    }

    /** @return null when the engine halted or stops before it has answered */
    private <T> T await(final CompletableFuture<T> answer) {
        while (pipeline.isRunning() || answer.isDone()) {
            try {
                return answer.get(100, TimeUnit.MILLISECONDS);
            } catch (final TimeoutException e) {
                continue;
            } catch (final InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return null;
    }
}
