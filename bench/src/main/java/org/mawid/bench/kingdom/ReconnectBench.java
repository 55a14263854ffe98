package org.mawid.bench.kingdom;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mawid.api.network.Network;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.NoSeconds;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.process.Server;
import org.mawid.bench.process.ServerProgram;
import org.mawid.bench.process.Used;
import org.mawid.bench.wire.grpc.Channels;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * All posts come back at once after a day without a line: the network's history is told to the real server up to a Monday morning, each post reads what is its
 * own, the Monday passes without them, and then each asks for what it has missed over a connection that it makes for that. What each has in the end is held
 * against what the server says.
 */
@Command(name = "reconnect", mixinStandardHelpOptions = true,
        description = "All 163 posts at once after an outage, each a working day of the network's history behind: time until each has caught up over its watch."
                + " Exits 1 when any of them then has anything else than the server.",
        footer = {"", "Takes about 60 s.", "", "Examples:", "  bench reconnect --rounds 9",
            "  bench reconnect --days 151      on the first of June, in the season"})
public final class ReconnectBench implements Callable<Integer>, Planned {
    private static final int STEP_MINUTES = 30;
    private static final long DAY_MS = Agenda.DAY_MS;
    /** One: with all that a step brings on its way, the ring still has places for what the server itself has to say. */
    private static final int LANES = 1;
    /** More than are told: how a history ends is not looked at. */
    private static final long APPOINTMENTS = 5_000_000;
    private static final int MOST_DIFFERENCES = 20;
    private static final long LONGEST_SECONDS = 120;
    /** As seen on two quiet cores: the network, a day told, all read and compared, a round. */
    private static final double MAKING_SECONDS = 12;
    private static final double DAYS_PER_SECOND = 3;
    private static final double READ_SECONDS = 3;
    private static final double ROUND_SECONDS = 2;

    @Mixin
    private Output output;

    @Mixin
    private final NoSeconds noSeconds = new NoSeconds("--rounds");

    @Option(names = "--days", paramLabel = "N", defaultValue = "88", description = "Days of the history before the one that is missed, 1 to 300; after 88 it is Monday 30 March: ${DEFAULT-VALUE}.")
    private int days;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "How often all of them come back, each time from where they were; the first is told apart, the middle one counts: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "The same seed replays the same history: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private ServerProgram program;

    @Override
    public Integer call() throws Exception {
        output.require(days >= 1 && days <= 300, "--days must be 1 to 300");
        output.require(rounds >= 1 && rounds <= 100, "--rounds must be 1 to 100");
        final Realm realm = new Realm(Network.bundled(), History.appointmentsPerApplication());
        final Path data = Engines.temporaryData(null).resolve("data");
        output.progress("bringing the network to an empty directory");
        try (Server server = Hosts.server(program.path(), data, realm.network(), false, Map.of())) {
            final Cases cases = new Cases();
            try (OverGrpc way = new OverGrpc(cases, realm, server.grpcPort(), LANES)) {
                return measure(new History(realm, cases, way, seed, APPOINTMENTS, STEP_MINUTES), realm, server);
            } catch (final IllegalStateException e) {
                throw new IllegalStateException(e.getMessage() + (server.said().isEmpty() ? "" : "; the server said: " + server.said()), e);
            }
        }
    }

    @Override
    public double plannedSeconds() {
        return MAKING_SECONDS + (days + 1) / DAYS_PER_SECOND + 2 * READ_SECONDS + rounds * ROUND_SECONDS;
    }

