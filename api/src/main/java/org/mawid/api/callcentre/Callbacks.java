package org.mawid.api.callcentre;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.mawid.api.callcentre.CallCentreException.Reason;
import org.mawid.grpc.CallbackOutcome;

/** The list of those who are to be called back. Each change is durable before it is told, and all of it is in memory, too: a hundred thousand are some 20 MB. One thread at a time, any that may wait. */
final class Callbacks {
    static final int MOST_OPEN = 100_000;
    static final long TAKEN_MS = 15 * 60_000L;
    static final long AGAIN_MS = 2 * 3_600_000L;
    static final int MOST_TRIES = 3;
    private static final long FARTHEST_MS = 31 * 86_400_000L;

    private static final int FORGOTTEN_AT_ONCE = 4;

    private static final Comparator<CallbackRow> BY_DUE = Comparator.comparingLong(CallbackRow::dueMs).thenComparingLong(CallbackRow::id);
    private static final Comparator<CallbackRow> BY_END = Comparator.comparingLong(CallbackRow::endedMs).thenComparingLong(CallbackRow::id);

    private final Path file;
    private final LongSupplier nowMs;
    private final int mostOpen;
    private final long rememberedMs;
    /** Null = to be opened, for the first time or after trouble with the disk. */
    private CallbackFile kept;
    private final Map<Long, CallbackRow> rows = new HashMap<>();
    private final Map<Long, List<Long>> ofApplication = new HashMap<>();
    private final TreeSet<CallbackRow> open = new TreeSet<>(BY_DUE);
    private final TreeSet<CallbackRow> ended = new TreeSet<>(BY_END);
    private long next = 1;

    /** @param rememberedMs so long it is known how a callback ended, and the same answer is given again; {@link Long#MAX_VALUE} = for ever */
    Callbacks(final Path file, final LongSupplier nowMs, final long rememberedMs) {
        this(file, nowMs, rememberedMs, MOST_OPEN);
    }

    Callbacks(final Path file, final LongSupplier nowMs, final long rememberedMs, final int mostOpen) {
        this.file = file;
        this.nowMs = nowMs;
        this.mostOpen = mostOpen;
        this.rememberedMs = rememberedMs;
    }

    /** The same again, while it is open, is the same callback. @throws CallCentreException WINDOW, CALLBACKS_FULL @throws IOException it is not kept now */
    synchronized CallbackRow ask(final long application, final long notBeforeMs, final long notAfterMs, final long reasonCode) throws IOException, CallCentreException {
        begin();
        final long now = nowMs.getAsLong();
        for (final CallbackRow row : of(application)) {
            if (row.isAsked(notBeforeMs, notAfterMs, reasonCode)) {
                return row;
            }
        }
        if (notBeforeMs > notAfterMs || notAfterMs <= now || notAfterMs > now + FARTHEST_MS || notBeforeMs < 0) {
            throw new CallCentreException(Reason.WINDOW);
        }
        if (open.size() >= mostOpen) {
            throw new CallCentreException(Reason.CALLBACKS_FULL);
        }
        forget(now, FORGOTTEN_AT_ONCE);
        final CallbackRow row = new CallbackRow(next, application, notBeforeMs, notBeforeMs, notAfterMs, reasonCode, 0, 0, 0, 0, 0, 0);
        change(row);
        next++;
        return row;
    }

    /** Those of an application, as they were asked for: the open ones, and those whose end is remembered. */
    synchronized List<CallbackRow> of(final long application) throws IOException {
        begin();
        return ofApplication.getOrDefault(application, List.of()).stream().map(rows::get).toList();
    }

