package org.mawid.engine.readmodel.records;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.hash.ChronicleHashClosedException;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.PositionGate;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.ReadModelConfig;
import org.mawid.engine.readmodel.Records;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.sbe.MessageHeaderDecoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records beside a running core. Nothing waits for them: what they cannot follow is lost, and they are made anew.
 * <p>What has been retired is not here any more: it is in the archive.
 */
public final class LiveRecords implements Records {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRecords.class);
    private static final String FOLDER = "records";
    private static final long CLOSE_MS = TimeUnit.SECONDS.toMillis(20);

    private final Path folder;
    private final ReadModelConfig config;
    private final EventQueue queue;
    private final PositionGate gate = new PositionGate();
    /** 0 while they are opening for the first time. */
    private final PositionGate opened = new PositionGate();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ThreadLocal<Entry> readersEntry = ThreadLocal.withInitial(Entry::new);
    private CleanMark mark;
    private long startPosition;
    private volatile Keeper keeper;
    private Thread thread;

    public LiveRecords(final ReadModelConfig config) {
        this.folder = config.folder().resolve(FOLDER);
        this.config = config;
        this.queue = new EventQueue(config.recordsLagMax());
        loadLibrary();
    }

    /**
     * The library hangs itself into the end of the process when its first class is used, which is too late when that end has begun: a server
     * that is stopped while its records open would say so with a page of traces. So its first class is used here.
     */
    private static void loadLibrary() {
        try {
            Class.forName(BackgroundResourceReleaser.class.getName());
        } catch (final ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- feed: one thread

    /** The state that the first event follows. */
    public void startAt(final long position) {
        startPosition = position;
        queue.fed(position);
        final CleanMark left = CleanMark.read(folder);
        if (left != null && left.journal().equals(config.journal()) && left.position() == position && left.entries() == config.recordsEntries()
                && RecordMap.isThere(folder, left)) {
            mark = left;
            queue.begin();
        }
    }

    /** One event with its header. */
    public void onEvent(final DirectBuffer message, final int offset, final int length) {
        if (Projection.concerns(header.wrap(message, offset).templateId())) {
            queue.offer(message, offset, length);
        }
    }

    public void onBatchEnd(final long position) {
        queue.fed(position);
    }

    /** Begins to keep them, on a thread of their own. */
    public void start(final RecordsSource source) {
        final Keeper starting = new Keeper(folder, config, mark, queue, gate, opened, source);
        keeper = starting;
        thread = new Thread(starting, "mawid-records");
        thread.setDaemon(true);
        thread.start();
    }

    /** True while new commands would only make it worse. */
    public boolean isTooFarBehind() {
        final Keeper keeping = keeper;
        return keeping != null && keeping.isFollowing()
                && (queue.isHigh() || queue.fedPosition() - keeping.drainedPosition() > config.recordsLagMax());
    }

    /** After the last event. Idempotent. */
    public void close() {
        if (keeper == null) {
            return;
        }
        keeper.stop();
        try {
            thread.join(CLOSE_MS);
            if (thread.isAlive()) {
                LOG.warn("the records' file was not closed in time: the next start makes it anew");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- readers: any thread

    @Override
    public Application application(final long applicationId) {
        final long reflected = gate.position();
        final Entry entry = read(Kind.APPLICATION, applicationId);
        return entry == null ? null : Answers.application(entry, reflected);
    }

    @Override
    public Appointment appointment(final long appointmentId) {
        final long reflected = gate.position();
        final Entry entry = read(Kind.APPOINTMENT, appointmentId);
        return entry == null ? null : Answers.appointment(entry, reflected);
    }

    @Override
    public Hold hold(final long holdId) {
        final long reflected = gate.position();
        final Entry entry = read(Kind.HOLD, holdId);
        return entry == null ? null : Answers.hold(entry, reflected);
    }

    @Override
    public Stamp stamp(final long stampId) {
        final long reflected = gate.position();
        final Entry entry = read(Kind.STAMP, stampId);
        return entry == null ? null : Answers.stamp(entry, reflected);
    }

    @Override
    public Payment payment(final long paymentId) {
        final long reflected = gate.position();
        final Entry entry = read(Kind.PAYMENT, paymentId);
        return entry == null ? null : Answers.payment(entry, reflected);
    }

    /** What can be read at this moment, or null. */
    RecordMap shown() {
        final Keeper keeping = keeper;
        return keeping == null ? null : keeping.shown();
    }

    /** There were more of them than there may be. */
    boolean isFull() {
        return keeper != null && keeper.isFull();
    }

    /** As if the queue had been full. */
    void loseEvents() {
        queue.lose();
    }

    private Entry read(final Kind kind, final long number) {
        final Keeper keeping = keeper;
        final RecordMap map = keeping == null ? null : keeping.shown();
        if (map == null) {
            throw new ReadModelBehindException(keeping != null && keeping.isFull() ? "there are more records than can be kept" : "records are being made");
        }
        final Entry entry = readersEntry.get();
        try {
            map.read(kind.key(number), entry);
        } catch (final ChronicleHashClosedException e) {
            throw new ReadModelBehindException("records are being made anew");
        } catch (final RuntimeException | AssertionError | InternalError e) {
            keeping.distrust();
            throw new ReadModelBehindException("records are damaged and will be made anew");
        }
        return entry.isPresent() ? entry : null;
    }

    @Override
    public long position() {
        return gate.position();
    }

    @Override
    public boolean awaitPosition(final long position, final long timeoutMs) {
        return gate.await(position, timeoutMs);
    }

    @Override
    public boolean isOpening() {
        return opened.position() == 0;
    }

    @Override
    public boolean awaitOpen(final long timeoutMs) {
        return opened.await(1, timeoutMs);
    }

    @Override
    public long lag() {
        final Keeper keeping = keeper;
        final long reached = keeping == null ? startPosition : Math.max(startPosition, keeping.drainedPosition());
        return Math.max(0, queue.fedPosition() - reached);
    }
}