    private int measure(final History history, final Realm realm, final Server server) throws Exception {
        final LocalDate missed = History.FIRST_DATE.plusDays(days);
        final long missedMs = missed.toEpochDay() * DAY_MS;
        tell(history, missedMs, "before");
        final List<KeptPost> before = read(realm, server, missed, "each post reads what is its own");
        final long confirmed = history.confirmed();
        final long commands = history.commands();
        tell(history, missedMs + DAY_MS, "the day that is missed");
        final List<Round> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            output.progress("all of them come back, %d of %d", round + 1, rounds);
            all.add(new Round(before, server));
            output.note("all of them have caught up: p50 %.0f ms, the last after %.0f ms", all.get(round).ms(50), all.get(round).ms(100));
        }
        final JsonArray differences = differences(all, read(realm, server, missed, "comparing with what the server says"), missedMs + DAY_MS);
        output.result(result(missed, all, differences).put("commandsOfTheDay", history.commands() - commands).put("appointmentsMadeThatDay", history.confirmed() - confirmed));
        if (!differences.isEmpty()) {
            output.failed("a post that has caught up has something else than the server: " + differences.getString(0));
            return 1;
        }
        return 0;
    }

    private void tell(final History history, final long untilMs, final String what) throws Exception {
        final long fromNs = System.nanoTime();
        final long fromMs = Math.max(history.nowMs(), History.FIRST_DATE.toEpochDay() * DAY_MS);
        while (history.nowMs() < untilMs) {
            history.step();
            output.progressOf(fromNs, history.nowMs() - (double) fromMs, untilMs - (double) fromMs, "%s: %s, %,d appointments", what,
                    LocalDate.ofEpochDay(history.nowMs() / DAY_MS), history.confirmed());
        }
        history.finish();
    }

    /** What the server says, one post after the other. */
    private List<KeptPost> read(final Realm realm, final Server server, final LocalDate from, final String what) {
        final List<KeptPost> posts = new ArrayList<>();
        final long fromNs = System.nanoTime();
        try (Channels channels = new Channels(server.grpcPort(), 1)) {
            for (final Network.Post post : realm.network().posts()) {
                posts.add(read(channels.get(0), post.id(), from));
                output.progressOf(fromNs, posts.size(), realm.network().posts().size(), "%s: %,d of %,d posts", what, posts.size(), realm.network().posts().size());
            }
        }
        return posts;
    }

    private static KeptPost read(final ManagedChannel channel, final int postId, final LocalDate from) {
        final KeptPost post = new KeptPost(postId);
        try (Context.CancellableContext context = Context.current().withCancellation()) {
            context.run(() -> {
                final Iterator<WatchReply> replies = WatchServiceGrpc.newBlockingStub(channel).watch(WatchRequest.newBuilder().setPostId(postId)
                        .setFromEpochDay((int) from.toEpochDay()).setDays(History.DAYS_AHEAD + 2).setVisits(true).build());
                WatchReply reply;
                do {
                    reply = replies.next();
                    post.take(reply);
                } while (!reply.getSnapshotComplete());
            });
        }
        return post;
    }

    /** All of them at once, from where they were. */
    private static final class Round {
        private final List<Back> posts = new ArrayList<>();
        private final Used server;
        private final Used client;

        Round(final List<KeptPost> before, final Server to) throws Exception {
            final CountDownLatch caughtUp = new CountDownLatch(before.size());
            before.forEach(post -> posts.add(new Back(new KeptPost(post), Channels.open(to.grpcPort()).build(), caughtUp)));
            final Used serverBefore = Used.of(to);
            final Used clientBefore = Used.here();
            final long fromNs = System.nanoTime();
            posts.forEach(post -> post.comeBack(fromNs));
            final boolean isOver = caughtUp.await(LONGEST_SECONDS, TimeUnit.SECONDS);
            server = Used.of(to).since(serverBefore);
            client = Used.here().since(clientBefore);
            Channels.close(posts.stream().map(Back::channel).toList());
            if (!isOver) {
                throw new IllegalStateException(caughtUp.getCount() + " posts had not caught up after " + LONGEST_SECONDS + " s");
            }
            for (final Back post : posts) {
                post.requireNoFailure();
            }
        }

        /** Until so many of them had caught up. */
        double ms(final double percentile) {
            final double[] sorted = posts.stream().mapToDouble(Back::tookMs).sorted().toArray();
            return sorted[(int) Math.ceil(percentile / 100 * sorted.length) - 1];
        }

        JsonObject figures() {
            return new JsonObject().put("p50", Output.rounded(ms(50))).put("p90", Output.rounded(ms(90))).put("max", Output.rounded(ms(100)));
        }

        long events() {
            return posts.stream().mapToLong(post -> post.kept.events()).sum();
        }
    }

    /** One post that comes back. Its messages are taken one at a time, on the thread of its connection. */
    private static final class Back implements StreamObserver<WatchReply> {
        private final KeptPost kept;
        private final ManagedChannel channel;
        private final CountDownLatch caughtUp;
        private long fromNs;
        private long tookNs;
        private Throwable failure;

        Back(final KeptPost kept, final ManagedChannel channel, final CountDownLatch caughtUp) {
            this.kept = kept;
            this.channel = channel;
            this.caughtUp = caughtUp;
        }

        void comeBack(final long sinceNs) {
            fromNs = sinceNs;
            WatchServiceGrpc.newStub(channel).watch(WatchRequest.newBuilder().setPostId(kept.postId()).setCursor(kept.cursor()).setCatchUp(true).build(), this);
        }

        @Override
        public void onNext(final WatchReply reply) {
            kept.take(reply);
        }

        @Override
        public void onError(final Throwable cause) {
            failure = cause;
            caughtUp.countDown();
        }

        @Override
        public void onCompleted() {
            tookNs = System.nanoTime() - fromNs;
            caughtUp.countDown();
        }

        ManagedChannel channel() {
            return channel;
        }

        double tookMs() {
            return tookNs / 1e6;
        }

        void requireNoFailure() {
            if (failure != null) {
                throw new IllegalStateException("post " + kept.postId() + " could not catch up: " + failure.getMessage(), failure);
            }
        }
    }

    private static JsonArray differences(final List<Round> all, final List<KeptPost> read, final long nowMs) {
        final JsonArray differences = new JsonArray();
        for (final Round round : all) {
            for (int post = 0; post < read.size(); post++) {
                round.posts.get(post).kept.differences(read.get(post), nowMs).stream().limit(MOST_DIFFERENCES - (long) differences.size()).forEach(differences::add);
            }
        }
        return differences;
    }

    private JsonObject result(final LocalDate missed, final List<Round> all, final JsonArray differences) {
        final List<Round> sorted = all.stream().sorted(Comparator.comparingDouble(round -> round.ms(100))).toList();
        final Round middle = sorted.get((sorted.size() - 1) / 2);
        final long[] each = middle.posts.stream().mapToLong(post -> post.kept.events()).sorted().toArray();
        final double seconds = middle.ms(100) / 1e3;
        return new JsonObject().put("benchmark", "reconnect")
                .put("load", new JsonObject().put("posts", middle.posts.size()).put("missed", missed.toString()).put("daysBefore", days).put("rounds", rounds).put("seed", seed)
                        .put("history", "as of bench kingdom: requests, holds, appointments and visits of the whole network by demand.md; steps of " + STEP_MINUTES + " minutes")
                        .put("connections", "one of each post, made when it comes back").put("visitsKept", middle.posts.stream().mapToLong(post -> post.kept.visits()).sum())
                        .put("servers", "one process, started by the launcher; all posts in another, on the same processors").put("readModel", "availability and events"))
                .put("leftOut", "network (loopback); disks of the posts; payment and consumption of stamps, walk-ins, closed days")
                .put("eventsOfAllPosts", middle.events()).put("eventsOfAPost", new JsonObject().put("p50", each[each.length / 2]).put("max", each[each.length - 1]))
                .put("catchUpMs", middle.figures()).put("firstCatchUpMs", all.get(0).figures()).put("catchUpMsRounds", new JsonArray(all.stream().map(Round::figures).toList()))
                .put("eventsPerSecond", Output.rounded(middle.events() / seconds))
                .put("serverCpuSeconds", Output.rounded(middle.server.workNs() / 1e9)).put("serverCompilerSeconds", Output.rounded(middle.server.compilerNs() / 1e9))
                .put("clientCpuSeconds", Output.rounded(middle.client.workNs() / 1e9)).put("serverCpuUsEach", Output.rounded(middle.server.us(Math.max(1, middle.events()))))
                .put("copiesCompared", all.size() * middle.posts.size()).put("differences", differences);
    }
}
