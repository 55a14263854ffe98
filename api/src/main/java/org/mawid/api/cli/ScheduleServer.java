package org.mawid.api.cli;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.mawid.api.oidc.TokenFile;
import org.mawid.grpc.ApplyScheduleReply;
import org.mawid.grpc.ApplyScheduleRequest;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.ListPostsRequest;
import org.mawid.grpc.Post;
import org.mawid.grpc.PreviewScheduleRequest;
import org.mawid.grpc.Result;
import org.mawid.grpc.ScheduleDifference;
import org.mawid.grpc.ScheduleFile;
import org.mawid.grpc.ScheduleServiceGrpc;

/** A server to which a schedule is sent, by HTTP or by gRPC. One call at a time. */
interface ScheduleServer extends AutoCloseable {
    long CALL_SECONDS = 120;
    int MOST_BYTES = 64 << 20;
    /** Expected of whoever only asks. */
    long NOTHING_IS_DONE = -1;

    /** @param pool of calendars that name none, {@code null} = they must; likewise {@code places}, 0 */
    record Sent(String post, LocalDate from, LocalDate to, String contentType, byte[] content, String pool, int places) {
    }

    /**
     * @param words    how it differs
     * @param against  name of what stands against it; empty = nothing
     * @param version  of the calendars to which it was compared, or that are in force now
     * @param days     of pools that change
     * @param mistakes what is wrong with the file; then there is nothing else
     */
    record Told(List<String> words, String against, long version, int days, List<String> mistakes) {
    }

    /** @param expectedVersion {@link #NOTHING_IS_DONE}, or of the calendars as they were told @throws IOException in one line */
    Told send(Sent sent, long expectedVersion) throws IOException, InterruptedException;

    @Override
    void close();

    /**
     * @param where {@code http://host:port}, {@code https://…}, or {@code host:port} for gRPC
     * @param trust certificates, {@code null} = Java's over HTTPS, no TLS over gRPC
     * @param token said with each call, {@code null} = none
     */
    static ScheduleServer at(final String where, final Path trust, final TokenFile token) throws IOException {
        return where.startsWith("http://") || where.startsWith("https://") ? new OverHttp(where, token) : new OverGrpc(where, trust, token);
    }

    /** As any other client. */
    final class OverHttp implements ScheduleServer {
        private final String where;
        private final TokenFile token;
        private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(CALL_SECONDS)).build();

        OverHttp(final String where, final TokenFile token) {
            this.token = token;
            this.where = where.endsWith("/") ? where.substring(0, where.length() - 1) : where;
        }

