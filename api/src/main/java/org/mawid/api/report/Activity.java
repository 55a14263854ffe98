package org.mawid.api.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.agrona.DirectBuffer;
import org.mawid.api.report.SumsFile.DamagedException;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.ReadModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log on a thread of its own and keeps the sums, in memory and now and then in a file from whose position it goes on after any end. What the
 * file does not have and the log does not keep any more is missing, and every answer says from where on nothing is.
 */
public final class Activity implements Reports, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Activity.class);
    private static final String ASIDE = ".old";
    private static final int EVENTS_AT_ONCE = 4_096;
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long WRITE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** The file of before is older than this, so that a back-up, which copies the log first and this last, has one that it reaches. */
    private static final long KEEP_EVERY_NANOS = TimeUnit.HOURS.toNanos(1);
    /** Of the time, one part in so many may be spent on writing. */
    private static final long WRITE_SHARE = 500;
    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long CLOSE_MS = TimeUnit.SECONDS.toMillis(20);

    private final ReadModel model;
    private final EventLog events;
    private final IntFunction<ZoneId> zones;
    private final Path file;
    private final Thread thread = new Thread(this::run, "mawid-report");
    private final Happening happening = new Happening();
    private final Facts facts;
    private final Counting counting;
    private volatile Tally tally; // null = nothing can be asked yet
    private volatile boolean stopped;
    private boolean collecting;
    private long writtenPosition;
    private long writeAtNanos;
    private long keepAtNanos;

    private Activity(final ReadModel model, final IntFunction<ZoneId> zones, final Path file) {
        this.model = model;
        this.events = model.events();
        this.zones = zones;
        this.file = file;
        this.facts = new Facts(model.records(), () -> stopped);
        this.counting = new Counting(facts);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** Begins to follow. @param edge folder for the file @param zones of posts, UTC where nothing is known; a day that has begun in one zone stays what it is */
    public static Activity start(final ReadModel model, final IntFunction<ZoneId> zones, final Path edge) {
        final Activity activity = new Activity(model, zones, edge.resolve(SumsFile.NAME));
        activity.thread.start();
        return activity;
    }

    // ---- readers: any thread

    @Override
    public Report days(final int postId, final LocalDate from, final LocalDate to) {
        return Answering.days(tally.image(), names(), postId, from, to);
    }

    @Override
    public Report months(final int postId, final YearMonth from, final YearMonth to) {
        return Answering.months(tally.image(), names(), postId, from, to);
    }

    @Override
    public long position() {
        final Tally counted = tally;
        if (counted == null) {
            return -1;
        }
        final long position = counted.position();
        if (position < events.position()) {
            LockSupport.unpark(thread); // where nothing counts it sleeps on
        }
        return position;
    }

    /** Waits a few seconds at most until answers reflect that position. @return whether they do */
    public boolean awaitPosition(final long position) {
        final long untilNanos = System.nanoTime() + CATCH_UP_NANOS;
        while (thread.isAlive() && position() < position && System.nanoTime() - untilNanos < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return position() >= position;
    }

    private SumsFile.Names names() {
        final CatalogueView catalogue = model.catalogue();
        final Map<Integer, String> posts = new TreeMap<>();
        catalogue.posts().forEach(post -> posts.put(post.postId(), post.code()));
        final Map<Integer, String> services = new TreeMap<>();
        catalogue.services().forEach(service -> services.put(service.serviceId(), service.code()));
        return new SumsFile.Names(posts, services);
    }

    // ---- its thread

    private void run() {
        writeAtNanos = System.nanoTime();
        keepAtNanos = System.nanoTime();
        try {
            EventLog.Cursor from = begin();
            while (!stopped) {
                try (EventLog.Subscription subscription = events.subscribe(from, 0)) {
                    follow(subscription);
                    from = stopped ? from : afterGap();
                } catch (final UncheckedIOException e) {
                    LOG.warn("events cannot be read for reports, it is tried again: {}", e.getMessage());
                    LockSupport.parkNanos(AGAIN_NANOS);
                    from = EventLog.Cursor.after(events.epoch(), tally.position());
                }
            }
        } catch (final Facts.Stopping stopping) {
            LOG.debug("the sums stop before all was counted");
        } catch (final Throwable e) {
            LOG.error("nothing is counted for reports any more, until the next start", e); // nobody else depends on it
        }
        if (tally != null) {
            write();
        }
    }

    /** @return where to go on from */
    private EventLog.Cursor begin() {
        final SumsFile.Content left = left();
        if (left != null) {
            tally = new Tally(zones, left.image());
            writtenPosition = left.image().position();
            awaitPast(left.image().position());
            return afterGap();
        }
        awaitPast(0);
        final Tally.Origin origin = origin();
        tally = new Tally(zones, new Tally.Image(origin, origin.position(), origin.ms(), 0, List.of()));
        return EventLog.Cursor.after(events.epoch(), tally.position());
    }

    private Tally.Origin origin() {
        return events.keptFrom() <= 0 ? Tally.Origin.BEGINNING : new Tally.Origin(events.keptFrom(), events.keptFromMs());
    }

    /** Until the log goes back as far as that, or will not any more. @throws Facts.Stopping nobody knows yet */
    private void awaitPast(final long position) {
        while (events.keptFrom() > position && events.isRestoring()) {
            if (stopped) {
                throw new Facts.Stopping();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Where the sums go on. Those of before a gap stay, and say so. */
    private EventLog.Cursor afterGap() {
        final Tally.Origin origin = origin();
        if (origin.position() > tally.position()) {
            LOG.warn("reports miss what happened between positions {} and {}: the events are not kept any more", tally.position(), origin.position());
            tally.beginAnewAt(origin);
        }
        return EventLog.Cursor.after(events.epoch(), tally.position());
    }

    /** Null = nothing that can be gone on from. What cannot is copied aside before it is written over. */
    private SumsFile.Content left() {
        for (final String name : List.of(SumsFile.NAME, SumsFile.BEFORE)) {
            final Path found = file.resolveSibling(name);
            try {
                final SumsFile.Content content = SumsFile.read(found);
                if (content != null && content.journal().equals(events.journal()) && content.image().position() <= events.position()) {
                    return content;
                }
                if (content != null) {
                    LOG.warn("{} is of another log, or of more of it than there is, and cannot be gone on from", found);
                    copyAside(found);
                }
            } catch (final DamagedException e) {
                LOG.warn("{}", e.getMessage());
                copyAside(found);
            } catch (final IOException e) {
                LOG.warn("{} cannot be read: {}", found, e.toString());
            }
        }
        return null;
    }

    private static void copyAside(final Path found) {
        try {
            Files.copy(found, found.resolveSibling(found.getFileName() + ASIDE), StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            LOG.warn("{} cannot be kept aside: {}", found, e.toString());
        }
    }

    /** Until the server stops, or what comes next is lost. */
    private void follow(final EventLog.Subscription subscription) {
        collecting = false;
        while (!stopped) {
            if (subscription.poll(this::onEvent, EVENTS_AT_ONCE) > 0) {
                continue;
            }
            final EventLog.Cursor passed = subscription.cursor();
            if (passed.ordinal() == EventLog.Cursor.ALL) {
                count();
                tally.reached(passed.position());
            }
            if (subscription.isLost()) {
                LockSupport.parkNanos(LOOK_NANOS); // its disk may be away: then it is lost until there is room again
                return;
            }
            writeIfDue();
            subscription.onAvailable(() -> LockSupport.unpark(thread));
            LockSupport.parkNanos(WRITE_EVERY_NANOS);
        }
    }

    private void onEvent(final EventLog.Cursor cursor, final DirectBuffer buffer, final int offset, final int length) {
        if (!collecting || cursor.position() != happening.position) {
            count();
            writeIfDue();
            happening.begin(cursor.position());
            collecting = true;
        }
        happening.add(buffer, offset);
    }

    /** All events of the position are there. */
    private void count() {
        if (collecting) {
            final List<Addition> additions = counting.of(happening);
            collecting = false;
            tally.count(happening.position, happening.nowMs, additions, facts.unknown());
        }
    }

    private void writeIfDue() {
        if (tally.position() != writtenPosition && System.nanoTime() - writeAtNanos >= 0) {
            write();
        }
    }

    private void write() {
        final long beganNanos = System.nanoTime();
        final Tally.Image image = tally.image();
        if (image.position() != writtenPosition) {
            try {
                if (beganNanos - keepAtNanos >= 0) {
                    SumsFile.keep(file);
                    keepAtNanos = beganNanos + KEEP_EVERY_NANOS;
                }
                SumsFile.write(file, new SumsFile.Content(events.journal(), names(), image));
                writtenPosition = image.position();
            } catch (final IOException e) {
                LOG.warn("{} could not be written, after a crash more is counted again: {}", file, e.toString());
            }
        }
        final long endNanos = System.nanoTime();
        writeAtNanos = endNanos + Math.max(WRITE_EVERY_NANOS, (endNanos - beganNanos) * WRITE_SHARE);
    }

    /** Before the engine is closed. What has happened up to this position is in the file then, unless the records are too far behind to say what it was. */
    public void close(final long position) {
        awaitPosition(position);
        close();
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
