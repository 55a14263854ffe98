package org.mawid.bench.wire.grpc;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.wire.loop.Client;
import org.mawid.bench.wire.loop.Idle;
import org.mawid.bench.wire.loop.OpenLoop;
import org.mawid.bench.wire.loop.Tally;

/** Appointments' lives over gRPC in one of the four widths: as a closed loop, and as the sender of an open one. */
public final class GrpcLives {
    public static final int CONNECTIONS = 4;

    /** How commands travel. As they are said on a command line. */
    public enum Width { unary, stream, batch, packed }

    private final Width width;
    private final ModelNetwork network;
    private final int batch;
    private final String token;

    /** Told of each command that was done, before whatever follows from it. Any thread. */
    @FunctionalInterface
    public interface Listener {
        Listener NOBODY = (life, position, sinceNs) -> { };

        /** @param position of the log @param sinceNs as in {@link Client#send} */
        void done(Life life, long position, long sinceNs);
    }

    /** @param batch commands of one call where the width has batches @param token with which each call comes, null = none */
    public GrpcLives(final Width width, final ModelNetwork network, final int batch, final String token) {
        this.width = width;
        this.network = network;
        this.batch = batch;
        this.token = token;
    }

    /** Commands of a call. */
    public int each() {
        return width == Width.batch || width == Width.packed ? batch : 1;
    }

    /** How many calls a closed loop usually has on their way: the loads that are measured when nothing is said. */
    public List<Integer> usuallyInFlight() {
        return switch (width) {
            case unary -> List.of(32, 128, 256);
            case stream -> List.of(4096);
            default -> List.of(8);
        };
    }

    /** Calls that may be on their way in an open loop; what finds no place is late. */
    private int places() {
        return switch (width) {
            case unary -> 4_096;
            case stream -> 16_384;
            default -> 64;
        };
    }

    /** Each sends its next command when the last was answered. @param many calls on their way @param persons seed of whose lives they are */
    public Closeable closed(final int port, final Tally tally, final int many, final long persons) {
        final Channels channels = new Channels(port, CONNECTIONS, token);
        clients(channels, tally, many, persons, Client.again(tally)).forEach(client -> client.send(System.nanoTime()));
        return channels;
    }

    /** They wait to be told to send. @param persons seed of whose lives they are */
    public OpenLoop.Sender open(final int port, final Tally tally, final long persons) {
        final Channels channels = new Channels(port, CONNECTIONS, token);
        final Idle idle = new Idle(places(), channels);
        clients(channels, tally, places(), persons, idle::add).forEach(idle::bring);
        return idle;
    }

    /** One call a command, for lives that are chosen elsewhere, and with somebody who keeps books of them. @param lives by number, below {@code places} */
    public static OpenLoop.Sender unary(final int port, final Tally tally, final int places, final IntFunction<Life> lives, final Listener listener) {
        final Channels channels = new Channels(port, CONNECTIONS);
        final Idle idle = new Idle(places, channels);
        for (int number = 0; number < places; number++) {
            idle.bring(new Unary(channels.get(number), tally, lives.apply(number), idle::add, listener));
        }
        return idle;
    }

    /** The same as a closed loop. */
    public static Closeable unaryAgain(final int port, final Tally tally, final int many, final IntFunction<Life> lives, final Listener listener) {
        final Channels channels = new Channels(port, CONNECTIONS);
        for (int number = 0; number < many; number++) {
            new Unary(channels.get(number), tally, lives.apply(number), Client.again(tally), listener).send(System.nanoTime());
        }
        return channels;
    }

    /** Somebody who says who they are may do nothing for any post. */
    private Life life(final int slot, final long persons) {
        final Life life = new Life(network, slot, persons);
        return token == null ? life : life.choosingItsPost();
    }

    private List<Client> clients(final Channels channels, final Tally tally, final int many, final long persons, final Client.Then then) {
        final List<Client> clients = new ArrayList<>();
        switch (width) {
            case unary -> {
                for (int i = 0; i < many; i++) {
                    clients.add(new Unary(channels.get(i), tally, life(i, persons), then, Listener.NOBODY));
                }
            }
            case stream -> {
                final int each = Math.max(1, many / channels.count());
                for (int stream = 0; stream * each < many; stream++) {
                    final List<Life> lives = new ArrayList<>();
                    for (int i = stream * each; i < Math.min(many, (stream + 1) * each); i++) {
                        lives.add(life(i, persons));
                    }
                    clients.addAll(new Streamed(lives, tally, then).start(channels.get(stream)));
                }
            }
            case batch -> {
                for (int i = 0; i < many; i++) {
                    clients.add(new MessageBatches(channels.get(i), tally, i, batch, number -> life(number, persons), then));
                }
            }
            default -> {
                for (int i = 0; i < many; i++) {
                    clients.add(new FrameBatches(channels.get(i), tally, network, i, batch, persons, token != null, then));
                }
            }
        }
        return clients;
    }
}
