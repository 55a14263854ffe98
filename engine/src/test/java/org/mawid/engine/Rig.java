package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.LiveReadModel;
import org.mawid.engine.readmodel.ReadModelFeed;
import org.mawid.engine.ring.HostClock;
import org.mawid.sbe.Result;

/** An engine on a disk and a clock that the test owns, and commands for it that are as small as commands can be. */
final class Rig implements AutoCloseable {
    static final Path DATA = Path.of("data");
    static final long START_MS = 1_767_225_600_000L;
    private static final int PATIENCE_S = 20;

    /** What came back. */
    record Answer(Result result, long number1, long position, long nowMs, boolean repeated, int eventBytes) {
    }

    final FakeDisk disk;
    /** Where all but the journal is: a disk of its own when the test says so. */
    FakeDisk files;
    final AtomicLong clockMs = new AtomicLong(START_MS);
    final ConcurrentLinkedQueue<String> halts = new ConcurrentLinkedQueue<>();
    HostClock clock = clockMs::get;
    UnaryOperator<EngineConfig> settings = config -> config;
    EngineMetrics metrics = EngineMetrics.NONE;
    EmbeddedEngine engine;
    FakeReadModel readModel;
    /** Whether the read side is the real one, on the same disk. */
    boolean live;
    /** What stands between the pipeline and its read side. */
    UnaryOperator<ReadModelFeed> between = feed -> feed;
    /** Where the engine is; also a folder of the machine for what the disk cannot hold. */
    Path data = DATA;

    Rig(final FakeDisk disk) {
        this.disk = disk;
        this.files = disk;
    }

    Rig() {
        this(new FakeDisk(1, true));
    }

    Rig with(final Setting setting, final Object value) {
        final UnaryOperator<EngineConfig> before = settings;
        settings = config -> before.apply(config).with(setting, value);
        return this;
    }

    /** All that a test writes is in the first segment: one that was made ready beforehand keeps the name of a spare in what the disk says of its calls. */
    Rig inOneSegment() {
        return with(Setting.SEGMENT_BYTES, 8 << 20);
    }

    Rig start() throws EngineStartException {
        final EngineConfig config = settings.apply(EngineConfig.at(data)
                .with(Setting.RING_ENTRIES, 256).with(Setting.SEGMENT_BYTES, 256 * 1024).with(Setting.GROUP_BYTES, 8192)
                .with(Setting.EVENT_BUFFER_BYTES, 256 * 1024).with(Setting.RETIRE_EVERY_MS, 0).with(Setting.RECORDS, false)); // their map is a file of the machine, not of the test's disk
        readModel = new FakeReadModel();
        engine = EmbeddedEngine.start(config, metrics, new Host(disk, files, clock, () -> new JournalId(7, 301),
                read -> between.apply(live ? LiveReadModel.open(read, files) : readModel), false));
        engine.keepRecords();
        engine.onHalt(halts::add);
        return this;
    }

    static CommandSource definePost(final long request, final long deadlineMs) {
        return (index, slot, offset) -> Samples.definePost(slot, offset, request + index, START_MS, deadlineMs);
    }

    CompletableFuture<Answer> send(final long request) {
        return send(definePost(request, 0));
    }

    CompletableFuture<Answer> send(final CommandSource source) {
        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        final Result admitted = engine.submit(source, answering(answer), 0);
        if (admitted != Result.OK) {
            answer.complete(new Answer(admitted, 0, -1, 0, false, 0));
        }
        return answer;
    }

    static Reply answering(final CompletableFuture<Answer> answer) {
        return (tag, outcome, events, offset, length) -> {
            final boolean first = answer.complete(answer(outcome, length));
            if (!first) {
                throw new IllegalStateException("answered twice");
            }
        };
    }

    static Answer answer(final Outcome outcome, final int eventBytes) {
        return new Answer(outcome.result(), outcome.number1(), outcome.position(), outcome.nowMs(), outcome.repeated(), eventBytes);
    }

    Answer ask(final long request) {
        return get(send(request));
    }

    /** Sends these one after another, all on their way at once, and waits for all. */
    List<Answer> askAll(final long firstRequest, final int count) {
        final List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CompletableFuture<Answer> answer = send(firstRequest + i);
            while (answer.isDone() && answer.join().result() == Result.UNAVAILABLE) {
                Thread.onSpinWait();
                answer = send(firstRequest + i);
            }
            answers.add(answer);
        }
        return answers.stream().map(Rig::get).toList();
    }

    static <T> T get(final CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (final InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    <T> T onCore(final java.util.function.Function<EngineCore, T> question) {
        final CompletableFuture<T> answer = new CompletableFuture<>();
        while (!engine.query(core -> answer.complete(question.apply(core)))) {
            assertThat(engine.status().running()).isTrue(); // the ring may be full of what the projection has not passed yet
            Thread.onSpinWait();
        }
        return get(answer);
    }

    Result outcomeOf(final long request) {
        return onCore(core -> {
            final Outcome outcome = new Outcome();
            core.outcomeOf(Samples.CLIENT, request, outcome);
            return outcome.result();
        });
    }

    static void uninterrupted(final CountDownLatch go) {
        try {
            assertThat(go.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The process is gone; all that it wrote is still to be seen. */
    void kill() {
        end();
        disk.kill();
    }

    /** The machine is gone; what was not synced may be lost or torn. */
    void powerLoss() {
        end();
        disk.powerLoss();
    }

    /** Whatever the dying process's threads still do meets a disk that answers nothing. */
    private void end() {
        disk.crashAt(disk.calls() + 1);
        try {
            engine.close();
        } catch (final FakeDisk.Crash e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
