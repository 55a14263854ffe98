package org.mawid.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.ManyReferences;
import org.mawid.api.gateway.References;
import org.mawid.engine.kernel.Outcome;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.grpc.CommandReply;
import org.mawid.sbe.CommandOutcomeDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;

/** The bytes of a batch's reply are those of the message that other calls make. */
class OutcomeSlabTest {
    private static final long SEED = Long.getLong("seed", 7_117L);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final References references = References.of(1, new byte[32]);
    private final ManyReferences many = new ManyReferences(references);
    private final Outcome outcome = new Outcome();

    @Test
    void givenAnyAnswers_whenWrittenAsBytes_thenTheyAreTheMessage() throws InvalidProtocolBufferException {
        for (final int count : new int[] {0, 1, 10, 1_000}) {
            for (int attempt = 0; attempt < 20; attempt++) {
                final OutcomeSlab slab = new OutcomeSlab(count);
                final List<CommandReply> expected = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    answer(slab, i, CommandTemplate.of(random.nextInt(64)));
                    expected.add(CommandReplies.reply(slab.answer(i), 0, references));
                }

                final CommandBatchReply expectedReply = CommandBatchReply.newBuilder().addAllReplies(expected).build();
                assertThat(CommandBatchReply.parseFrom(slab.toMessage(many))).as("seed %s", SEED).isEqualTo(expectedReply);
                assertThat(slab.toMessage(many)).isEqualTo(expectedReply.toByteString());
            }
        }
    }

    @Test
    void givenPackedFrames_whenWrittenAsBytes_thenTheyAreTheMessage() throws InvalidProtocolBufferException {
        for (final int length : new int[] {0, 1, 127, 128, 100_000}) {
            final byte[] frames = new byte[length];
            random.nextBytes(frames);
            assertThat(CommandBatchReply.parseFrom(ReplyWriter.packed(frames)).getPacked().toByteArray()).isEqualTo(frames);
        }
    }

    private void answer(final OutcomeSlab slab, final int index, final CommandTemplate template) {
        slab.begin(index, template);
        if (random.nextInt(10) == 0) {
            slab.setLocal(index, random.nextBoolean() ? Result.PENDING : Result.MALFORMED, 0);
            return;
        }
        if (random.nextInt(10) == 0) {
            slab.setLocal(index, Result.UNAVAILABLE, random.nextInt(Cause.values().length + 1));
            return;
        }
        final boolean done = random.nextInt(4) != 0;
        final Result result = done ? random.nextInt(5) == 0 ? Result.OVERFLOW : Result.OK : Result.NOT_YET_RELEASED;
        final long number1 = done ? random.nextInt(3) == 0 && template != CommandTemplate.ISSUE_STAMPS ? 0 : 1 + random.nextLong(1L << 39) : random.nextLong();
        final long stamps = random.nextInt(17);
        final boolean walkedIn = done && template != null && template.walksIn();
        final long number2 = template == CommandTemplate.ISSUE_STAMPS ? stamps : walkedIn ? 1 + random.nextInt(0xFFFF) : random.nextInt(3) == 0 ? 0 : random.nextLong();
        outcome.begin(random.nextLong(1L << 50), random.nextLong(1L << 50))
                .set(result, number1, number2, template != null && template.opensBreak() ? random.nextInt(3) : stamps << 56 | 1 + random.nextLong(1L << 30));
        slab.set(index, outcome, walkedIn ? random.nextLong(1L << 39) : 0);
    }

    @Test
    void givenAWalkIn_whenAnswered_thenItsTicketIsToldBesideItsNumberAlsoInAPackedFrame() throws InvalidProtocolBufferException {
        final OutcomeSlab slab = new OutcomeSlab(1);
        slab.begin(0, CommandTemplate.WALK_IN);
        slab.set(0, outcome.begin(5, 6).set(Result.OVERFLOW, 7, 0xFFFF, 0), 71);
        assertThat(slab.answer(0).ticketId()).isEqualTo(71);
        final CommandReply reply = CommandBatchReply.parseFrom(slab.toMessage(many)).getReplies(0);
        assertThat(reply.getDetail()).isEqualTo(0xFFFF);
        assertThat(reply.getTicketId()).isEqualTo(71);
        final CommandOutcomeDecoder frame = new CommandOutcomeDecoder().wrapAndApplyHeader(new UnsafeBuffer(slab.toWire(many)), Integer.BYTES, new MessageHeaderDecoder());
        assertThat(frame.number2()).isEqualTo(0xFFFF);
        assertThat(frame.ticketId()).isEqualTo(71);
    }

    @Test
    void givenTicketsOfOtherCommands_whenPacked_thenTheFrameHasThemAlikeAndARefusalNone() {
        final OutcomeSlab slab = new OutcomeSlab(2);
        slab.begin(0, CommandTemplate.CHECK_IN);
        slab.set(0, outcome.begin(5, 6).set(Result.OK, 7, 12, 72), 0);
        slab.begin(1, CommandTemplate.CHECK_IN);
        slab.set(1, outcome.begin(6, 7).set(Result.APPOINTMENT_STATE, 3, 0, 0), 0);
        final UnsafeBuffer wire = new UnsafeBuffer(slab.toWire(many));
        final CommandOutcomeDecoder frame = new CommandOutcomeDecoder();
        assertThat(frame.wrapAndApplyHeader(wire, Integer.BYTES, new MessageHeaderDecoder()).ticketId()).isEqualTo(72);
        assertThat(frame.wrapAndApplyHeader(wire, OutcomeSlab.FRAME_BYTES + Integer.BYTES, new MessageHeaderDecoder()).ticketId()).isZero();
    }
}
