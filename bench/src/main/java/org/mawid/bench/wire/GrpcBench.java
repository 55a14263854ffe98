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
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.process.Programs;
import org.mawid.bench.process.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Durable commands over gRPC against the real server in its own process, in turn with the same transport around empty handlers and with
 * the real edge around an empty engine, each in a process of its own with the same launcher. All commands of a booking's life, each sent
 * when the last one of that life was answered.
 */
@Command(name = "grpc", mixinStandardHelpOptions = true,
        description = "Durable commands over gRPC: unary, stream, or batch (protobuf or packed), in turn with the same server and an empty handler.")
public final class GrpcBench implements Callable<Integer> {
    private static final int CONNECTIONS = 4;

    /** How commands travel. */
    enum Width { unary, stream, batch, packed }

    @Mixin
    private Output output;

    @Parameters(paramLabel = "WIDTH", description = "unary, stream, batch (protobuf) or packed (SBE in one bytes field).")
    private Width width;

    @Option(names = "--in-flight", paramLabel = "N", split = ",",
            description = "Commands (or batches) on their way at once, one or several loads; default 32,128,256, stream 4096, batch and packed 8.")
    private List<Integer> inFlight;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "1000", description = "Commands of one batch, 1 to 8 190: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds of each, in turn: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "30",
            description = "Longest warm-up of each server; it ends before when the compiler is through: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--records", paramLabel = "true|false", arity = "1", defaultValue = "false", description = "Read model of records on: ${DEFAULT-VALUE}.")
    private boolean records;

    @Option(names = "--program", paramLabel = "FILE", description = "Launcher or jar of the real server; default: the launcher api/target/mawid.")
    private Path program;

    private final ModelNetwork network = new ModelNetwork(150, 60, 96, 255);
    private final JsonArray loads = new JsonArray();
    private int toFollow;
    private double lowest = Double.POSITIVE_INFINITY;

    @Override
    public Integer call() throws Exception {
        output.require(rounds >= 1 && warmUp >= 0, "--rounds must be 1 or more and --warm-up 0 or more");
        output.require(batch >= 1 && batch <= 8_190, "--batch must be 1 to 8 190");
        output.require(inFlight().stream().allMatch(many -> many >= 1), "--in-flight must be 1 or more");
        output.progress("starting the servers");
        final Path data = Engines.temporaryData(null).resolve("data");
        try (Subject durable = new Subject("durable", RealServer.start(Programs.mawid(program), data, records));
             Subject handler = new Subject("empty handler", Server.start(Programs.bench(), List.of(EmptyServer.NAME)));
             Subject engine = new Subject("empty engine", Server.start(Programs.bench(), List.of(EmptyServer.NAME, "--edge")))) {
            output.progress("bringing the model network to the real server");
            RealServer.bring(network, durable.grpcPort());
            for (final Subject subject : List.of(handler, engine, durable)) {
                subject.warmUp(load(inFlight().get(0)), warmUp, output);
            }
            toFollow = 3 * rounds * inFlight().size();
            for (final int many : inFlight()) {
                measure(many, handler.again(), engine.again(), durable.again());
            }
        }
        output.result(new JsonObject().put("benchmark", "grpc").put("width", width.name())
                .put("load", new JsonObject().put("mix", "submit, validate, hold + stamp, confirm, cancel: a fifth each").put("loop", "closed")
                        .put("commandsOfACall", isBatched() ? batch : 1).put("connections", CONNECTIONS).put("rounds", rounds).put("secondsEach", output.seconds())
                        .put("servers", "one process each, started by the launcher; the client in another, on the same processors")
                        .put("readModel", records ? "availability and records" : "availability"))
                .put("leftOut", "network (loopback); the server's compiler is told apart; snapshots and retirement are off")
                .put("loads", loads).put("ratio", lowest));
        return 0;
    }

    private void measure(final int many, final Subject handler, final Subject engine, final Subject durable) throws Exception {
        for (int round = 1; round <= rounds; round++) {
            final String what = many + " in flight, round " + round + " of " + rounds;
            for (final Subject subject : List.of(handler, durable, engine)) {
                subject.measure(load(many), output.seconds(), output, what, --toFollow);
            }
        }
        final Rounds ratios = durable.ratesAgainst(handler);
        lowest = Math.min(lowest, ratios.median());
        loads.add(new JsonObject().put("inFlight", many).put("durable", durable.figures()).put("emptyHandler", handler.figures())
                .put("emptyEngine", engine.figures()).put("ratio", ratios.median()).put("ratios", ratios.all())
                .put("cpuRatio", durable.cpuAgainst(handler)).put("edgeAloneRatio", engine.ratesAgainst(handler).median()));
    }

    private boolean isBatched() {
        return width == Width.batch || width == Width.packed;
    }

    private List<Integer> inFlight() {
        if (inFlight != null) {
            return inFlight;
        }
        return switch (width) {
            case unary -> List.of(32, 128, 256);
            case stream -> List.of(4096);
            default -> List.of(8);
        };
    }

    private Subject.Load load(final int many) {
        final long seed = ThreadLocalRandom.current().nextLong();
        return (server, tally) -> {
            final List<ManagedChannel> channels = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                channels.add(NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().directExecutor()
                        .maxInboundMessageSize(16 << 20).build());
            }
            start(channels, tally, many, seed);
            return () -> close(channels);
        };
    }

    private static void close(final List<ManagedChannel> channels) {
        try {
            for (final ManagedChannel channel : channels) {
                channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(final List<ManagedChannel> channels, final Tally tally, final int many, final long seed) {
        switch (width) {
            case unary -> {
                for (int i = 0; i < many; i++) {
                    new Unary(channel(channels, i), tally).next(new Life(network, i, seed));
                }
            }
            case stream -> {
                final int each = many / channels.size();
                for (int stream = 0; stream < channels.size(); stream++) {
                    final List<Life> lives = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        lives.add(new Life(network, stream * each + i, seed));
                    }
                    new Streamed(lives, tally).start(channels.get(stream));
                }
            }
            case batch -> {
                for (int i = 0; i < many; i++) {
                    new MessageBatches(channel(channels, i), tally, network, i, batch, seed).send();
                }
            }
            default -> {
                for (int i = 0; i < many; i++) {
                    new FrameBatches(channel(channels, i), tally, network, i, batch, seed).send();
                }
            }
        }
    }

    private static ManagedChannel channel(final List<ManagedChannel> channels, final int number) {
        return channels.get(number % channels.size());
    }
}
