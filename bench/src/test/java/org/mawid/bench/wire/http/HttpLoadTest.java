package org.mawid.bench.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mawid.bench.wire.loop.Enough;
import org.mawid.bench.wire.loop.OpenLoop;
import org.mawid.bench.wire.loop.Tally;

/** Clients over HTTP: they read every answer whole, keep their connections, and say so when a server fails. */
class HttpLoadTest {
    private final Tally tally = new Tally();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        tally.stop();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void givenAPage_whenAskedInClosedAndOpenLoop_thenEveryAnswerIsReadWhole() throws Exception {
        final int port = page(200);
        tally.measure(true);
        open.add(HttpLoad.closed(port, 3, connection -> HttpTalk.emptyPage(), tally));
        Enough.await(tally);
        tally.stop();

        final Tally later = new Tally();
        later.measure(true);
        try (HttpLoad load = HttpLoad.open(port, 3, connection -> HttpTalk.emptyPage(), later); OpenLoop loop = OpenLoop.start(2_000, load, later)) {
            assertThat(loop.due()).isZero();
            Enough.await(later);
            later.stop();
        }
    }

    @Test
    void givenConnectionsThatAreUsed_whenGarbageIsCollected_thenTheyStay() throws Exception {
        final int port = page(200);
        tally.measure(true);
        try (HttpLoad load = HttpLoad.open(port, 3, connection -> HttpTalk.emptyPage(), tally); OpenLoop loop = OpenLoop.start(200, load, tally)) {
            Forgotten.collect(port);
            Enough.await(tally);
            tally.stop();
        }
    }

    @Test
    void givenAServerThatFails_whenAsked_thenTheRunFails() throws Exception {
        tally.measure(true);
        open.add(HttpLoad.closed(page(500), 1, connection -> HttpTalk.emptyPage(), tally));
        for (long waitedMs = 0; !tally.isStopping() && waitedMs < Enough.LONGEST_MS; waitedMs += 5) {
            Thread.sleep(5);
        }

        assertThatThrownBy(tally::requireNoFailure).hasMessageContaining("500");
    }

    @Test
    void givenAServerWithoutAPlaceNowAndThen_whenAskedOneByOne_thenItIsAskedAgainAndNothingThatWasDueIsMissing() throws Exception {
        final AtomicInteger asked = new AtomicInteger();
        final int port = server(request -> request.response().setStatusCode(asked.incrementAndGet() % 3 == 0 ? 503 : 200).end());
        try (OpenLoop.Sender sender = HttpLoad.oneByOne(port, 4, connection -> HttpTalk.emptyPage(), tally); OpenLoop loop = OpenLoop.start(1_000, sender, tally)) {
            loop.measure(300_000_000L);
            Thread.sleep(300);
            loop.awaitAnswers();
            tally.stop();
            assertThat(tally.count()).isEqualTo(loop.due()).isBetween(299L, 301L);
        }
        tally.requireNoFailure();
        assertThat(tally.unanswered()).isZero();
        assertThat(tally.notAdmitted()).isGreaterThan(50);
    }

    /** Longer than a packet, so that answers come in parts. */
    private int page(final int status) throws Exception {
        final Buffer body = Buffer.buffer("x\r\n\r\n".repeat(40_000));
        return server(request -> request.response().setStatusCode(status).end(body));
    }

    private int server(final Handler<HttpServerRequest> answer) throws Exception {
        final Vertx vertx = Vertx.vertx();
        open.add(() -> vertx.close().await(10, TimeUnit.SECONDS));
        return vertx.createHttpServer().requestHandler(answer).listen(0, "127.0.0.1").await(30, TimeUnit.SECONDS).actualPort();
    }
}
