package org.mawid.bench.capacity.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mawid.api.network.Network.Desk;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.Site;

/**
 * Numbers of counters with which all desks of a post meet a target together, and of which none can be one smaller while the others stay. Visits go
 * from desk to desk, so that one desk's number bears on the others: it is a local minimum, and other divisions between desks may have fewer in all.
 *
 * <p>First the desks are searched side by side, one simulation for the next question of each, see {@link Bracket}. Then what was found is tried together,
 * and the worst of the desks that fail is raised, alone where that helps it, until all meet it. In the end every desk is lowered as far as all still meet it, again and
 * again until none can be. What desks share grows with their counters, see {@code PlannedNetwork}.
 */
public final class TargetSearch {
    /** A post has no more counters at a desk than fit in the schema. */
    public static final int MOST_COUNTERS = 255;
    private static final int MOST_RUNS = 200;

    /**
     * One question and its answer.
     *
     * @param figure  of this desk
     * @param met     whether the number was enough: for this desk while numbers grow, for all when fewer are tried
     * @param missing the desk that was not served by it, when it is another; otherwise empty
     */
    public record Try(String desk, int counters, double figure, boolean met, String missing) {
    }

    /** @param counters of a search that is not settled: tried last @param met with these, all together */
    public record Found(String desk, int before, int counters, double figure, boolean met) {
    }

    /**
     * @param last      with all that was found
     * @param isSettled false: stopped after so many simulations, without numbers that are enough, or before fewer were tried to the end
     */
    public record Answer(List<Found> found, List<Try> tried, PlanResult last, int runs, boolean isSettled) {
        /** Whether all desks meet the target together with what was found. */
        public boolean isMet() {
            return found.stream().allMatch(Found::met);
        }
    }

    /** Numbers of counters by desk, and what each desk reached with all of them. */
    private record Trial(int[] counters, PlanResult result, double[] seen) {
    }

    private final Target target;
    private final Function<Plan, PlanResult> run;
    private final int mostRuns;
    private final List<Try> tried = new ArrayList<>();
    private final Map<List<Integer>, Trial> trials = new HashMap<>();
    private Plan plan;
    private Site site;
    private Trial last;
    private boolean isSettled;

    /** For one search. @param run of a plan for one post */
    public TargetSearch(final Target target, final Function<Plan, PlanResult> run) {
        this(target, run, MOST_RUNS);
    }

    /** @param mostRuns simulations after which it stops, 1 or more */
    public TargetSearch(final Target target, final Function<Plan, PlanResult> run, final int mostRuns) {
        this.target = target;
        this.run = run;
        this.mostRuns = mostRuns;
    }

    /** @param site as the plan has it now */
    public Answer search(final Plan plan, final Site site) {
        this.plan = plan;
        this.site = site;
        final int[] alone = sideBySide();
        final Trial enough = isOut() ? last : raised(alone);
        final Trial fewest = isOut() ? enough : lowered(enough);
        final List<Found> found = new ArrayList<>();
        for (int desk = 0; desk < site.desks().size(); desk++) {
            found.add(new Found(code(desk), site.desks().get(desk).capacity(), fewest.counters[desk], fewest.seen[desk], isMet(fewest, desk)));
        }
        return new Answer(found, List.copyOf(tried), fewest.result, trials.size(), isSettled);
    }

    private int[] sideBySide() {
        final List<Bracket> brackets = site.desks().stream().map(desk -> new Bracket(desk.capacity(), MOST_COUNTERS)).toList();
        while (!isOut() && !brackets.stream().allMatch(Bracket::isOver)) {
            final Trial trial = tried(brackets.stream().mapToInt(Bracket::candidate).toArray());
            for (int desk = 0; desk < brackets.size(); desk++) {
                if (!brackets.get(desk).isOver()) {
                    tried.add(new Try(code(desk), trial.counters[desk], trial.seen[desk], isMet(trial, desk), ""));
                    brackets.get(desk).answered(isMet(trial, desk));
                }
            }
        }
        return brackets.stream().mapToInt(Bracket::candidate).toArray();
    }

