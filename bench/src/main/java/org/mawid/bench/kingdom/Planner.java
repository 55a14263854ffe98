package org.mawid.bench.kingdom;

import java.util.SplittableRandom;

/**
 * Finds a visit for a case and takes its places in the generator's calendar: a leg for each person and desk, one after the other for the
 * same person, beside each other for companions where there is room. Where the day wished for is full, the next one that is not.
 * One thread; allocates nothing.
 */
final class Planner {
    /** How far ahead a day is on offer at most: released sixty days before (Release.DEFAULT). */
    static final int HORIZON_DAYS = 60;
    /** Between now and the beginning of the first day that is looked at. */
    private static final long AHEAD_MS = 3 * 3_600_000L;
    /** What a visit may take beyond its legs one after the other: waiting in between. */
    private static final int WAITING_UNITS = 6;
    private static final int STARTS_TRIED = 3;

    private final Realm realm;
    private final Places places;
    private final Cases cases;
    private final SplittableRandom random;
    private final int[] endOf = new int[8];
    private final short[] keptStart = new short[Cases.LINES];

    Planner(final Realm realm, final Places places, final Cases cases, final SplittableRandom random) {
        this.realm = realm;
        this.places = places;
        this.cases = cases;
        this.random = random;
    }

    /** Works out the legs of a case from its lines: what one person does at one desk with the same resources is one leg. */
    void legs(final int slot) {
        final int post = cases.post[slot];
        int count = 0;
        int total = 0;
        for (int line = 0; line < cases.lines[slot]; line++) {
            final int service = cases.service[Cases.at(slot, line)];
            final int person = cases.person[Cases.at(slot, line)];
            final int desk = realm.desk(post, service);
            final int kinds = realm.kinds(service);
            int leg = 0;
            while (leg < count && (cases.legDesk[Cases.at(slot, leg)] != desk || cases.legPerson[Cases.at(slot, leg)] != person
                    || cases.legKinds[Cases.at(slot, leg)] != kinds)) {
                leg++;
            }
            final int at = Cases.at(slot, leg);
            if (leg == count) {
                cases.legDesk[at] = (short) desk;
                cases.legPerson[at] = (byte) person;
                cases.legKinds[at] = (byte) kinds;
                cases.legLines[at] = 0;
                cases.legUnits[at] = 0;
                count++;
            }
            cases.legLines[at] |= (byte) (1 << line);
            cases.legUnits[at] += (short) realm.minutes(service); // minutes until all are there
        }
        for (int leg = 0; leg < count; leg++) {
            final int at = Cases.at(slot, leg);
            cases.legUnits[at] = (short) ((cases.legUnits[at] + 4) / 5);
            total += cases.legUnits[at];
        }
        cases.legs[slot] = (byte) count;
        cases.deskUnits[slot] = total;
    }

    /** The date that somebody would like who looks today: rather soon. @param today UTC date */
    int wish(final int slot, final int today, final long nowMs) {
        final int lead = 1 + random.nextInt(14) + random.nextInt(14);
        final int wished = today + lead;
        for (int date = wished; date < today + HORIZON_DAYS; date++) {
            if (places.isOnOffer(cases.post[slot], date, nowMs, nowMs + AHEAD_MS)) {
                return date;
            }
        }
        return Cases.NONE;
    }

    /**
     * Takes places on the first day from the wished one on that has them, or else on an earlier one.
     *
     * @return false = nothing within the horizon
     */
    boolean take(final int slot, final int wished, final int today, final long nowMs) {
        for (int date = wished; date < today + HORIZON_DAYS; date++) {
            if (takeOn(slot, date, nowMs)) {
                return true;
            }
        }
        for (int date = today; date < wished; date++) {
            if (takeOn(slot, date, nowMs)) {
                return true;
            }
        }
        return false;
    }

