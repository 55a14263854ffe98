package org.mawid.api.retention;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.mawid.api.contact.Contacts;
import org.mawid.api.document.Documents;
import org.mawid.api.person.LegalHolds;
import org.mawid.api.person.PersonalData;
import org.mawid.api.retention.Tally.Fate;
import org.mawid.engine.Engine;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps some minutes after a start, and then once a day in the night of Rabat. Any thread. */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    /** In {@link PersonalData#FOLDER}: what sweeps remember. */
    private static final String FILE = "retention";
    private static final long LOOK_SECONDS = 30;
    private static final long AFTER_START_MS = 5 * 60_000;
    /** Records are made anew in minutes, a store comes back. */
    private static final long AGAIN_MS = 60 * 60_000;
    private static final int QUIET_HOUR_UTC = 2;
    /** Books a second; a deletion counts as ten. Source: our estimate, some percent of what a disk does; 3 million persons take three hours. */
    private static final int STEPS_PER_SECOND = 300;

    private final Sweep.Tools tools;
    private final RetentionRules rules;
    private final Path file;
    private final LongSupplier nowMs;
    private final RetentionFigures figures = new RetentionFigures();
    private final ReentrantLock sweeping = new ReentrantLock();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread thread = new Thread(task, "mawid-retention");
        thread.setDaemon(true);
        return thread;
    });
    /** Told how many things a sweep has deleted, if any. */
    private volatile LongConsumer audit = things -> { };
    private volatile boolean isStopped;
    /** The timer's thread only. */
    private long dueMs;

    private Retention(final Sweep.Tools tools, final RetentionRules rules, final Path file, final LongSupplier nowMs) {
        this.tools = tools;
        this.rules = rules;
        this.file = file;
        this.nowMs = nowMs;
    }

    /**
     * @param folder    {@link PersonalData#FOLDER}
     * @param nowMs     log time
     * @throws IOException the folder cannot be used
     */
    public static Retention of(final Path folder, final PersonalData data, final Documents documents, final Contacts contacts, final Engine engine, final EndedCallbacks callbacks, final RetentionRules rules,
                               final LongSupplier nowMs) throws IOException {
        return new Retention(new Sweep.Tools(data, documents, contacts, new LegalHolds(folder), new RecordedEnds(engine), callbacks, Pace.of(STEPS_PER_SECOND)), rules, folder.resolve(FILE), nowMs);
    }

    /** From now on a sweep that has deleted something, also one that ends in the middle, tells how many things. */
    public void auditedBy(final LongConsumer newAudit) {
        audit = newAudit;
    }

    /** From now on it sweeps by itself. Once. */
    public void begin() {
        dueMs = nowMs.getAsLong() + AFTER_START_MS;
        timer.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        final long now = nowMs.getAsLong();
        if (now < dueMs || isStopped) {
            return;
        }
        try {
            sweep(false, Progress.NOBODY);
            dueMs = nextMs(now);
        } catch (final ReadModelBehindException | IOException | RetentionBusyException notNow) {
            LOG.warn("retention deletes nothing for an hour: {}", notNow.getMessage());
            dueMs = now + AGAIN_MS;
        } catch (final RuntimeException ours) {
            LOG.error("retention deletes nothing until tomorrow", ours);
            dueMs = nextMs(now);
        }
    }

    static long nextMs(final long nowMs) {
        final Instant today = Instant.ofEpochMilli(nowMs).atOffset(ZoneOffset.UTC).toLocalDate().atTime(QUIET_HOUR_UTC, 0).toInstant(ZoneOffset.UTC);
        return today.toEpochMilli() > nowMs ? today.toEpochMilli() : today.toEpochMilli() + TimeUnit.DAYS.toMillis(1);
    }

    /**
     * Sweeps now, which may take hours.
     *
     * @throws RetentionBusyException   another sweep is under way, or the server is stopping
     * @throws ReadModelBehindException it cannot be told what has ended; nothing more is deleted
     */
    public Tally sweep(final boolean isDryRun, final Progress progress) throws IOException, RetentionBusyException {
        if (!sweeping.tryLock()) {
            throw new RetentionBusyException();
        }
        try {
            if (isStopped) {
                throw new RetentionBusyException();
            }
            return swept(isDryRun, progress);
        } finally {
            sweeping.unlock();
        }
    }

    private Tally swept(final boolean isDryRun, final Progress progress) throws IOException {
        try (RetentionFile remembered = RetentionFile.open(file)) {
            final long now = nowMs.getAsLong();
            final int share = (int) Math.floorMod(Math.floorDiv(now, TimeUnit.DAYS.toMillis(1)), (long) Sweep.SHARES);
            final Tally tally = new Sweep(tools, rules, remembered, now, share, isDryRun).run(progress, () -> isStopped);
            if (!isDryRun) {
                figures.swept(tally, now);
                if (tally.all(Fate.DELETED) > 0) {
                    audit.accept(tally.all(Fate.DELETED));
                }
                LOG.info("retention: {} deleted, {} kept by legal holds, {} kept{}", tally.all(Fate.DELETED), tally.all(Fate.HELD), tally.all(Fate.KEPT), tally.isWhole() ? "" : "; some are left for the next sweep");
            }
            return tally;
        }
    }

    public RetentionFigures figures() {
        return figures;
    }

    /** Waits for the deletion that is under way; no thread is interrupted, for that would close files. Before what it reads and deletes is closed. */
    @Override
    public void close() {
        isStopped = true;
        timer.shutdown();
        sweeping.lock();
        sweeping.unlock();
    }
}
