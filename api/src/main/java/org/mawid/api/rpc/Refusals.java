package org.mawid.api.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.mawid.api.access.CallHeaders;
import org.mawid.api.access.Grounds;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.capability.CapabilityTrouble;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ResultTable;
import org.mawid.api.limit.Spent;
import org.mawid.api.oidc.TokenTrouble;
import org.mawid.sbe.Result;

/** A result as a gRPC status: google.rpc.Status with ErrorInfo (reason = name of the result) and, where repeating helps, RetryInfo. */
public final class Refusals {
    /** Domain of every ErrorInfo. */
    public static final String DOMAIN = "mawid";
    /** Under which name the limit is told. */
    public static final String MAX_MESSAGE_BYTES = "maxMessageBytes";
    /** Where a google.rpc.Status travels. */
    static final Metadata.Key<byte[]> DETAILS = Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    /** Most refusals carry no number: their bytes are made once. */
    private static final Map<Result, byte[]> PLAIN = new EnumMap<>(Result.class);
    private static final Map<Cause, byte[]> CAUSES = new EnumMap<>(Cause.class);

    static {
        for (final Result result : Result.values()) {
            if (result != Result.NULL_VAL && result != Result.SBE_UNKNOWN) {
                final ResultTable.Row row = ResultTable.of(result);
                PLAIN.put(result, details(row, row.text(), row.retryMs(), Map.of()));
            }
        }
        for (final Cause cause : Cause.values()) {
            CAUSES.put(cause, details(ResultTable.of(Result.UNAVAILABLE), cause.text(), cause.retryMs(), Map.of(ResultTable.CAUSE, cause.name())));
        }
    }

    private Refusals() {
    }

    public static StatusRuntimeException of(final Result result) {
        return of(result, 0, 0);
    }

    /** UNAVAILABLE, and why. */
    public static StatusRuntimeException of(final Cause cause) {
        final Metadata trailers = new Metadata();
        trailers.put(DETAILS, CAUSES.get(cause));
        return new Refusal(ResultTable.of(Result.UNAVAILABLE).code().toStatus().withDescription(cause.text()), trailers);
    }

    /** @param number1 what the core said with the refusal, see {@link ResultTable.Row#detailName()} @param number2 see {@link ResultTable.Row#secondName()} */
    public static StatusRuntimeException of(final Result result, final long number1, final long number2) {
        if (result == Result.UNAVAILABLE) {
            return of(Cause.of(number1));
        }
        final ResultTable.Row row = ResultTable.of(result);
        final Metadata trailers = new Metadata();
        trailers.put(DETAILS, row.detailName() == null ? PLAIN.get(result) : details(row, row.text(), row.retryMs(), numbers(row, number1, number2)));
        return new Refusal(row.code().toStatus().withDescription(row.text()), trailers);
    }

    /** As {@link #of(Result, long, long)}, with the break that the refused command has opened, empty = none. */
    static StatusRuntimeException of(final Answer answer, final String openedBreak) {
        if (openedBreak.isEmpty()) {
            return of(answer.result(), answer.number1(), answer.number2());
        }
        final ResultTable.Row row = ResultTable.of(answer.result());
        final Map<String, String> more = new HashMap<>(row.detailName() == null ? Map.of() : numbers(row, answer.number1(), answer.number2()));
        more.put(ResultTable.BREAK, openedBreak);
        return of(answer.result(), row.text(), more);
    }

    /** A result whose text says more than usual. @param more names and values beside */
    public static StatusRuntimeException of(final Result result, final String text, final Map<String, String> more) {
        final ResultTable.Row row = ResultTable.of(result);
        final Metadata trailers = new Metadata();
        trailers.put(DETAILS, details(row, text, row.retryMs(), more));
        return new Refusal(row.code().toStatus().withDescription(text), trailers);
    }

    /** Why a token is none, or none any more. */
    public static StatusRuntimeException of(final TokenTrouble why) {
        return of(Result.UNAUTHENTICATED, why.text(), Map.of(CallHeaders.TOKEN, why.name()));
    }

    /** FORBIDDEN, and what a capability would have to be. */
    public static StatusRuntimeException of(final CapabilityTrouble why) {
        return of(Result.FORBIDDEN, why.text(), Map.of(Capabilities.NAME, why.name()));
    }

