package org.mawid.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.testkit.Lives;

/**
 * Nothing is allocated by a command. Tables may grow by pages: here they have grown before, and as much is forgotten as comes.
 * <p>Of several millions one must be without a byte, because the machine may allocate for its own purposes, once here and once there
 * while it still compiles; what a kind of command allocates is in all of them.
 */
class CoreAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_COMMANDS = 400_000;
    private static final int COMMANDS = 1_000_000;
    private static final int ATTEMPTS = 12;

    private final EngineCore core = new EngineCore();
    private final Lives lives = new Lives();
    private final UnsafeBuffer command = new UnsafeBuffer(ByteBuffer.allocateDirect(1_024));
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private long touched;

    @Test
    void givenAWarmCore_whenAMillionCommandsOfAllKindsAreApplied_thenTheThreadAllocatesNothing() {
        for (int index = 0; apply(lives.writeOpening(index, command, 0)); index++) {
            lives.check(outcome);
        }
        run(WARM_COMMANDS);
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && allocated != 0; attempt++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            run(COMMANDS);
            allocated = Math.min(allocated, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(lives.wrong()).as("answers other than OK; the first: %s", lives.firstWrong()).isZero();
        assertThat(allocated).as("fewest bytes allocated by %d commands", COMMANDS).isZero();
        assertThat(touched).isNotZero();
        core.check();
    }

    private void run(final int commands) {
        final long end = core.position() + commands;
        while (core.position() < end) {
            lives.beginRound();
            round();
        }
    }

    private void round() {
        do {
            apply(lives.writeUpkeep(0, command, 0));
            lives.check(outcome);
        } while (core.nextDueMs() <= lives.nowMs());
        for (int lane = 0; lane < Lives.LANES; lane++) {
            if (apply(lives.writeLate(lane, command, 0))) {
                lives.check(outcome);
            }
        }
        for (int index = 1; apply(lives.writeUpkeep(index, command, 0)); index++) {
            lives.check(outcome);
        }
        for (int step = 0; step < Lives.STEPS; step++) {
            for (int lane = 0; lane < Lives.LANES; lane++) {
                if (apply(lives.write(step, lane, command, 0))) {
                    lives.answered(step, lane, outcome);
                    if (step == 0 && Lives.isWalkIn(lane)) {
                        lives.applicationOf(lane, Lives.applicationIn(events.buffer(), events.offset()));
                    }
                }
            }
        }
    }

    private boolean apply(final int length) {
        if (length == 0) {
            return false;
        }
        events.reset();
        core.prefetch(command, 0, length);
        touched += core.prefetched();
        core.apply(core.position() + 1, lives.nowMs(), 0, command, 0, length, events, outcome);
        return true;
    }
}