        @Override
        public Told send(final Sent sent, final long expectedVersion) throws IOException, InterruptedException {
            final StringBuilder uri = new StringBuilder(where).append("/v1/posts/").append(URLEncoder.encode(sent.post(), StandardCharsets.UTF_8).replace("+", "%20"))
                    .append("/schedule?from=").append(sent.from()).append("&to=").append(sent.to());
            uri.append(expectedVersion == NOTHING_IS_DONE ? "&dryRun=true" : "&expectedVersion=" + expectedVersion);
            uri.append(sent.pool() == null ? "" : "&pool=" + URLEncoder.encode(sent.pool(), StandardCharsets.UTF_8)).append(sent.places() == 0 ? "" : "&places=" + sent.places());
            final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri.toString())).timeout(Duration.ofSeconds(CALL_SECONDS)).header("Content-Type", sent.contentType())
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(sent.content()));
            if (token != null) {
                request.header("Authorization", token.authorization());
            }
            final HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            try {
                return told(new JsonObject(response.body()));
            } catch (final DecodeException e) {
                throw new IOException("what answers at " + where + " is not Mawid: status " + response.statusCode(), e);
            }
        }

        private static Told told(final JsonObject json) throws IOException {
            final JsonObject difference = json.containsKey("words") ? json : json.getJsonObject("difference");
            if (difference != null) {
                final List<String> words = difference.getJsonArray("words").stream().map(Object::toString).toList();
                return new Told(words, against(json, difference), difference.getLong("appliedVersion", difference.getLong("calendarVersion")), difference.getJsonArray("changes").size(), List.of());
            }
            if (!json.containsKey("errors")) {
                throw new IOException(json.getString("title") + ": " + json.getString("detail"));
            }
            final List<String> mistakes = new ArrayList<>();
            for (final Object each : json.getJsonArray("errors")) {
                final JsonObject error = (JsonObject) each;
                final String place = error.containsKey("line") ? "line " + error.getInteger("line") : error.getString("pointer", error.getString("parameter"));
                mistakes.add(place + ": " + error.getString("detail"));
            }
            return new Told(List.of(), json.getString("result"), 0, 0, mistakes);
        }

        private static String against(final JsonObject json, final JsonObject difference) {
            final JsonArray refused = difference.getJsonArray("refused");
            return json.containsKey("result") ? json.getString("result") : refused.isEmpty() ? "" : refused.getJsonObject(0).getString("result");
        }

        @Override
        public void close() {
            // the client ends with its last call
        }
    }

    /** As the portal. */
    final class OverGrpc implements ScheduleServer {
        private final ManagedChannel channel;

        OverGrpc(final String where, final Path trust, final TokenFile token) throws IOException {
            final NettyChannelBuilder builder = NettyChannelBuilder.forTarget("dns:///" + where).maxInboundMessageSize(MOST_BYTES);
            if (token != null) {
                builder.intercept(token.interceptor());
            }
            channel = trust == null ? builder.usePlaintext().build() : builder.sslContext(GrpcSslContexts.forClient().trustManager(trust.toFile()).build()).build();
        }

        @Override
        public Told send(final Sent sent, final long expectedVersion) throws IOException {
            try {
                final ScheduleServiceGrpc.ScheduleServiceBlockingStub server = ScheduleServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
                final PreviewScheduleRequest wanted = PreviewScheduleRequest.newBuilder().setPostId(postId(sent.post())).setFirstEpochDay((int) sent.from().toEpochDay())
                        .setLastEpochDay((int) sent.to().toEpochDay()).setFile(ScheduleFile.newBuilder().setContentType(sent.contentType()).setContent(ByteString.copyFrom(sent.content()))
                                .setPool(sent.pool() == null ? "" : sent.pool()).setPlaces(sent.places())).build();
                if (expectedVersion == NOTHING_IS_DONE) {
                    final ScheduleDifference difference = server.previewSchedule(wanted);
                    return told(difference, difference.getRefusedCount() == 0 ? "" : difference.getRefused(0).getResult().name(), difference.getCalendarVersion());
                }
                final ApplyScheduleReply reply = server.applySchedule(ApplyScheduleRequest.newBuilder().setWanted(wanted).setExpectedVersion((int) expectedVersion).build());
                return told(reply.getDifference(), reply.getResult() == Result.OK ? "" : reply.getResult().name(), reply.getCalendarVersion());
            } catch (final StatusRuntimeException refused) {
                final List<String> mistakes = mistakes(refused);
                if (mistakes.isEmpty()) {
                    throw new IOException(refused.getStatus().getCode() + ": " + refused.getStatus().getDescription(), refused);
                }
                return new Told(List.of(), Result.MALFORMED.name(), 0, 0, mistakes);
            }
        }

        private int postId(final String codeOrId) throws IOException {
            return CatalogueServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS).listPosts(ListPostsRequest.getDefaultInstance()).getPostsList().stream()
                    .filter(post -> post.getCode().equals(codeOrId) || String.valueOf(post.getPostId()).equals(codeOrId)).mapToInt(Post::getPostId).findFirst()
                    .orElseThrow(() -> new IOException("there is no post " + codeOrId));
        }

        private static Told told(final ScheduleDifference difference, final String against, final long version) {
            return new Told(difference.getWordsList(), against, version, difference.getChangesCount(), List.of());
        }

        private static List<String> mistakes(final StatusRuntimeException refused) {
            final TreeMap<Integer, String> told = new TreeMap<>();
            final com.google.rpc.Status status = StatusProto.fromThrowable(refused);
            try {
                for (final Any any : status == null ? List.<Any>of() : status.getDetailsList()) {
                    if (any.is(ErrorInfo.class)) {
                        any.unpack(ErrorInfo.class).getMetadataMap().forEach((name, text) -> {
                            if (name.startsWith("mistake")) {
                                told.put(Integer.parseInt(name.substring("mistake".length())), text);
                            }
                        });
                    }
                }
            } catch (final InvalidProtocolBufferException unreadable) {
                return List.of();
            }
            return List.copyOf(told.values());
        }

        @Override
        public void close() {
            channel.shutdownNow();
        }
    }
}
