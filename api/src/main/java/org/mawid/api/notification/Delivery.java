package org.mawid.api.notification;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.mawid.api.contact.ContactDetails;
import org.mawid.api.notification.Figures.Count;
import org.mawid.api.notification.log.Addressees;
import org.mawid.api.notification.log.Standing;
import org.mawid.api.notification.notice.Channel;
import org.mawid.api.notification.notice.Notice;
import org.mawid.api.notification.outbox.Entry;
import org.mawid.api.notification.outbox.Outbox;
import org.mawid.api.notification.send.Outcome;
import org.mawid.api.notification.send.Sender;
import org.mawid.api.notification.text.LetterWriter;
import org.mawid.engine.readmodel.Records;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the outbox has, as it is due. What has been settled is taken out of the outbox at the end of each round, all at once; until it is durably out it is remembered here, so that whatever happens to the file, this life does
 * not send it again. One thread, to which what senders say comes back.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    /** Letters under way at once, each way. */
    private static final int MOST_UNDER_WAY = 8;

    private final Map<Channel, Sender> senders;
    private final Addressees addressees;
    private final Standing standing;
    private final LetterWriter writer;
    private final Rules rules;
    private final Limits limits;
    private final Figures figures;
    private final LongSupplier nowMs;
    private final Executor thread;

    private final Map<Channel, Queue<Entry>> waiting = new HashMap<>();
    private final Map<Channel, Integer> underWay = new HashMap<>();
    /** Ids: sent and not answered yet, or settled and perhaps still in the outbox. */
    private final Set<Long> inHand = new HashSet<>();
    private final Set<Long> settled = new HashSet<>();
    /** What has failed and is to be kept as it is now. */
    private final List<Entry> changed = new ArrayList<>();

    Delivery(final Map<Channel, Sender> senders, final Addressees addressees, final Standing standing, final LetterWriter writer, final Rules rules, final Figures figures, final LongSupplier nowMs, final Executor thread) {
        this.senders = senders;
        this.addressees = addressees;
        this.standing = standing;
        this.writer = writer;
        this.rules = rules;
        this.limits = new Limits(rules.perSecond(), rules.perDay(), nowMs);
        this.figures = figures;
        this.nowMs = nowMs;
        this.thread = thread;
        senders.keySet().forEach(way -> {
            waiting.put(way, new PriorityQueue<>());
            underWay.put(way, 0);
        });
    }

    /** Those of the outbox, as it was opened. What is in hand is not taken up again. */
    void begin(final List<Entry> entries) {
        waiting.values().forEach(Queue::clear);
        add(entries.stream().filter(entry -> !inHand.contains(entry.id())).toList());
    }

    /** Of a way that there is no more they wait in the outbox until there is one again. */
    void add(final List<Entry> entries) {
        entries.stream().filter(entry -> waiting.containsKey(entry.notice().channel())).forEach(entry -> waiting.get(entry.notice().channel()).add(entry));
    }

    /** How many wait, are under way, or are not durably settled. */
    int count() {
        return waiting.values().stream().mapToInt(Queue::size).sum() + inHand.size();
    }

    /** Whether something was sent and is not answered. */
    boolean isUnderWay() {
        return underWay.values().stream().anyMatch(count -> count > 0);
    }

    /** Sends what is due and may be sent now. */
    void round() {
        for (final Map.Entry<Channel, Queue<Entry>> each : waiting.entrySet()) {
            final Queue<Entry> queue = each.getValue();
            while (!queue.isEmpty() && queue.peek().dueMs() <= nowMs.getAsLong() && underWay.get(each.getKey()) < MOST_UNDER_WAY && tell(queue.peek())) {
                queue.remove();
            }
        }
    }

    /** @return false = no more this way now: it stays where it is */
    private boolean tell(final Entry entry) {
        final Notice notice = entry.notice();
        final Records.Appointment appointment = standing.appointment(notice.what());
        if (!standing.isSo(notice.what(), appointment, nowMs.getAsLong())) {
            return settle(entry, Count.SUPERSEDED);
        }
        final ContactDetails to;
        try {
            to = addressees.to(notice);
        } catch (final IOException notNow) {
            LOG.warn("{} has to wait: {}", notice, notNow.getMessage());
            return failed(entry);
        }
        if (to == null) {
            return settle(entry, Count.UNWANTED);
        }
        if (!limits.take(notice.channel())) {
            return false;
        }
        inHand.add(entry.id());
        final long putOffMs = entry.attempts() == 0 ? limits.take(notice.person()) : 0;
        if (putOffMs > 0) {
            changed.add(entry.until(nowMs.getAsLong() + putOffMs));
            return true;
        }
        underWay.merge(notice.channel(), 1, Integer::sum);
        sent(notice, to, appointment).onComplete(ended -> thread.execute(() -> answered(entry, ended.succeeded() ? ended.result() : Outcome.LATER)));
        return true;
    }

    /** A letter that cannot be written is our bug, and must not keep the others from being sent. */
    private Future<Outcome> sent(final Notice notice, final ContactDetails to, final Records.Appointment appointment) {
        try {
            return senders.get(notice.channel()).send(writer.write(notice, to, appointment));
        } catch (final RuntimeException ours) {
            LOG.error("{} could not be written or handed over", notice, ours);
            return Future.succeededFuture(Outcome.LATER);
        }
    }

    private void answered(final Entry entry, final Outcome outcome) {
        final Notice notice = entry.notice();
        underWay.merge(notice.channel(), -1, Integer::sum);
        switch (outcome) {
            case ACCEPTED -> settle(entry, Count.SENT);
            case REFUSED -> settle(entry, Count.REFUSED);
            case LATER -> failed(entry);
        }
    }

    private boolean failed(final Entry entry) {
        final int failed = entry.attempts() + 1;
        if (failed >= rules.attempts()) {
            LOG.warn("{} is given up after {} attempts", entry.notice(), failed);
            return settle(entry, Count.GIVEN_UP);
        }
        figures.count(entry.notice().channel(), Count.RETRIED);
        inHand.add(entry.id());
        changed.add(entry.failed(nowMs.getAsLong() + rules.retryMs(failed)));
        return true;
    }

    private boolean settle(final Entry entry, final Count as) {
        figures.count(entry.notice().channel(), as);
        inHand.add(entry.id());
        settled.add(entry.id());
        return true;
    }

    /** What was settled leaves the outbox, and what has failed waits there. @throws IOException it is remembered here, and to be written once more */
    void write(final Outbox outbox) throws IOException {
        if (!settled.isEmpty() || !changed.isEmpty()) {
            outbox.change(changed, settled);
            changed.forEach(entry -> inHand.remove(entry.id()));
            inHand.removeAll(settled);
            add(changed);
            changed.clear();
            settled.clear();
        }
    }
}
