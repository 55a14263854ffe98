package org.mawid.bench.wire.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.wire.grpc.GrpcReads;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandBatchReply;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.ConfirmReply;
import org.mawid.grpc.CountStartsReply;
import org.mawid.grpc.DayCount;
import org.mawid.grpc.Done;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.SubmitApplicationReply;
import org.mawid.grpc.ValidateLines;
import org.mawid.sbe.CommandOutcomeEncoder;
import org.mawid.sbe.MessageHeaderEncoder;

/**
 * Handlers with nothing in them: nothing is checked, translated or kept, and every call gets the same answer, as large as a real one.
 * What remains is gRPC itself, which is what the real server is taken against.
 */
final class EmptyHandlers {
    private static final long NOW_MS = 1_800_000_000_000L;
    private static final long POSITION = 123_456_789;
    private static final String REFERENCE = "7K3M-9QF2-T4VXH";
    private static final String STAMP = "1234567890123456";
    /** Any reference in its long form: the clients of this server send it back and nobody looks at it. */
    private static final long LONG_FORM = 0x1122_3344_5566_7788L;
    private static final int FRAME_BYTES = frameBytes();

    private EmptyHandlers() {
    }

    static List<BindableService> all() {
        return List.of(new Applications(), new Appointments(), new Availabilities(), new Commands());
    }

    private static int frameBytes() {
        return 4 + MessageHeaderEncoder.ENCODED_LENGTH + CommandOutcomeEncoder.BLOCK_LENGTH + 7 & ~7;
    }

    private static <T> void answer(final StreamObserver<T> observer, final T reply) {
        observer.onNext(reply);
        observer.onCompleted();
    }

    private static final class Applications extends ApplicationServiceGrpc.ApplicationServiceImplBase {
        private final SubmitApplicationReply submitted = SubmitApplicationReply.newBuilder().setApplication(REFERENCE).setPosition(POSITION)
                .setNowMs(NOW_MS).build();
        private final Done done = Done.newBuilder().setPosition(POSITION).setNowMs(NOW_MS).build();

        @Override
        public void submitApplication(final SubmitApplication message, final StreamObserver<SubmitApplicationReply> observer) {
            answer(observer, submitted);
        }

        @Override
        public void validateLines(final ValidateLines message, final StreamObserver<Done> observer) {
            answer(observer, done);
        }
    }

    private static final class Appointments extends AppointmentServiceGrpc.AppointmentServiceImplBase {
        private final HoldReply held = HoldReply.newBuilder().setHold(REFERENCE).addStamps(STAMP).setUntilMs(NOW_MS).setPosition(POSITION)
                .setNowMs(NOW_MS).build();
        private final ConfirmReply confirmed = ConfirmReply.newBuilder().setAppointment(REFERENCE).setStartMs(NOW_MS).setPosition(POSITION)
                .setNowMs(NOW_MS).build();
        private final Done done = Done.newBuilder().setPosition(POSITION).setNowMs(NOW_MS).build();

        @Override
        public void hold(final Hold message, final StreamObserver<HoldReply> observer) {
            answer(observer, held);
        }

        @Override
        public void confirm(final Confirm message, final StreamObserver<ConfirmReply> observer) {
            answer(observer, confirmed);
        }

        @Override
        public void cancel(final Cancel message, final StreamObserver<Done> observer) {
            answer(observer, done);
        }
    }

    private static final class Availabilities extends AvailabilityServiceGrpc.AvailabilityServiceImplBase {
        private final CountStartsReply counted = counted();

        private static CountStartsReply counted() {
            final CountStartsReply.Builder reply = CountStartsReply.newBuilder().setUnits(4).setPosition(POSITION);
            for (int day = 0; day < GrpcReads.DAYS; day++) {
                reply.addDays(DayCount.newBuilder().setEpochDay(ModelNetwork.FIRST_DAY + day).setStarts(189));
            }
            return reply.build();
        }

        @Override
        public void countStarts(final AvailabilityQuery message, final StreamObserver<CountStartsReply> observer) {
            answer(observer, counted);
        }
    }

    private static final class Commands extends CommandServiceGrpc.CommandServiceImplBase {
        private final CommandReply made = CommandReply.newBuilder().setResult(Result.OK).setReference(REFERENCE).setDetail(NOW_MS)
                .setPosition(POSITION).setNowMs(NOW_MS).build();

        @Override
        public StreamObserver<Command> stream(final StreamObserver<CommandReply> observer) {
            return new StreamObserver<>() {
                @Override
                public void onNext(final Command command) {
                    observer.onNext(made.toBuilder().setTag(command.getTag()).build());
                }

                @Override
                public void onError(final Throwable cancelled) {
                    // nothing is kept
                }

                @Override
                public void onCompleted() {
                    observer.onCompleted();
                }
            };
        }

        @Override
        public void batch(final CommandBatch message, final StreamObserver<CommandBatchReply> observer) {
            final CommandBatchReply.Builder reply = CommandBatchReply.newBuilder();
            if (message.getPacked().isEmpty()) {
                for (int i = 0; i < message.getCommandsCount(); i++) {
                    reply.addReplies(made);
                }
            } else {
                reply.setPacked(outcomes(count(message.getPacked())));
            }
            answer(observer, reply.build());
        }

        private static int count(final ByteString packed) {
            final ByteBuffer frames = packed.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            int count = 0;
            for (int at = 0; at < frames.limit(); count++) {
                at += 4 + frames.getInt(at) + 7 & ~7;
            }
            return count;
        }

        private static ByteString outcomes(final int count) {
            final byte[] bytes = new byte[count * FRAME_BYTES];
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            final MessageHeaderEncoder header = new MessageHeaderEncoder();
            final CommandOutcomeEncoder outcome = new CommandOutcomeEncoder();
            for (int at = 0; at < bytes.length; at += FRAME_BYTES) {
                outcome.wrapAndApplyHeader(buffer, at + 4, header).result(org.mawid.sbe.Result.OK).position(POSITION).nowMs(NOW_MS)
                        .number1(LONG_FORM);
                buffer.putInt(at, MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength(), ByteOrder.LITTLE_ENDIAN);
            }
            return UnsafeByteOperations.unsafeWrap(bytes);
        }
    }
}
