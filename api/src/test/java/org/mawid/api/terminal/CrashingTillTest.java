package org.mawid.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mawid.api.sandbox.terminal.SimulatorBehaviour;
import org.mawid.api.sandbox.terminal.TerminalSimulator;
import org.mawid.api.sandbox.terminal.WatchedSimulator;
import org.mawid.api.terminal.NaivePort.Kept;

/** The adapter is dropped at every step of a payment: at each request that the terminal hears, and before and after each word to the core. */
class CrashingTillTest {
    private static final TerminalTimes TIMES = new TerminalTimes(200, 100, 2_000, 2_000, 20_000, 30, 3, 10, 60_000, 60_000, 5_000, 10);
    private static final Duration LONG = Duration.ofSeconds(30);
    /** Login, payment, abort, login, status, reversal; each command twice. */
    private static final int MOST_STEPS = 16;

    private static final int THREADS = 6;

    private final AtomicInteger crashes = new AtomicInteger();

    @Test
    void givenTheAdapterDiesAtAnyStep_thenAnotherGoesOnAndNothingIsChargedTwice() throws Exception {
        final Vertx vertx = Vertx.vertx();
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            final List<Callable<Void>> stories = new ArrayList<>();
            for (final Transport transport : Transport.values()) {
                for (final SimulatorBehaviour behaviour : List.of(SimulatorBehaviour.NORMAL, SimulatorBehaviour.SILENT_AFTER_CHARGING,
                        SimulatorBehaviour.WRONG_AMOUNT, SimulatorBehaviour.CUT_AFTER_CHARGING, SimulatorBehaviour.DECLINE)) {
                    stories.add(() -> {
                        int step = 1;
                        while (step <= MOST_STEPS && diesAt(vertx, transport, behaviour, step)) {
                            step++;
                        }
                        return null;
                    });
                }
            }
            for (final Future<Void> story : threads.invokeAll(stories)) {
                story.get();
            }
        } finally {
            threads.shutdownNow();
            vertx.close().await(30, TimeUnit.SECONDS);
        }
        assertThat(crashes.get()).isGreaterThan(50);
    }

    /** @return whether there was such a step */
    private boolean diesAt(final Vertx vertx, final Transport transport, final SimulatorBehaviour behaviour, final int deadly) throws Exception {
        final String of = transport + " " + behaviour + " step " + deadly;
        final AtomicInteger steps = new AtomicInteger();
        final CountDownLatch died = new CountDownLatch(1);
        final AtomicBoolean isReborn = new AtomicBoolean();
        final Runnable step = () -> {
            if (!isReborn.get() && steps.incrementAndGet() == deadly) {
                died.countDown();
            }
        };
        final NaivePort core = new NaivePort();
        try (TerminalSimulator simulator = WatchedSimulator.start(vertx, "SIM-1", category -> step.run())) {
            simulator.next("Payment", behaviour);
            final Kept kept;
            final boolean isDead;
            try (Terminals first = new Terminals(vertx, TIMES, "TILL-1", new CountingPort(core, () -> {
                step.run();
                return died.getCount() == 0;
            }))) {
                first.register(SimulatedPost.registration(1, transport, simulator));
                final PaymentStarted started = core.start(1, 10_50, "EUR", System.currentTimeMillis());
                first.started(started);
                kept = core.payment(started.paymentId());
                await().atMost(LONG).pollInterval(Duration.ofMillis(2)).until(() -> died.getCount() == 0 || core.isAllDecided());
                isDead = died.getCount() == 0;
            }
            isReborn.set(true);
            crashes.addAndGet(isDead ? 1 : 0);
            try (Terminals second = new Terminals(vertx, TIMES, "TILL-1", new CountingPort(core))) {
                second.register(SimulatedPost.registration(1, transport, simulator));
                second.started(kept.started); // told once more, as after a start from a log
                await(of).atMost(LONG).pollInterval(Duration.ofMillis(2)).until(core::isAllDecided);
            }
            SimulatedPost.check(kept, simulator.charges(), of);
            assertThat(kept.isPersonAsked).as(of).isFalse();
            return isDead;
        }
    }
}
