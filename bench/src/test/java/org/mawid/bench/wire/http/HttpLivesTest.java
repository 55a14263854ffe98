package org.mawid.bench.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
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
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.LifeBooks;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.wire.loop.Enough;
import org.mawid.bench.wire.loop.OpenLoop;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.bench.wire.server.EmptyEdge;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;

/** Lives' commands over HTTP: to the real engine behind its edge, and to the pages that it is taken against. */
class HttpLivesTest {
    private final ModelNetwork network = new ModelNetwork(3, 2, 16, 255);
    private EmbeddedEngine engine;
    private Gateway gateway;
    private HttpEdge real;
    private EmptyEdge empty;

    @BeforeEach
    void start(@TempDir final Path folder) throws Exception {
        engine = EmbeddedEngine.start(EngineConfig.at(folder.resolve("data")).with(Setting.RECORDS, false).with(Setting.SEGMENT_BYTES, 4L << 20)
                .with(Setting.SNAPSHOT_AT_STOP, false));
        Engines.make(engine, network, new Commands(3));
        gateway = new Gateway(engine, References.of(1, new byte[32]), 30_000);
        real = HttpEdge.start(HttpConfig.loopback(0), gateway, new EdgeMetrics(), PostZones.UTC);
        empty = EmptyEdge.pages();
    }

    @AfterEach
    void stop() throws Exception {
        empty.close();
        real.close();
        gateway.close();
        engine.close();
    }

    /** Keeps how long the answer to each step was. */
    private final class Measured implements HttpTalk {
        private final Life life = new Life(network, network.spread(1), 7);
        private final HttpTalk talk = HttpTalk.life(life, new LifeBooks());
        private final int[] answerBytes = new int[Life.STEPS];

        @Override
        public Buffer next() {
            return talk.next();
        }

        @Override
        public void done(final Buffer data, final int body, final int bytes) {
            answerBytes[life.step()] = bytes;
            talk.done(data, body, bytes);
        }
    }

    private int[] answerBytes(final int port) throws Exception {
        final Measured measured = new Measured();
        final Tally tally = new Tally();
        tally.measure(true);
        try (HttpLoad load = HttpLoad.closed(port, 1, connection -> measured, tally)) {
            Enough.await(tally);
            tally.stop();
        }
        return measured.answerBytes;
    }

    @Test
    void givenEveryStepOfALife_whenSaidToBoth_thenTheEmptyPageAnswersWithAsManyBytesAsTheRealEdge() throws Exception {
        final int[] fromReal = answerBytes(real.port());
        final int[] fromEmpty = answerBytes(empty.port());

        for (int step = 0; step < Life.STEPS; step++) {
            assertThat(fromEmpty[step]).as("step %d", step).isCloseTo(fromReal[step], within(8)); // digits of positions, ends of instants
        }
    }

    @Test
    void givenLivesThatAreDueAtARate_whenAskedOneByOne_thenNoneGoesOnBeforeItsAnswer_andAllThatWasDueIsDone() throws Exception {
        for (final int port : new int[] {real.port(), empty.port()}) {
            final Tally tally = new Tally();
            try (OpenLoop.Sender lives = HttpLoad.oneByOne(port, 6, connection -> HttpTalk.life(new Life(network, network.spread(connection), 11), tally.books()), tally);
                 OpenLoop loop = OpenLoop.start(1_000, lives, tally)) {
                loop.measure(300_000_000L);
                Thread.sleep(300);
                loop.awaitAnswers();
                tally.stop();
                tally.requireNoFailure();
                assertThat(tally.count()).isEqualTo(loop.due()).isBetween(299L, 301L);
            }
            assertThat(tally.unanswered()).isZero();
        }
    }
}
