package org.mawid.bench.capacity.post;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mawid.bench.capacity.post.Visitor.End;
import org.mawid.engine.core.Counts;

/** Everybody who asked at one post, and what became of them: each has one end, and the core must have counted the same. One thread. */
final class PostBooks {
    private final String post;
    private final List<Visitor> visitors = new ArrayList<>();

    PostBooks(final String post) {
        this.post = post;
    }

    void asked(final Visitor visitor) {
        visitors.add(visitor);
    }

    /** @return what was counted @throws IllegalStateException naming what the core has otherwise */
    Map<String, Long> balanced(final Counts counts) {
        final Map<End, Long> ends = new EnumMap<>(End.class);
        for (final End one : End.values()) {
            ends.put(one, 0L);
        }
        long applications = 0;
        long withAppointment = 0;
        long fulfilled = 0;
        long rejected = 0;
        long closed = 0;
        long issued = 0;
        long madeVoid = 0;
        long went = 0;
        long came = 0;
        for (final Visitor visitor : visitors) {
            ends.merge(visitor.end, 1L, Long::sum);
            went += visitor.hasGone ? 1 : 0;
            came += visitor.hasCome ? 1 : 0;
            applications += Math.max(1, visitor.submissions); // who walks in has submitted nothing before
            withAppointment += visitor.end == End.OPEN && visitor.appointment != 0 ? 1 : 0;
            fulfilled += visitor.end == End.SERVED ? visitor.services.length : 0;
            rejected += visitor.rejectedLines;
            closed += closedLines(visitor);
            final boolean isUnused = visitor.end == End.CANCELLED || visitor.end == End.NO_SHOW;
            issued += isUnused ? 0 : visitor.stamps;
            madeVoid += isUnused ? visitor.stamps : 0;
        }
        final long openOnes = counts.of("appointments.CONFIRMED") + counts.of("appointments.CHECKED_IN") + counts.of("appointments.CALLED");
        same("applications", applications, counts.of("applications"));
        same("served", ends.get(End.SERVED), counts.of("appointments.SERVED"));
        same("no-shows", ends.get(End.NO_SHOW), counts.of("appointments.NO_SHOW"));
        same("cancelled", ends.get(End.CANCELLED), counts.of("appointments.CANCELLED"));
        same("appointments still open", withAppointment, openOnes);
        same("services served", fulfilled, counts.of("lines.FULFILLED"));
        same("services rejected", rejected, counts.of("lines.REJECTED"));
        same("services withdrawn", closed, counts.of("lines.WITHDRAWN"));
        same("stamps issued", issued, counts.of("stamps.ISSUED"));
        same("stamps void", madeVoid, counts.of("stamps.VOID"));
        final Map<String, Long> books = new LinkedHashMap<>();
        books.put("arrivals", (long) visitors.size());
        books.put("served", ends.get(End.SERVED));
        books.put("noShow", ends.get(End.NO_SHOW));
        books.put("cancelled", ends.get(End.CANCELLED));
        books.put("refused", ends.get(End.REFUSED));
        books.put("rejected", ends.get(End.REJECTED));
        books.put("stillOpen", ends.get(End.OPEN));
        books.put("wentElsewhere", went);
        books.put("cameFromElsewhere", came);
        books.put("stampsIssued", issued);
        books.put("stampsVoid", madeVoid);
        return books;
    }

    /** Withdrawn: what was not rejected of an application that was, and all of one that ended without a visit. */
    private static long closedLines(final Visitor visitor) {
        final boolean isWithdrawn = visitor.end == End.NO_SHOW || visitor.end == End.CANCELLED || visitor.end == End.REFUSED;
        return visitor.withdrawnLines + (isWithdrawn ? visitor.services.length : 0);
    }

    private void same(final String what, final long ours, final long theirs) {
        if (ours != theirs) {
            throw new IllegalStateException("the books of " + post + " do not balance: " + what + " " + ours + ", the core has " + theirs);
        }
    }
}
