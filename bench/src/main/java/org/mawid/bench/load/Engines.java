package org.mawid.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.mawid.engine.Engine;
import org.mawid.sbe.Result;

/** Engines for measuring: a temporary data directory, and a model network in it. */
public final class Engines {
    private Engines() {
    }

    /** A new directory beside {@code near}, or in the temporary folder when that is null; it is removed when the process ends. */
    public static Path temporaryData(final Path near) throws IOException {
        final Path data = near == null ? Files.createTempDirectory("mawid-bench") : Files.createTempDirectory(near, "mawid-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(data)));
        return data;
    }

    /** With all that is in it; nothing when it is not there. */
    public static void delete(final Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (final IOException e) {
            throw new UncheckedIOException("could not remove " + folder, e);
        }
    }

    /** Makes the network through the ring and waits until all of it is answered, and seen by those who read. */
    public static void make(final Engine engine, final ModelNetwork network, final Commands commands) throws InterruptedException {
        final CountDownLatch answered = new CountDownLatch(network.commands());
        final AtomicReference<String> refused = new AtomicReference<>();
        final AtomicLong last = new AtomicLong();
        network.make(commands, (command, length) -> {
            while (true) {
                final Result admitted = engine.submit((index, slot, offset) -> {
                    slot.putBytes(offset, command, 0, length);
                    return length;
                }, (tag, outcome, events, offset, bytes) -> {
                    if (!outcome.isDone()) {
                        refused.compareAndSet(null, outcome.result() + " at position " + outcome.position());
                    }
                    last.set(outcome.position());
                    answered.countDown();
                }, 0);
                if (admitted == Result.OK) {
                    return;
                }
                if (admitted != Result.UNAVAILABLE) {
                    throw new IllegalStateException("the model network was not admitted: " + admitted);
                }
                LockSupport.parkNanos(50_000);
            }
        });
        if (!answered.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the model network was not answered, " + answered.getCount() + " commands are missing");
        }
        if (refused.get() != null) {
            throw new IllegalStateException("the model network was refused: " + refused.get());
        }
        if (!engine.readModel().availability().awaitPosition(last.get(), TimeUnit.MINUTES.toMillis(1))) {
            throw new IllegalStateException("availability does not follow the model network");
        }
    }
}