    /** MALFORMED as over HTTP, under the status that gRPC has for it. @param maxBytes of a message, told under {@link #MAX_MESSAGE_BYTES} */
    public static StatusRuntimeException tooLarge(final int maxBytes) {
        final String text = "The message has more than " + maxBytes + " bytes. Never logged.";
        final Status status = Status.RESOURCE_EXHAUSTED.withDescription(text);
        final Metadata trailers = new Metadata();
        trailers.put(DETAILS, details(Result.MALFORMED, status.getCode(), text, 0, Map.of(MAX_MESSAGE_BYTES, Integer.toString(maxBytes))));
        return new Refusal(status, trailers);
    }

    /** UNAVAILABLE as over HTTP with 429, under the status that gRPC has for it. @param waitMs after which it is worth repeating, 1 or more */
    public static StatusRuntimeException tooOften(final String text, final long waitMs) {
        final Status status = Status.RESOURCE_EXHAUSTED.withDescription(text);
        final Metadata trailers = new Metadata();
        trailers.put(DETAILS, details(Result.UNAVAILABLE, status.getCode(), text, waitMs, Map.of()));
        return new Refusal(status, trailers);
    }

    /** UNAVAILABLE as over HTTP with 429, under the status that gRPC has for it, and which limit it is. */
    public static StatusRuntimeException limited(final Spent spent) {
        final Status status = Status.RESOURCE_EXHAUSTED.withDescription(Cause.LIMIT_SPENT.text());
        final Metadata trailers = new Metadata();
        trailers.put(DETAILS, details(Result.UNAVAILABLE, status.getCode(), Cause.LIMIT_SPENT.text(), spent.waitMs(),
                Map.of(ResultTable.CAUSE, Cause.LIMIT_SPENT.name(), Spent.LIMIT, spent.limit(), Spent.RETRY_AFTER_MS, Long.toString(spent.waitMs()))));
        return new Refusal(status, trailers);
    }

    /** What is written of a call that ends with these; null = nothing. */
    public static Grounds grounds(final Metadata trailers) {
        final byte[] details = trailers.get(DETAILS);
        if (details == null) {
            return null;
        }
        try {
            for (final Any detail : com.google.rpc.Status.parseFrom(details).getDetailsList()) {
                if (detail.is(ErrorInfo.class)) { // each of ours has one, and nobody else closes a call with any
                    final ErrorInfo info = detail.unpack(ErrorInfo.class);
                    return info.containsMetadata(MAX_MESSAGE_BYTES) ? Grounds.TOO_LARGE
                            : Grounds.of(Result.valueOf(info.getReason()), info.getMetadataOrDefault(Capabilities.NAME, null), info.getMetadataOrDefault(Grounds.REASON, null));
                }
            }
            return null;
        } catch (final InvalidProtocolBufferException notOurs) {
            return null;
        }
    }

    private static Map<String, String> numbers(final ResultTable.Row row, final long number1, final long number2) {
        return row.secondName() == null ? Map.of(row.detailName(), Long.toString(number1))
                : Map.of(row.detailName(), Long.toString(number1), row.secondName(), Long.toString(number2));
    }

    private static byte[] details(final ResultTable.Row row, final String text, final long retryMs, final Map<String, String> numbers) {
        return details(row.result(), row.code(), text, retryMs, numbers);
    }

    private static byte[] details(final Result reason, final Status.Code code, final String text, final long retryMs, final Map<String, String> numbers) {
        final ErrorInfo.Builder info = ErrorInfo.newBuilder().setReason(reason.name()).setDomain(DOMAIN).putAllMetadata(numbers);
        final com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(code.value()).setMessage(text).addDetails(Any.pack(info.build()));
        if (retryMs > 0) {
            status.addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(Duration.newBuilder()
                    .setSeconds(retryMs / 1_000).setNanos((int) (retryMs % 1_000) * 1_000_000)).build()));
        }
        return status.build().toByteArray();
    }

    /** An answer, not an accident: without the trace of calls, which would cost more than the command. */
    private static final class Refusal extends StatusRuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(final Status status, final Metadata trailers) {
            super(status, trailers);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
