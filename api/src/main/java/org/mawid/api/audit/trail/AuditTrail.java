package org.mawid.api.audit.trail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.mawid.api.audit.AuditLog;
import org.mawid.api.audit.Entry;
import org.mawid.api.audit.Page;
import org.mawid.api.audit.Question;
import org.mawid.engine.Engine;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log from {@link #begin} to {@link #close}, and tells what was done with an application, as long ago as that may be. Nothing waits for it: where it is behind, or its file cannot be used, what was done is read from the end
 * of the log, and that there may be more is said.
 */
public final class AuditTrail implements AutoCloseable {
    /** Among the read models of the data directory. */
    public static final String FOLDER = "trail";
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final String FILE = "trail.mv";
    /** Log positions behind the index that are looked at for a question: up to half a second, as long as it takes to read a segment to there (bench trail). */
    private static final long LOOKED_BACK = 2_000;
    private static final long LOOK_MS = 200;
    /** How long a question waits until what was done just now is in, and of how many positions: some milliseconds, or as long as they take. */
    private static final long CATCH_UP_MS = 2_000;
    private static final long CATCH_UP_PAUSE_NANOS = 5_000_000L;
    private static final long CATCH_UP_POSITIONS = 10_000;
    /** How long what could not be done is left alone. */
    private static final long REST_MS = 5_000;
    /** Likewise while records or the core cannot be asked. */
    private static final long BEHIND_MS = 1_000;
    /** How often what was put is made durable: the log's own syncs wait for ours. What is lost is read again. */
    private static final long KEEP_EVERY_MS = 5_000;
    /** Likewise when nothing was put. */
    private static final long KEEP_PLACE_EVERY_MS = 60_000;
    private static final long MOST_ROWS_UNKEPT = 20_000;
    private static final long MOST_REST_NANOS = 100_000_000L;
    private static final int TRIES = 2;
    private static final long STOP_MS = 10_000;

    private final Engine engine;
    private final Path file;
    private final AuditLog log;
    private final TrailFigures figures = new TrailFigures();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread made = new Thread(task, "mawid-trail");
        made.setDaemon(true);
        return made;
    });
    private volatile boolean isStopping;
    /** Null = there is none to be asked now. */
    private volatile Shown shown;
    /** What somebody met who asked, and is to be looked into; null = nothing. */
    private volatile RuntimeException met;
    // All below on the thread only.
    /** Null = to be opened, as the next one. */
    private TrailFile kept;
    private Indexing indexing;
    private Forgetting forgetting;
    private boolean isTroubled;
    /** Troubles since all was read. */
    private int inARow;
    private long keptRows;
    private long keptPosition;
    private long keptAtNanos = System.nanoTime();
    private long restUntilNanos = System.nanoTime();

    /** What may be asked. @param position all up to it is in @param exactAfterMs as {@link Progress#exactAfterMs} */
    private record Shown(TrailFile file, long position, long exactAfterMs) {
    }

    /**
     * What was done with an application.
     *
     * @param entries the newest first
     * @param isWhole there is nothing else
     */
    public record Newest(List<Entry> entries, boolean isWhole) {
    }

    /** @param folder {@link #FOLDER}; made when it is not there */
    public AuditTrail(final Engine engine, final Path folder) {
        this.engine = engine;
        this.file = folder.resolve(FILE);
        log = new AuditLog(engine);
    }

    public TrailFigures figures() {
        return figures;
    }

    /** Goes on where the life before has ended, or begins where the log does. */
    public void begin() {
        thread.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    // ---- any thread that may wait

    /** @param application as records have it now @param most entries, 1 and more @throws ReadModelBehindException whose something is cannot be told now */
    public Newest newest(final Records.Application application, final int most) {
        final long asked = engine.status().durablePosition(); // what is done later is another question's
        catchUp(asked);
        final Shown now = shown;
        final List<Entry> indexed = now == null ? null : indexed(now, application.applicationId(), most + 1);
        final long upTo = indexed == null ? 0 : now.position();
        final List<Entry> newest = behind(application.applicationId(), Math.max(upTo, asked - LOOKED_BACK), asked);
        if (indexed != null) {
            newest.addAll(indexed);
        }
        final boolean isExact = indexed == null ? asked <= LOOKED_BACK : upTo >= asked && application.submittedMs() > now.exactAfterMs();
        return new Newest(List.copyOf(newest.subList(0, Math.min(most, newest.size()))), isExact && newest.size() <= most);
    }

    /** What is not in yet is read from the log, which costs more and says less of holds that have ended: so it is waited for, unless it is much. */
    private void catchUp(final long asked) {
        final long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CATCH_UP_MS);
        try {
            while (isSoon(asked) && System.nanoTime() - untilNanos < 0 && engine.readModel().records().awaitPosition(asked, CATCH_UP_MS)) {
                thread.submit(this::follow).get(CATCH_UP_MS, TimeUnit.MILLISECONDS);
                if (isSoon(asked)) {
                    LockSupport.parkNanos(CATCH_UP_PAUSE_NANOS);
                }
            }
        } catch (final InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (final TimeoutException | ExecutionException | RejectedExecutionException late) {
            LOG.debug("what was done just now is read from the log", late);
        }
    }

    private boolean isSoon(final long asked) {
        final Shown now = shown;
        return now != null && now.position() < asked && asked - now.position() <= CATCH_UP_POSITIONS;
    }

    /** Null = it cannot be read. */
    private List<Entry> indexed(final Shown now, final long application, final int most) {
        RuntimeException last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                return now.file().newest(application, now.position(), most);
            } catch (final RuntimeException unread) { // what it was about to read may have been written anew elsewhere
                last = unread;
            }
        }
        final Shown then = shown;
        if (then != null && then.file() == now.file()) { // else it was closed meanwhile
            met = last;
        }
        return null;
    }

    /** The newest first. @param from position before the first @param last position, at least */
    private List<Entry> behind(final long application, final long from, final long last) {
        final List<Entry> found = new ArrayList<>();
        long after = from;
        boolean isEnd = after >= last;
        while (!isEnd) {
            final Page page = log.find(new Question(0, application, 0, 0, 0, Long.MAX_VALUE, after, Question.MOST));
            found.addAll(page.entries());
            after = page.through();
            isEnd = page.isEnd() || after >= last;
        }
        Collections.reverse(found);
        return found;
    }

    // ---- the thread

    private void look() {
        follow();
        if (indexing != null && !isStopping) {
            attempt(forgetting::turn);
        }
    }

    private void follow() {
        if (System.nanoTime() - restUntilNanos >= 0 && !isStopping) {
            attempt(this::readOn);
        }
    }

    private void readOn() throws IOException {
        final RuntimeException found = met;
        if (found != null) {
            met = null;
            throw found;
        }
        if (indexing == null) {
            open();
        }
        long beganNanos = System.nanoTime();
        while (!isStopping && indexing.turn()) {
            show();
            keep();
            if (indexing.isBehind()) {
                LockSupport.parkNanos(Math.min(MOST_REST_NANOS, System.nanoTime() - beganNanos)); // half of a core is the core's, and others'
            }
            beganNanos = System.nanoTime();
        }
        keep();
        if (isTroubled) {
            LOG.info("the index of what was done goes on");
            isTroubled = false;
        }
        inARow = 0;
    }

    private void open() throws IOException {
        if (kept == null) {
            kept = openedOrAnew();
        }
        final String journal = engine.readModel().events().journal();
        Progress from = kept.progress();
        if (from == null || !from.journal().equals(journal) || from.position() > engine.status().durablePosition()) {
            if (from != null) {
                LOG.warn("{} is of another log, or of more of it than there is: it is made anew", file);
            }
            shut();
            kept = TrailFile.anew(file);
            from = Progress.none(journal);
        }
        indexing = new Indexing(engine, kept, from);
        forgetting = new Forgetting(kept, engine.readModel().records());
        keptRows = 0;
        keptPosition = from.position();
        show();
    }

    private TrailFile openedOrAnew() throws IOException {
        try {
            return TrailFile.open(file);
        } catch (final IOException unread) {
            if (unread.getCause() instanceof MVStoreException ofStore && (ofStore.getErrorCode() == DataUtils.ERROR_FILE_LOCKED || ofStore.getErrorCode() == DataUtils.ERROR_WRITING_FAILED)) {
                throw unread;
            }
            LOG.warn("the index of what was done is made anew: {}", unread.getMessage());
            return TrailFile.anew(file);
        }
    }

    private void show() {
        final Progress gone = indexing.gone();
        shown = new Shown(kept, gone.position(), gone.exactAfterMs());
        figures.stand(gone.position(), kept.bytes());
    }

    private void keep() throws IOException {
        final long sinceMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - keptAtNanos);
        final long rows = indexing.rows() - keptRows;
        if (rows >= MOST_ROWS_UNKEPT || sinceMs >= (rows > 0 ? KEEP_EVERY_MS : KEEP_PLACE_EVERY_MS) && indexing.gone().position() > keptPosition) {
            sync();
        }
    }

    private void sync() throws IOException {
        kept.sync();
        keptRows = indexing.rows();
        keptPosition = indexing.gone().position();
        keptAtNanos = System.nanoTime();
    }

    // ---- trouble

    private interface Work {
        void run() throws IOException;
    }

    private void attempt(final Work work) {
        try {
            work.run();
        } catch (final ReadModelBehindException notNow) {
            stopIndexing(); // to read again what was not put
            rest(BEHIND_MS);
        } catch (final DamagedException damaged) {
            makeAnew(damaged);
        } catch (final MVStoreException unread) {
            switch (unread.getErrorCode()) {
                case DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED -> tryLater(unread);
                case DataUtils.ERROR_READING_FAILED -> again(unread);
                default -> makeAnew(unread);
            }
        } catch (final IOException unwritten) {
            tryLater(unwritten);
        } catch (final RuntimeException ours) {
            again(ours);
        }
    }

    /** It may pass; or the file is to blame, and costs least. */
    private void again(final RuntimeException trouble) {
        if (++inARow == TRIES) {
            makeAnew(trouble);
            return;
        }
        if (!isTroubled) {
            LOG.error("the index of what was done has to wait", trouble);
        }
        isTroubled = true;
        shut();
        rest(REST_MS);
    }

    private void makeAnew(final RuntimeException damage) {
        LOG.warn("the index of what was done is made anew: {}", damage.getMessage());
        shut();
        try {
            TrailFile.anew(file).close();
        } catch (final IOException unwritten) {
            tryLater(unwritten);
        }
    }

    private void tryLater(final Exception trouble) {
        if (!isTroubled) {
            LOG.error("what was done with applications cannot be indexed, and histories have only what was done of late: make room, or take {} away, which is made anew from the log. It is tried again every {} s. {}", file,
                    REST_MS / 1_000, trouble.getMessage());
        }
        isTroubled = true;
        shut();
        rest(REST_MS);
    }

    private void rest(final long ms) {
        restUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private void stopIndexing() {
        if (indexing != null) {
            indexing.close();
            indexing = null;
        }
    }

    /** To be opened anew: after a failed write nobody knows what a file has. */
    private void shut() {
        shown = null;
        figures.stand(0, 0);
        stopIndexing();
        if (kept != null) {
            try {
                kept.close();
            } catch (final RuntimeException damaged) {
                LOG.debug("the index of what was done could not be closed", damaged);
            }
            kept = null;
        }
    }

    /** What was read is durable then. Before the engine. */
    @Override
    public void close() {
        isStopping = true;
        try {
            thread.execute(() -> attempt(this::end));
            thread.shutdown();
            if (!thread.awaitTermination(STOP_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("the thread of the index of what was done did not end in time");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final RejectedExecutionException again) {
            LOG.debug("it was closed before");
        }
    }

    private void end() throws IOException {
        if (indexing != null) {
            sync();
        }
        shut();
    }
}
