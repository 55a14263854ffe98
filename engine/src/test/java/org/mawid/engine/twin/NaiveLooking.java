package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.mawid.sbe.WaiterEnd;
import org.mawid.sbe.WaiterState;

/** Looks for room for those who wait, one after the other, and offers the first that is found. */
final class NaiveLooking {
    private static final int OFFERS_AT_ONCE = 4;
    private static final int STEPS_AT_ONCE = 256;
    private static final int STEPS_OF_A_LOOK = 192;
    private static final int WAITERS_AT_ONCE = 256;
    private static final int RUNS_A_STEP = 16;
    private static final int DATES_A_STEP = 32;

    private final Model model;
    private final NaiveOfferSearch search;
    private final NaiveVisits visits;
    private final NaiveWaiters waiters;
    private final NaiveCooling cooling;
    private final NaiveEvents plainEvents;
    private final NaiveDisplacementEvents events;
    private int passedOver;
    private int offers;
    private int mostSteps;

    NaiveLooking(final Model model, final NaiveRoom room, final NaiveVisits visits, final NaiveWaiters waiters, final NaiveCooling cooling, final NaiveEvents plainEvents,
                 final NaiveDisplacementEvents events) {
        this.model = model;
        this.search = new NaiveOfferSearch(model, room);
        this.visits = visits;
        this.waiters = waiters;
        this.cooling = cooling;
        this.plainEvents = plainEvents;
        this.events = events;
    }

    void tick() {
        final boolean looking = isAny(queue -> queue.looking != null);
        final boolean searching = isAny(queue -> queue.searching != null);
        offers = 0;
        if (looking) {
            if (model.coreVersion >= 7) { // one post after the other
                model.cooling.lookedPost = next(model.cooling.lookedPost, queue -> queue.looking != null);
            }
            begin(searching ? STEPS_OF_A_LOOK : STEPS_AT_ONCE);
            final NaiveQueue queue = model.displacement.queues.get(model.coreVersion >= 7 ? model.cooling.lookedPost : next(0, each -> each.looking != null));
            if (queue.beside) {
                queue.today(model.today());
                look(queue);
            } else {
                lookAndSearch(queue);
            }
        }
        if (searching && isAny(queue -> queue.searching != null)) {
            if (looking) {
                model.displacement.saw("search beside a look");
            }
            model.cooling.searchedPost = next(model.cooling.searchedPost, queue -> queue.searching != null);
            begin(looking ? STEPS_AT_ONCE - STEPS_OF_A_LOOK : STEPS_AT_ONCE);
            final NaiveQueue queue = model.displacement.queues.get(model.cooling.searchedPost);
            queue.today(model.today());
            searchAll(queue);
        }
    }

    private void begin(final int steps) {
        search.steps = 0;
        passedOver = 0;
        mostSteps = steps;
    }

    private boolean isAny(final Predicate<NaiveQueue> which) {
        return model.displacement.queues.values().stream().anyMatch(which);
    }

    private int next(final int after, final Predicate<NaiveQueue> which) {
        final List<Integer> those = model.displacement.queues.entrySet().stream().filter(each -> which.test(each.getValue())).map(Map.Entry::getKey).toList();
        return those.stream().filter(each -> each > after).findFirst().orElse(those.get(0));
    }

    // ---- from core version 8 on

