package org.mawid.bench.capacity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Post;
import org.mawid.bench.capacity.demand.JournalDemand;
import org.mawid.bench.capacity.demand.ModelDemand;
import org.mawid.bench.capacity.demand.Observed;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.PlannedNetwork;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.post.Coordinates;
import org.mawid.bench.capacity.post.Neighbours;
import org.mawid.bench.capacity.post.PostSimulation;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.bench.capacity.result.PostResult;
import org.mawid.bench.load.Output;

/** Runs plans: each post by itself, or those of a country together where people go from one to another, as many at a time as there are processors. The result is the same whatever their number. */
final class Planner {
    /** As seen on one quiet core, once the code is compiled: visits that are asked for, and lived. */
    private static final double VISITS_PER_SECOND = 14_000;
    private static final double WEEK_OF_A_YEAR = 7 / 365.25;

    private final Network files;
    private final JournalDemand journal;
    private final Output output;
    private final Coordinates coordinates = Coordinates.bundled();

    /** @param journal what a journal tells of demand, null = the model @param output for progress, null = none */
    Planner(final Network files, final JournalDemand journal, final Output output) {
        this.files = files;
        this.journal = journal;
        this.output = output;
    }

    Network files() {
        return files;
    }

    /** How long {@link #run} takes, seconds. @param cores quiet ones, 1 or more */
    double plannedSeconds(final Plan plan, final int cores) {
        final Set<Integer> posts = PlannedNetwork.posts(files, plan).stream().map(Post::id).collect(Collectors.toSet());
        final double aYear = files.loads().stream().filter(load -> posts.contains(load.postId())).mapToDouble(Network.Load::appointmentsPerYear).sum() * plan.demand();
        return aYear * (plan.weeks() + plan.warmUpWeeks()) * WEEK_OF_A_YEAR / VISITS_PER_SECOND / Math.min(cores, posts.size());
    }

    /** @param what for the progress line */
    PlanResult run(final Plan plan, final String what) {
        final Network network = PlannedNetwork.of(files, plan.whole());
        final List<Post> posts = asked(PlannedNetwork.posts(network, plan), plan);
        final AtomicLong days = new AtomicLong();
        final long allDays = posts.size() * (plan.weeks() + plan.warmUpWeeks()) * 7L;
        final long fromNs = System.nanoTime();
        final List<Callable<List<PostResult>>> runs = new ArrayList<>();
        for (final List<Post> together : together(posts, plan)) {
            runs.add(() -> {
                final List<PostSimulation> simulations = together.stream().map(post -> simulation(network, post, plan)).toList();
                return new Neighbours(simulations, coordinates).run((done, of) -> days.incrementAndGet());
            });
        }
        final ExecutorService workers = Executors.newFixedThreadPool(Math.min(runs.size(), Runtime.getRuntime().availableProcessors()), run -> {
            final Thread thread = new Thread(run, "plan");
            thread.setDaemon(true);
            return thread;
        });
        try {
            final List<Future<List<PostResult>>> futures = new ArrayList<>();
            runs.forEach(run -> futures.add(workers.submit(run)));
            final List<PostResult> results = new ArrayList<>();
            for (final Future<List<PostResult>> future : futures) {
                results.addAll(await(future, days, allDays, fromNs, what, posts.size()));
            }
            results.sort(Comparator.comparingInt(result -> posts.indexOf(result.site().post())));
            return new PlanResult(plan, results);
        } finally {
            workers.shutdownNow();
        }
    }

    private PostSimulation simulation(final Network network, final Post post, final Plan plan) {
        final Site site = new Site(network, post);
        final Observed observed = journal == null ? null : journal.at(post);
        final Plan lived = observed == null ? plan : observed.on(plan);
        return new PostSimulation(site, lived, new ModelDemand(site, lived, observed));
    }

    /** Posts that know of each other: those of a country when people go from one to another, otherwise each alone. The most work first. */
    private static List<List<Post>> together(final List<Post> posts, final Plan plan) {
        if (plan.share(PlanKey.ELSEWHERE) == 0) {
            return posts.stream().map(List::of).toList();
        }
        final Map<String, List<Post>> byCountry = posts.stream().collect(Collectors.groupingBy(Post::country, LinkedHashMap::new, Collectors.toList()));
        if (byCountry.values().stream().allMatch(country -> country.size() == 1)) {
            throw plan.refusal(PlanKey.ELSEWHERE, "no two posts of the plan are in the same country: name more with --posts, as MA-CG-BARCELONE,MA-CG-TARRAGONE");
        }
        return byCountry.values().stream().sorted(Comparator.comparingInt((final List<Post> country) -> -country.size())).toList();
    }

    /** Of all posts only those that somebody asked at, where a journal tells; of named ones each must have been. */
    private List<Post> asked(final List<Post> posts, final Plan plan) {
        if (journal == null || !plan.posts().isEmpty()) {
            return posts;
        }
        final List<Post> asked = posts.stream().filter(post -> journal.requestsByPost().containsKey(post.code())).toList();
        return asked.isEmpty() ? posts : asked; // what is wrong is said by the first
    }

    private List<PostResult> await(final Future<List<PostResult>> future, final AtomicLong days, final long allDays, final long fromNs, final String what, final int posts) {
        try {
            while (output != null && !future.isDone()) {
                if (output.isDue()) {
                    output.progressOf(fromNs, days.get(), allDays, "%s: %,d of %,d days of %d post%s", what, days.get(), allDays, posts, posts == 1 ? "" : "s");
                }
                Thread.sleep(20);
            }
            return future.get();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
