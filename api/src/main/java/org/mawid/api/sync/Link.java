package org.mawid.api.sync;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mawid.api.oidc.TokenFile;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Closure;
import org.mawid.grpc.ClosureServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.GetDayManifestRequest;
import org.mawid.grpc.GetMessageTextRequest;
import org.mawid.grpc.GetStampKeysRequest;
import org.mawid.grpc.ListClosuresRequest;
import org.mawid.grpc.ListPostsRequest;
import org.mawid.grpc.Post;
import org.mawid.grpc.StampServiceGrpc;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/** The connection. Each call ends by itself some time, also on a line that has gone silent. Any thread. @see #reason for what a failure says */
final class Link implements AutoCloseable {
    private static final long CALL_S = 20;
    /** Then the watch goes on in another call. */
    private static final long WATCH_S = 300;
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private final ManagedChannel channel;

    /**
     * @param trust PEM file with the certificates to trust, null = no TLS
     * @param token file with a bearer token, null = none
     * @throws IOException the certificates cannot be read, or there are none in the file
     */
    Link(final String host, final int port, final Path trust, final Path token) throws IOException {
        final NettyChannelBuilder builder = NettyChannelBuilder.forAddress(host, port).maxInboundMessageSize(MAX_MESSAGE_BYTES);
        if (token != null) {
            builder.intercept(new TokenFile(token).interceptor());
        }
        channel = trust == null ? builder.usePlaintext().build() : builder.sslContext(trusting(trust)).build();
    }

    private static SslContext trusting(final Path trust) throws IOException {
        try (InputStream pem = Files.newInputStream(trust)) {
            return GrpcSslContexts.forClient().trustManager(pem).build();
        } catch (final IllegalArgumentException none) {
            throw new IOException(trust + " has no certificates in it (PEM)", none);
        }
    }

    /** Somebody to whom the messages of a watch are told. */
    @FunctionalInterface
    interface Reader {
        /** @return false: no more */
        boolean read(WatchReply reply) throws IOException;
    }

    /**
     * Until the server ends it, the reader has enough, or the line is lost ({@link StatusRuntimeException}).
     *
     * @return false when the token was over and something had come until then: the next call brings another one
     */
    boolean watch(final WatchRequest request, final Reader reader) throws IOException {
        boolean hasCome = false;
        final Context.CancellableContext context = Context.current().withCancellation();
        final Context before = context.attach();
        try {
            final Iterator<WatchReply> replies = WatchServiceGrpc.newBlockingStub(ready()).withDeadlineAfter(WATCH_S, TimeUnit.SECONDS).watch(request);
            while (replies.hasNext()) {
                final WatchReply reply = replies.next();
                hasCome = true;
                if (!reader.read(reply)) {
                    break;
                }
            }
            return true;
        } catch (final StatusRuntimeException ended) {
            if (hasCome && detail(ended, "token").equals("EXPIRED")) {
                return false;
            }
            throw ended;
        } finally {
            context.detach(before);
            context.cancel(null);
        }
    }

    /** Null when there is none. @param codeOrId of the post */
    Post post(final String codeOrId) {
        return CatalogueServiceGrpc.newBlockingStub(ready()).withDeadlineAfter(CALL_S, TimeUnit.SECONDS).listPosts(ListPostsRequest.getDefaultInstance()).getPostsList().stream()
                .filter(post -> post.getCode().equals(codeOrId) || String.valueOf(post.getPostId()).equals(codeOrId)).findFirst().orElse(null);
    }

    List<Closure> closures(final int postId, final long minPosition) {
        return ClosureServiceGrpc.newBlockingStub(ready()).withDeadlineAfter(CALL_S, TimeUnit.SECONDS)
                .listClosures(ListClosuresRequest.newBuilder().setPostId(postId).setMinPosition(minPosition).build()).getClosuresList();
    }

    String manifest(final int postId, final int epochDay) {
        return AppointmentServiceGrpc.newBlockingStub(ready()).withDeadlineAfter(CALL_S, TimeUnit.SECONDS).withMaxInboundMessageSize(MAX_MESSAGE_BYTES)
                .getDayManifest(GetDayManifestRequest.newBuilder().setPostId(postId).setEpochDay(epochDay).build()).getJws();
    }

    /** Public keys, a JWK Set. */
    String keys() {
        return StampServiceGrpc.newBlockingStub(ready()).withDeadlineAfter(CALL_S, TimeUnit.SECONDS).getStampKeys(GetStampKeysRequest.getDefaultInstance()).getJwkSet();
    }

    /** @param minPosition of the message @throws StatusRuntimeException it is not to be had, or not now: see {@link #reason} */
    String messageText(final String application, final long hash, final long minPosition) {
        return ApplicationServiceGrpc.newBlockingStub(ready()).withDeadlineAfter(CALL_S, TimeUnit.SECONDS)
                .getMessageText(GetMessageTextRequest.newBuilder().setApplication(application).setTextHash(hash).setMinPosition(minPosition).build()).getText();
    }

    CommandReply send(final Command command) {
        return CommandServiceGrpc.newBlockingStub(ready()).withDeadlineAfter(CALL_S, TimeUnit.SECONDS).batch(CommandBatch.newBuilder().addCommands(command).build()).getReplies(0);
    }

    /** Whoever asks has waited long enough: a line that was lost is tried at once. */
    private ManagedChannel ready() {
        channel.resetConnectBackoff();
        return channel;
    }

    /** Name of the refusal, "" = none of Mawid's: trouble on the way. */
    static String reason(final StatusRuntimeException failure) {
        return info(failure).getReason();
    }

    /** What the refusal says of itself under a name, "" = nothing. */
    static String detail(final StatusRuntimeException failure, final String name) {
        return info(failure).getMetadataOrDefault(name, "");
    }

    private static ErrorInfo info(final StatusRuntimeException failure) {
        final com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        try {
            for (final Any any : status == null ? List.<Any>of() : status.getDetailsList()) {
                if (any.is(ErrorInfo.class)) {
                    return any.unpack(ErrorInfo.class);
                }
            }
        } catch (final InvalidProtocolBufferException unreadable) {
            return ErrorInfo.getDefaultInstance();
        }
        return ErrorInfo.getDefaultInstance();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