    private void look(final NaiveQueue queue) {
        for (int touched = 0; queue.looking != null && touched < WAITERS_AT_ONCE; touched++) {
            final DisplacementModel.Waiter waiter = queue.looking;
            final boolean last = isLast(queue, waiter);
            if (isOver(waiter)) {
                waiters.end(waiter, WaiterEnd.DATES_OVER);
            } else {
                if (waiter.state == WaiterState.RESTING) {
                    waiter.state = WaiterState.WAITING;
                    miss(queue, waiter);
                    model.displacement.saw("rested");
                } else if (wantsOne(waiter)) {
                    if (isEnough()) {
                        return;
                    }
                    final boolean searched = queue.isSearched(waiter);
                    final int seen = searched ? waiter.searched : queue.saw;
                    final List<Model.TakenLeg> legs = goOn(queue.looked, waiter, queue.sees, (post, epochDay) -> !queue.cameSince(epochDay, seen));
                    if (legs == null && !isThrough(queue.looked, waiter)) {
                        model.displacement.saw("look goes on in the next Tick");
                        return;
                    }
                    waiter.passedOver = false;
                    if (legs != null) {
                        model.displacement.saw(searched ? "came for who was searched for" : "came for who was not searched for");
                        if (!isOffered(queue, waiter, legs, queue.sees, queue.seesCame)) {
                            miss(queue, waiter);
                        }
                    } else if (searched) {
                        waiter.searched = Math.max(waiter.searched, queue.seesCame);
                    }
                } else {
                    miss(queue, waiter);
                }
                queue.lookForTheNext(waiters.newestRun());
            }
            if (last) {
                return;
            }
        }
    }

    private void searchAll(final NaiveQueue queue) {
        for (int touched = 0; queue.searching != null && touched < WAITERS_AT_ONCE; touched++) {
            final DisplacementModel.Waiter waiter = queue.searching;
            final boolean last = isLast(queue, waiter);
            if (isOver(waiter)) {
                waiters.end(waiter, WaiterEnd.DATES_OVER);
            } else {
                if (waiter.missed > queue.saw) {
                    model.displacement.saw("missed the look that goes on");
                } else if (waiter.state == WaiterState.RESTING || queue.isSearched(waiter)) {
                    model.displacement.saw("not searched for now");
                } else if (wantsOne(waiter)) {
                    if (isEnough()) {
                        return;
                    }
                    final int since = queue.since;
                    final List<Model.TakenLeg> legs = goOn(queue.searched, waiter, queue.sawRun, (post, epochDay) -> queue.cameSince(epochDay, since));
                    if (legs == null && !isThrough(queue.searched, waiter)) {
                        model.displacement.saw("search goes on in the next Tick");
                        return;
                    }
                    waiter.passedOver = false;
                    if (legs == null) {
                        noRoom(waiter);
                        waiter.searched = since;
                        waiter.missed = 0;
                    } else if (!isOffered(queue, waiter, legs, queue.sawRun, since)) {
                        passOver(queue, waiter);
                    }
                } else {
                    passOver(queue, waiter);
                }
                queue.searchForTheNext();
            }
            if (last) {
                return;
            }
        }
    }

    private static boolean isLast(final NaiveQueue queue, final DisplacementModel.Waiter waiter) {
        return queue.waiters.indexOf(waiter) == queue.waiters.size() - 1;
    }

    private boolean isOver(final DisplacementModel.Waiter waiter) {
        return !waiter.isDisplaced() && waiter.state != WaiterState.OFFERED && waiter.toDay < model.today() - 1;
    }

    private boolean isEnough() {
        final boolean enough = offers == OFFERS_AT_ONCE || plainEvents.told() >= NaiveDisplacement.TOLD_AT_ONCE;
        if (enough) {
            model.displacement.saw("offered enough");
        }
        return enough;
    }

    private void passOver(final NaiveQueue queue, final DisplacementModel.Waiter waiter) {
        if (waiter.state != WaiterState.OFFERED) {
            queue.due = true;
            waiter.searched = 0;
            waiter.missed = 0;
            waiter.passedOver = true;
            model.displacement.saw("passed over, and due");
        }
    }

    /** The look cannot ask them. */
    private void miss(final NaiveQueue queue, final DisplacementModel.Waiter waiter) {
        passOver(queue, waiter);
        waiter.searched = 0;
        waiter.missed = queue.seesCame;
        if (waiter.state != WaiterState.OFFERED && queue.searching == waiter) {
            queue.searchForTheNext();
            model.displacement.saw("passed over while searched for");
        }
    }

