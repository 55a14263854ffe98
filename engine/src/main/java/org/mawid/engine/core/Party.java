package org.mawid.engine.core;

import org.mawid.engine.allocation.Allocation;
import org.mawid.engine.allocation.Visit;
import org.mawid.engine.application.Applications;
import org.mawid.engine.application.Lines;
import org.mawid.engine.application.Persons;
import org.mawid.engine.application.Submission;
import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.catalogue.Pools;
import org.mawid.engine.catalogue.Services;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;

/**
 * Who comes for what: the lines of one visit and the distinct persons behind them, from an application or from lines not opened yet.
 * Works out how long each leg takes and which places it needs. One instance is filled again and again.
 */
final class Party {
    private static final int MOST = Applications.MOST_LINES;
    private static final int KINDS = 4;
    private static final int SEATS = 3;
    private static final int UNIT_MINUTES = 5;
    static final int MOST_UNITS = 192;

    private final Catalogue catalogue;
    private final Applications applications;
    private final int[] service = new int[MOST];
    private final int[] quantity = new int[MOST];
    private final int[] registered = new int[MOST];
    private final int[] priority = new int[MOST];
    private final int[] person = new int[MOST];
    private final int[] slots = new int[MOST];
    private final long[] keys = new long[MOST];
    private final int[] minutes = new int[MOST];
    private final int[] comers = new int[Visit.MOST_LEGS];
    private final int[] needers = new int[KINDS];
    private int persons;
    private int needed;
    private long nextHoldMs;

    Party(final Catalogue catalogue, final Applications applications) {
        this.catalogue = catalogue;
        this.applications = applications;
    }

    /** The lines of an application in the order of the legs; persons are numbered as they first appear. */
    void load(final long application, final Visit visit) {
        persons = 0;
        for (int leg = 0; leg < visit.count(); leg++) {
            load(application, visit.lines(leg));
        }
    }

    /** The lines of an application in ascending order. */
    void loadOne(final long application, final int lineSet) {
        persons = 0;
        load(application, lineSet);
    }

    private void load(final long application, final int lineSet) {
        final Lines lines = applications.lines();
        final long first = applications.firstLine(application);
        for (int set = lineSet; set != 0; set &= set - 1) {
            final int i = Integer.numberOfTrailingZeros(set);
            service[i] = lines.service(first + i);
            quantity[i] = lines.quantity(first + i);
            registered[i] = lines.registeredPost(first + i);
            priority[i] = lines.priority(first + i);
            final int slot = lines.person(first + i);
            int known = 0;
            while (known < persons && slots[known] != slot) {
                known++;
            }
            slots[known] = slot;
            persons = Math.max(persons, known + 1);
            person[i] = known;
        }
    }

    /** Lines that are not opened yet. */
    void load(final Submission submission) {
        persons = 0;
        for (int i = 0; i < submission.count(); i++) {
            service[i] = submission.service(i);
            quantity[i] = submission.quantity(i);
            registered[i] = submission.registeredPost(i);
            priority[i] = submission.priority(i);
            int known = 0;
            while (known < persons && keys[known] != submission.personKey(i)) {
                known++;
            }
            keys[known] = submission.personKey(i);
            persons = Math.max(persons, known + 1);
            person[i] = known;
        }
    }

    int service(final int line) {
        return service[line];
    }

    int quantity(final int line) {
        return quantity[line];
    }

    /** Whether these lines are emergencies, all of them. */
    boolean areEmergencies(final int lineSet) {
        for (int set = lineSet; set != 0; set &= set - 1) {
            if (priority[Integer.numberOfTrailingZeros(set)] != Priority.EMERGENCY.value()) {
                return false;
            }
        }
        return lineSet != 0;
    }

    /** Units that the leg looked at last needs. */
    int needed() {
        return needed;
    }

    /** Whether a desk serves these lines. @param chosenPost 0 = any */
    Result whyNotAt(final int deskId, final int lineSet, final int chosenPost, final boolean resourcesToo) {
        final int postId = catalogue.pools().post(deskId);
        final Pools pools = catalogue.pools();
        final Services services = catalogue.services();
        for (int set = lineSet; set != 0; set &= set - 1) {
            final int i = Integer.numberOfTrailingZeros(set);
            if (!pools.serves(deskId, service[i])) return Result.DESK_DOES_NOT_SERVE;
            if (chosenPost != 0 && chosenPost != postId) return Result.WRONG_POST;
            if (services.isForRegisteredPost(service[i]) && registered[i] != 0 && registered[i] != postId) return Result.WRONG_POST;
            if (resourcesToo && isMissing(postId, services.resourceKinds(service[i]))) return Result.RESOURCE_MISSING;
        }
        return Result.OK;
    }

