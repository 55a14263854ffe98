package org.mawid.bench.capacity.post;

import java.util.List;
import org.mawid.bench.capacity.demand.Party;
import org.mawid.bench.capacity.demand.Stop;
import org.mawid.bench.capacity.demand.Temper;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.sbe.Result;

/** A party at a post: what they want, and how far they have come. One thread. */
final class Visitor {
    /** What became of them. Each ends in exactly one of these. */
    enum End { OPEN, SERVED, NO_SHOW, CANCELLED, REFUSED, REJECTED }

    private final Party party;
    final long number;
    final long askedMs;
    final boolean walkIn;
    final Temper temper;
    /** One after the other, most have one. */
    final List<Stop> stops;
    /** Index of the desk of the first: what is counted by visit counts there. */
    final int desk;
    /** By line, in ascending order of person. */
    final int[] services;
    final int[] quantities;
    final int[] persons;
    /** Of all stops, without what they wait between them. */
    final int units;
    final boolean needsValidation;

    /** They found nothing at another post and have come from there. */
    boolean hasCome;

    // how far they have come
    boolean counted;
    End end = End.OPEN;
    /** How often they have submitted. */
    int submissions;
    /** Of applications that were rejected: the lines that were, and the others, which they withdrew. */
    int rejectedLines;
    int withdrawnLines;
    long application;
    long hold;
    long appointment;
    long validatedMs;
    /** When they first looked, and their notice had passed: from then on they wait. */
    long readyMs;
    long startMs;
    /** How often the post has moved them. */
    int replaced;
    /** When they cancel or move. */
    long changeMs;
    int stamps;
    long stampCentimes;
    /** Units of service that the stamps are for. */
    int stampedServices;
    int epochDay;
    /** By stop. */
    int[] startUnits;
    /** Which stop they are at, or go to next. */
    int at;
    long arrivedMs;
    long calledMs;
    int counter;
    /** Events of an appointment that was moved or cancelled carry an older one and mean nothing any more. */
    int version;
    boolean hasGone;
    boolean hasLapsed;
    boolean hasLooked;
    boolean hasMoved;
    boolean isCheckedIn;
    /** How the core refused the first date that they would have liked; null = it did not. */
    Result refused;
    Result refusedFirst;

    Visitor(final Party party) {
        this.party = party;
        this.number = party.number();
        this.askedMs = party.askedMs();
        this.walkIn = party.walkIn();
        this.temper = party.temper();
        this.stops = party.stops();
        this.desk = stops.get(0).desk();
        this.services = party.lines().services();
        this.quantities = party.lines().quantities();
        this.persons = party.lines().persons();
        this.units = stops.stream().mapToInt(Stop::units).sum();
        this.needsValidation = party.lines().needsValidation();
    }

    /** The same people as they ask at another post: with what is validated already, and waiting since they first looked. */
    Visitor elsewhere(final int fromPostId, final Site there) {
        final Visitor visitor = new Visitor(party.elsewhere(fromPostId, there::deskOf));
        visitor.hasCome = true;
        visitor.counted = counted;
        visitor.hasLooked = hasLooked;
        visitor.readyMs = readyMs;
        visitor.refusedFirst = refusedFirst;
        return visitor;
    }

    /** All lines, as a set. */
    int allLines() {
        return (1 << services.length) - 1;
    }

    /** Units of all services together. */
    int serviceCount() {
        int all = 0;
        for (final int quantity : quantities) {
            all += quantity;
        }
        return all;
    }

    /** When they stop looking. */
    long lookUntilMs() {
        return validatedMs + Math.round(temper.lookDays() * Course.DAY_MS);
    }

    /** Nominal, of all their services. */
    double minutes() {
        return stops.stream().mapToDouble(Stop::minutes).sum();
    }

    /** Where they are, or go to next. */
    Stop stop() {
        return stops.get(at);
    }

    /** When that begins, as planned. */
    long dueMs() {
        return startMs + (startUnits[at] - startUnits[0]) * OpenDates.UNIT_MS;
    }

    /** What they take there. */
    long minutesMs() {
        return Math.max(1_000L, Math.round(stop().minutes() * temper.serviceFactor() * 60_000L));
    }

    /** Whether their visit has a place at a desk in a unit of its day. */
    boolean takes(final int ofDesk, final int unit) {
        for (int i = 0; i < stops.size(); i++) {
            if (stops.get(i).desk() == ofDesk && startUnits[i] <= unit && unit < startUnits[i] + stops.get(i).units()) {
                return true;
            }
        }
        return false;
    }
}
