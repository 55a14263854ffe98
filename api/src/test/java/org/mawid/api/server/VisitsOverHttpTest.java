package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.SseReader;
import org.mawid.api.fake.SseReader.Sse;
import org.mawid.api.sync.SyncRig;
import org.mawid.api.testkit.CutLine;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Call;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.Command;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Serve;

/** Who comes to a post, followed as server-sent events over lines that are cut: as it is known over gRPC, whatever was lost on the way. */
@Timeout(300)
class VisitsOverHttpTest extends SyncFixture {
    private static final String EVENTS = "/v1/posts/" + OnePost.POST + "/events?visits=true";

    /** What a client keeps: date, start and state by appointment. As a browser, it begins anew unless it was told a cursor. */
    private static final class Copy {
        private final TreeMap<String, String> visits = new TreeMap<>();
        private long visitsPosition;
        private String lastId;

        /** @return the names of all that came */
        List<String> follow(final int port, final String more) {
            if (lastId == null) {
                visits.clear();
            }
            try (SseReader reader = SseReader.open(URI.create("http://127.0.0.1:" + port + EVENTS + more), lastId)) {
                await().until(reader::isEnded);
                final List<Sse> came = reader.await(0);
                came.forEach(this::take);
                return came.stream().map(Sse::event).toList();
            }
        }

        private void take(final Sse sse) {
            final JsonObject data = new JsonObject(sse.data());
            switch (sse.event()) {
                case "visit" -> put(data, data.getString("state"));
                case "snapshot" -> visitsPosition = data.getLong("visitsPosition");
                case "confirmed", "rescheduled" -> {
                    if (position(sse) > visitsPosition) {
                        put(data, "CONFIRMED");
                    }
                }
                case "appointmentChanged" -> {
                    if (position(sse) > visitsPosition) {
                        changed(data.getString("appointment"), data.getString("state"));
                    }
                }
                case "START_AGAIN" -> lastId = null;
                default -> { }
            }
            lastId = sse.id().isEmpty() ? lastId : sse.id();
        }

        private static long position(final Sse sse) {
            return Long.parseLong(sse.id().split("-")[1]);
        }

        private void put(final JsonObject visit, final String state) {
            visits.put(visit.getString("appointment"), visit.getLong("startMs") + " " + state);
        }

        private void changed(final String appointment, final String state) {
            if (state.equals("CANCELLED") || state.equals("DISPLACED")) {
                visits.remove(appointment);
            } else {
                visits.computeIfPresent(appointment, (known, before) -> before.substring(0, before.indexOf(' ') + 1) + state);
            }
        }
    }

    /** The same, from gRPC. */
    private TreeMap<String, String> told() {
        final TreeMap<String, String> told = new TreeMap<>();
        SyncRig.told(channel, OnePost.POST).values().stream().filter(one -> one.containsKey("appointment"))
                .forEach(one -> told.put(one.getString("appointment"), Instant.parse(one.getString("start")).toEpochMilli() + " " + one.getString("state")));
        return told;
    }

    /** What happens in an hour. When it returns a stream begins behind it. */
    private void anHour() {
        final String served = bookedSoon();
        final String moved = bookedLater(3);
        cancel(bookedLater(5));
        done(Command.newBuilder().setCheckIn(CheckIn.newBuilder().setAppointment(served)));
        done(Command.newBuilder().setCall(Call.newBuilder().setAppointment(served).setCounter(3)));
        done(Command.newBuilder().setServe(Serve.newBuilder().setAppointment(served).setFulfilled(1)));
        done(Command.newBuilder().setReschedule(Reschedule.newBuilder().setAppointment(moved).addLegs(leg(today, NOW_UNIT + 8))));
        bookedSoon();
        final long answered = service.engine().status().durablePosition();
        await().until(() -> service.engine().readModel().events().position() >= answered);
    }

    @Test
    void givenALineThatIsCutBehindAnyByte_whenItIsFollowedFromTheLastId_thenWhoComesIsAsOverGrpc() throws Exception {
        final Copy copy = new Copy();
        int cuts = 0;
        try (CutLine line = new CutLine(service.httpPort())) {
            anHour();
            boolean isWhole = false;
            for (long bytes = 300; !isWhole; bytes += 300) {
                line.cutBehind(bytes);
                isWhole = copy.follow(line.port(), "&inStep=end").contains("inStep");
                cuts += isWhole ? 0 : 1;
            }
            assertThat(copy.visits).isEqualTo(told()).isNotEmpty();
            for (int hour = 0; hour < 4; hour++) {
                anHour();
                isWhole = false;
                for (long bytes = 400 + 37L * hour; !isWhole; bytes += 250) {
                    line.cutBehind(bytes);
                    isWhole = copy.follow(line.port(), "&inStep=end").contains("inStep");
                    cuts += isWhole ? 0 : 1;
                }
                assertThat(copy.visits).isEqualTo(told());
            }
        }
        assertThat(cuts).as("before it came whole").isGreaterThan(5);
    }

    @Test
    void givenAServerThatNoLongerHasACursor_whenItIsFollowed_thenItIsToldToStartAgainAndReadsWhoComesAnew() throws Exception {
        final Copy copy = new Copy();
        anHour();
        assertThat(copy.follow(service.httpPort(), "&inStep=end")).endsWith("snapshot", "inStep");
        anHour();
        copy.lastId = (Long.parseLong(copy.lastId.split("-")[0]) + 1) + copy.lastId.substring(copy.lastId.indexOf('-'));
        assertThat(copy.follow(service.httpPort(), "&inStep=end")).containsExactly("START_AGAIN");
        assertThat(copy.follow(service.httpPort(), "&inStep=end")).contains("visit").endsWith("snapshot", "inStep");
        assertThat(copy.visits).isEqualTo(told());
    }

    @Test
    void givenAStreamThatIsToldWhenItIsInStep_whenMoreHappens_thenItWasToldOnceAndGoesOn() throws Exception {
        anHour();
        final URI uri = URI.create("http://127.0.0.1:" + service.httpPort() + EVENTS + "&inStep=tell");
        try (SseReader reader = SseReader.open(uri, null)) {
            await().until(() -> reader.await(1).stream().anyMatch(sse -> sse.event().equals("inStep")));
            final int before = reader.await(1).size();
            cancel(bookedLater(6));
            final List<Sse> after = reader.await(before + 6);
            assertThat(after).extracting(Sse::event).containsOnlyOnce("inStep", "snapshot").contains("confirmed", "appointmentChanged");
            assertThat(reader.isEnded()).isFalse();
        }
    }
}
