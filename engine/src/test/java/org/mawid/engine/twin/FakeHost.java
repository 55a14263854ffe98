package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.SavedState;

/**
 * A host that is not the embedded one: its log has offsets that jump, it delivers one message at a time, its leaders change and
 * each new one continues from a snapshot and the tail behind it, with a clock of its own.
 */
final class FakeHost {
    private final Dice dice;
    private final List<Message> log = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private EngineCore leader = new EngineCore();
    private Answered.Teller teller = new Answered.Teller(leader::apply);
    private long offset;
    private long lastMs;
    private long clockErrorMs;

    /** One message of the host's log: its offset says nothing about how many came before. */
    private record Message(long offset, long nowMs, int flags, byte[] command) {
    }

    private record Snapshot(long offset, SavedState state) {
    }

    FakeHost(final long seed) {
        dice = new Dice(seed);
    }

    /** Appends to the log and lets the leader apply it. @param wallMs the true time, which the leader's clock may miss */
    Answered offer(final long wallMs, final int flags, final byte[] command) {
        offset += 32L * dice.between(1, 1_000);
        lastMs = Math.max(lastMs, wallMs + clockErrorMs);
        final Message message = new Message(offset, lastMs, flags, command);
        log.add(message);
        return deliver(message);
    }

    /** Log time of the last message. */
    long lastMs() {
        return lastMs;
    }

    void snapshot() {
        snapshots.add(new Snapshot(offset, ReplayTest.saved(leader)));
    }

    /** Another node takes over: it knows one of the snapshots, or nothing, and reads the rest of the log. */
    void changeLeader() {
        final Snapshot base = dice.percent(20) ? null : dice.of(snapshots);
        leader = base == null ? new EngineCore() : ReplayTest.restored(base.state);
        teller = new Answered.Teller(leader::apply);
        for (final Message message : log) {
            if (base == null || message.offset > base.offset) {
                deliver(message);
            }
        }
        clockErrorMs = dice.between(-20_000, 20_000);
    }

    EngineCore leader() {
        return leader;
    }

    int messages() {
        return log.size();
    }

    /** The whole log through a core that has seen nothing change. */
    EngineCore undisturbed() {
        final EngineCore core = new EngineCore();
        final Answered.Teller plain = new Answered.Teller(core::apply);
        for (int i = 0; i < log.size(); i++) {
            final Message message = log.get(i);
            plain.tell(i + 1, message.nowMs, message.flags, message.command);
        }
        return core;
    }

    private Answered deliver(final Message message) {
        return teller.tell(leader.position() + 1, message.nowMs, message.flags, message.command);
    }
}
