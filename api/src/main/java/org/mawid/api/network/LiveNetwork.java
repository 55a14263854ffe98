package org.mawid.api.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.NetworkImport.Existing;
import org.mawid.api.network.NetworkImport.Others;
import org.mawid.api.network.NetworkImport.Publication;
import org.mawid.api.network.NetworkImport.Report;
import org.mawid.engine.Engine;
import org.mawid.engine.FileTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network files in force at an engine that runs: imported, kept beside the log, and every day the calendars are opened a day
 * further, as far as the holidays of each post reach. Any thread; one import at a time.
 */
public final class LiveNetwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveNetwork.class);
    private static final String UNFINISHED = "import.unfinished";
    private static final String ITS_FILES = "import.zip";
    private static final long LOOK_SECONDS = 60;
    private static final long START_SECONDS = 10;
    private static final long CLOSE_SECONDS = 10;
    /** How long after a day could not be opened it is tried again. Milliseconds. */
    private static final long RETRY_MS = 15 * 60_000L;

    private final Engine engine;
    private final Path kept;
    private final int daysAhead;
    private final LongSupplier nowMs;
    private final ScheduledExecutorService timer;
    private volatile NetworkNames names = NetworkNames.NONE;
    private volatile boolean closing;
    private volatile Network network; // written by who holds this, as all below is read and written
    private LocalDate extendedOn = LocalDate.MIN;
    private long notBeforeMs;

    /**
     * @param kept      archive in which the files in force are kept; beside it what an import has begun and not yet ended, with its files
     * @param daysAhead how far calendars are kept open, 0 = they are not, to 400
     * @param nowMs     what time it is for the log, ms since 1970-01-01 UTC: by a wall clock that has stepped, what is sent would be
     *                  created in the future, or a day be opened that is past
     */
    public LiveNetwork(Engine engine, Path kept, int daysAhead, LongSupplier nowMs) {
        this.engine = engine;
        this.kept = kept;
        this.daysAhead = daysAhead;
        this.nowMs = nowMs;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread thread = new Thread(task, "mawid-calendar");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Files that were imported before: their names and calendars hold from now on. @param files {@code null} = there are none */
    public synchronized void follow(NetworkFiles files) {
        if (files == null) return;
        network = files.network();
        names = NetworkNames.of(network);
        extendedOn = LocalDate.MIN;
        notBeforeMs = 0;
    }

    /** The files in force; {@code null} = none was imported. */
    public Network network() {
        return network;
    }

    /** Of the files in force. */
    public NetworkNames names() {
        return names;
    }

    /**
     * Brings the engine to what the files say, keeps them, and follows them from now on.
     *
     * @throws ScheduleRefusedException before anything is sent
     * @throws NetworkImportException   the engine refused or stopped
     * @throws IOException              the files cannot be kept
     */
    public synchronized Report bring(NetworkFiles files, Publication publication, NetworkImport.Progress progress) throws IOException {
        endWhatWasLeft();
        files.keep(itsFiles());
        try {
            final Report report = newImport(progress).run(new Schedule(files.network()), publication, () -> files.keep(kept));
            follow(files);
            return report;
        } finally {
            forgetItsFiles();
        }
    }

    /** Unless they are needed to finish it. */
    private void forgetItsFiles() throws IOException {
        if (Files.notExists(kept.resolveSibling(UNFINISHED))) Files.deleteIfExists(itsFiles());
    }

    /**
     * Ends what an import that was killed has left; then looks at once and every minute whether a day has passed. Returns when that has ended, so that
     * nobody who is served after it sees half of an import; but after 10 s at the latest, as on a full disk, where reads go on and it is ended later.
     */
    public void start() {
        final Future<?> ended = timer.submit(this::lookForWhatWasLeft);
        if (daysAhead > 0) timer.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
        try {
            ended.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("an import has begun and is not ended within {} s, and goes on in the background: until then its old and new days may be seen together", START_SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause()); // it catches what it meets
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Opens what is missing up to the horizon, once a day. A post that refuses, as when somebody has staged the same day, does not
     * keep the others from it.
     *
     * @return days of pools that were published now
     */
    synchronized int extend() {
        final long now = nowMs.getAsLong();
        final LocalDate today = Instant.ofEpochMilli(now).atZone(ZoneOffset.UTC).toLocalDate();
        if (network == null || today.equals(extendedOn) || now < notBeforeMs) return 0;
        final Schedule schedule = new Schedule(network);
        final Publication publication = new Publication(today, today.plusDays(daysAhead), today, Existing.KEEP, Others.REFUSE, true);
        int published = 0;
        int refused = 0;
        int ending = 0;
        for (Post post : network.posts()) {
            if (closing) return published;
            final LocalDate last = schedule.lastCovered(post, today, publication.to());
            if (last == null || last.isBefore(publication.to())) ending++;
            try {
                endWhatWasLeft();
                published += newImport((phase, done, total) -> { }).publish(schedule, List.of(post), publication).published();
            } catch (NetworkImportException e) {
                if (!engine.status().running() || Thread.currentThread().isInterrupted()) throw e;
                refused++;
                LOG.warn("the calendar of {} is not extended, and tried again in {} min: {}",
                        post.code(), RETRY_MS / 60_000, e.getMessage().replace('\n', ' '));
            }
        }
        if (refused == 0) extendedOn = today;
        else notBeforeMs = now + RETRY_MS;
        if (ending > 0) LOG.warn("the calendars of {} posts end with their holidays before {}: import files with the holidays of the next year", ending, publication.to());
        if (published > 0) LOG.info("calendars are open to {} or as far as holidays are known: {} days published", publication.to(), published);
        return published;
    }

    private synchronized void endWhatWasLeft() {
        final NetworkImport.Ended ended = newImport((phase, done, total) -> { }).endWhatWasLeft(() -> itsNetwork().network(), () -> {
            final NetworkFiles files = itsNetwork();
            files.keep(kept);
            follow(files);
        });
        if (ended.abandoned() > 0) {
            LOG.warn("an import was killed before it had ended: the changes that it left open at {} posts are abandoned, none of their days was published", ended.abandoned());
        }
        if (ended.finished()) LOG.warn("an import was killed before it had ended: all that it brings had been accepted, and is in force now");
        try {
            forgetItsFiles();
        } catch (IOException e) {
            LOG.warn("the files of an import that has ended cannot be removed: {}", FileTrouble.of(e));
        }
    }

    private NetworkFiles itsNetwork() {
        try {
            final NetworkFiles files = NetworkFiles.kept(itsFiles());
            if (files != null) return files;
            throw new NetworkImportException("the files of the import that was killed are gone: " + itsFiles());
        } catch (IOException e) {
            throw new NetworkImportException("the files of the import that was killed cannot be read: " + FileTrouble.of(e));
        }
    }

    private Path itsFiles() {
        return kept.resolveSibling(ITS_FILES);
    }

    private void lookForWhatWasLeft() {
        try {
            endWhatWasLeft();
        } catch (RuntimeException e) {
            if (engine.status().running()) LOG.error("what a killed import has left is still open; the next import ends it", e);
        }
    }

    /** Does not throw: a timer that meets an exception would never look again. */
    private void look() {
        try {
            extend();
        } catch (RuntimeException e) {
            if (engine.status().running()) LOG.error("the calendars could not be extended, and are looked at again in a minute", e);
        }
    }

    private NetworkImport newImport(NetworkImport.Progress progress) {
        return new NetworkImport(engine, new SecureRandom().nextLong() | 1, nowMs, progress, new Unfinished(kept.resolveSibling(UNFINISHED)), CommandPipe.STALL_MS);
    }

    /** Ends the timer, after the post that is being extended: what is staged and not applied would stay open. Close the engine after it. */
    @Override
    public void close() {
        closing = true;
        timer.shutdown();
        try {
            if (!timer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) LOG.warn("the calendar of a post is left in the middle of its extension");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