    private boolean isOffered(final NaiveQueue queue, final DisplacementModel.Waiter waiter, final List<Model.TakenLeg> legs, final long newestRun, final int cameUntil) {
        if (!hasTables(legs.size())) {
            noRoom(waiter);
            return false;
        }
        if (overtakes(queue, waiter, legs, newestRun, cameUntil)) {
            model.displacement.saw("OVERTAKEN");
        }
        offer(waiter, legs, newestRun);
        offers++;
        return true;
    }

    /** Whether somebody before them in line, who was not passed over, could have what they are offered. What everybody may have anyhow does not count. */
    private boolean overtakes(final NaiveQueue queue, final DisplacementModel.Waiter who, final List<Model.TakenLeg> legs, final long newestRun, final int cameUntil) {
        final int epochDay = legs.get(0).leg().epochDay();
        final Model.Post post = model.pools.get(legs.get(0).leg().deskId()).post;
        return post == queue.waiters.get(0).post && !queue.cameSince(epochDay, cameUntil) && queue.waiters.subList(0, queue.waiters.indexOf(who)).stream()
                .anyMatch(before -> !before.passedOver && before.state != WaiterState.RESTING && wantsOne(before) && search.dates(before).contains(epochDay)
                        && isRoom(before, epochDay, newestRun));
    }

    private boolean isRoom(final DisplacementModel.Waiter waiter, final int epochDay, final long newestRun) {
        cooling.count(waiter.post, epochDay, -1, newestRun);
        final List<Model.TakenLeg> legs = search.on(epochDay, waiter.post, waiter);
        cooling.count(waiter.post, epochDay, 1, newestRun);
        return legs != null && !isTooLate(waiter, legs);
    }

    // ---- before

