package org.mawid.bench.capacity;

import org.mawid.sbe.Result;

/** Somebody, perhaps with others, who asks for one visit at one desk: what they want, and how far they have come. One thread. */
final class Visitor {
    /** What became of them. Each ends in exactly one of these. */
    enum End { OPEN, SERVED, NO_SHOW, CANCELLED, REFUSED, REJECTED }

    final long number;
    final long askedMs;
    final boolean walkIn;
    final Temper temper;
    /** Index of the desk. */
    final int desk;
    /** By line, in ascending order of person. */
    final int[] services;
    final int[] quantities;
    final int[] persons;
    /** By person: the leg in which they are served. One person after the other, at the same counter. */
    final int[] legLines;
    final int[] legUnits;
    final int units;
    /** Bit k = a place of PoolKind k is needed. */
    final int kinds;
    /** Nominal minutes of all services together. */
    final double minutes;
    final boolean needsValidation;

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
    int startUnit;
    long arrivedMs;
    long calledMs;
    int counter;
    /** Events of an appointment that was moved or cancelled carry an older one and mean nothing any more. */
    int version;
    boolean hasLapsed;
    boolean hasLooked;
    boolean hasMoved;
    boolean isCheckedIn;
    /** How the core refused the first date that they would have liked; null = it did not. */
    Result refused;
    Result refusedFirst;

    Visitor(final long number, final long askedMs, final boolean walkIn, final Temper temper, final int desk, final Lines lines) {
        this.number = number;
        this.askedMs = askedMs;
        this.walkIn = walkIn;
        this.temper = temper;
        this.desk = desk;
        this.services = lines.services();
        this.quantities = lines.quantities();
        this.persons = lines.persons();
        this.legLines = lines.legLines();
        this.legUnits = lines.legUnits();
        int all = 0;
        for (final int leg : legUnits) {
            all += leg;
        }
        this.units = all;
        this.kinds = lines.kinds();
        this.minutes = lines.minutes();
        this.needsValidation = lines.needsValidation();
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

    long minutesMs() {
        return Math.max(1_000L, Math.round(minutes * temper.serviceFactor() * 60_000L));
    }
}
