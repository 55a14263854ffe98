package org.mawid.api.treasury.reconciliation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.treasury.StatementIntake;
import org.mawid.api.treasury.engine.EnginePayments;
import org.mawid.api.treasury.port.References;
import org.mawid.api.treasury.statement.Finding;
import org.mawid.api.treasury.statement.StatementBook;
import org.mawid.api.treasury.statement.StatementReader;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.readmodel.CatalogueView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes statement files, one at a time, from whoever offers them and from a folder; and looks each hour, by the engine's time, for what is due and has not come. Any thread may offer; one thread
 * works. What was told to the log when the process ends is told again by the next one, which changes nothing.
 */
public final class Reconciliation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    /** In the edge's folder, so that a back-up has them. */
    private static final String BOOK = "statements.taken";
    private static final String WAITING = "statements.waiting";
    private static final String UPLOAD = ".upload";
    /** Files that may be on their way or wait at once. Source: our estimate; a bank brings a few a day. */
    private static final int MOST_WAITING = 16;
    private static final long LOOK_MS = 500;
    private static final long HOUR_MS = 3_600_000;
    /** Between two attempts to look for what is missing while the ledger cannot be read or told. */
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long STOP_SECONDS = 10;
    private static final long CORE_SECONDS = 10;

    private final Path incoming;
    private final StatementBook book;
    private final StatementIntake intake;
    private final DropFolder drops;
    private final ReconciliationConfig config;
    private final LongSupplier engineMs;
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread thread = new Thread(task, "mawid-statements");
        thread.setDaemon(true);
        return thread;
    });
    private long lookedHour = -1;
    private long notBeforeNanos = System.nanoTime();
    private long noFolderBeforeNanos = notBeforeNanos;

    private Reconciliation(final Path edge, final Path incoming, final StatementBook book, final Vertx vertx, final Gateway gateway, final ReconciliationConfig config) throws IOException {
        this.incoming = incoming;
        this.book = book;
        this.config = config;
        engineMs = gateway::nowMs;
        intake = new StatementIntake(new StatementReader(incoming, config.limits(), book), book, new LedgerIndex(gateway.engine().readModel().money(), number -> gateway.engine().readModel().records().stamp(number),
                gateway.references(), () -> keepsReturns(gateway)),
                config.contracts().byPost(postId -> code(gateway, postId)), new EnginePayments(vertx, gateway), new WaitingBook(edge.resolve(WAITING)));
        drops = config.folder() == null ? null : new DropFolder(config.folder(), this::take);
    }

    private static boolean keepsReturns(final Gateway gateway) {
        final CompletableFuture<Boolean> kept = gateway.keepsReturns();
        if (kept == null) {
            throw new LedgerBehindException("the ledger cannot be read now: offer the file again later", null);
        }
        try {
            return kept.get(CORE_SECONDS, TimeUnit.SECONDS);
        } catch (final ExecutionException | TimeoutException late) {
            throw new LedgerBehindException("the ledger cannot be read now: offer the file again later", late);
        } catch (final InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new LedgerBehindException("the server is stopping: offer the file again when it is back", stopping);
        }
    }

    private static String code(final Gateway gateway, final int postId) {
        final CatalogueView.Post post = gateway.engine().readModel().catalogue().post(postId);
        return post == null ? null : post.code();
    }

    /**
     * @param edge     folder of the edge, of which a back-up has all files: what was taken, and what waits
     * @param incoming folder for files on their way, made when it is not there; nothing in it is kept
     * @param vertx    one of its event loops is taken; to be closed after this
     * @throws IOException in one line: what cannot be read or written, and what to do
     */
    public static Reconciliation open(final Path edge, final Path incoming, final Vertx vertx, final Gateway gateway, final ReconciliationConfig config) throws IOException {
        Files.createDirectories(incoming);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(incoming, "*.{upload,spool}")) { // of a process that was killed
            for (final Path file : left) {
                Files.deleteIfExists(file);
            }
        }
        final StatementBook book = StatementBook.open(edge.resolve(BOOK));
        try {
            return new Reconciliation(edge, incoming, book, vertx, gateway, config);
        } catch (final IOException | RuntimeException e) {
            book.close();
            throw e;
        }
    }

    /** From now on the folder and the clock are looked at. */
    public void begin() {
        worker.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /** A file that is on its way. Close it, whatever becomes of it: it is gone then. */
    public final class Upload implements AutoCloseable {
        private final Path file;

        private Upload(final Path file) {
            this.file = file;
        }

        /** Empty at first; to be written by who has it. */
        public Path file() {
            return file;
        }

        /**
         * Takes it when those before it are through.
         *
         * @param accepted findings that a person accepts for this file
         * @return fails with {@code StatementException} for what cannot be read, {@link LedgerBehindException} when the ledger cannot be; its completion comes on the worker
         */
        public CompletableFuture<StatementIntake.Result> offer(final Set<Finding.Type> accepted) {
            try {
                final CompletableFuture<StatementIntake.Result> result = new CompletableFuture<>();
                worker.execute(() -> {
                    try {
                        result.complete(take(file, accepted));
                    } catch (final IOException | RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                });
                return result;
            } catch (final RejectedExecutionException stopping) {
                return CompletableFuture.failedFuture(new LedgerBehindException("the server is stopping: offer the file again when it is back", stopping));
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (final IOException e) {
                LOG.warn("a statement file that was offered is left behind until the next start: {}", FileTrouble.of(e));
            } finally {
                places.release();
            }
        }
    }

    /** Bytes that a file may have. */
    public long mostBytes() {
        return config.limits().bytes();
    }

    /** A place for a file. Touches the disk: not on an event loop. @return null when as many are on their way as may be */
    public Upload upload() throws IOException {
        if (!places.tryAcquire()) {
            return null;
        }
        try {
            return new Upload(Files.createTempFile(incoming, "offered", UPLOAD));
        } catch (final IOException | RuntimeException e) {
            places.release();
            throw e;
        }
    }

    private StatementIntake.Result take(final Path file, final Set<Finding.Type> accepted) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            final StatementIntake.Result result = intake.take(in, accepted);
            LOG.info("statement file: {} statements, {} settled, {} repeated, {} breaks, {} refused, {} untold, {}", result.statements().size(), result.settled(), result.repeated(), result.breaks(),
                    result.refused(), result.untold(), result.isTaken() ? "taken" : "not taken");
            return result;
        }
    }

    /** Those that were taken, the newest first, {@value StatementBook#MOST_SHOWN} at most. */
    public List<StatementBook.Entry> taken() {
        return book.newest();
    }

    private void look() {
        try {
            if (drops != null && System.nanoTime() - noFolderBeforeNanos >= 0) {
                drops.look();
            }
        } catch (final IOException | RuntimeException e) {
            noFolderBeforeNanos = System.nanoTime() + AGAIN_NANOS;
            LOG.warn("{} cannot be looked at: {}", config.folder(), e.getMessage());
        }
        try {
            lookForMissing();
        } catch (final IOException | RuntimeException e) {
            notBeforeNanos = System.nanoTime() + AGAIN_NANOS;
            LOG.warn("what is missing cannot be looked for now: {}", e.getMessage());
        }
    }

    /** An hour that was not looked at to its end is looked at again. */
    private void lookForMissing() throws IOException {
        final long hour = Math.floorDiv(engineMs.getAsLong(), HOUR_MS);
        final boolean isExpected = config.looksForMissing() || !book.newest().isEmpty();
        if (hour == lookedHour || !isExpected || System.nanoTime() - notBeforeNanos < 0) {
            return;
        }
        if (intake.missing((int) References.dayOf(engineMs.getAsLong()).toEpochDay(), config.graceDays())) {
            lookedHour = hour;
        } else {
            notBeforeNanos = System.nanoTime() + AGAIN_NANOS;
        }
    }

    /** What is under way is not waited for long: it is done again by the next process. */
    @Override
    public void close() {
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a statement is still being taken; it is taken again after the next start");
            }
            book.close();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            LOG.warn("the book of statements cannot be closed: {}", FileTrouble.of(e));
        }
    }
}