    /**
     * Until all meet it together, or all but those that no number helps. A desk's failure may be another's doing, whose visits it shares: when its own
     * counters did not help it, every desk is raised once.
     */
    private Trial raised(final int[] from) {
        final int[] steps = new int[from.length];
        Arrays.fill(steps, 1);
        Trial trial = tried(from);
        boolean isHelping = true;
        while (!isOut() && !missing(trial).isEmpty() && !isHopeless(trial)) {
            final double[] before = trial.seen;
            final int worst = missing(trial).stream().max(Comparator.comparingDouble(desk -> before[desk])).orElseThrow();
            final List<Integer> more = isHelping && trial.counters[worst] < MOST_COUNTERS ? List.of(worst) : desks().boxed().toList();
            final int[] counters = trial.counters.clone();
            for (final int desk : more) {
                counters[desk] = Math.min(MOST_COUNTERS, counters[desk] + steps[desk]);
                steps[desk] *= 2;
            }
            trial = tried(counters);
            for (final int desk : more) {
                tried.add(new Try(code(desk), counters[desk], trial.seen[desk], isMet(trial, desk), ""));
            }
            isHelping = trial.seen[worst] < before[worst];
        }
        return trial;
    }

    /** Whether those that fail have all the counters there can be, and would fail as well if all the others had. */
    private boolean isHopeless(final Trial trial) {
        if (missing(trial).stream().anyMatch(desk -> trial.counters[desk] < MOST_COUNTERS)) {
            return false;
        }
        final Trial all = tried(desks().map(desk -> MOST_COUNTERS).toArray());
        return missing(all).equals(missing(trial));
    }

    private List<Integer> missing(final Trial trial) {
        return desks().filter(desk -> !isMet(trial, desk)).boxed().toList();
    }

    /** Until no desk can do with one fewer. Those that fail with all the counters there can be are left as they are. */
    private Trial lowered(final Trial from) {
        final List<Integer> met = desks().filter(desk -> isMet(from, desk)).boxed().toList();
        Trial best = from;
        int cannot = 0;
        for (int i = 0; cannot < met.size(); i++) {
            final Trial lower = lowered(best, met.get(i % met.size()), met);
            if (isOut()) {
                return lower;
            }
            cannot = lower == best ? cannot + 1 : 1;
            best = lower;
        }
        isSettled = true;
        return best;
    }

    /** One desk, by doubled steps until one is too many, then by halves. */
    private Trial lowered(final Trial from, final int desk, final List<Integer> all) {
        Trial best = from;
        boolean isDoubling = true;
        int step = 1;
        while (step > 0 && !isOut()) {
            final int[] counters = best.counters.clone();
            counters[desk] -= step;
            final boolean isEnough = counters[desk] > 0 && isEnough(counters, desk, all);
            best = isEnough ? tried(counters) : best;
            isDoubling &= isEnough;
            step = isDoubling ? step * 2 : step / 2;
        }
        return best;
    }

    private boolean isEnough(final int[] counters, final int lowered, final List<Integer> all) {
        final boolean isNew = !trials.containsKey(key(counters));
        final Trial trial = tried(counters);
        final List<Integer> missing = all.stream().filter(desk -> !isMet(trial, desk)).toList();
        if (isNew) {
            tried.add(new Try(code(lowered), counters[lowered], trial.seen[lowered], missing.isEmpty(), missing.isEmpty() || missing.contains(lowered) ? "" : code(missing.get(0))));
        }
        return missing.isEmpty();
    }

    private boolean isOut() {
        return trials.size() >= mostRuns;
    }

    /** Simulated once, however often it is asked for. */
    private Trial tried(final int[] counters) {
        last = trials.get(key(counters));
        if (last == null) {
            final PlanResult result = run.apply(with(counters));
            last = new Trial(counters, result, result.posts().get(0).desks().stream().mapToDouble(target.measure()::of).toArray());
            trials.put(key(counters), last);
        }
        return last;
    }

    private static List<Integer> key(final int[] counters) {
        return Arrays.stream(counters).boxed().toList();
    }

    private boolean isMet(final Trial trial, final int desk) {
        return target.isMet(trial.seen[desk]);
    }

    private IntStream desks() {
        return IntStream.range(0, site.desks().size());
    }

    private String code(final int desk) {
        final Desk of = site.desks().get(desk);
        return of.code();
    }

    private Plan with(final int[] counters) {
        final String post = site.post().code();
        final String all = desks().mapToObj(desk -> post + "/" + code(desk) + "=" + counters[desk]).collect(Collectors.joining(","));
        final String shared = plan.resources().entrySet().stream().filter(said -> !said.getKey().contains("/") || said.getKey().startsWith(post + "/"))
                .map(said -> said.getKey() + "=" + said.getValue()).collect(Collectors.joining(","));
        return plan.with(PlanKey.POSTS, post).with(PlanKey.COUNTERS, all).with(PlanKey.RESOURCES, shared.isEmpty() ? PlanKey.RESOURCES.usual() : shared);
    }
}
