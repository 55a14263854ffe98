package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServiceScope;

/** Whether there is room for legs, and the taking and giving back of it. */
final class NaiveRoom {
    private static final int KINDS = 4;
    private static final int SEAT = PoolKind.RECEPTION_SEAT.value();

    private final Model model;
    private final NaiveCatalogue catalogue;

    NaiveRoom(final Model model, final NaiveCatalogue catalogue) {
        this.model = model;
        this.catalogue = catalogue;
    }

    /** What one leg takes of which pool. Knows the leg's instant, so that a resource with another grid is found. */
    Model.TakenLeg claim(final Model.Application application, final Command.Leg leg) {
        final Model.Pool desk = model.pools.get(leg.deskId());
        final Model.Grid grid = model.visibleDay(leg.deskId(), leg.epochDay()).live;
        final int[] pools = new int[KINDS];
        final int[] places = new int[KINDS];
        pools[0] = desk.id;
        places[0] = NaiveApplications.personsOf(application, leg.lines()).size();
        for (int kind = 1; kind < KINDS; kind++) {
            final Model.Pool resource = catalogue.resource(desk.post, kind);
            final int wanted = resource == null ? 0 : wanting(application, leg.lines(), kind);
            places[kind] = wanted;
            pools[kind] = wanted == 0 ? 0 : resource.id;
        }
        return new Model.TakenLeg(leg, grid.startMs + leg.startUnit() * Model.UNIT_MS, pools, places, 0);
    }

    private int wanting(final Model.Application application, final int lines, final int kind) {
        if (kind == SEAT) {
            return NaiveApplications.personsOf(application, lines).size();
        }
        return (int) NaiveApplications.linesOf(application, lines).stream()
                .filter(line -> (model.services.get(line.serviceId).resourceKinds & 1 << kind) != 0)
                .map(line -> line.personKey).distinct().count();
    }

    /** Kinds of resource that the line's service needs and the post lacks. */
    boolean lacksResource(final Model.Post post, final Model.Line line) {
        final int needed = model.services.get(line.serviceId).resourceKinds;
        for (int kind = 1; kind < KINDS; kind++) {
            if ((needed & 1 << kind) != 0 && catalogue.resource(post, kind) == null) {
                return true;
            }
        }
        return false;
    }

    /** @param orAccepted whether the applicant's other posts will do as well as the chosen one */
    boolean wrongPost(final Model.Application application, final Model.Line line, final Model.Post post, final boolean orAccepted) {
        final boolean elsewhere = application.postId != 0 && application.postId != post.id && !(orAccepted && application.acceptedPosts.contains(post.id));
        final boolean registered = model.services.get(line.serviceId).scope == ServiceScope.REGISTERED_POST
                && line.registeredPostId != 0 && line.registeredPostId != post.id;
        return elsewhere || registered;
    }

    /** Units that the person with most to do in a leg needs. */
    int unitsNeeded(final Model.Application application, final int lines) {
        int most = 0;
        for (final long person : NaiveApplications.personsOf(application, lines)) {
            final int minutes = NaiveApplications.linesOf(application, lines).stream().filter(line -> line.personKey == person)
                    .mapToInt(line -> model.services.get(line.serviceId).durationMinutes * line.quantity).sum();
            most = Math.max(most, (minutes + 4) / 5);
        }
        return most;
    }

    /** Each leg takes at its desk from the places of its class: there must be enough left of them. @return OK, or why there is no room */
    Result verdict(final List<Model.TakenLeg> claims) {
        final Map<Model.DayKey, int[][]> demands = new TreeMap<>();
        boolean closed = !addUp(claims, demands);
        boolean soldOut = false;
        boolean held = false;
        for (final Map.Entry<Model.DayKey, int[][]> entry : demands.entrySet()) {
            final Model.Day day = model.days.get(entry.getKey());
            for (int unit = 0; unit < Model.UNITS; unit++) {
                final int[] demand = at(unit, entry.getValue());
                if (sum(demand) == 0) {
                    continue;
                }
                final int open = day.open(day.live, unit);
                final boolean failsLive = open - day.taken(unit) < demand[0];
                if (failsLive && day.live.capacity[unit] == 0) {
                    closed = true;
                } else if (failsLive ? open - day.booked[unit] < demand[0] : !fitsStaged(day, unit, demand)) {
                    soldOut = true;
                } else if (failsLive) {
                    held = true;
                }
                for (int quota = 1; quota < Model.CLASSES; quota++) {
                    soldOut |= demand[quota] > day.left(day.live, unit, quota);
                }
            }
        }
        if (closed) {
            return Result.CLOSED;
        }
        if (soldOut) {
            return Result.SOLD_OUT;
        }
        return held ? Result.HELD_BY_OTHER : Result.OK;
    }