    private void lookAndSearch(final NaiveQueue queue) {
        for (int touched = 0; queue.looking != null && touched < WAITERS_AT_ONCE; touched++) {
            final DisplacementModel.Waiter waiter = queue.looking;
            final boolean last = isLast(queue, waiter);
            if (isOver(waiter)) {
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
                if (isEnough()) {
                    return;
                }
                final List<Model.TakenLeg> legs = goOn(queue.looked, waiter, queue.sees,
                        (post, epochDay) -> post == 0 && queue.isSearched(waiter) && !queue.cameSince(epochDay, waiter.searched));
                if (legs == null && !isThrough(queue.looked, waiter)) {
                    model.displacement.saw("search goes on in the next Tick");
                    return;
                }
                if (legs != null && hasTables(legs.size())) {
                    offer(waiter, legs, queue.sees);
                    offers++;
                } else {
                    noRoom(waiter);
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

    // ---- both

    private boolean wantsOne(final DisplacementModel.Waiter waiter) {
        final boolean may = waiter.state != WaiterState.OFFERED
                && (waiter.wantsEarlier() || NaiveApplications.linesOf(waiter.application(), waiter.lines).stream().allMatch(Model.Line::isFree));
        return may && (waiter.isDisplaced() || NaiveApplications.personsOf(waiter.application(), waiter.lines).stream()
                .allMatch(person -> model.persons.get(person).holds < model.rules.holdsPerPerson()));
    }

    private boolean hasTables(final int legs) {
        return model.holds.size() < model.rules.maxHolds() && model.legsInUse + legs <= model.rules.maxLegs();
    }

    private void noRoom(final DisplacementModel.Waiter waiter) {
        if (waiter.state != WaiterState.NO_ROOM) {
            waiter.state = WaiterState.NO_ROOM;
            events.noRoomFound(waiter);
        }
    }

    private void offer(final DisplacementModel.Waiter waiter, final List<Model.TakenLeg> legs, final long newestRun) {
        final Model.Post post = model.pools.get(legs.get(0).leg().deskId()).post;
        final long startMs = Collections.min(legs.stream().map(Model.TakenLeg::startMs).toList());
        final long ttlMs = waiter.isDisplaced() ? model.displacement.rules.offerTtlMs() : model.cooling.rules.offerTtlMs();
        cooling.makeRoom(legs, newestRun);
        waiter.offer = visits.take(waiter.application(), new Model.Visit(post, startMs, legs), Math.min(model.nowMs + ttlMs, startMs), !waiter.wantsEarlier());
        waiter.state = WaiterState.OFFERED;
        waiter.searched = 0;
        waiter.missed = 0;
        waiter.offers++;
        events.offerMade(waiter);
        model.displacement.saw(!waiter.isDisplaced() ? waiter.wantsEarlier() ? "earlier offer" : "offer of room" : post == waiter.post ? "offer" : "offer at another post");
        if (waiter.offers > 1) {
            model.displacement.saw("another offer");
        }
    }

    /** Which date at which of somebody's posts is left out: 0 = that of the queue. */
    private interface LeftOut {
        boolean test(int post, int epochDay);
    }

    /** From where the last Tick has come. @return null = nothing there, or looked at enough: then the place says where to go on */
    private List<Model.TakenLeg> goOn(final NaiveQueue.Place place, final DisplacementModel.Waiter waiter, final long newestRun, final LeftOut leftOut) {
        final List<Integer> dates = search.dates(waiter);
        while (!isThrough(place, waiter)) {
            if (place.dates >= dates.size()) {
                place.dates = 0;
                place.posts++;
                continue;
            }
            if (search.steps >= mostSteps) {
                return null;
            }
            final int epochDay = dates.get(place.dates);
            if (leftOut.test(place.posts, epochDay)) {
                place.dates++;
                search.steps += ++passedOver % DATES_A_STEP == 0 ? 1 : 0;
                model.displacement.saw("passed over");
                continue;
            }
            final Model.Post post = model.posts.get(place.posts == 0 ? waiter.post.id : waiter.application().acceptedPosts.get(place.posts - 1));
            search.steps += cooling.count(post, epochDay, -1, newestRun) / RUNS_A_STEP + (model.coreVersion >= 7 ? 1 : 0);
            final List<Model.TakenLeg> legs = search.on(epochDay, post, waiter);
            cooling.count(post, epochDay, 1, newestRun);
            if (legs != null && !isTooLate(waiter, legs)) {
                return legs;
            }
            place.dates++;
        }
        return null;
    }

    private boolean isTooLate(final DisplacementModel.Waiter waiter, final List<Model.TakenLeg> legs) {
        final boolean late = waiter.wantsEarlier() && legs.stream().mapToLong(Model.TakenLeg::startMs).min().orElseThrow() >= waiter.lost.visit.startMs();
        if (late) {
            model.displacement.saw("not earlier");
        }
        return late;
    }

    private static boolean isThrough(final NaiveQueue.Place place, final DisplacementModel.Waiter waiter) {
        return place.posts > (waiter.isDisplaced() ? waiter.application().acceptedPosts.size() : 0);
    }

    // ---- for the property test

    /** Who waits although there is room at their post, and nobody looks: each date, one by one. What was released in the last ten minutes is for the next. */
    List<DisplacementModel.Waiter> overlooked() {
        final List<DisplacementModel.Waiter> overlooked = new ArrayList<>();
        for (final DisplacementModel.Waiter waiter : model.displacement.waiters.values()) {
            final NaiveQueue queue = model.displacement.queues.get(waiter.post.id);
            if (queue.looking == null && model.cooling.releasedPost == CoolingModel.ALL_POSTS && waiter.state == WaiterState.NO_ROOM && queue.isSearched(waiter) && wantsOne(waiter)
                    && search.dates(waiter).stream().anyMatch(epochDay -> isOverlooked(waiter, epochDay))) {
                overlooked.add(waiter);
            }
        }
        return overlooked;
    }

    private boolean isOverlooked(final DisplacementModel.Waiter waiter, final int epochDay) {
        cooling.count(waiter.post, epochDay, -1, Long.MAX_VALUE);
        final List<Model.TakenLeg> legs = search.on(epochDay, waiter.post, waiter);
        cooling.count(waiter.post, epochDay, 1, Long.MAX_VALUE);
        return legs != null && !isTooLate(waiter, legs)
                && legs.stream().allMatch(leg -> model.visibleDay(leg.leg().deskId(), epochDay).live.releasedAtMs <= model.cooling.span * CoolingModel.SPAN_MS);
    }
}
