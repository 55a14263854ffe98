package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Result;

/** Whether there is room for somebody who waits, on one date and on which dates at all. */
final class NaiveOfferSearch {
    private final Model model;
    private final NaiveRoom room;
    /** Desks that were looked at since this was set. */
    int steps;

    NaiveOfferSearch(final Model model, final NaiveRoom room) {
        this.model = model;
        this.room = room;
    }

    /** The date of the lost visit and those after it, then those before it. */
    List<Integer> dates(final DisplacementModel.Waiter waiter) {
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
    List<Model.TakenLeg> on(final int epochDay, final Model.Post post, final DisplacementModel.Waiter waiter) {
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
        final Model.Day day = there != null && !waiter.isDisplaced() && there.live.releasedAtMs > releasedByMs(desk.post) ? null : there;
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

    /** From core version 8 on what was released is for the first in line, once it was found out. */
    private long releasedByMs(final Model.Post post) {
        return model.coreVersion < 8 ? model.nowMs : CoolingModel.SPAN_MS * (post.id <= model.cooling.releasedPost ? model.cooling.span : model.cooling.sinceSpan);
    }
}
