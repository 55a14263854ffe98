package org.mawid.bench.peer.mawid;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.Consumer;
import org.mawid.api.Version;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Engines;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.peer.work.BlockingDrive;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.Drive;
import org.mawid.bench.peer.work.Peer;
import org.mawid.bench.peer.work.PeerName;
import org.mawid.bench.peer.work.Taken;
import org.mawid.bench.process.Programs;
import org.mawid.bench.process.Server;
import org.mawid.bench.process.Usage;
import org.mawid.bench.wire.grpc.Channels;
import org.mawid.bench.wire.server.RealServer;
import org.mawid.client.MawidClient;
import org.mawid.client.PackedBatch;
import org.mawid.grpc.Day;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;

/**
 * Mawid as its portals reach it: the server in a process of its own, driven over gRPC. It does more for a command than is asked of the
 * others: seats beside the desk, limits of persons, lines that can be taken only once, events and the read model of availability.
 */
public final class MawidPeer implements Peer {
    private static final int READS_AT_ONCE = 256;
    /** One after the other: each waits for its own sync, however often a journal is synced without them. */
    private static final int SYNCED_COMMANDS = 50;
    private static final String SYNCS = "mawid_journal_sync_seconds_count";

    private final Calendar calendar;
    private final int grpcPort;
    private final Server server;
    private final Path folder;
    private final int connections;
    private final boolean threads;
    private final LongAccumulator position = new LongAccumulator(Math::max, 0);
    private long[] applications = {};

    private MawidPeer(final Calendar calendar, final int grpcPort, final Server server, final Path folder, final int connections, final boolean threads) {
        this.calendar = calendar;
        this.grpcPort = grpcPort;
        this.server = server;
        this.folder = folder;
        this.connections = connections;
        this.threads = threads;
    }

    /**
     * A new server with the calendar in it.
     *
     * @param program     launcher or jar, null = of this build
     * @param near        where its folder is made, null = the temporary folder
     * @param connections that its clients share
     * @param threads     whether each client has a thread of its own
     */
    public static MawidPeer start(final Path program, final Path near, final Calendar calendar, final int connections, final boolean threads) throws Exception {
        final Path folder = Engines.temporaryData(near);
        final Server server = RealServer.start(Programs.mawid(program), folder.resolve("data"), false);
        final MawidPeer made = new MawidPeer(calendar, server.grpcPort(), server, folder, connections, threads);
        try {
            made.load();
            return made;
        } catch (final Exception e) {
            made.close();
            throw e;
        }
    }

    /** One that runs already and is empty; whoever started it stops it. */
    public static MawidPeer at(final int grpcPort, final Calendar calendar) {
        final MawidPeer made = new MawidPeer(calendar, grpcPort, null, null, 1, false);
        made.load();
        return made;
    }

    private void load() {
        RealServer.bring(new ModelNetwork(calendar.posts() + calendar.hotPosts(), calendar.dates(), calendar.slots(), calendar.capacity(),
                ModelNetwork.DEFAULT_REQUESTS, HOLD_TTL_MS), grpcPort);
        try (MawidClient client = MawidClient.connect("127.0.0.1", grpcPort)) {
            final Commands commands = new Commands(6);
            MawidBringing.all(client, calendar.usualDays(), calendar.days(), (batch, day) -> setCapacity(commands, batch, day), (replies, at, day) -> { });
        }
    }

    private int setCapacity(final Commands commands, final PackedBatch batch, final int day) {
        return commands.setCapacity(batch.buffer(), batch.messageOffset(), System.currentTimeMillis(), ModelNetwork.deskId(calendar.post(day)),
                epochDay(day), calendar.slots(), calendar.capacity(day));
    }

    @Override
    public void prepare(final int validated, final int unvalidated) throws Exception {
        applications = MawidBringing.applications(grpcPort, validated, unvalidated, this::answered);
    }

    /** Its reference in the long form. */
    long application(final int number) {
        return applications[number];
    }

    static int epochDay(final Calendar calendar, final int day) {
        return ModelNetwork.FIRST_DAY + calendar.date(day);
    }

    private int epochDay(final int day) {
        return epochDay(calendar, day);
    }

    /** A client was answered by the log as far as this. */
    void answered(final long atPosition) {
        position.accumulate(atPosition);
    }

