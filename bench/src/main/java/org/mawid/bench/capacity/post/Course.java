package org.mawid.bench.capacity.post;

import java.util.ArrayList;
import java.util.List;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.post.OpenDates.Open;
import org.mawid.bench.capacity.result.DeskFigures;

/** Where the simulation of one post stands: what its parts share. The weeks that are looked at are those from {@code plan.from()} on. One thread. */
final class Course {
    static final long DAY_MS = 86_400_000L;
    static final long MINUTE_MS = 60_000L;

    final Site site;
    final Plan plan;
    final OpenDates dates;
    final PostCore core;
    final Agenda agenda = new Agenda();
    final List<DeskFigures> figures = new ArrayList<>();
    private final int measuredFrom;
    private final int end;
    private int today;
    private Open open;

    /** @param today first date that is simulated */
    Course(final Site site, final Plan plan, final OpenDates dates, final PostCore core, final int today) {
        this.site = site;
        this.plan = plan;
        this.dates = dates;
        this.core = core;
        this.measuredFrom = (int) plan.from().toEpochDay();
        this.end = (int) plan.to().toEpochDay();
        this.today = today;
        site.desks().forEach(desk -> figures.add(new DeskFigures(end - measuredFrom)));
    }

    void begin(final int epochDay) {
        today = epochDay;
        open = dates.on(epochDay);
    }

    /** Local date, as an epoch day. */
    int today() {
        return today;
    }

    /** Today's hours, null when closed. */
    Open open() {
        return open;
    }

    /** Whether today is one of the days that are looked at. */
    boolean isMeasured() {
        return today >= measuredFrom && today < end;
    }

    /** Today among the days that are looked at, from 0 on. */
    int day() {
        return today - measuredFrom;
    }

    DeskFigures of(final Visitor visitor) {
        return figures.get(visitor.desk);
    }

    /** The local minute at an instant of today, with its part. */
    double minute(final long atMs) {
        return open == null ? dates.minute(atMs) : open.openMinute() + (atMs - open.startMs()) / (double) MINUTE_MS;
    }

    IllegalStateException unexpected(final String what) {
        return new IllegalStateException(site.post().code() + ": " + what);
    }
}
