package org.mawid.engine;

import java.util.UUID;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.ring.HostClock;
import org.mawid.engine.ring.OwnWork;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SetCoreVersionEncoder;

/** Which rules of behaviour the log is at, asked and set by an operator. Any thread. */
final class CoreVersions {
    private final OwnWork ring;
    private final HostClock clock;

    CoreVersions(final OwnWork ring, final HostClock clock) {
        this.ring = ring;
        this.clock = clock;
    }

    private record Answer(Result result, long position) {
    }

    /** @return 0 when the core does not answer in 10 s */
    int inForce() throws InterruptedException {
        final Integer version = new Patience(ring).answer(answer -> ring.ask(core -> answer.accept(core.coreVersion())));
        return version == null ? 0 : version;
    }

    /** As {@link EmbeddedEngine#setCoreVersion}. */
    long set(final int version) throws InterruptedException {
        if (version < 1 || version > EngineCore.NEWEST_CORE_VERSION) {
            // Not even logged: the log would have a refusal that says nothing.
            throw new IllegalStateException("this program knows the core versions 1 to " + EngineCore.NEWEST_CORE_VERSION + ", not " + version + ": nothing was done");
        }
        final CommandSource source = command(version);
        final Answer done = new Patience(ring).answer(answer -> ring.offer(source, (tag, outcome, events, offset, length) ->
                answer.accept(new Answer(outcome.result(), outcome.position()))));
        if (done == null) {
            throw new IllegalStateException("the engine does not answer within " + Patience.SECONDS + " s; ask it which version is in force before you try again");
        }
        if (done.result == Result.CORE_VERSION_UNSUPPORTED) {
            throw new IllegalStateException("core version " + inForce() + " is in force, and there is no way back from it to " + version + ": nothing was done");
        }
        if (done.result != Result.OK) {
            throw new IllegalStateException("the engine answered " + done.result + ": nothing was done");
        }
        return done.position;
    }

    private CommandSource command(final int version) {
        final UUID id = UUID.randomUUID();
        final long nowMs = clock.nowMs();
        return (index, slot, offset) -> write(slot, offset, id, nowMs, version);
    }

    private static int write(final MutableDirectBuffer slot, final int offset, final UUID id, final long nowMs, final int version) {
        final SetCoreVersionEncoder command = new SetCoreVersionEncoder();
        command.wrapAndApplyHeader(slot, offset, new MessageHeaderEncoder());
        command.request().deadlineMs(0).idHigh(id.getMostSignificantBits()).idLow(id.getLeastSignificantBits()).createdMs(nowMs).sequence(0).actor(0)
                .onBehalfOf(0).clientId(0).channel(Channel.SYSTEM).putReserved((short) 0, (short) 0, (short) 0);
        command.coreVersion(version);
        return MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength();
    }
}
