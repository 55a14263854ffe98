package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.journal.JournalException;
import org.mawid.sbe.Result;

/**
 * The whole pipeline on one thread, with a disk that loses and tears what was not synced and refuses any call, full disks, clocks that
 * step, processes and machines that die in the middle of anything, replies that get lost and requests that come again. After each
 * start: nothing answered is lost, one request has one answer, no unit and no person passes a limit, the twin agrees, the state is that of
 * a replay from scratch, and the masks beside the core say where the twin has room, as they do at rest.
 *
 * <p>A failing seed again: the message says how. A long campaign: {@code -Dseeds=1000}.
 */
class SimulationTest {
    private static final int COMMANDS = Integer.getInteger("commands", 1_800);
    /** Until there is something to lose: catalogue, first days. */
    private static final int PEACEFUL = 240;
    private static final int REMEMBERED = 60;
    private static final int STARTS_IN_TROUBLE = 40;

    /** What happened so far, over all seeds: a simulation in which nothing goes wrong proves nothing. */
    private final Map<String, Integer> happened = new TreeMap<>();

    /** One seed. */
    private final class Run {
        private final long seed;
        private final Dice dice;
        private final Truth truth;
        private final CommandGenerator generator;
        private final SimulatedHost host;
        private final Map<Long, Entry> waiting = new TreeMap<>();
        private final List<Entry> unsure = new ArrayList<>();
        private final List<Entry> recent = new ArrayList<>();
        private final List<String> story = new ArrayList<>();
        private long tag;
        private long wallMs;
        private long errorMs;
        private int fullFor;

        Run(final long seed) {
            this.seed = seed;
            truth = new Truth(seed);
            dice = new Dice(FakeDisk.spread(seed));
            generator = new CommandGenerator(seed, truth.twin());
            final FakeDisk disk = new FakeDisk(seed, dice.percent(50));
            host = new SimulatedHost(dice.percent(50) ? disk.withShortWrites() : disk, truth, this::answered);
        }

        void run() {
            try {
                start();
                for (int sent = 0; sent < COMMANDS; sent++) {
                    final boolean peace = sent < PEACEFUL;
                    try {
                        ask(generator.next());
                        if (peace) {
                            host.pipeline().drain();
                        } else {
                            mischief();
                            work();
                        }
                    } catch (final FakeDisk.Crash crash) {
                        die("crash");
                    } catch (final JournalException | IOException failed) {
                        die("failure");
                    }
                }
                host.disk.setFull(false);
                die("the end");
                finish();
            } catch (final AssertionError | RuntimeException | IOException broken) {
                throw new AssertionError("seed " + seed + ", position " + truth.position() + ", after " + tail(story) + "\nagain: "
                        + Seeds.again(SimulationTest.class, seed, COMMANDS), broken);
            }
        }

        private void note(final String what) {
            happened.merge(what, 1, Integer::sum);
            story.add(what + " at " + truth.position());
        }

        /** The clock that the generator thinks of is the true one. */
        private void ask(final Entry entry) {
            wallMs = Math.max(wallMs, entry.nowMs());
            host.time(wallMs, errorMs);
            final Result admitted = host.submit(++tag, entry.command());
            if (admitted == Result.OK) {
                waiting.put(tag, entry);
            } else {
                note(admitted.name());
                assertThat(admitted).isIn(Result.UNAVAILABLE, Result.STORAGE_FULL);
                unsure.add(entry);
            }
        }

        private void answered(final long of, final Result refusal) {
            final Entry entry = waiting.remove(of);
            if (refusal == Result.STORAGE_FULL || refusal == null && dice.percent(3)) {
                note(refusal == null ? "reply lost" : "refused for lack of room");
                unsure.add(entry); // the client asks again
            }
            if (refusal == null) {
                recent.add(entry);
            }
            if (recent.size() > REMEMBERED) {
                recent.remove(0);
            }
        }

        private void mischief() throws IOException {
            if (fullFor > 0 && --fullFor == 0) {
                host.disk.setFull(false);
                host.pipeline().seal(); // the ticker asks again for room
            }
            if (!unsure.isEmpty() && dice.percent(15)) {
                note("asked again");
                ask(unsure.remove(dice.below(unsure.size())));
            }
            if (dice.percent(2)) {
                errorMs = dice.between(-30_000, 30_000);
                note("clock steps");
            }
            switch (dice.below(450)) {
                case 0 -> host.disk.crashAt(host.disk.calls() + 1 + dice.below(30));
                case 1 -> host.disk.failAt(host.disk.calls() + 1 + dice.below(30), "Input/output error");
                case 2 -> {
                    note("disk full");
                    host.disk.setFull(true);
                    fullFor = dice.between(20, 120);
                }
                case 3 -> die("killed");
                case 4 -> {
                    note("clean stop");
                    host.stop();
                    waiting.clear();
                    restart();
                }
                case 5, 6, 7 -> snapshot();
                case 8, 9, 10 -> host.pipeline().seal();
                default -> {
                }
            }
        }

