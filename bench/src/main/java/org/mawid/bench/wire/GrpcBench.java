package org.mawid.bench.wire;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochClock;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Durable commands over gRPC, client and server in one process on the loopback, in turn with the same server around an empty engine. */
@Command(name = "grpc", mixinStandardHelpOptions = true,
        description = "Durable commands over gRPC: unary, stream, or batch (protobuf or packed), in turn with the same server and an empty handler.")
public final class GrpcBench implements Callable<Integer> {
    private static final int STREAMS = 4;

    /** How commands travel. */
    enum Width { unary, stream, batch, packed }

    @Mixin
    private Output output;

    @Parameters(paramLabel = "WIDTH", description = "unary, stream, batch (protobuf) or packed (SBE in one bytes field).")
    private Width width;

    @Option(names = "--in-flight", paramLabel = "N", description = "Commands on their way at once; default 128, stream 4 096, batch and packed 8 batches.")
    private Integer inFlight;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "1000", description = "Commands of one batch, 1 to 8 190: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds of each, in turn: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--records", paramLabel = "true|false", arity = "1", defaultValue = "false", description = "Read model of records on: ${DEFAULT-VALUE}.")
    private boolean records;

    private final ModelNetwork network = new ModelNetwork(150, 60, 96, 255);

    @Override
    public Integer call() throws Exception {
        final Path folder = Engines.temporaryData(null);
        final EngineConfig config = EngineConfig.at(folder.resolve("data")).with(Setting.RECORDS, records).with(Setting.RETIRE_EVERY_MS, 0)
                .with(Setting.SNAPSHOT_AT_STOP, false).with(Setting.SNAPSHOT_RECORDS, 1_000_000_000_000L);
        final References references = References.open(folder.resolve("reference.key"));
        final List<JsonObject> real = new ArrayList<>();
        final List<JsonObject> empty = new ArrayList<>();
        try (Engine engine = EmbeddedEngine.start(config)) {
            Engines.make(engine, network, new Commands(5));
            run(new EmptyEngine(), references, "warming up the empty handler", 3);
            run(engine, references, "warming up", 5);
            for (int round = 1; round <= rounds; round++) {
                empty.add(run(new EmptyEngine(), references, "empty handler, round " + round, output.seconds()));
                real.add(run(engine, references, "durable, round " + round, output.seconds()));
            }
        }
        output.result(new JsonObject().put("benchmark", "grpc").put("width", width.name())
                .put("load", new JsonObject().put("mix", "submit, validate, hold + stamp, confirm, cancel: a fifth each").put("inFlight", inFlight())
                        .put("batch", width == Width.batch || width == Width.packed ? batch : 1).put("loop", "closed")
                        .put("readModel", records ? "availability and records" : "availability"))
                .put("leftOut", "network (loopback); client and server share the process and its processors; snapshots are off")
                .put("durable", new JsonArray(real)).put("emptyHandler", new JsonArray(empty)).put("ratio", ratio(real, empty)));
        return 0;
    }

    private int inFlight() {
        if (inFlight != null) {
            return inFlight;
        }
        return switch (width) {
            case unary -> 128;
            case stream -> 4096;
            default -> 8;
        };
    }

    private JsonObject run(final Engine engine, final References references, final String what, final int seconds) throws Exception {
        final Tally tally = new Tally();
        try (Gateway gateway = new Gateway(engine, references, 30_000, SystemEpochClock.INSTANCE); GrpcServer server = GrpcServer.start(GrpcServerConfig.loopback(0), gateway)) {
            server.ready();
            final List<ManagedChannel> channels = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                channels.add(NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().directExecutor().maxInboundMessageSize(16 << 20).build());
            }
            start(channels, tally);
            Thread.sleep(1_000);
            tally.measure(true);
            final long from = System.nanoTime();
            while (System.nanoTime() - from < seconds * 1_000_000_000L && !tally.isStopping()) {
                Thread.sleep(100);
                output.progress("%s: %,.0f commands/s", what, tally.count() * 1e9 / (System.nanoTime() - from));
            }
            final double rate = Output.perSecond(tally.count(), System.nanoTime() - from);
            tally.measure(false);
            tally.stop();
            for (final ManagedChannel channel : channels) {
                channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
            }
            tally.requireNoFailure();
            return new JsonObject().put("commandsPerSecond", rate).put("latencyUs", tally.latencyUs());
        }
    }

    private void start(final List<ManagedChannel> channels, final Tally tally) {
        final long seed = ThreadLocalRandom.current().nextLong();
        switch (width) {
            case unary -> {
                for (int i = 0; i < inFlight(); i++) {
                    new Unary(channels.get(i % STREAMS), tally).next(new Life(network, i, seed));
                }
            }
            case stream -> {
                for (int stream = 0; stream < STREAMS; stream++) {
                    final List<Life> lives = new ArrayList<>();
                    for (int i = 0; i < inFlight() / STREAMS; i++) {
                        lives.add(new Life(network, stream * inFlight() / STREAMS + i, seed));
                    }
                    new Streamed(lives, tally).start(channels.get(stream));
                }
            }
            default -> {
                for (int i = 0; i < inFlight(); i++) {
                    new Batched(channels.get(i % STREAMS), tally, network, i, batch, width == Width.packed, seed).send();
                }
            }
        }
    }

    private static double ratio(final List<JsonObject> real, final List<JsonObject> empty) {
        double sum = 0;
        double of = 0;
        for (int i = 0; i < real.size(); i++) {
            sum += real.get(i).getDouble("commandsPerSecond");
            of += empty.get(i).getDouble("commandsPerSecond");
        }
        return Output.rounded(sum / of);
    }
}