    /** The oldest due first. @param after {@link CallbackRow#place} of the last one before, empty = from the beginning */
    synchronized List<CallbackRow> open(final String after, final int most) throws IOException {
        begin();
        if (after.isEmpty()) {
            return open.stream().limit(most).toList();
        }
        final int dash = after.indexOf('-');
        final CallbackRow before = new CallbackRow(Long.parseLong(after.substring(dash + 1)), 0, Long.parseLong(after.substring(0, dash)), 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return open.tailSet(before, false).stream().limit(most).toList();
    }

    synchronized int openCount() throws IOException {
        begin();
        return open.size();
    }

    /** Whoever has it already has it as long as before. @throws CallCentreException CALLBACK_UNKNOWN, ENDED, TAKEN */
    synchronized CallbackRow take(final long application, final long id, final long actor) throws IOException, CallCentreException {
        final CallbackRow row = known(application, id);
        final long now = nowMs.getAsLong();
        if (!row.isOpen()) {
            throw new CallCentreException(Reason.ENDED);
        }
        if (row.isTaken(now)) {
            if (row.takenBy() != actor) {
                throw new CallCentreException(Reason.TAKEN, row.takenUntilMs());
            }
            return row;
        }
        return change(row.taken(actor, now + TAKEN_MS));
    }

    /** The same again, by the same agent, is answered as before. @throws CallCentreException CALLBACK_UNKNOWN, ENDED, NOT_TAKEN */
    synchronized CallbackRow end(final long application, final long id, final long actor, final int outcome) throws IOException, CallCentreException {
        final CallbackRow row = known(application, id);
        final boolean isRepeated = row.outcome() == outcome && row.endedBy() == actor && (!row.isOpen() || row.takenUntilMs() == 0);
        if (isRepeated) {
            return row;
        }
        if (!row.isOpen()) {
            throw new CallCentreException(Reason.ENDED);
        }
        if (row.takenUntilMs() == 0 || row.takenBy() != actor) {
            throw new CallCentreException(Reason.NOT_TAKEN);
        }
        final long now = nowMs.getAsLong();
        final boolean comesAgain = outcome == CallbackOutcome.CALLBACK_OUTCOME_NOT_REACHED_VALUE && row.tries() < MOST_TRIES;
        return change(comesAgain ? row.again(now + AGAIN_MS, actor, outcome) : row.ended(now, actor, outcome));
    }

    private CallbackRow known(final long application, final long id) throws IOException, CallCentreException {
        begin();
        final CallbackRow row = rows.get(id);
        if (row == null || row.application() != application) {
            throw new CallCentreException(Reason.CALLBACK_UNKNOWN);
        }
        return row;
    }

    /** How many ended long enough ago to be forgotten. */
    synchronized int overCount() throws IOException {
        begin();
        final long now = nowMs.getAsLong();
        return (int) ended.stream().takeWhile(row -> isOver(row, now)).count();
    }

    /** Forgets some of these. @return how many; 0 = there are none any more */
    synchronized int forget() throws IOException {
        begin();
        return forget(nowMs.getAsLong(), FORGOTTEN_AT_ONCE);
    }

    private boolean isOver(final CallbackRow row, final long now) {
        return now - row.endedMs() > rememberedMs;
    }

    private int forget(final long now, final int most) throws IOException {
        int forgotten = 0;
        for (; forgotten < most && !ended.isEmpty() && isOver(ended.first(), now); forgotten++) {
            final CallbackRow old = ended.first();
            write(file -> file.remove(old.id()));
            ended.remove(old);
            rows.remove(old.id());
            ofApplication.computeIfPresent(old.application(), (application, ids) -> {
                ids.remove(old.id());
                return ids.isEmpty() ? null : ids;
            });
        }
        return forgotten;
    }

    private CallbackRow change(final CallbackRow row) throws IOException {
        write(file -> file.put(row));
        final CallbackRow before = rows.get(row.id());
        if (before != null) {
            open.remove(before);
        }
        show(row, before == null);
        return row;
    }

    private void show(final CallbackRow row, final boolean isNew) {
        rows.put(row.id(), row);
        (row.isOpen() ? open : ended).add(row);
        if (isNew) {
            ofApplication.computeIfAbsent(row.application(), none -> new ArrayList<>()).add(row.id());
        }
    }

    private void begin() throws IOException {
        if (kept == null) {
            rows.clear();
            ofApplication.clear();
            open.clear();
            ended.clear();
            kept = CallbackFile.open(file);
            for (final CallbackRow row : kept.rows()) {
                show(row, true);
                next = Math.max(next, row.id() + 1);
            }
        }
    }

    @FunctionalInterface
    private interface Change {
        void in(CallbackFile file) throws IOException;
    }

    /** What was not written may be there all the same: it is read again before anything is told. */
    private void write(final Change change) throws IOException {
        try {
            change.in(kept);
        } catch (final IOException trouble) {
            close();
            throw trouble;
        }
    }

    synchronized void close() {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }
}
