package org.mawid.bench.release.books;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.ground.PoolDay;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.visit.Visit;
import org.mawid.bench.release.wire.Exchange;

/**
 * Books of all that the server has said: which units of which pools are held and booked, by whom. What is in them at any moment is certain:
 * a hold counts from its answer until just before it is given back is asked for, so that more takers than places are a fault of the server's and
 * not of the order in which its answers came. Only the thread that decides.
 */
public final class Books {
    /** A hold that is kept, or that is being given back. */
    private static final class Kept {
        final Applicant applicant;
        final Visit visit;
        final long untilMs;
        boolean isGoing;

        Kept(final Applicant applicant, final Visit visit, final long untilMs) {
            this.applicant = applicant;
            this.visit = visit;
            this.untilMs = untilMs;
        }
    }

    private static final int MOST_TOLD = 10;

    private final Ground ground;
    private final Map<String, Kept> holds = new LinkedHashMap<>();
    private final Map<String, String> confirmedHolds = new HashMap<>();
    private final Map<Long, Exchange> spent = new HashMap<>();
    private final TreeSet<Long> touched = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();
    private long wrongCount;
    private long oversold;
    private long held;
    private long released;
    private long stamps;
    private long applications;

    public Books(final Ground ground) {
        this.ground = ground;
    }

    /** Applications that were brought. */
    public void brought(final int count) {
        applications += count;
    }

    /** A hold was answered. @param releasedAtMs when its day became bookable; 0 = long ago */
    public void held(final Exchange hold, final long releasedAtMs) {
        final Applicant applicant = hold.applicant();
        if (holds.containsKey(hold.made()) || confirmedHolds.containsKey(hold.made())) {
                   wrong("hold " + hold.made() + " was given twice");
            return;
        }
        if (hold.nowMs() != 0 && hold.nowMs() < releasedAtMs) {
                   wrong(where(applicant, hold.visit()) + " was held " + (releasedAtMs - hold.nowMs()) + " ms before its release");
        }
        final Exchange refusal = spent.get(applicant.personKey());
        if (refusal != null && hold.invokeNs() > refusal.completeNs() && hold.nowMs() != 0 && hold.nowMs() < refusal.detail()) {
                   wrong(where(applicant, hold.visit()) + " was held " + (refusal.detail() - hold.nowMs()) + " ms before its person's budget allowed it");
        }
        held++;
        stamps += hold.stamps();
        holds.put(hold.made(), new Kept(applicant, hold.visit(), hold.untilMs()));
        addHeld(applicant, hold.visit(), 1);
        if (!fits(applicant, hold.visit())) {
            forgetExpired(hold.nowMs());
            if (!fits(applicant, hold.visit())) {
                       oversold(where(applicant, hold.visit()) + " was held though it was full");
            }
        }
    }

    /** A hold was refused because its person has made too many: until the instant that the refusal names none may be given. */
    public void budgetSpent(final Exchange refusal) {
        if (refusal.detail() <= 0) {
                   wrong("a spent budget of holds that does not say when it comes back");
        }
        spent.put(refusal.applicant().personKey(), refusal);
    }

    /** A hold was made an appointment. */
    public void confirmed(final Exchange confirm) {
        final Kept kept = holds.remove(confirm.hold());
        if (kept == null) {
                   wrong("hold " + confirm.hold() + " was confirmed and nobody has it: " + confirmedHolds.getOrDefault(confirm.hold(), "it was never given, or given back"));
            return;
        }
        stamps += confirm.stamps();
        if (!kept.isGoing) {
            addHeld(kept.applicant, kept.visit, -1);
        }
        confirmedHolds.put(confirm.hold(), confirm.made());
        change(kept.applicant, kept.visit, (day, unit) -> day.addBooked(unit, 1));
        if (!fits(kept.applicant, kept.visit)) {
                   oversold(where(kept.applicant, kept.visit) + " was confirmed though it was full");
        }
    }

