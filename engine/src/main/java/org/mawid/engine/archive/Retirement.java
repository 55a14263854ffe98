package org.mawid.engine.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.ring.HostClock;
import org.mawid.engine.ring.OwnWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Now and then walks over the applications by short questions between commands, archives those that have ended long enough ago,
 * and only when they are durable there asks the core to forget them, by a command like any other. A process that dies in between
 * archives them again: an application may be in the archive twice, or in part before it is there as a whole, never not at all.
 */
public final class Retirement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);
    /** Numbers looked at in one round, so that a large state costs the core little at a time. */
    private static final long ROUND = 1_000_000;
    /** How long nothing is heard before it is tried again whether there is a place. */
    private static final long TRY_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final OwnWork ring;
    private final ArchiveWriter writer;
    private final Conveyor conveyor;
    private final long everyNanos;
    private final BiConsumer<String, Throwable> halt;
    private final Thread thread = new Thread(this::run, "mawid-retire");
    private volatile boolean stopped;
    private volatile long retired;

    /** @param everyMs pause between rounds, 1 or more */
    public Retirement(
            final OwnWork ring, final HostClock clock, final Disk disk, final Path folder, final JournalId id, final long everyMs,
            final BiConsumer<String, Throwable> halt) {
        this.ring = ring;
        this.writer = new ArchiveWriter(disk, folder, id);
        this.conveyor = new Conveyor(ring, clock::nowMs, writer, () -> LockSupport.unpark(thread));
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
                rest();
                round();
            }
        } catch (final Throwable e) {
            halt.accept(thread.getName(), e);
        }
    }

    private void rest() {
        final long fromNanos = System.nanoTime();
        for (long left = everyNanos; left > 0 && !stopped; left = everyNanos - (System.nanoTime() - fromNanos)) {
            LockSupport.parkNanos(left); // an answer that came late may still wake it
        }
    }

    /** Also when the engine stops: what is on its way is waited for. */
    private void round() {
        conveyor.begin(ROUND);
        while (ring.isRunning() && conveyor.isBusy()) {
            if (stopped) {
                conveyor.abandon();
            }
            if (!turn()) {
                LockSupport.parkNanos(TRY_AGAIN_NANOS);
            }
            retired = conveyor.retired();
        }
    }

    private boolean turn() {
        try {
            return conveyor.turn();
        } catch (final IOException e) {
            LOG.error("the archive cannot be written, nothing is retired meanwhile: {}", e.getMessage());
            return true;
        }
    }
}
