package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Result;
import org.mawid.sbe.WaiterEnd;
import org.mawid.sbe.WaiterState;

/** Looks for room for those who wait, one after the other, and offers the first that is found. */
final class NaiveLooking {
    private static final int OFFERS_AT_ONCE = 4;
    private static final int STEPS_AT_ONCE = 256;
    private static final int WAITERS_AT_ONCE = 256;
    private static final int RUNS_A_STEP = 16;
    private static final int DATES_A_STEP = 32;

    private final Model model;
    private final NaiveRoom room;
    private final NaiveVisits visits;
    private final NaiveWaiters waiters;
    private final NaiveCooling cooling;
    private final NaiveEvents plainEvents;
    private final NaiveDisplacementEvents events;
    private int steps;
    private int passedOver;

    NaiveLooking(final Model model, final NaiveRoom room, final NaiveVisits visits, final NaiveWaiters waiters, final NaiveCooling cooling, final NaiveEvents plainEvents,
                 final NaiveDisplacementEvents events) {
        this.model = model;
        this.room = room;
        this.visits = visits;
        this.waiters = waiters;
        this.cooling = cooling;
        this.plainEvents = plainEvents;
        this.events = events;
    }

    void tick() {
        final List<Integer> looked = model.displacement.queues.entrySet().stream().filter(each -> each.getValue().looking != null).map(Map.Entry::getKey).toList();
        if (looked.isEmpty()) {
            return;
        }
        int postId = looked.get(0);
        if (model.coreVersion >= 7) { // one post after the other
            postId = looked.stream().filter(each -> each > model.cooling.lookedPost).findFirst().orElse(postId);
            model.cooling.lookedPost = postId;
        }
        final DisplacementModel.Queue queue = model.displacement.queues.get(postId);
        steps = 0;
        passedOver = 0;
        int offers = 0;
        for (int touched = 0; queue.looking != null && touched < WAITERS_AT_ONCE; touched++) {
            final DisplacementModel.Waiter waiter = queue.looking;
            final boolean last = queue.waiters.indexOf(waiter) == queue.waiters.size() - 1;
            if (!waiter.isDisplaced() && waiter.state != WaiterState.OFFERED && waiter.toDay < model.today() - 1) {
                waiters.end(waiter, WaiterEnd.DATES_OVER);
                if (last) {
                    return;
                }
                continue;
            }
            if (waiter.state == WaiterState.RESTING) {
                waiter.state = WaiterState.WAITING;
                model.displacement.saw("rested");
            } else if (wantsOne(waiter)) {
                if (offers == OFFERS_AT_ONCE || plainEvents.told() >= NaiveDisplacement.TOLD_AT_ONCE) {
                    model.displacement.saw("offered enough");
                    return;
                }
                final List<Model.TakenLeg> legs = search(queue, waiter);
                if (legs == null && !isThrough(queue, waiter)) {
                    model.displacement.saw("search goes on in the next Tick");
                    return;
                }
                if (legs != null && hasTables(legs.size())) {
                    offer(waiter, legs);
                    offers++;
                } else if (waiter.state != WaiterState.NO_ROOM) {
                    waiter.state = WaiterState.NO_ROOM;
                    events.noRoomFound(waiter);
                }
                if (legs == null && model.coreVersion >= 7) {
                    waiter.searched = queue.seesCame;
                }
            }
            queue.lookForTheNext(waiters.newestRun());
            if (last) {
                return;
            }
        }
    }

    private boolean wantsOne(final DisplacementModel.Waiter waiter) {
        final boolean may = waiter.state != WaiterState.OFFERED
                && (waiter.wantsEarlier() || NaiveApplications.linesOf(waiter.application(), waiter.lines).stream().allMatch(Model.Line::isFree));
        return may && (waiter.isDisplaced() || NaiveApplications.personsOf(waiter.application(), waiter.lines).stream()
                .allMatch(person -> model.persons.get(person).holds < model.rules.holdsPerPerson()));
    }

    private boolean hasTables(final int legs) {
        return model.holds.size() < model.rules.maxHolds() && model.legsInUse + legs <= model.rules.maxLegs();
    }

