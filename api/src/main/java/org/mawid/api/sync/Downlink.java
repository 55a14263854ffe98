package org.mawid.api.sync;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mawid.api.http.MessageJson;
import org.mawid.grpc.Closure;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Day;
import org.mawid.grpc.Event;
import org.mawid.grpc.Result;
import org.mawid.grpc.Visit;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;

/** What comes from the server: from the cursor on, or all of it where there is none or it is too old. One thread. */
final class Downlink {
    private static final int DAYS = 500;
    /** On which what comes now was written. */
    private static final int NEWEST_DATES = 2;

    private final Link link;
    private final PostFolder folder;
    private final int postId;
    private final PostCopy copy;
    private final MessageTexts texts;
    private final SyncReport report;

    Downlink(final Link link, final PostFolder folder, final int postId, final SyncReport report) {
        this.link = link;
        this.folder = folder;
        this.postId = postId;
        this.report = report;
        this.copy = new PostCopy(folder, postId);
        this.texts = new MessageTexts(link, folder, report);
    }

    /**
     * Takes in what there is.
     *
     * @param catchUp return when all has come that had happened when it was called; else only when the line is lost, or some time after
     * @throws StatusRuntimeException when the line is lost; what was taken in by then stays
     * @throws IOException            the folder cannot be read or written
     */
    void run(final boolean catchUp) throws IOException {
        folder.open(); // what was not written is forgotten
        texts.fetch(Integer.MAX_VALUE);
        final Cursor cursor = folder.cursor();
        if (cursor != null) {
            try {
                follow(cursor, catchUp);
                return;
            } catch (final StatusRuntimeException refused) {
                if (!Link.reason(refused).equals(Result.START_AGAIN.name())) {
                    throw refused;
                }
                report.note("the server no longer has what came since: everything is read anew");
                folder.open();
                folder.forgetCursor();
            }
        }
        if (snapshot()) {
            follow(folder.cursor(), catchUp);
        }
    }

    private void follow(final Cursor from, final boolean catchUp) throws IOException {
        Cursor cursor = from;
        while (!link.watch(WatchRequest.newBuilder().setPostId(postId).setCursor(cursor).setCatchUp(catchUp).build(), reply -> {
            take(reply);
            return true;
        })) {
            cursor = folder.cursor();
        }
    }

    /** All events of a message, or none. */
    private void take(final WatchReply reply) throws IOException {
        final Changes changes = folder.changes();
        final List<ArrivalLog.Line> lines = new ArrayList<>();
        boolean calendarIsNew = false;
        long closuresAt = 0;
        long nowMs = 0;
        for (final Event event : reply.getEventsList()) {
            if (!copy.concerns(event)) {
                continue;
            }
            copy.event(changes, event);
            lines.add(new ArrivalLog.Line(Place.of(event.getCursor()), event.getNowMs(), MessageJson.of(event, ZoneOffset.UTC)));
            switch (event.getEventCase()) {
                case CHANGE_APPLIED -> calendarIsNew = true;
                case DAYS_CLOSED, CLOSURE_IN_FORCE, DAYS_REOPENED -> closuresAt = event.getCursor().getPosition();
                default -> { }
            }
            nowMs = event.getNowMs();
        }
        if (calendarIsNew) {
            calendar(changes, nowMs, reply.getCursor());
        }
        if (closuresAt > 0) {
            closures(changes, closuresAt);
        }
        if (nowMs == 0) {
            folder.write(reply.getCursor()); // nothing for this post, but further on
        } else {
            folder.write(changes, lines, reply.getCursor(), nowMs);
        }
        report.came(lines.size(), reply.getCursor().getPosition());
        if (reply.getEventsList().stream().anyMatch(Event::hasMessageSent)) {
            texts.fetch(NEWEST_DATES);
        }
    }

    /** Staged days are in force: which they are is not said again, so all are read. Each says up to where it is. */
    private void calendar(final Changes changes, final long nowMs, final Cursor cursor) throws IOException {
        for (final WatchReply part : read(nowMs, false)) {
            for (final Day day : part.getDaysList()) {
                copy.day(changes, day, Place.of(cursor));
            }
        }
    }

    /** @return their numbers */
    private Set<Long> closures(final Changes changes, final long atPosition) throws IOException {
        final Set<Long> numbers = new HashSet<>();
        for (final Closure closure : link.closures(postId, atPosition)) {
            copy.closure(changes, closure);
            numbers.add(closure.getClosureId());
        }
        folder.keepClosures(changes, numbers);
        return numbers;
    }

    /** Up to where the snapshot is whole, or the server has ended it. */
    private List<WatchReply> read(final long nowMs, final boolean visits) throws IOException {
        final WatchRequest request = WatchRequest.newBuilder().setPostId(postId).setFromEpochDay((int) PostFolder.firstKept(nowMs)).setDays(DAYS).setVisits(visits).build();
        final List<WatchReply> parts = new ArrayList<>();
        while (!link.watch(request, reply -> {
            parts.add(reply);
            if (visits) {
                report.reading(reply.getVisitsCount(), reply.getDaysCount());
            }
            return !reply.getSnapshotComplete();
        })) {
            parts.clear(); // it begins anew
        }
        return parts;
    }

    /** Everything as it stands, in memory first: a line that is lost meanwhile leaves the folder as it was. @return false: the server has ended it, for it stops */
    private boolean snapshot() throws IOException {
        final List<WatchReply> parts = read(System.currentTimeMillis(), true);
        if (parts.isEmpty() || !parts.get(parts.size() - 1).getSnapshotComplete()) {
            return false;
        }
        final WatchReply end = parts.get(parts.size() - 1);
        final Place next = Place.of(end.getCursor());
        final Changes changes = folder.changes();
        final Set<String> visits = new HashSet<>();
        final Set<String> calendars = new HashSet<>();
        for (final WatchReply part : parts) {
            for (final Visit visit : part.getVisitsList()) {
                visits.add(copy.visit(changes, visit, Place.after(part.getVisitsPosition()), next));
            }
            for (final Day day : part.getDaysList()) {
                calendars.add(copy.day(changes, day, next));
            }
        }
        final Set<Long> closures = closures(changes, end.getCursor().getPosition());
        folder.writeSnapshot(changes, visits, calendars, closures, end.getCursor(), System.currentTimeMillis());
        report.snapshot(visits.size(), end.getCursor().getPosition());
        return true;
    }
}
