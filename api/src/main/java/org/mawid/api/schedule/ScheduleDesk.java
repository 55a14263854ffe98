package org.mawid.api.schedule;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mawid.api.schedule.Schedules.Outcome;

/**
 * Where both edges hand schedules in: one is looked at at a time, on a thread of its own, and a few wait. Any thread. Futures end as {@link Schedules} does, mistakes told
 * where they stand in what was written; a caller that is turned away gets {@code null}.
 */
public final class ScheduleDesk implements AutoCloseable {
    /** Each takes a tenth of a second, or as long as the disk. */
    private static final int MOST_WAITING = 16;
    private static final long CLOSE_SECONDS = 10;

    private final Schedules schedules;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
        final Thread made = new Thread(task, "mawid-schedule");
        made.setDaemon(true);
        return made;
    });

    public ScheduleDesk(final Schedules schedules) {
        this.schedules = schedules;
        thread.allowCoreThreadTimeOut(true);
    }

    /** How it differs. @param written by the post's zone; may throw a {@link ScheduleMistakenException} */
    public CompletableFuture<Difference> difference(final String post, final Function<ZoneId, WrittenSchedule> written) {
        return in(() -> of(post, written, schedules::difference));
    }

    /** As {@link #difference}. @param expectedVersion of the post's calendars, or {@link Schedules#ANY_VERSION} */
    public CompletableFuture<Outcome> apply(final String post, final Function<ZoneId, WrittenSchedule> written, final long expectedVersion) {
        return in(() -> of(post, written, wanted -> schedules.apply(wanted, expectedVersion)));
    }

    /** What is there, both dates included. */
    public CompletableFuture<Present> present(final String post, final LocalDate from, final LocalDate to) {
        return in(() -> schedules.present(post, from, to));
    }

    private <T> T of(final String post, final Function<ZoneId, WrittenSchedule> written, final Function<WantedSchedule, T> then) {
        final WrittenSchedule read = written.apply(schedules.zone(post));
        try {
            return then.apply(read.wanted());
        } catch (final ScheduleMistakenException mistaken) {
            throw read.located(mistaken);
        }
    }

    private <T> CompletableFuture<T> in(final Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread);
        } catch (final RejectedExecutionException full) {
            return null;
        }
    }

    /** Waits for the one that is being looked at: what it has staged is applied or abandoned. Close the engine after it. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow(); // what it has staged is abandoned by the next start
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
