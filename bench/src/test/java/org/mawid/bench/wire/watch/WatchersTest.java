package org.mawid.bench.wire.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.http.EdgeMetrics;
import org.mawid.api.http.HttpConfig;
import org.mawid.api.http.HttpEdge;
import org.mawid.api.http.PostZones;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.wire.grpc.GrpcLives;
import org.mawid.bench.wire.loop.OpenLoop;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;

/** The real engine behind both edges, with a load at a rate and watchers of both kinds, some of which do not read. */
class WatchersTest {
    private static final int POSTS = 3;
    private static final long LONGEST_NS = 30_000_000_000L;

    private final ModelNetwork network = new ModelNetwork(POSTS, 2, 16, 255);
    private final DoneCommands done = new DoneCommands();
    private final Tally tally = new Tally();
    private EmbeddedEngine engine;
    private Gateway gateway;
    private GrpcServer grpc;
    private HttpEdge http;
    private Watchers watchers;

    @BeforeEach
    void start(@TempDir final Path folder) throws Exception {
        engine = EmbeddedEngine.start(EngineConfig.at(folder.resolve("data")).with(Setting.RECORDS, false).with(Setting.SEGMENT_BYTES, 4L << 20)
                .with(Setting.SNAPSHOT_AT_STOP, false));
        Engines.make(engine, network, new Commands(3));
        gateway = new Gateway(engine, References.of(1, new byte[32]), 30_000);
        grpc = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        grpc.ready();
        http = HttpEdge.start(HttpConfig.loopback(0), gateway, new EdgeMetrics(), PostZones.UTC);
        watchers = new Watchers(grpc.port(), http.port(), tally);
    }

    @AfterEach
    void stop() {
        watchers.close();
        http.close();
        grpc.close();
        gateway.close();
        engine.close();
    }

    private void load(final int calls) throws Exception {
        final Tally commands = new Tally();
        final long persons = done.count();
        final int perSecond = 1_000;
        try (OpenLoop.Sender lives = GrpcLives.unary(grpc.port(), commands, 12,
                number -> new Life(network, network.spread(number), persons).choosingItsPost(), done);
             OpenLoop loop = OpenLoop.start(perSecond, lives, commands)) {
            loop.measure(calls * 1_000_000_000L / perSecond);
            while (commands.calls() < calls / 2 && !commands.isStopping()) {
                Thread.sleep(5);
            }
            loop.awaitAnswers();
            commands.stop();
        }
        commands.requireNoFailure();
    }

    private void assertWhole(final List<Watcher> all) throws InterruptedException {
        watchers.awaitLast(all, post -> done.lastPosition((int) post), LONGEST_NS);
        tally.requireNoFailure();
        for (final Map.Entry<Integer, List<Received>> post : DoneCommands.byPost(all).entrySet()) {
            assertThat(DoneCommands.fault(done.positions(post.getKey()), post.getValue())).as("post " + post.getKey()).isEmpty();
            assertThat(post.getValue()).allSatisfy(received -> assertThat(received.count()).isPositive());
        }
    }

    @Test
    void givenWatchersOverGrpcAndHttp_whenCommandsCome_thenEachHasItsEventsOnce_alsoThoseThatReadLater() throws Exception {
        watchers.open(POSTS, 5, 4, 1);
        load(300);
        assertWhole(watchers.fast());

        watchers.openSlow(2, true);
        load(300);
        assertThat(watchers.slow()).allSatisfy(slow -> assertThat(slow.received().count()).as("it has not read").isLessThan(20));
        watchers.slow().forEach(Watcher::read);
        assertWhole(watchers.fast());
        for (final Watcher slow : watchers.slow()) {
            assertWhole(List.of(slow));
        }
        assertThat(watchers.slow()).noneMatch(Watcher::wasCutOff);
    }

    @Test
    void givenABookThatKnowsOfOneMore_whenCompared_thenTheGapIsFound() throws Exception {
        watchers.open(POSTS, 3, 1, 0);
        load(60);
        assertWhole(watchers.fast());

        done.done(done.lastPosition(1) + 1, 1, 0, 0);

        assertThat(DoneCommands.fault(done.positions(1), DoneCommands.byPost(watchers.fast()).get(1))).contains("1 positions are missing at the end");
    }
}