        private void snapshot() throws IOException {
            try {
                if (host.snapshot()) {
                    note("snapshot");
                }
            } catch (final IOException | JournalException noRoom) {
                note("no snapshot"); // it is tried again some other time
            }
        }

        /** Some thread runs for a while, or all of them. */
        private void work() {
            switch (dice.below(6)) {
                case 0, 1 -> host.pipeline().journal(dice.between(1, 40));
                case 2, 3 -> host.pipeline().core(dice.between(1, 40));
                case 4 -> host.pipeline().project(dice.between(1, 100));
                default -> {
                    if (dice.percent(40)) {
                        drain();
                    }
                }
            }
            if (host.pipeline().isStorageFull()) {
                host.pipeline().seal();
                host.pipeline().drain();
            }
        }

        /** Now and then somebody looks whether what can be read is right. */
        private void drain() {
            if (dice.percent(50)) {
                host.pipeline().drain();
            } else {
                host.drain();
            }
        }

        /** The process ends where it is, sometimes with the whole machine. What it had not answered may or may not have happened. */
        private void die(final String how) throws IOException {
            note(how);
            if (dice.percent(50)) {
                note("power loss");
                host.disk.powerLoss();
            } else {
                host.disk.kill();
            }
            unsure.addAll(waiting.values());
            waiting.clear();
            restart();
        }

        private void restart() throws IOException {
            errorMs = dice.between(-20_000, 20_000);
            if (dice.percent(25)) {
                host.disk.crashAt(host.disk.calls() + 1 + dice.below(60));
            }
            for (int attempt = 0; ; attempt++) {
                try {
                    if (attempt == 0 && dice.percent(20)) {
                        host.handOver();
                        note("hand-over");
                    }
                    start();
                    if (dice.percent(10) && host.spoilSnapshot(dice)) {
                        note("snapshot spoilt");
                    }
                    return;
                } catch (final FakeDisk.Crash | JournalException | IOException again) {
                    note("start failed");
                    assertThat(attempt).as("starts in a row that failed, the last by %s", again).isLessThan(STARTS_IN_TROUBLE);
                    if (dice.percent(50)) {
                        host.disk.powerLoss();
                    } else {
                        host.disk.kill();
                    }
                    if (attempt > 2) {
                        host.disk.setFull(false);
                        fullFor = 0;
                    }
                }
            }
        }

        private void start() throws IOException {
            host.time(wallMs, errorMs);
            host.start();
            for (final Entry entry : recent) {
                truth.remembers(host.core(), entry);
            }
        }

        /** Everybody who does not know asks again, until all know. */
        private void finish() throws IOException {
            for (int round = 0; !unsure.isEmpty() || !waiting.isEmpty(); round++) {
                assertThat(round).as("rounds until everybody has an answer").isLessThan(50);
                final List<Entry> asking = List.copyOf(unsure);
                unsure.clear();
                asking.forEach(this::ask);
                host.pipeline().drain();
            }
            host.stop();
            host.start();
            note("whole to the end");
        }

        private static List<String> tail(final List<String> story) {
            return story.subList(Math.max(0, story.size() - 12), story.size());
        }
    }

    @Test
    void givenSeededTrouble_whenThePipelineRunsThroughIt_thenNothingThatWasAnsweredIsEverUntrue() {
        int repeated = 0;
        int looks = 0;
        for (long seed = Seeds.FIRST; seed < Seeds.FIRST + Seeds.COUNT; seed++) {
            final Run run = new Run(seed);
            run.run();
            repeated += run.truth.repeated();
            looks += run.truth.looks();
        }
        if (Seeds.AS_IN_CI) {
            assertThat(repeated).as("answers given again: %s", happened).isGreaterThan(50);
            assertThat(looks).as("looks for room: %s", happened).isGreaterThan(500);
            assertThat(happened).as("what went wrong").containsKeys("asked again", "clean stop", "clock steps", "crash", "disk full", "failure",
                    "hand-over", "killed", "power loss", "refused for lack of room", "reply lost", "snapshot", "snapshot spoilt", "start failed");
            assertThat(happened.get("whole to the end")).isEqualTo(Seeds.COUNT);
        }
    }
}
