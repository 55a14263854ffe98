package org.mawid.api.notification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.mawid.api.contact.Contacts;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.notification.log.Addressees;
import org.mawid.api.notification.log.Follower;
import org.mawid.api.notification.log.Reminders;
import org.mawid.api.notification.log.Standing;
import org.mawid.api.notification.notice.Channel;
import org.mawid.api.notification.notice.Notice;
import org.mawid.api.notification.outbox.Entry;
import org.mawid.api.notification.outbox.Outbox;
import org.mawid.api.notification.outbox.Progress;
import org.mawid.api.notification.send.Sender;
import org.mawid.api.notification.text.LetterWriter;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the log, keeps what is to be told, and sends it, from {@link #begin} to {@link #close}. */
public final class Notifications implements AutoCloseable {
    /** In the data directory; a back-up leaves it out. */
    public static final String FOLDER = "notifications";
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final String FILE = "outbox.mv";
    private static final long LOOK_MS = 200;
    /** How long what could not be done is left alone. */
    private static final long REST_MS = 5_000;
    private static final long REMIND_EVERY_MS = 60_000;
    /** How often it is kept how far the log was read. */
    private static final long KEEP_EVERY_MS = 5_000;
    /** With so many the log is read on only when there are fewer: it keeps what follows for days. */
    private static final int MOST_WAITING = 100_000;
    private static final int TURNS_AT_ONCE = 16;
    private static final long STOP_MS = 10_000;

    private final Gateway gateway;
    private final ReadModel model;
    private final Path file;
    private final Map<Channel, Sender> senders;
    private final Rules rules;
    private final Figures figures = new Figures();
    private final Addressees addressees;
    private final Reminders reminders;
    private final Delivery delivery;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread made = new Thread(task, "mawid-notify");
        made.setDaemon(true);
        return made;
    });
    // All below on the thread only.
    /** Null = to be opened, as the next one. */
    private Outbox outbox;
    private Follower follower;
    private Progress gone;
    /** As the outbox has it; null = it has nothing yet. */
    private Progress kept;
    private long keepAtNanos = System.nanoTime();
    private long restUntilNanos = System.nanoTime();
    private long remindAtNanos = System.nanoTime();

    /**
     * @param folder  {@link #FOLDER}
     * @param senders closed with this
     */
    public Notifications(final Gateway gateway, final Contacts contacts, final Path folder, final List<Sender> senders, final LetterWriter writer, final Rules rules) {
        this.gateway = gateway;
        this.model = gateway.engine().readModel();
        this.file = folder.resolve(FILE);
        this.senders = senders.stream().collect(Collectors.toMap(Sender::channel, sender -> sender));
        this.rules = rules;
        addressees = new Addressees(model.records(), contacts, this.senders.keySet());
        reminders = new Reminders(model, addressees);
        delivery = new Delivery(this.senders, addressees, new Standing(model.records()), writer, rules, figures, gateway::nowMs, this::onThread);
    }

    public Figures figures() {
        return figures;
    }

    /** @throws IOException in one line: the outbox cannot be used */
    public void open() throws IOException {
        outbox = Outbox.open(file);
        take();
    }

    /** After {@link #open}: goes on where the life before has ended, or from now on when there was none. */
    public void begin() {
        thread.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /** What the outbox has. */
    private void take() {
        final String journal = model.events().journal();
        final long durable = gateway.engine().status().durablePosition();
        kept = outbox.progress();
        gone = kept;
        if (gone != null && (!gone.journal().equals(journal) || gone.cursor().position() > durable)) {
            LOG.warn("{} is of another log, or of more of it than there is: notifications go on from now", file);
            gone = null;
        }
        if (gone == null) {
            gone = new Progress(journal, Cursor.after(0, durable), gateway.nowMs());
        }
        follower = new Follower(model, addressees, gone.cursor());
        delivery.begin(outbox.entries());
        stand();
    }

    private void look() {
        if (System.nanoTime() - restUntilNanos < 0) {
            return;
        }
        try {
            if (outbox == null) {
                open();
            }
            delivery.write(outbox);
            follow();
            remind();
            delivery.round();
            delivery.write(outbox);
            stand();
        } catch (final ReadModelBehindException rebuilt) {
            shut(); // to read again what was not kept
            rest();
        } catch (final IOException e) {
            LOG.error("notifications have to wait: {}", e.getMessage());
            shut();
            rest();
        } catch (final RuntimeException ours) {
            LOG.error("notifications have to wait", ours);
            shut();
            rest();
        }
    }

    private void follow() throws IOException {
        final List<Notice> notices = new ArrayList<>();
        Progress upTo = gone;
        for (int i = 0; i < TURNS_AT_ONCE && delivery.count() + notices.size() < MOST_WAITING; i++) {
            final Follower.Turn turn = follower.next();
            if (turn == null) {
                break;
            }
            notices.addAll(turn.notices());
            upTo = upTo.at(turn.cursor());
        }
        keep(notices, upTo);
    }

    private void remind() throws IOException {
        if (rules.remindBeforeMs() > 0 && System.nanoTime() - remindAtNanos >= 0 && delivery.count() < MOST_WAITING) {
            final long fromMs = Math.max(gone.remindedUntilMs(), gateway.nowMs());
            final long untilMs = gateway.nowMs() + rules.remindBeforeMs();
            if (untilMs > fromMs) {
                keep(reminders.between(fromMs, untilMs), gone.remindedUntil(untilMs));
            }
            remindAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REMIND_EVERY_MS);
        }
    }

    /** Durably, before anything of it is sent. Where nobody is to be told of anything the disk is seldom asked: the log's own syncs wait for ours. */
    private void keep(final List<Notice> notices, final Progress upTo) throws IOException {
        if (!notices.isEmpty() || !upTo.equals(kept) && System.nanoTime() - keepAtNanos >= 0) {
            delivery.add(outbox.add(notices, gateway.nowMs(), upTo));
            kept = upTo;
            keepAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(KEEP_EVERY_MS);
        }
        gone = upTo;
    }

    private void stand() {
        figures.stand(delivery.count(), gone.cursor().position());
    }

    private void rest() {
        restUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REST_MS);
    }

    /** To be opened anew: after a failed write nobody knows what a file has. */
    private void shut() {
        if (outbox != null) {
            follower.close();
            try {
                outbox.close();
            } catch (final RuntimeException damaged) {
                LOG.warn("the outbox of notifications could not be closed: {}", damaged.getMessage());
            }
            outbox = null;
        }
    }

    /** What is still to be told to somebody; of what was told nothing is kept. On a thread that may wait. @throws IOException it cannot be read now */
    public List<Entry> waiting(final long person) throws IOException {
        final CompletableFuture<List<Entry>> waiting = new CompletableFuture<>();
        onThread(() -> waiting.complete(outbox == null ? null : of(outbox, person)));
        try {
            final List<Entry> entries = waiting.get(STOP_MS, TimeUnit.MILLISECONDS);
            if (entries != null) {
                return entries;
            }
        } catch (final InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (final TimeoutException | ExecutionException late) {
            // told below
        }
        throw new IOException("the outbox of notifications cannot be read now: ask again");
    }

    /** As {@link #waiting}, of a directory that nobody serves. Makes nothing. @param folder {@link #FOLDER} */
    public static List<Entry> left(final Path folder, final long person) throws IOException {
        if (!Files.exists(folder.resolve(FILE))) {
            return List.of();
        }
        try (Outbox left = Outbox.open(folder.resolve(FILE))) {
            return of(left, person);
        }
    }

    private static List<Entry> of(final Outbox outbox, final long person) {
        return outbox.entries().stream().filter(entry -> entry.notice().person() == person).toList();
    }

    private void onThread(final Runnable task) {
        try {
            thread.execute(task);
        } catch (final RejectedExecutionException stopped) {
            LOG.debug("it was answered after the end; the next life sends it again, under the same id");
        }
    }

    /** What is under way is waited for, 10 s at most; what waits is sent by the next life. Before gateway and engine. */
    @Override
    public void close() {
        thread.execute(() -> end(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MS)));
        try {
            if (!thread.awaitTermination(2 * STOP_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("the notifications' thread did not end in time");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        senders.values().forEach(Sender::close);
    }

    private void end(final long untilNanos) {
        restUntilNanos = untilNanos; // nothing is begun any more
        if (delivery.isUnderWay() && System.nanoTime() - untilNanos < 0) {
            thread.schedule(() -> end(untilNanos), LOOK_MS, TimeUnit.MILLISECONDS);
            return;
        }
        try {
            if (outbox != null) {
                delivery.write(outbox);
                outbox.add(List.of(), gateway.nowMs(), gone);
            }
        } catch (final IOException e) {
            LOG.error("what was sent last cannot be remembered, and will be sent again: {}", e.getMessage());
        }
        shut();
        thread.shutdownNow();
    }
}
