package org.mawid.bench.wire.watch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.bench.process.Server;
import org.mawid.bench.wire.grpc.GrpcLives;
import org.mawid.bench.wire.loop.Offer;
import org.mawid.bench.wire.loop.OpenRun;
import org.mawid.bench.wire.loop.Subject;
import org.mawid.bench.wire.loop.Tally;

/** Watchers of one server and the books of all commands that it was given since they began. */
final class WatchRun implements Closeable {
    private static final int PLACES = 4_096;
    private static final long LONGEST_LAST_NS = 15_000_000_000L;

    private final DoneCommands done = new DoneCommands();
    private final Tally tally = new Tally();
    private final Server server;
    private final ModelNetwork network;
    private final SplittableRandom seeds;
    private final Output output;
    private final Watchers watchers;

    WatchRun(final Server server, final ModelNetwork network, final SplittableRandom seeds, final Output output) {
        this.server = server;
        this.network = network;
        this.seeds = seeds;
        this.output = output;
        this.watchers = new Watchers(server.grpcPort(), server.httpPort(), tally);
    }

    Watchers watchers() {
        return watchers;
    }

    /** Offers commands at a rate and waits until all watchers have their events. */
    OpenRun offer(final double perSecond, final int seconds, final String what, final long after) throws Exception {
        final long persons = seeds.nextLong();
        final OpenRun run;
        try {
            run = OpenRun.over(server, List.of(new Offer("commands", perSecond, 1, (to, commands) -> GrpcLives.unary(to.grpcPort(), commands, PLACES,
                    number -> new Life(network, network.spread(number), persons).choosingItsPost(), done))), seconds, output, what, after);
        } catch (final IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + (server.said().isEmpty() ? "" : "; the server said: " + server.said()), e);
        }
        watchers.awaitLast(watchers.fast(), this::lastOfPost, LONGEST_LAST_NS);
        tally.requireNoFailure();
        return run;
    }

    /** As many commands as get through, and waits until all watchers have their events. @param inFlight commands on their way at once */
    void measure(final Subject subject, final int inFlight, final int seconds, final String what, final int toFollow) throws Exception {
        final long persons = seeds.nextLong();
        subject.measure((to, running) -> GrpcLives.unaryAgain(to.grpcPort(), running, inFlight,
                number -> new Life(network, network.spread(number), persons).choosingItsPost(), done), seconds, output, what, toFollow);
        watchers.awaitLast(watchers.fast(), this::lastOfPost, LONGEST_LAST_NS);
        tally.requireNoFailure();
    }

    private long lastOfPost(final long postId) {
        return done.lastPosition((int) postId);
    }

    /** The same, and what became of the events of the commands that were due in the window. */
    WatchPhase phase(final double perSecond, final int seconds, final String what, final long after) throws Exception {
        final List<Watcher> fast = watchers.fast();
        final int[] from = fast.stream().mapToInt(watcher -> watcher.received().count()).toArray();
        final OpenRun run = offer(perSecond, seconds, what, after);
        final WatchPhase phase = new WatchPhase(run, seconds, done);
        for (int i = 0; i < from.length; i++) {
            phase.add(fast.get(i).received(), from[i], i >= watchers.overGrpc().size());
        }
        return phase;
    }

    /** Lets those read that have not, one after the other, and tells what they got. */
    JsonArray slowOnes() throws InterruptedException {
        final JsonArray slowOnes = new JsonArray();
        for (final Watcher watcher : watchers.slow()) {
            final int before = watcher.received().count();
            final boolean wasCutOff = watcher.wasCutOff();
            final long fromNs = System.nanoTime();
            output.progress("one that has not read begins to");
            watcher.read();
            watchers.awaitLast(List.of(watcher), this::lastOfPost, 2 * LONGEST_LAST_NS);
            slowOnes.add(new JsonObject().put("over", watcher instanceof GrpcWatcher ? "gRPC, all posts" : "HTTP, post " + watcher.postId())
                    .put("eventsBefore", before).put("eventsAtTheEnd", watcher.received().count()).put("catchUpSeconds", Output.rounded((System.nanoTime() - fromNs) / 1e9))
                    .put("hadBeenCutOff", wasCutOff).put("connectedAgain", watcher.wasCutOff()));
        }
        tally.requireNoFailure();
        return slowOnes;
    }

    /** @throws IllegalStateException unless every watcher has every event once */
    JsonObject compareBooks() {
        tally.requireNoFailure();
        long events = 0;
        for (final Map.Entry<Integer, List<Received>> post : DoneCommands.byPost(watchers.fast()).entrySet()) {
            requireWhole(post.getKey(), post.getValue());
            events += post.getValue().stream().mapToLong(Received::count).sum();
        }
        for (final Watcher watcher : watchers.slow()) {
            requireWhole(watcher.postId(), List.of(watcher.received()));
            events += watcher.received().count();
        }
        return new JsonObject().put("commandsDone", done.count()).put("watchers", watchers.fast().size() + watchers.slow().size()).put("events", events)
                .put("gaps", 0).put("repeats", 0);
    }

    private void requireWhole(final int postId, final List<Received> received) {
        final String fault = DoneCommands.fault(done.positions(postId), received);
        if (!fault.isEmpty()) {
            throw new IllegalStateException((postId == 0 ? "all posts" : "post " + postId) + ": " + fault);
        }
    }

    @Override
    public void close() throws IOException {
        watchers.close();
    }
}
