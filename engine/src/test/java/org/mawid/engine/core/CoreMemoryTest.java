package org.mawid.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.InvariantBroken;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.testkit.Lives;
import org.mawid.engine.testkit.SavedState;

/** What a core has outside the Java heap, and that nothing of it is left or looked at when it is closed. */
class CoreMemoryTest {
    private static final BufferPoolMXBean DIRECT = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct")).findFirst().orElseThrow();

    private final UnsafeBuffer command = new UnsafeBuffer(ByteBuffer.allocateDirect(1_024));
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();

    @Test
    void givenManyCoresOneAfterTheOther_whenEachIsClosed_thenNoMemoryIsLeft() {
        final SavedState saved = new SavedState();
        final long hash;
        final long bytes;
        try (EngineCore first = lived()) {
            first.save(saved);
            hash = first.stateHash();
            bytes = first.bytes();
            assertThat(bytes).isGreaterThan(4 << 20);
        }
        final long before = DIRECT.getMemoryUsed();
        for (int i = 0; i < 100; i++) {
            try (EngineCore core = new EngineCore()) {
                core.load(saved.reader());
                assertThat(core.stateHash()).isEqualTo(hash);
            }
        }
        assertThat(DIRECT.getMemoryUsed() - before).as("left by 100 cores of %d bytes", bytes).isLessThan(64 << 10);
    }

    @Test
    void givenPiecesMadeAheadNowAndThen_whenTheSameCommands_thenTheSameStateAndAllOfThemIsGivenBack() {
        final long hash;
        try (EngineCore without = lived(new EngineCore())) {
            hash = without.stateHash();
        }
        final long before = DIRECT.getMemoryUsed();
        final int[] asked = new int[1];
        final int[] given = new int[1];
        final EngineCore with = new EngineCore();
        with.takeSparesFrom(() -> {
            if (++asked[0] % 3 == 0) {
                return null;
            }
            given[0]++;
            return ByteBuffer.allocateDirect((1 << 20) + 64);
        });
        lived(with);
        with.check();
        assertThat(with.stateHash()).isEqualTo(hash);
        assertThat(given[0]).as("pieces taken").isGreaterThan(3);
        assertThat(with.bytes()).isGreaterThan((long) given[0] << 20);
        with.close();
        assertThat(DIRECT.getMemoryUsed() - before).as("left of %d pieces", given[0]).isLessThan(64 << 10);
    }

    @Test
    void givenAClosedCore_whenAskedAnything_thenThePromiseIsBrokenAndNoFreedMemoryIsRead() {
        final EngineCore core = lived();
        final long position = core.position();
        core.close();
        core.close();
        assertThat(core.bytes()).isZero();
        assertThat(core.position()).isEqualTo(position);
        assertRefused(() -> core.apply(position + 1, Long.MAX_VALUE, 0, command, 0, 100, events, outcome));
        assertRefused(() -> core.prefetch(command, 0, 100));
        assertRefused(core::prefetched);
        assertRefused(core::stateHash);
        assertRefused(core::check);
        assertRefused(core::counts);
        assertRefused(core::nextDueMs);
        assertRefused(() -> core.save(new SavedState()));
        assertRefused(() -> core.load(new SavedState().reader()));
        assertRefused(() -> core.outcomeOf(1, 2, outcome));
        assertRefused(() -> core.createdMsOf(1, 2));
        assertRefused(() -> core.dump(RecordKind.APPLICATIONS, 0, 1, (template, buffer, offset, length) -> { }));
        assertRefused(() -> core.dumpApplications(0, 1, (template, buffer, offset, length) -> { }));
        assertRefused(() -> core.dumpRetirable(new Bookmark(), 1, 1, (template, buffer, offset, length) -> { }));
    }

    private static void assertRefused(final Runnable asked) {
        assertThatThrownBy(asked::run).isInstanceOf(InvariantBroken.class).hasMessageContaining("closed");
    }

    private EngineCore lived() {
        return lived(new EngineCore());
    }

    private EngineCore lived(final EngineCore core) {
        final Lives lives = new Lives();
        for (int index = 0; apply(core, lives, lives.writeOpening(index, command, 0)); index++) {
            lives.check(outcome);
        }
        for (int round = 0; round < 20; round++) {
            lives.beginRound();
            for (int step = 0; step < 4; step++) {
                for (int lane = 0; lane < Lives.LANES; lane++) {
                    if (apply(core, lives, lives.write(step, lane, command, 0))) {
                        lives.answered(step, lane, outcome);
                    }
                }
            }
        }
        return core;
    }

    private boolean apply(final EngineCore core, final Lives lives, final int length) {
        if (length == 0) {
            return false;
        }
        events.reset();
        core.apply(core.position() + 1, lives.nowMs(), 0, command, 0, length, events, outcome);
        return true;
    }
}
