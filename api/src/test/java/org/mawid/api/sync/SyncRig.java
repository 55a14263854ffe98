package org.mawid.api.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.mawid.grpc.ClosureServiceGrpc;
import org.mawid.grpc.Cursor;
import org.mawid.grpc.Day;
import org.mawid.grpc.KeptPlaces;
import org.mawid.grpc.Leg;
import org.mawid.grpc.ListClosuresRequest;
import org.mawid.grpc.Visit;
import org.mawid.grpc.WatchReply;
import org.mawid.grpc.WatchRequest;
import org.mawid.grpc.WatchServiceGrpc;

/** A folder of a post, and what a test wants to know of it. */
public final class SyncRig implements SyncReport {
    public final Path folder;
    public final List<String> notes = new CopyOnWriteArrayList<>();
    /** Messages of snapshots that were read, and of events that were taken in; records that were answered. */
    public final AtomicInteger read = new AtomicInteger();
    public final AtomicInteger came = new AtomicInteger();
    public final AtomicInteger answered = new AtomicInteger();
    private final String post;
    private final LongSupplier clock;
    private Path token;

    public SyncRig(final Path folder, final String post) {
        this(folder, post, System::currentTimeMillis);
    }

    /** @param clock of the machine that has the folder, ms */
    public SyncRig(final Path folder, final String post, final LongSupplier clock) {
        this.folder = folder;
        this.post = post;
        this.clock = clock;
    }

    /** A file with a bearer token, from now on. */
    public SyncRig saying(final Path file) {
        token = file;
        return this;
    }

    public void once(final int port) throws Exception {
        once(port, new DiskFiles());
    }

    public void once(final int port, final KilledFiles files) throws Exception {
        once(port, (PostFiles) files);
    }

    private void once(final int port, final PostFiles files) throws Exception {
        try (PostSync sync = new PostSync(new PostSync.Server("127.0.0.1", port, null, token, post), folder, files, clock, this)) {
            sync.once();
        }
    }

    /** On a thread of its own, until it is closed. */
    public AutoCloseable follow(final int port) throws IOException {
        final PostSync sync = new PostSync(new PostSync.Server("127.0.0.1", port, null, token, post), folder, this);
        final Thread thread = new Thread(() -> {
            try {
                sync.follow();
            } catch (final InterruptedException told) {
                Thread.currentThread().interrupt();
            } catch (final IOException | PostSync.SyncException ended) {
                notes.add("ended: " + ended);
            }
        });
        thread.start();
        return () -> {
            thread.interrupt();
            thread.join();
            sync.close();
        };
    }

    /** Puts a record into the outbox, as somebody's own software would. */
    public void record(final String name, final String json) throws IOException {
        final Path outbox = Files.createDirectories(folder.resolve("outbox"));
        Files.writeString(outbox.resolve("." + name), json);
        Files.move(outbox.resolve("." + name), outbox.resolve(name));
    }

    public List<JsonObject> done() throws IOException {
        return all("done");
    }

    public List<JsonObject> refused() throws IOException {
        return all("refused");
    }

    public List<String> names(final String name) throws IOException {
        return new DiskFiles().list(folder.resolve(name));
    }

    private List<JsonObject> all(final String name) throws IOException {
        final List<JsonObject> found = new ArrayList<>();
        for (final String one : names(name)) {
            found.add(new JsonObject(Files.readString(folder.resolve(name).resolve(one))));
        }
        return found;
    }

    public JsonObject cursor() throws IOException {
        return new JsonObject(Files.readString(folder.resolve("cursor.json")));
    }

    /** As if all was kept of another log. */
    public void makeCursorForeign() throws IOException {
        Files.writeString(folder.resolve("cursor.json"), cursor().put("epoch", cursor().getLong("epoch") + 1).encode());
    }

    /** What came, by its place. */
    public List<String> log() throws IOException {
        final List<String> lines = new ArrayList<>();
        for (final String name : names("log")) {
            for (final String line : Files.readAllLines(folder.resolve("log").resolve(name))) {
                final JsonObject json = new JsonObject(line);
                if (!json.containsKey("snapshot")) {
                    lines.add(json.getLong("position") + "." + json.getInteger("ordinal"));
                }
            }
        }
        return lines;
    }

    /** What was written, in its order. */
    public List<JsonObject> messages() throws IOException {
        final List<JsonObject> messages = new ArrayList<>();
        all("messages").forEach(date -> date.getJsonArray("messages").forEach(one -> messages.add((JsonObject) one)));
        return messages;
    }

    // ---- what is there, and what the server says

    /** Visits, calendars and closures by their names, without their places. */
    public TreeMap<String, JsonObject> kept() throws IOException {
        final TreeMap<String, JsonObject> kept = new TreeMap<>();
        for (final String part : List.of("days", "calendar", "closures")) {
            if (Files.exists(folder.resolve(part))) {
                try (Stream<Path> files = Files.walk(folder.resolve(part))) {
                    for (final Path file : files.filter(Files::isRegularFile).toList()) {
                        assertThat(file.getFileName().toString()).as("nothing unfinished is left").doesNotStartWith(".");
                        final JsonObject json = new JsonObject(Files.readString(file));
                        json.remove("position");
                        json.remove("ordinal");
                        if (json.containsKey("pools")) {
                            json.getJsonObject("pools").forEach(pool -> {
                                ((JsonObject) pool.getValue()).remove("position");
                                ((JsonObject) pool.getValue()).remove("ordinal");
                            });
                        }
                        kept.put(folder.relativize(file).toString(), json);
                    }
                }
            }
        }
        return kept;
    }

