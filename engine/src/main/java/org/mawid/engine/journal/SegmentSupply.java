package org.mawid.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the next segment before it is needed: a file of zeros, synced, open for writing. One is kept ready. What goes wrong here
 * is no failure of the journal: it is said once, tried again, and said again when it is over.
 * <p>Threads: {@link #take()}, {@link #await()} on the writing thread; making on {@code mawid-segments}, or on the writing thread
 * if the configuration wants a repeatable run.
 */
final class SegmentSupply implements AutoCloseable {
    /** A segment without a header. */
    record Spare(Path file, DiskFile blocks) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(SegmentSupply.class);
    /** Larger writes make a segment sooner, and stand longer in the way of a group that is written meanwhile. */
    private static final int ZEROS_BYTES = 256 * 1024;
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final JournalConfig config;
    private final Thread maker; // null: made by whoever asks
    private final ByteBuffer zeros = Format.alignedBuffer(ZEROS_BYTES); // the maker's
    private volatile Spare ready;
    private volatile boolean failing;
    private volatile boolean closed;
    private volatile Throwable death; // of the maker: nobody will make room again
    private long lastNumber;
    private boolean waitedInVain; // writing thread only

    SegmentSupply(final JournalConfig config) {
        this.config = config;
        maker = config.background() ? new Thread(this::run, "mawid-segments") : null;
        if (maker != null) {
            maker.setDaemon(true);
            maker.start();
        }
    }

    /** Writing thread. The caller owns what it gets; null when nothing is ready. */
    Spare take() {
        final Spare spare = ready;
        if (spare != null) {
            ready = null;
            waitedInVain = false;
            if (maker != null) {
                LockSupport.unpark(maker);
            }
        }
        return spare;
    }

    /**
     * Writing thread. Whether one is ready; waits for one in the making, but only once and not while making fails.
     *
     * @throws JournalFailedException when the thread that makes them is gone
     */
    boolean await() {
        if (ready != null) {
            return true;
        }
        throwIfDead();
        if (maker == null) {
            makeOne();
            return ready != null;
        }
        if (waitedInVain) {
            return false;
        }
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.roomWaitMs());
        while (ready == null && !failing && death == null) {
            if (System.nanoTime() - deadlineNs >= 0) {
                waitedInVain = true;
                break;
            }
            LockSupport.parkNanos(PARK_NS);
        }
        throwIfDead();
        return ready != null;
    }

    /** Stops making and removes what was not used. */
    @Override
    public void close() {
        closed = true;
        if (maker != null) {
            LockSupport.unpark(maker);
            try {
                maker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it ends by itself after the chunk it is writing
            }
        }
        final Spare spare = ready;
        ready = null;
        if (spare != null) {
            discard(config.disk(), spare);
        }
    }

    static void discard(final Disk disk, final Spare spare) {
        try {
            spare.blocks().close();
            disk.delete(spare.file());
        } catch (IOException e) {
            LOG.warn("{} could not be removed, which the next start will do: {}", spare.file(), e.toString());
        }
    }

    /** Makes one file of zeros, durable but for its name. */
    static Spare make(final Disk disk, final Path file, final long bytes) throws IOException {
        fill(disk, file, bytes, Format.alignedBuffer(ZEROS_BYTES), () -> false);
        return new Spare(file, disk.open(file, Disk.Access.WRITE_BLOCKS));
    }

    private void run() {
        try {
            while (!closed) {
                if (ready == null) {
                    makeOne();
                    if (failing && !closed) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(config.retryMs()));
                    }
                } else {
                    LockSupport.park(this);
                }
            }
        } catch (RuntimeException | Error e) {
            death = e; // told to the writer when it needs a segment: that stops the process
        }
    }

    private void throwIfDead() {
        final Throwable cause = death;
        if (cause != null) {
            throw new JournalFailedException("the thread that makes journal segments ended: " + cause, cause);
        }
    }

    private void makeOne() {
        final Path file = config.folder().resolve(Format.spareName(++lastNumber));
        try {
            if (!fill(config.disk(), file, config.segmentBytes(), zeros, () -> closed)) {
                remove(file);
                return;
            }
            ready = new Spare(file, config.disk().open(file, Disk.Access.WRITE_BLOCKS));
            if (failing) {
                failing = false;
                LOG.info("there is room again for journal segments in {}", config.folder());
            }
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("no room for the next journal segment {}: {}; trying again every {} ms", file, e.toString(), config.retryMs());
            }
            remove(file);
            failing = true;
        }
    }

    private void remove(final Path file) {
        try {
            if (config.disk().list(config.folder()).contains(file.getFileName().toString())) {
                config.disk().delete(file);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be removed, which the next start will do: {}", file, e.toString());
        }
    }

    private static boolean fill(
            final Disk disk, final Path file, final long bytes, final ByteBuffer zeros, final BooleanSupplier stop)
            throws IOException {
        try (DiskFile out = disk.open(file, Disk.Access.CREATE_BLOCKS)) {
            for (long at = 0; at < bytes; at += zeros.capacity()) {
                if (stop.getAsBoolean()) {
                    return false;
                }
                zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
                out.writeFully(zeros, at);
            }
            out.sync();
            return true;
        }
    }
}