    /** A hold is about to be given back: from now on it is not certain. @return false when nobody has it any more */
    public boolean givingBack(final String hold) {
        final Kept kept = holds.get(hold);
        if (kept != null && !kept.isGoing) {
            kept.isGoing = true;
            addHeld(kept.applicant, kept.visit, -1);
        }
        return kept != null;
    }

    /** A hold has ended without an appointment: given back, or its time was over. */
    public void ended(final String hold) {
        if (givingBack(hold)) {
            holds.remove(hold);
            released++;
        }
    }

    /** References of all that were confirmed. */
    public List<String> appointments() {
        return List.copyOf(confirmedHolds.values());
    }

    /** Holds that the server still keeps, as far as is known, by reference: not changed when the books are. */
    public Map<String, Applicant> liveHolds() {
        final Map<String, Applicant> live = new LinkedHashMap<>();
        holds.forEach((hold, kept) -> live.put(hold, kept.applicant));
        return live;
    }

    private void forgetExpired(final long nowMs) {
        final List<String> over = new ArrayList<>();
        holds.forEach((hold, kept) -> {
            if (kept.untilMs <= nowMs) {
                over.add(hold);
            }
        });
        over.forEach(this::ended);
    }

    private void addHeld(final Applicant applicant, final Visit visit, final int change) {
        change(applicant, visit, (day, unit) -> day.addHeld(unit, change));
    }

    private boolean fits(final Applicant applicant, final Visit visit) {
        final boolean[] fits = {true};
        change(applicant, visit, (day, unit) -> fits[0] &= day.left(unit) >= 0);
        return fits[0];
    }

    @FunctionalInterface
    private interface Change {
        void of(PoolDay day, int unit);
    }

    /** Every unit of the desks and of the resources that the visit takes. */
    private void change(final Applicant applicant, final Visit visit, final Change change) {
        for (final Visit.Leg leg : visit.legs()) {
            final PoolDay desk = ground.day(leg.deskId(), visit.epochDay());
            if (desk == null) {
                       wrong(where(applicant, visit) + " was given, and there is no such day");
                continue;
            }
            for (final int pool : applicant.post().pools(leg.deskId(), leg.kinds())) {
                final PoolDay day = ground.day(pool, visit.epochDay());
                if (day == null) {
                           wrong(where(applicant, visit) + " was given, and its resource " + pool + " is closed");
                } else {
                    change(day, (int) (desk.gridUnit(leg.startUnit()) - day.gridUnit(0)), leg.units(), change);
                }
            }
        }
    }

    private void change(final PoolDay day, final int from, final int units, final Change change) {
        touched.add(day.key());
        for (int unit = from; unit < from + units; unit++) {
            if (unit < 0 || unit >= day.units()) {
                       wrong("pool " + day.poolId() + " has no unit " + unit + " on " + java.time.LocalDate.ofEpochDay(day.epochDay()));
                return;
            }
            change.of(day, unit);
        }
    }

    private static String where(final Applicant applicant, final Visit visit) {
        return applicant.post().code() + " desk " + visit.first().deskId() + " on " + java.time.LocalDate.ofEpochDay(visit.epochDay()) + " unit " + visit.first().startUnit();
    }

    private void oversold(final String what) {
        oversold++;
               wrong(what + ": oversold");
    }

    private void wrong(final String what) {
        if (++wrongCount <= MOST_TOLD) {
            wrong.add(what);
        }
    }

    /** What cannot be: the first {@value #MOST_TOLD}. */
    public List<String> wrong() {
        return wrong;
    }

    /** How often more was given than there was. */
    public long oversold() {
        return oversold;
    }

    /** How often anything was given that cannot be. */
    public long wrongCount() {
        return wrongCount;
    }

    /** Days of pools that anything was taken of. */
    public List<PoolDay> touched() {
        return touched.stream().map(ground.days()::get).toList();
    }

    /** Holds that were given, ever. */
    public long held() {
        return held;
    }

    /** Holds that were given back. */
    public long released() {
        return released;
    }

    public long confirmed() {
        return confirmedHolds.size();
    }

    public long live() {
        return holds.size();
    }

    public long stamps() {
        return stamps;
    }

    public long applications() {
        return applications;
    }
}
