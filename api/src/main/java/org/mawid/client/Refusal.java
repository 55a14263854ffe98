package org.mawid.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Arrays;
import org.mawid.grpc.CapabilityTrouble;
import org.mawid.grpc.Cause;
import org.mawid.grpc.Result;

/**
 * What a gRPC status says in Mawid's words.
 *
 * @param detail  a number whose meaning the reason says, else 0
 * @param retryMs after how many ms the same request is worth repeating, 0 = not
 */
record Refusal(Result reason, long detail, long retryMs) {
    private static final String CAUSE = "cause";
    private static final String CAPABILITY = "capability";

    /** Null when the status carries no reason: it was made by gRPC, not by Mawid. */
    static Refusal of(final Throwable failure) {
        final com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return null;
        }
        Result reason = null;
        long detail = 0;
        long retryMs = 0;
        try {
            for (final Any any : status.getDetailsList()) {
                if (any.is(ErrorInfo.class)) {
                    final ErrorInfo info = any.unpack(ErrorInfo.class);
                    reason = Result.valueOf(info.getReason());
                    for (final var told : info.getMetadataMap().entrySet()) { // there is at most one
                        detail = switch (told.getKey()) {
                            case CAUSE -> cause(told.getValue());
                            case CAPABILITY -> capability(told.getValue());
                            default -> Long.parseLong(told.getValue());
                        };
                    }
                } else if (any.is(RetryInfo.class)) {
                    final RetryInfo retry = any.unpack(RetryInfo.class);
                    retryMs = retry.getRetryDelay().getSeconds() * 1_000 + retry.getRetryDelay().getNanos() / 1_000_000;
                }
            }
        } catch (final InvalidProtocolBufferException | IllegalArgumentException newer) {
            return null; // a server that says what this client does not know: the plain status remains
        }
        return reason == null ? null : new Refusal(reason, detail, retryMs);
    }

    /** 0 = one that this client does not know: UNAVAILABLE all the same. */
    private static long cause(final String word) {
        return Arrays.stream(Cause.values()).filter(cause -> cause.name().equals(word)).mapToLong(Cause::getNumber).findFirst().orElse(0);
    }

    /** 0 = one that this client does not know: FORBIDDEN all the same. */
    private static long capability(final String word) {
        return Arrays.stream(CapabilityTrouble.values()).filter(trouble -> trouble.name().equals("CAPABILITY_" + word)).mapToLong(CapabilityTrouble::getNumber).findFirst().orElse(0);
    }

    /** Whether the same message may help; when is for {@link Repeat} to say. @param refusal of this failure */
    static boolean mayPass(final Throwable failure, final Refusal refusal) {
        return refusal != null ? refusal.retryMs > 0 && mayPass(refusal.reason, refusal.retryMs) : Status.fromThrowable(failure).getCode() == Status.Code.UNAVAILABLE;
    }

    /**
     * Whether it is said of this attempt only, and nothing of one before that had no answer.
     *
     * @param reason null = one that this client does not know, and takes for the command's
     */
    static boolean isOfOneAttempt(final Result reason) {
        return reason == Result.UNAVAILABLE || reason == Result.PENDING || reason == Result.STORAGE_FULL || reason == Result.DEADLINE_EXCEEDED
                || reason == Result.READ_MODEL_BEHIND;
    }

    /** Whether a stream or watch that ended so would end so again. Trouble on the way is not final, however long. @param refusal of this failure */
    static boolean isFinal(final Throwable failure, final Refusal refusal) {
        if (refusal != null) {
            return refusal.retryMs == 0;
        }
        final Status.Code code = Status.fromThrowable(failure).getCode();
        return code == Status.Code.UNIMPLEMENTED || code == Status.Code.INVALID_ARGUMENT;
    }

    /** A full disk waits for a person: the caller shall know of it, not sleep on it. @param retryMs told with it, 0 = nothing, as by an older server */
    static boolean mayPass(final Result reason, final long retryMs) {
        return reason != Result.STORAGE_FULL && (retryMs > 0 || reason == Result.UNAVAILABLE || reason == Result.PENDING);
    }
}
