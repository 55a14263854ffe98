package org.mawid.bench.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Post;
import org.mawid.bench.load.Output;

/** Runs plans: each post by itself, as many at a time as there are processors. The result is the same whatever their number. */
final class Planner {
    private final Network files;
    private final JournalDemand journal;
    private final Output output;

    /** @param journal what a journal tells of demand, null = the model @param output for progress, null = none */
    Planner(final Network files, final JournalDemand journal, final Output output) {
        this.files = files;
        this.journal = journal;
        this.output = output;
    }

    Network files() {
        return files;
    }

    /** @param what for the progress line */
    PlanResult run(final Plan plan, final String what) {
        final Network network = PlannedNetwork.of(files, plan.whole());
        final List<Post> posts = asked(PlannedNetwork.posts(network, plan), plan);
        final AtomicLong days = new AtomicLong();
        final long allDays = posts.size() * (plan.weeks() + plan.warmUpWeeks()) * 7L;
        final long fromNs = System.nanoTime();
        final List<Callable<PostResult>> runs = new ArrayList<>();
        for (final Post post : posts) {
            runs.add(() -> {
                final Site site = new Site(network, post);
                final Observed observed = journal == null ? null : journal.at(post);
                final Plan lived = observed == null ? plan : observed.on(plan);
                return new PostSimulation(site, lived, new ModelDemand(site, lived, observed)).run((done, of) -> days.incrementAndGet());
            });
        }
        final ExecutorService workers = Executors.newFixedThreadPool(Math.min(posts.size(), Runtime.getRuntime().availableProcessors()), run -> {
            final Thread thread = new Thread(run, "plan");
            thread.setDaemon(true);
            return thread;
        });
        try {
            final List<Future<PostResult>> futures = new ArrayList<>();
            runs.forEach(run -> futures.add(workers.submit(run)));
            final List<PostResult> results = new ArrayList<>();
            for (final Future<PostResult> future : futures) {
                results.add(await(future, days, allDays, fromNs, what, posts.size()));
            }
            return new PlanResult(plan, results);
        } finally {
            workers.shutdownNow();
        }
    }

    /** Of all posts only those that somebody asked at, where a journal tells; of named ones each must have been. */
    private List<Post> asked(final List<Post> posts, final Plan plan) {
        if (journal == null || !plan.posts().isEmpty()) {
            return posts;
        }
        final List<Post> asked = posts.stream().filter(post -> journal.requestsByPost().containsKey(post.code())).toList();
        return asked.isEmpty() ? posts : asked; // what is wrong is said by the first
    }

    private PostResult await(final Future<PostResult> future, final AtomicLong days, final long allDays, final long fromNs, final String what, final int posts) {
        try {
            while (output != null && !future.isDone()) {
                if (output.isDue()) {
                    output.progressLeft(Output.leftNs(fromNs, days.get(), allDays), "%s: %,d of %,d days of %d post%s", what, days.get(), allDays, posts, posts == 1 ? "" : "s");
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
