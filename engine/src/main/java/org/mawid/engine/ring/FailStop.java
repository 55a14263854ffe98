package org.mawid.engine.ring;

import com.lmax.disruptor.ExceptionHandler;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.mawid.engine.kernel.Invariant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of everything after a Throwable in the pipeline: nothing more is answered, one line says why, listeners are told.
 * The library's habit of going on with the next event is refused by throwing again, which ends the stage's thread.
 */
final class FailStop implements ExceptionHandler<Entry> {
    private static final Logger LOG = LoggerFactory.getLogger(FailStop.class);
    private static final String NO_MEMORY = "halted: out of memory; give the process more (-Xmx and -XX:MaxDirectMemorySize;"
            + " MAWID_HEAP and MAWID_STATE of the launcher), then start it again";
    private static final String UNTOLD = "somebody who was to be told of the halt could not be";
    private static final byte[] NO_MEMORY_LINE = (NO_MEMORY + '\n').getBytes(StandardCharsets.UTF_8);
    private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);

    private final AtomicReference<String> reason = new AtomicReference<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Told once, also when it is added while the pipeline halts. */
    private record Listener(Consumer<String> consumer, AtomicBoolean told) implements Consumer<String> {
        Listener(final Consumer<String> consumer) {
            this(consumer, new AtomicBoolean());
        }

        @Override
        public void accept(final String line) {
            if (told.compareAndSet(false, true)) {
                consumer.accept(line);
            }
        }
    }

    /** Ends a stage's thread without another word. */
    private static final class Halted extends Error {
        private static final long serialVersionUID = 1L;
        private static final Halted INSTANCE = new Halted();

        Halted() {
            super("halted", null, false, false);
        }
    }

    boolean isHalted() {
        return reason.getPlain() != null;
    }

    /** Null while all is well. */
    String reason() {
        return reason.get();
    }

    /** Ends the calling stage when the pipeline has halted. */
    void check() {
        if (isHalted()) {
            throw Halted.INSTANCE;
        }
    }

    void onHalt(final Consumer<String> listener) {
        final Listener told = new Listener(listener);
        listeners.add(told);
        final String known = reason.get();
        if (known != null) {
            told.accept(known);
        }
    }

    /** Any thread; the first reason stands. */
    void halt(final String where, final Throwable cause) {
        final String line = line(where, cause);
        if (reason.compareAndSet(null, line)) {
            say(line);
            listeners.forEach(listener -> tell(listener, line));
        }
    }

    /** Who ends the process may be the last one: whatever happens to those before, it hears of it. */
    private static void tell(final Listener listener, final String line) {
        try {
            listener.accept(line);
        } catch (final Throwable failed) {
            say(UNTOLD);
        }
    }

    @Override
    public void handleEventException(final Throwable cause, final long sequence, final Entry entry) {
        if (cause != Halted.INSTANCE) {
            halt(Thread.currentThread().getName() + (entry == null ? "" : " at position " + entry.position), cause);
        }
        throw Halted.INSTANCE;
    }

    @Override
    public void handleOnStartException(final Throwable cause) {
        halt(Thread.currentThread().getName() + " at its start", cause);
        throw Halted.INSTANCE;
    }

    @Override
    public void handleOnShutdownException(final Throwable cause) {
        halt(Thread.currentThread().getName() + " at its end", cause);
    }

    private static void say(final String line) {
        try {
            LOG.error(line);
        } catch (final Throwable noMemory) {
            sayWithoutMemory(); // even logging needs some; whoever ends the process must hear of it all the same
        }
    }

    private static void sayWithoutMemory() {
        try {
            STDERR.write(NO_MEMORY_LINE);
        } catch (final IOException nobodyListens) {
            return; // it ends all the same
        }
    }

    private static String line(final String where, final Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return NO_MEMORY; // built beforehand: there may be no memory to say more
        }
        String at = "";
        for (final StackTraceElement frame : cause.getStackTrace()) {
            if (!frame.getClassName().equals(Invariant.class.getName())) {
                at = " at " + frame;
                break;
            }
        }
        return "halted: " + where + ": " + cause + at;
    }
}