    /** Whether the post lacks a resource that these lines need. */
    boolean lacksResources(final int postId, final int lineSet) {
        for (int set = lineSet; set != 0; set &= set - 1) {
            if (isMissing(postId, catalogue.services().resourceKinds(service[Integer.numberOfTrailingZeros(set)]))) {
                return true;
            }
        }
        return false;
    }

    private boolean isMissing(final int postId, final int kinds) {
        for (int kind = 1; kind < KINDS; kind++) {
            if ((kinds >>> kind & 1) != 0 && catalogue.posts().resource(postId, kind) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Works out units and places of a leg and writes the places to the visit. */
    void measure(final Visit visit, final int leg) {
        final int postId = catalogue.pools().post(visit.desk(leg));
        final Services services = catalogue.services();
        for (int p = 0; p < persons; p++) {
            minutes[p] = 0;
        }
        int all = 0;
        int longest = 0;
        needers[1] = 0;
        needers[2] = 0;
        needers[SEATS] = 0;
        for (int set = visit.lines(leg); set != 0; set &= set - 1) {
            final int i = Integer.numberOfTrailingZeros(set);
            final int p = person[i];
            all |= 1 << p;
            minutes[p] += services.durationMinutes(service[i]) * quantity[i];
            longest = Math.max(longest, minutes[p]);
            final int kinds = services.resourceKinds(service[i]);
            for (int kind = 1; kind < KINDS; kind++) {
                needers[kind] |= (kinds >>> kind & 1) << p;
            }
        }
        comers[leg] = all;
        needed = (longest + UNIT_MINUTES - 1) / UNIT_MINUTES;
        if (catalogue.posts().resource(postId, SEATS) != 0) {
            needers[SEATS] = all;
        }
        visit.places(leg, 0, Integer.bitCount(all));
        for (int kind = 1; kind < KINDS; kind++) {
            visit.places(leg, kind, Integer.bitCount(needers[kind]));
        }
    }

    /** Legs before this one that serve a person of it too, bit i = leg i. All of them were measured. */
    int apart(final int leg) {
        int legs = 0;
        for (int i = 0; i < leg; i++) {
            legs |= (comers[i] & comers[leg]) != 0 ? 1 << i : 0;
        }
        return legs;
    }

    /** Whether somebody would be at two places at once. */
    boolean isTwice(final Visit visit, final Allocation allocation) {
        for (int i = 0; i < visit.count(); i++) {
            for (int j = i + 1; j < visit.count(); j++) {
                if ((comers[i] & comers[j]) != 0 && allocation.overlap(visit, i, j)) {
                    return true;
                }
            }
        }
        return false;
    }

    // ---- limits of persons; only after lines of an application were loaded

    /** Whether a limit of one of the persons stands against another hold. @param holds false = a move: only the budget counts */
    Result whyNotThey(final long nowMs, final boolean holds) {
        final Persons they = applications.persons();
        for (int p = 0; p < persons; p++) {
            if (holds && they.holds(slots[p]) >= catalogue.rules().holdsPerPerson()) return Result.LIMIT_REACHED;
            final long nextMs = they.nextHoldMs(slots[p], nowMs);
            if (nextMs > nowMs) {
                nextHoldMs = nextMs;
                return Result.HOLD_BUDGET_SPENT;
            }
        }
        return Result.OK;
    }

    /** When the budget of the person that stood against it allows another hold. */
    long nextHoldMs() {
        return nextHoldMs;
    }

    /** Whether one of them has as many holds as a person may. */
    boolean hasAllHolds() {
        for (int p = 0; p < persons; p++) {
            if (applications.persons().holds(slots[p]) >= catalogue.rules().holdsPerPerson()) {
                return true;
            }
        }
        return false;
    }

    void spend(final long nowMs) {
        for (int p = 0; p < persons; p++) {
            applications.persons().spend(slots[p], nowMs);
        }
    }

    /** A hold of theirs begins (1) or ends (-1). */
    void countHold(final int change) {
        for (int p = 0; p < persons; p++) {
            applications.persons().countHold(slots[p], change);
        }
    }
}