    private void offer(final DisplacementModel.Waiter waiter, final List<Model.TakenLeg> legs) {
        final Model.Post post = model.pools.get(legs.get(0).leg().deskId()).post;
        final long startMs = Collections.min(legs.stream().map(Model.TakenLeg::startMs).toList());
        final long ttlMs = waiter.isDisplaced() ? model.displacement.rules.offerTtlMs() : model.cooling.rules.offerTtlMs();
        cooling.makeRoom(legs, model.displacement.queues.get(waiter.post.id).sees);
        waiter.offer = visits.take(waiter.application(), new Model.Visit(post, startMs, legs), Math.min(model.nowMs + ttlMs, startMs), !waiter.wantsEarlier());
        waiter.state = WaiterState.OFFERED;
        waiter.searched = 0;
        waiter.offers++;
        events.offerMade(waiter);
        model.displacement.saw(!waiter.isDisplaced() ? waiter.wantsEarlier() ? "earlier offer" : "offer of room" : post == waiter.post ? "offer" : "offer at another post");
        if (waiter.offers > 1) {
            model.displacement.saw("another offer");
        }
    }

    /** From where the last Tick has come. @return null = nothing there, or looked at enough: then the queue says where to go on */
    private List<Model.TakenLeg> search(final DisplacementModel.Queue queue, final DisplacementModel.Waiter waiter) {
        final List<Integer> dates = dates(waiter);
        while (!isThrough(queue, waiter)) {
            if (queue.dates >= dates.size()) {
                queue.dates = 0;
                queue.posts++;
                continue;
            }
            if (steps >= STEPS_AT_ONCE) {
                return null;
            }
            if (queue.posts == 0 && !queue.isNew(waiter, dates.get(queue.dates))) {
                queue.dates++;
                steps += ++passedOver % DATES_A_STEP == 0 ? 1 : 0;
                model.displacement.saw("passed over");
                continue;
            }
            final int postId = queue.posts == 0 ? waiter.post.id : waiter.application().acceptedPosts.get(queue.posts - 1);
            steps += cooling.count(model.posts.get(postId), dates.get(queue.dates), -1, queue.sees) / RUNS_A_STEP + (model.coreVersion >= 7 ? 1 : 0);
            List<Model.TakenLeg> legs = on(dates.get(queue.dates), model.posts.get(postId), waiter);
            cooling.count(model.posts.get(postId), dates.get(queue.dates), 1, queue.sees);
            if (legs != null && waiter.wantsEarlier() && legs.stream().mapToLong(Model.TakenLeg::startMs).min().orElseThrow() >= waiter.lost.visit.startMs()) {
                legs = null;
                model.displacement.saw("not earlier");
            }
            if (legs != null) {
                return legs;
            }
            queue.dates++;
        }
        return null;
    }

    /** Who waits although there is room at their post, and nobody looks: each date, one by one. What was released in the last ten minutes is for the next. */
    List<DisplacementModel.Waiter> overlooked() {
        final List<DisplacementModel.Waiter> overlooked = new ArrayList<>();
        for (final DisplacementModel.Waiter waiter : model.displacement.waiters.values()) {
            final DisplacementModel.Queue queue = model.displacement.queues.get(waiter.post.id);
            if (queue.looking == null && model.cooling.releasedPost == CoolingModel.ALL_POSTS && waiter.state == WaiterState.NO_ROOM && waiter.searched > 0 && waiter.searched >= queue.anew && wantsOne(waiter)
                    && dates(waiter).stream().anyMatch(epochDay -> isOverlooked(waiter, epochDay))) {
                overlooked.add(waiter);
            }
        }
        return overlooked;
    }

    private boolean isOverlooked(final DisplacementModel.Waiter waiter, final int epochDay) {
        cooling.count(waiter.post, epochDay, -1, Long.MAX_VALUE);
        final List<Model.TakenLeg> legs = on(epochDay, waiter.post, waiter);
        cooling.count(waiter.post, epochDay, 1, Long.MAX_VALUE);
        return legs != null && (!waiter.wantsEarlier() || legs.stream().mapToLong(Model.TakenLeg::startMs).min().orElseThrow() < waiter.lost.visit.startMs())
                && legs.stream().allMatch(leg -> model.visibleDay(leg.leg().deskId(), epochDay).live.releasedAtMs <= model.cooling.span * CoolingModel.SPAN_MS);
    }