    boolean takeOn(final int slot, final int date, final long nowMs) {
        final int post = cases.post[slot];
        if (!places.isOnOffer(post, date, nowMs, nowMs + AHEAD_MS) || places.left(cases.legDesk[Cases.at(slot, 0)], date) < cases.legUnits[Cases.at(slot, 0)]) {
            return false;
        }
        final int end = places.units(post, date);
        final int preferred = random.nextInt(end);
        return takeFrom(slot, date, preferred) || takeFrom(slot, date, 0);
    }

    private boolean takeFrom(final int slot, final int date, final int from) {
        int earliest = from;
        for (int tried = 0; tried < STARTS_TRIED; tried++) {
            final int first = Cases.at(slot, 0);
            final int start = places.find(cases.legDesk[first], cases.legKinds[first], date, earliest, cases.legUnits[first]);
            if (start < 0) {
                return false;
            }
            if (takeAt(slot, date, start)) {
                cases.epochDay[slot] = date;
                return true;
            }
            earliest = start + cases.legUnits[first];
        }
        return false;
    }

    private boolean takeAt(final int slot, final int date, final int start) {
        final int latest = start + cases.deskUnits[slot] + WAITING_UNITS;
        final int count = cases.legs[slot];
        for (int person = 0; person < cases.persons[slot]; person++) {
            endOf[person] = start;
        }
        for (int leg = 0; leg < count; leg++) {
            final int at = Cases.at(slot, leg);
            final int begin = leg == 0 ? start
                    : places.find(cases.legDesk[at], cases.legKinds[at], date, endOf[cases.legPerson[at]], cases.legUnits[at]);
            if (begin < 0 || begin + cases.legUnits[at] > latest) {
                for (int taken = 0; taken < leg; taken++) {
                    add(slot, taken, date, -1);
                }
                return false;
            }
            cases.legStart[at] = (short) begin;
            endOf[cases.legPerson[at]] = begin + cases.legUnits[at];
            add(slot, leg, date, 1);
        }
        return true;
    }

    private void add(final int slot, final int leg, final int date, final int change) {
        final int at = Cases.at(slot, leg);
        places.add(cases.legDesk[at], cases.legKinds[at], date, cases.legStart[at], cases.legUnits[at], change);
    }

    /** The visit does not take place: its places are free again. */
    void giveBack(final int slot) {
        for (int leg = 0; leg < cases.legs[slot]; leg++) {
            add(slot, leg, cases.epochDay[slot], -1);
        }
    }

    /** Swaps the visit for one on another day, or leaves everything as it is. @return whether it was swapped */
    boolean move(final int slot, final int wished, final int today, final long nowMs) {
        final int oldDay = cases.epochDay[slot];
        final int first = Cases.at(slot, 0);
        System.arraycopy(cases.legStart, first, keptStart, 0, cases.legs[slot]);
        if (!take(slot, wished, today, nowMs)) {
            System.arraycopy(keptStart, 0, cases.legStart, first, cases.legs[slot]); // attempts have left theirs
            return false;
        }
        for (int leg = 0; leg < cases.legs[slot]; leg++) {
            final int at = Cases.at(slot, leg);
            places.add(cases.legDesk[at], cases.legKinds[at], oldDay, keptStart[leg], cases.legUnits[at], -1);
        }
        return true;
    }

    /** Start of the visit's earliest leg. */
    long startMs(final int slot) {
        int start = Integer.MAX_VALUE;
        for (int leg = 0; leg < cases.legs[slot]; leg++) {
            start = Math.min(start, cases.legStart[Cases.at(slot, leg)]);
        }
        return places.startMs(cases.post[slot], cases.epochDay[slot], start);
    }

    /** End of its latest one. */
    long endMs(final int slot) {
        int end = 0;
        for (int leg = 0; leg < cases.legs[slot]; leg++) {
            final int at = Cases.at(slot, leg);
            end = Math.max(end, cases.legStart[at] + cases.legUnits[at]);
        }
        return places.startMs(cases.post[slot], cases.epochDay[slot], end);
    }
}