    /** Reads at or after it see all that was answered. */
    long position() {
        return position.get();
    }

    @Override
    public PeerName name() {
        return PeerName.mawid;
    }

    @Override
    public Calendar calendar() {
        return calendar;
    }

    /** There is no setting that would turn it off; the server's own count of syncs tells that it is there. */
    @Override
    public String durability() throws Exception {
        final long before = syncs();
        try (MawidClient client = MawidClient.connect("127.0.0.1", grpcPort)) {
            final Commands commands = new Commands(System.nanoTime() | 1);
            for (int command = 0; command < SYNCED_COMMANDS; command++) {
                MawidBringing.all(client, 0, 1, (batch, day) -> setCapacity(commands, batch, day), (replies, at, day) -> { });
            }
        }
        final long after = syncs();
        if (after - before < SYNCED_COMMANDS) {
            throw new IllegalStateException("mawid answered " + SYNCED_COMMANDS + " commands, one after the other, and its journal was not synced for each (" + SYNCS + " " + before + " to " + after
                    + "): it is not compared");
        }
        return "journal written and synced before the answer, " + SYNCS + " " + before + " to " + after + " by " + SYNCED_COMMANDS + " commands, one after the other";
    }

    private long syncs() throws IOException, InterruptedException {
        if (server == null) {
            throw new IllegalStateException("a server that others started is not asked about its disk");
        }
        final String page = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://" + server.http().replaceFirst("^http://", "") + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString()).body();
        return page.lines().filter(line -> line.startsWith(SYNCS)).mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).findFirst()
                .orElseThrow(() -> new IllegalStateException("the server's metrics lack " + SYNCS));
    }

    @Override
    public JsonObject about() {
        return new JsonObject().put("version", Version.number()).put("client", "gRPC over " + connections + (connections == 1 ? " connection, " : " connections, ") + (threads ? "a thread" : "no thread") + " for each client, batches packed")
                .put("settings", "as it comes; snapshots, retirement and records off");
    }

    @Override
    public Drive drive(final int clients) {
        return threads ? new BlockingDrive(name().name(), MawidLine.over(new Channels(grpcPort, Math.min(connections, clients)), this, clients))
                : new MawidDrive(this, grpcPort, connections, clients);
    }

    @Override
    public Taken taken(final BitSet days) throws Exception {
        final Taken taken = new Taken(calendar);
        final ManagedChannel channel = Channels.open(grpcPort).build();
        try {
            final InventoryServiceGrpc.InventoryServiceStub stub = InventoryServiceGrpc.newStub(channel);
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            final Semaphore room = new Semaphore(READS_AT_ONCE);
            for (int day = days.nextSetBit(0); day >= 0; day = days.nextSetBit(day + 1)) {
                final int asked = day;
                room.acquire();
                stub.getDay(GetDayRequest.newBuilder().setPoolId(ModelNetwork.deskId(calendar.post(day))).setEpochDay(epochDay(day)).setMinPosition(position()).build(),
                        new Read<>(answer -> read(taken, asked, answer), failure, room));
            }
            room.acquire(READS_AT_ONCE);
            if (failure.get() != null) {
                throw new IllegalStateException("a day could not be read: " + failure.get().getMessage(), failure.get());
            }
            return taken;
        } finally {
            channel.shutdownNow();
        }
    }

    private static void read(final Taken taken, final int day, final Day answer) {
        for (int slot = 0; slot < answer.getRoomCount(); slot++) {
            taken.set(day, slot, answer.getOpen(slot) - answer.getRoom(slot));
        }
    }

    private record Read<T>(Consumer<T> reading, AtomicReference<Throwable> failure, Semaphore room) implements StreamObserver<T> {
        @Override
        public void onNext(final T answer) {
            reading.accept(answer);
        }

        @Override
        public void onError(final Throwable cause) {
            failure.compareAndSet(null, cause);
            room.release();
        }

        @Override
        public void onCompleted() {
            room.release();
        }
    }

    @Override
    public long cpuNs() {
        return server == null ? Usage.ownCpuNs() : server.cpuNs();
    }

    @Override
    public long compilerNs() throws IOException {
        return server == null ? 0 : server.compilerNs();
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
            Engines.delete(folder);
        }
    }
}
