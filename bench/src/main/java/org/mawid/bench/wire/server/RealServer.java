package org.mawid.bench.wire.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mawid.api.server.EdgeSetting;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.NoCooling;
import org.mawid.bench.process.Server;
import org.mawid.client.ClientOptions;
import org.mawid.client.DoneReply;
import org.mawid.client.MawidClient;
import org.mawid.client.PackedBatch;
import org.mawid.client.PackedReplies;
import org.mawid.engine.Setting;
import org.mawid.grpc.Result;

/** The product itself in a process of its own, with a model network in it that came over the wire. */
public final class RealServer {
    /** Until a model network has come over the wire, seconds. */
    public static final double BRING_SECONDS = 3;
    /** Of the request ids by which the model network is made. */
    public static final int SEED = 5;
    private static final int BATCH = 1_000;
    /** A server that stands still is to be seen in the latencies, not in calls that it gave up waiting for. */
    private static final String LONGEST_REPLY_MS = "30000";

    private RealServer() {
    }

    /** Snapshots and retirement are off: they come when they like, and would be in one round and not in the next. */
    public static Server start(final Path program, final Path data, final boolean records) throws IOException {
        return start(program, data, records, List.of());
    }

    /** As {@link #start(Path, Path, boolean)}. @param more flags of {@code serve} */
    public static Server start(final Path program, final Path data, final boolean records, final List<String> more) throws IOException {
        final List<String> flags = new ArrayList<>(more);
        Map.of(Setting.RECORDS.key(), Boolean.toString(records), Setting.RETIRE_EVERY_MS.key(), "0", Setting.SNAPSHOT_AT_STOP.key(), "false",
                        Setting.SNAPSHOT_RECORDS.key(), "1000000000000", Setting.SNAPSHOT_EVERY_MS.key(), "86400000", EdgeSetting.REPLY_TIMEOUT_MS.key(), LONGEST_REPLY_MS)
                .forEach((key, value) -> flags.addAll(List.of("--set", key + '=' + value)));
        return Server.start(program, data, flags);
    }

    /** Makes the network. @return the log's position of its last command @throws IllegalStateException when any of it is refused */
    public static long bring(final ModelNetwork network, final int grpcPort) {
        return bring(network, MawidClient.connect("127.0.0.1", grpcPort));
    }

    /** As above. @param token of somebody who may, null = nobody is asked who they are @throws IOException cannot be: no file is read */
    public static long bring(final ModelNetwork network, final int grpcPort, final String token) throws IOException {
        return token == null ? bring(network, grpcPort) : bring(network, MawidClient.connect(options(grpcPort, token)));
    }

    private static long bring(final ModelNetwork network, final MawidClient connected) {
        try (MawidClient client = connected) {
            final PackedBatch batch = client.packedBatch(1 << 20);
            final PackedReplies replies = new PackedReplies();
            network.make(new Commands(SEED).byNobody(), (command, length) -> {
                batch.buffer().putBytes(batch.messageOffset(), command, 0, length);
                batch.commit(length);
                if (batch.size() == BATCH) {
                    send(batch, replies);
                }
            });
            if (batch.size() > 0) {
                send(batch, replies);
            }
            return replies.position(replies.size() - 1);
        }
    }

    /** See {@link NoCooling}. */
    public static void coolNothing(final int grpcPort) throws IOException {
        coolNothing(grpcPort, null);
    }

    /** As above. @param token as in {@link #bring(ModelNetwork, int, String)} */
    public static void coolNothing(final int grpcPort, final String token) throws IOException {
        try (MawidClient client = MawidClient.connect(options(grpcPort, token))) {
            final DoneReply reply = client.perform(NoCooling.command(client.newRequest()));
            if (reply instanceof DoneReply.Refused refused && refused.reason() != Result.CORE_VERSION_UNSUPPORTED) { // by older rules nothing cools
                throw new IllegalStateException("cooling could not be set off: " + refused.reason());
            }
        }
    }

    private static ClientOptions options(final int grpcPort, final String token) {
        final ClientOptions options = ClientOptions.of("127.0.0.1", grpcPort);
        return token == null ? options : options.withToken(() -> token);
    }

    private static void send(final PackedBatch batch, final PackedReplies replies) {
        batch.send(replies);
        for (int i = 0; i < replies.size(); i++) {
            if (!replies.isDone(i)) {
                throw new IllegalStateException("the model network was refused: " + replies.result(i));
            }
        }
    }
}
