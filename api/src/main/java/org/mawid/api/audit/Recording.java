package org.mawid.api.audit;

import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.access.Target;
import org.mawid.api.gateway.OwnCommands;
import org.mawid.sbe.AccessVerdict;
import org.mawid.sbe.AccessedKind;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.RecordAccessEncoder;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings into the log what is no command there. Any thread, does not wait. */
final class Recording {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final long MOST_LEFT_OUT = 0xFFFF_FFFFL;

    private final OwnCommands commands;
    private final LongSupplier nowMs;
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean saysThatItIsOld = new AtomicBoolean();

    Recording(final OwnCommands commands, final LongSupplier nowMs) {
        this.commands = commands;
        this.nowMs = nowMs;
    }

    /** @return OK when it is durable, or the log's rules know nothing of it; else why it is not: UNAVAILABLE, STORAGE_FULL */
    CompletableFuture<Result> write(final long actor, final long onBehalfOf, final Channel channel, final long address, final long reasonCode, final int operation, final Target target,
                                    final long detail, final AccessVerdict verdict, final long leftOut) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + RecordAccessEncoder.BLOCK_LENGTH]);
        final RecordAccessEncoder message = new RecordAccessEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        message.request().idHigh(random.nextLong()).idLow(random.nextLong()).createdMs(nowMs.getAsLong()).actor(actor).onBehalfOf(onBehalfOf).channel(channel);
        message.targetId(target == null ? 0 : target.number()).detail(detail).address(address).reasonCode(reasonCode).leftOut(Math.min(leftOut, MOST_LEFT_OUT)).operation(operation)
                .targetKind(target == null ? AccessedKind.NOTHING : AccessedKind.valueOf(target.kind().name())).verdict(verdict);
        return commands.submit(buffer, buffer.capacity()).thenApply(said -> result(said.result()));
    }

    private Result result(final Result said) {
        if (said == Result.CORE_VERSION_UNSUPPORTED) {
            if (saysThatItIsOld.compareAndSet(false, true)) {
                LOG.warn("the log has nothing of who reads what and who is refused: 'mawid core-version' puts the rules in force by which it does");
            }
            return Result.OK;
        }
        return said == Result.OK || said == Result.STORAGE_FULL ? said : Result.UNAVAILABLE;
    }
}
