package org.mawid.bench.capacity.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mawid.api.network.Network.Desk;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.Site;

/**
 * The smallest number of counters with which each desk of a post meets a target. Desks are searched side by side, one simulation for the next
 * question of all of them: doubled steps up from what there is, then halves between what failed and what was enough. What desks share grows with
 * their counters, see {@code PlannedNetwork}. In the end all are tried together with what was found, and a desk that fails then gets one more.
 */
public final class TargetSearch {
    /** A post has no more counters at a desk than fit in the schema. */
    public static final int MOST_COUNTERS = 255;
    private static final int MOST_RUNS = 200;

    /** One question and its answer. */
    public record Try(String desk, int counters, double figure, boolean met) {
    }

    /** @param counters 0 = not met with any number */
    public record Found(String desk, int before, int counters, double figure) {
    }

    /** @param last with all that was found */
    public record Answer(List<Found> found, List<Try> tried, PlanResult last, int runs) {
    }

    private static final class Search {
        private final String desk;
        private final int before;
        private int failed;
        private int met;
        private int candidate;
        private int step = 1;
        private double figure;

        private Search(final String desk, final int before) {
            this.desk = desk;
            this.before = before;
            this.candidate = before;
        }

        private boolean isOver() {
            return met > 0 && met - failed == 1 || failed == MOST_COUNTERS;
        }

        private void answered(final boolean isMet, final double seen) {
            if (isMet) {
                met = candidate;
                figure = seen;
            } else {
                failed = candidate;
                if (met <= failed) {
                    met = 0;
                }
            }
            if (met > 0) {
                candidate = isOver() ? met : (failed + met) / 2;
            } else {
                candidate = Math.min(MOST_COUNTERS, failed + step);
                step *= 2;
            }
        }
    }

    private final Target target;
    private final Function<Plan, PlanResult> run;
    private final List<Try> tried = new ArrayList<>();
    private int runs;

    /** @param run of a plan for one post */
    public TargetSearch(final Target target, final Function<Plan, PlanResult> run) {
        this.target = target;
        this.run = run;
    }

    /** @param site as the plan has it now */
    public Answer search(final Plan plan, final Site site) {
        final Map<Integer, Search> searches = new LinkedHashMap<>();
        for (int desk = 0; desk < site.desks().size(); desk++) {
            final Desk of = site.desks().get(desk);
            searches.put(desk, new Search(of.code(), of.capacity()));
        }
        PlanResult last = null;
        boolean isSettled = false;
        while (!isSettled && runs < MOST_RUNS) {
            final boolean isTrial = searches.values().stream().allMatch(Search::isOver);
            last = run.apply(with(plan, site, searches));
            runs++;
            isSettled = isTrial;
            for (final Map.Entry<Integer, Search> entry : searches.entrySet()) {
                final Search search = entry.getValue();
                final DeskFigures figures = last.posts().get(0).desks().get(entry.getKey());
                final double seen = target.measure().of(figures);
                if (!search.isOver()) {
                    tried.add(new Try(search.desk, search.candidate, seen, target.isMet(seen)));
                    search.answered(target.isMet(seen), seen);
                } else if (isTrial && search.met > 0 && !target.isMet(seen)) {
                    tried.add(new Try(search.desk, search.candidate, seen, false));
                    search.step = 1;
                    search.answered(false, seen);
                    isSettled = false;
                } else if (isTrial) {
                    search.figure = seen;
                }
            }
        }
        final List<Found> found = new ArrayList<>();
        searches.values().forEach(search -> found.add(new Found(search.desk, search.before, search.met, search.figure)));
        return new Answer(found, List.copyOf(tried), last, runs);
    }

    private static Plan with(final Plan plan, final Site site, final Map<Integer, Search> searches) {
        final List<String> counters = new ArrayList<>();
        searches.values().forEach(search -> counters.add(site.post().code() + "/" + search.desk + "=" + search.candidate));
        final String shared = plan.resources().entrySet().stream().filter(said -> !said.getKey().contains("/") || said.getKey().startsWith(site.post().code() + "/"))
                .map(said -> said.getKey() + "=" + said.getValue()).collect(Collectors.joining(","));
        return plan.with(PlanKey.POSTS, site.post().code()).with(PlanKey.COUNTERS, String.join(",", counters)).with(PlanKey.RESOURCES, shared.isEmpty() ? PlanKey.RESOURCES.usual() : shared);
    }
}