    /** Written here once more, from a snapshot of the server. */
    public static TreeMap<String, JsonObject> told(final ManagedChannel channel, final int postId) {
        return told(channel, postId, System.currentTimeMillis());
    }

    /** The same by another clock, ms. */
    public static TreeMap<String, JsonObject> told(final ManagedChannel channel, final int postId, final long nowMs) {
        final TreeMap<String, JsonObject> told = new TreeMap<>();
        final int from = (int) (nowMs / 86_400_000L) - 2;
        try (Context.CancellableContext context = Context.current().withCancellation()) {
            context.run(() -> {
                final Iterator<WatchReply> replies = WatchServiceGrpc.newBlockingStub(channel)
                        .watch(WatchRequest.newBuilder().setPostId(postId).setFromEpochDay(from).setDays(500).setVisits(true).build());
                WatchReply reply;
                do {
                    reply = replies.next();
                    reply.getVisitsList().forEach(visit -> told.put("days/" + date(visit.getEpochDay()) + "/" + visit.getAppointment() + ".json", json(visit)));
                    reply.getDaysList().forEach(day -> told.computeIfAbsent("calendar/" + date(day.getEpochDay()) + ".json",
                            first -> new JsonObject().put("date", date(day.getEpochDay())).put("pools", new JsonObject())).getJsonObject("pools").put(String.valueOf(day.getPoolId()), json(day)));
                } while (!reply.getSnapshotComplete());
            });
        }
        ClosureServiceGrpc.newBlockingStub(channel).listClosures(ListClosuresRequest.newBuilder().setPostId(postId).build()).getClosuresList()
                .forEach(closure -> told.put("closures/" + closure.getClosureId() + ".json", new JsonObject().put("closureId", closure.getClosureId())
                        .put("poolId", closure.getPoolId()).put("from", Instant.ofEpochMilli(closure.getFromMs()).toString())
                        .put("to", Instant.ofEpochMilli(closure.getToMs()).toString()).put("capacity", closure.getCapacity()).put("reasonCode", closure.getReasonCode())
                        .put("state", closure.getState().name().substring("CLOSURE_STATE_".length()))));
        told.replaceAll((name, json) -> new JsonObject(json.encode())); // numbers as a file has them
        return told;
    }

    private static String date(final int epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }

    private static JsonObject json(final Visit visit) {
        final JsonArray legs = new JsonArray();
        for (final Leg leg : visit.getLegsList()) {
            final JsonArray lines = new JsonArray();
            for (int line = 0; line < 16; line++) {
                if ((leg.getLines() & 1 << line) != 0) {
                    lines.add(line);
                }
            }
            legs.add(new JsonObject().put("deskId", leg.getDeskId()).put("startUnit", leg.getStartUnit()).put("units", leg.getUnits()).put("lines", lines));
        }
        final JsonObject json = new JsonObject().put("appointment", visit.getAppointment()).put("application", visit.getApplication()).put("date", date(visit.getEpochDay()))
                .put("start", Instant.ofEpochMilli(visit.getStartMs()).toString()).put("state", visit.getState().name().substring("APPOINTMENT_STATE_".length()))
                .put("ticket", visit.getTicket()).put("counter", visit.getCounter()).put("overflow", visit.getOverflow()).put("legs", legs);
        return visit.getAttendanceConfirmed() ? json.put("attendanceConfirmed", true) : json;
    }

    private static JsonObject json(final Day day) {
        final JsonObject json = new JsonObject().put("startMs", day.getStartMs()).put("releasedAtMs", day.getReleasedAtMs()).put("alignUnits", day.getAlignUnits())
                .put("room", new JsonArray(day.getRoomList())).put("open", new JsonArray(day.getOpenList())).put("withheld", new JsonArray(day.getWithheldList()));
        final JsonObject kept = new JsonObject();
        for (final KeptPlaces one : day.getKeptList()) {
            final JsonArray left = new JsonArray();
            for (int unit = 0; unit < one.getKeptCount(); unit++) {
                left.add(Math.max(0, one.getKept(unit) - one.getTaken(unit)));
            }
            final JsonObject ofClass = new JsonObject().put("kept", new JsonArray(one.getKeptList())).put("taken", new JsonArray(one.getTakenList())).put("left", left);
            kept.put(one.getQuotaClass().name().substring("QUOTA_CLASS_".length()), one.getSpillMs() == 0 ? ofClass : ofClass.put("spill", Instant.ofEpochMilli(one.getSpillMs()).toString()));
        }
        return kept.isEmpty() ? json : json.put("kept", kept);
    }

    /** Places of all events for a post that the server keeps behind a cursor. */
    public static List<String> events(final ManagedChannel channel, final int postId, final JsonObject cursor) {
        final List<String> places = new ArrayList<>();
        WatchServiceGrpc.newBlockingStub(channel).watch(WatchRequest.newBuilder().setPostId(postId).setCatchUp(true).setCursor(Cursor.newBuilder()
                .setEpoch(cursor.getLong("epoch")).setPosition(cursor.getLong("position")).setOrdinal(cursor.getInteger("ordinal"))).build())
                .forEachRemaining(reply -> reply.getEventsList().forEach(event -> places.add(event.getCursor().getPosition() + "." + event.getCursor().getOrdinal())));
        return places;
    }

    @Override
    public void reading(final int visits, final int days) {
        read.incrementAndGet();
    }

    @Override
    public void snapshot(final int visits, final long position) {
        notes.add("snapshot");
    }

    @Override
    public void came(final int events, final long position) {
        came.incrementAndGet();
    }

    @Override
    public void told(final String name, final String answer) {
        answered.incrementAndGet();
        notes.add(name + " " + answer);
    }

    @Override
    public void note(final String line) {
        notes.add(line);
    }
}