    /** Whether the waiting day would still have room for all that is taken, if this were too. */
    private static boolean fitsStaged(final Model.Day day, final int unit, final int[] demand) {
        final int all = sum(demand);
        if (day.staged == null || all == 0) {
            return true;
        }
        int left = 0;
        for (int quota = 1; quota < Model.CLASSES; quota++) {
            left += Math.max(0, day.staged.kept[quota][unit] - day.takenOf[quota][unit] - demand[quota]);
        }
        return sameGrid(day) && day.staged.offered(unit) - left - day.taken(unit) >= all;
    }

    /** Of each class. Loops, as in {@link #sum}: offers are searched for unit by unit, which took most of the twin's time with streams. */
    private static int[] at(final int unit, final int[][] places) {
        final int[] demand = new int[Model.CLASSES];
        for (int quota = 0; quota < Model.CLASSES; quota++) {
            demand[quota] = places[quota][unit];
        }
        return demand;
    }

    private static int sum(final int[] demand) {
        int sum = 0;
        for (final int places : demand) {
            sum += places;
        }
        return sum;
    }

    private static boolean sameGrid(final Model.Day day) {
        return day.live.startMs == day.staged.startMs && day.live.alignUnits == day.staged.alignUnits;
    }

    /** @return false when a pool has no unit for a part of some leg */
    private boolean addUp(final List<Model.TakenLeg> legs, final Map<Model.DayKey, int[][]> demands) {
        boolean covered = true;
        for (final Model.TakenLeg taken : legs) {
            for (int kind = 0; kind < KINDS; kind++) {
                if (taken.places()[kind] == 0) {
                    continue;
                }
                final Model.DayKey key = new Model.DayKey(taken.pools()[kind], taken.leg().epochDay());
                final Model.Day day = model.visibleDay(key.poolId(), key.epochDay());
                if (day == null) {
                    covered = false;
                    continue;
                }
                final int[] demand = demands.computeIfAbsent(key, k -> new int[Model.CLASSES][Model.UNITS])[kind == 0 ? taken.quota() : 0];
                final int start = startUnit(taken, day);
                for (int unit = start; unit < start + taken.leg().units(); unit++) {
                    if (unit < 0 || unit >= day.live.unitCount) {
                        covered = false;
                    } else {
                        demand[unit] += taken.places()[kind];
                    }
                }
            }
        }
        return covered;
    }

    private static int startUnit(final Model.TakenLeg taken, final Model.Day day) {
        return Math.toIntExact(Math.floorDiv(taken.startMs() - day.live.startMs, Model.UNIT_MS));
    }

    /** What moved: as it is told, and where. */
    record Moved(List<NaiveEvents.Room> rooms, List<NaiveEvents.Kept> kept, List<Span> spans) {
        static Moved none() {
            return new Moved(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Units of a day from which a leg took, or to which it gave back. */
    record Span(int poolId, int epochDay, int startUnit, int units) {
    }

    /** Moves places: +1 takes, -1 gives back. @return what the availability masks have to know */
    Moved move(final Model.Visit visit, final int sign, final boolean asBooked) {
        final Moved moved = Moved.none();
        for (final Model.TakenLeg taken : visit.legs()) {
            for (int kind = 0; kind < KINDS; kind++) {
                final Model.Day day = model.days.get(new Model.DayKey(taken.pools()[kind], taken.leg().epochDay()));
                if (taken.places()[kind] == 0 || day == null) {
                    continue;
                }
                final int change = sign * taken.places()[kind];
                final int quota = kind == 0 ? taken.quota() : 0;
                final int start = startUnit(taken, day);
                final Span span = new Span(taken.pools()[kind], taken.leg().epochDay(), start, taken.leg().units());
                for (int unit = start; unit < start + taken.leg().units(); unit++) {
                    final int before = day.open(day.live, unit);
                    (asBooked ? day.booked : day.held)[unit] += change;
                    day.takenOf[quota][unit] += quota == 0 ? 0 : change;
                    addRun(moved.rooms, span, unit, day.open(day.live, unit) - before - change, day.open(day.live, unit) - before);
                }
                moved.spans.add(span);
                if (quota != 0) {
                    moved.kept.add(new NaiveEvents.Kept(span.poolId, span.epochDay, start, span.units, quota, change, 0));
                }
            }
        }
        return moved;
    }

    /** One unit more of a leg's, behind those that moved alike. */
    private static void addRun(final List<NaiveEvents.Room> rooms, final Span span, final int unit, final int delta, final int openDelta) {
        final NaiveEvents.Room last = unit == span.startUnit ? null : rooms.get(rooms.size() - 1);
        if (last != null && last.delta() == delta && last.openDelta() == openDelta) {
            rooms.set(rooms.size() - 1, new NaiveEvents.Room(span.poolId, span.epochDay, last.startUnit(), last.units() + 1, delta, openDelta));
        } else {
            rooms.add(new NaiveEvents.Room(span.poolId, span.epochDay, unit, 1, delta, openDelta));
        }
    }
}
