package org.mawid.bench.release.ground;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import org.mawid.grpc.Result;

/**
 * Why a call over gRPC was refused.
 *
 * @param result null: gRPC itself ended the call, so that nobody knows what became of it
 * @param detail an instant or a number that goes with the result, else 0
 */
public record Reason(Result result, long detail) {
    private static final Reason NOBODY_KNOWS = new Reason(null, 0);

    public static Reason of(final Throwable failure) {
        final com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return NOBODY_KNOWS;
        }
        try {
            for (final Any any : status.getDetailsList()) {
                if (any.is(ErrorInfo.class)) {
                    final ErrorInfo info = any.unpack(ErrorInfo.class);
                    long detail = 0;
                    for (final String value : info.getMetadataMap().values()) {
                        detail = Long.parseLong(value); // there is at most one
                    }
                    return new Reason(Result.valueOf(info.getReason()), detail);
                }
            }
        } catch (final InvalidProtocolBufferException | IllegalArgumentException newer) {
            return NOBODY_KNOWS;
        }
        return NOBODY_KNOWS;
    }

    /** For an error line. */
    static String inWords(final Throwable failure) {
        final Reason reason = of(failure);
        if (reason.result() != null) {
            return reason.result().name();
        }
        final Status status = Status.fromThrowable(failure); // not as its own text, which has the whole stack of its cause
        return status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription());
    }
}