    private static boolean isThrough(final DisplacementModel.Queue queue, final DisplacementModel.Waiter waiter) {
        return queue.posts > (waiter.isDisplaced() ? waiter.application().acceptedPosts.size() : 0);
    }

    /** The date of the lost visit and those after it, then those before it. */
    private List<Integer> dates(final DisplacementModel.Waiter waiter) {
        final List<Integer> dates = new ArrayList<>();
        if (!waiter.isDisplaced()) {
            final int last = waiter.wantsEarlier() ? Math.min(waiter.toDay, waiter.lost.epochDay) : waiter.toDay;
            for (int epochDay = Math.max(waiter.fromDay, model.today()); epochDay <= last; epochDay++) {
                dates.add(epochDay);
            }
            return dates;
        }
        final int lost = waiter.lost.epochDay;
        for (int i = 0; i < model.displacement.rules.searchDays(); i++) {
            dates.add(Math.max(lost, model.today()) + i);
        }
        for (int epochDay = model.today(); epochDay < lost; epochDay++) {
            dates.add(epochDay);
        }
        return dates;
    }

    /** The legs of the lost visit, each as early as it can be on this date. @return null = not all of them */
    private List<Model.TakenLeg> on(final int epochDay, final Model.Post post, final DisplacementModel.Waiter waiter) {
        final List<Model.TakenLeg> placed = new ArrayList<>();
        final List<Integer> wanted = waiter.lost == null ? List.of(waiter.lines) : waiter.lost.visit.legs().stream().map(lost -> lost.leg().lines() & waiter.lines).toList();
        for (final int lines : wanted) {
            if (lines == 0) {
                continue;
            }
            Model.TakenLeg best = null;
            for (final Model.Pool desk : model.pools.values()) {
                if (desk.post == post && desk.kind == PoolKind.DESK && serves(desk, waiter.application(), lines)) {
                    steps++;
                    final Model.TakenLeg found = earliest(desk, epochDay, waiter, lines, placed);
                    best = found != null && (best == null || found.startMs() < best.startMs()) ? found : best;
                }
            }
            if (best == null) {
                return null;
            }
            placed.add(best);
        }
        return placed;
    }

    private boolean serves(final Model.Pool desk, final Model.Application application, final int lines) {
        return NaiveApplications.linesOf(application, lines).stream().allMatch(line -> desk.serves.contains(line.serviceId)
                && !room.wrongPost(application, line, desk.post, true) && !room.lacksResource(desk.post, line));
    }

    private Model.TakenLeg earliest(final Model.Pool desk, final int epochDay, final DisplacementModel.Waiter waiter, final int lines,
                                    final List<Model.TakenLeg> placed) {
        final Model.Application application = waiter.application();
        final long noticeMs = waiter.isDisplaced() ? model.displacement.rules.noticeMs() : model.cooling.rules.noticeMs();
        final Model.Day there = model.visibleDay(desk.id, epochDay);
        final Model.Day day = there != null && !waiter.isDisplaced() && there.live.releasedAtMs > model.nowMs ? null : there;
        final int units = room.unitsNeeded(application, lines);
        for (int unit = 0; day != null && unit + units <= day.live.unitCount; unit += day.live.alignUnits) {
            if (day.live.startMs + unit * Model.UNIT_MS >= model.nowMs + noticeMs) {
                final Model.TakenLeg leg = room.claim(application, new Command.Leg(desk.id, lines, epochDay, unit, units));
                final List<Model.TakenLeg> all = new ArrayList<>(placed);
                all.add(leg);
                if (placed.stream().noneMatch(other -> isTwice(application, leg, other)) && room.verdict(all) == Result.OK) {
                    return leg;
                }
            }
        }
        return null;
    }

    private static boolean isTwice(final Model.Application application, final Model.TakenLeg one, final Model.TakenLeg two) {
        final boolean atOnce = one.startMs() < two.startMs() + two.leg().units() * Model.UNIT_MS && two.startMs() < one.startMs() + one.leg().units() * Model.UNIT_MS;
        return atOnce && !Collections.disjoint(NaiveApplications.personsOf(application, one.leg().lines()),
                NaiveApplications.personsOf(application, two.leg().lines()));
    }
}
