package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.api.sync.SyncRig;
import org.mawid.grpc.Application;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Day;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.GetAppointmentRequest;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.KeptPlaces;
import org.mawid.grpc.LineState;
import org.mawid.grpc.QuotaClass;
import org.mawid.grpc.WaiterState;

/** What must be true of a month when it is over: of every citizen, of the posts' folders, of each unit, of the reports, and of the directory. */
final class MonthTruth {
    private final MonthCalls calls;
    private final List<MonthPost> posts;
    private final List<MonthCitizen> citizens;
    /** What happened how often; what became of citizens is added to it. */
    private final Map<String, Integer> happened;

    MonthTruth(final MonthCalls calls, final List<MonthPost> posts, final List<MonthCitizen> citizens, final Map<String, Integer> happened) {
        this.calls = calls;
        this.posts = posts;
        this.citizens = citizens;
        this.happened = happened;
    }

    void assertFolders(final Server server) throws Exception {
        for (final MonthPost post : posts) {
            calls.tell();
            post.rig.once(server.grpcPort);
            assertThat(post.rig.names("outbox")).isEmpty();
            final TreeMap<String, JsonObject> kept = post.rig.kept();
            final String from = post.date(calls.nowMs()).minusDays(2).toString();
            final TreeMap<String, JsonObject> told = SyncRig.told(server.channel(), post.postId, calls.nowMs());
            for (final TreeMap<String, JsonObject> files : List.of(kept, told)) { // what is past goes with the next event, here and there
                files.keySet().removeIf(name -> name.matches("(days|calendar)/.*") && name.substring(name.indexOf('/') + 1).compareTo(from) < 0);
            }
            assertThat(kept.keySet()).as(post.code).isEqualTo(told.keySet());
            kept.forEach((name, json) -> assertThat(json).as("%s of %s", name, post.code).isEqualTo(told.get(name)));
        }
    }

    void assertCitizens() {
        final Map<MonthCitizen.Fate, Integer> fates = new EnumMap<>(MonthCitizen.Fate.class);
        for (final MonthCitizen citizen : citizens) {
            if (citizen.fate == null && citizen.displaced && calls.waiting(citizen.application) != null && calls.waiting(citizen.application).getState() == WaiterState.WAITER_STATE_OFFERED) {
                citizen.fate = MonthCitizen.Fate.OFFERED;
            }
            assertThat(citizen.fate).as("what became of %s", citizen).isNotNull();
            fates.merge(citizen.fate, 1, Integer::sum);
            if (citizen.application != null) {
                assertTold(citizen);
            }
        }
        fates.forEach((fate, count) -> happened.put(fate.name(), count));
        assertThat(fates).containsKeys(MonthCitizen.Fate.SERVED, MonthCitizen.Fate.NO_SHOW, MonthCitizen.Fate.CANCELLED);
        assertThat(happened).containsKeys("displaced", "offer accepted", "offer declined", "offer not answered", "line cut", "served without a line", "walked in", "walked in without a line", "moved",
                "cancelled", "hold expired", "open day", "schedule refused");
    }

    private void assertTold(final MonthCitizen citizen) {
        final Application told = ApplicationServiceGrpc.newBlockingStub(calls.channel()).getApplication(GetApplicationRequest.newBuilder().setApplication(citizen.application).build());
        final LineState line = told.getLines(0).getState();
        final LineState expected = switch (citizen.fate) {
            case SERVED -> LineState.LINE_STATE_FULFILLED;
            case CANCELLED -> LineState.LINE_STATE_WITHDRAWN;
            case NO_SHOW, OFFERED, NO_ROOM -> LineState.LINE_STATE_VALIDATED;
        };
        assertThat(line).as("%s", citizen).isEqualTo(expected);
        if (citizen.fate == MonthCitizen.Fate.SERVED || citizen.fate == MonthCitizen.Fate.NO_SHOW) {
            final Appointment visit = AppointmentServiceGrpc.newBlockingStub(calls.channel()).getAppointment(GetAppointmentRequest.newBuilder().setAppointment(citizen.appointment).build());
            assertThat(visit.getState()).as("%s", citizen)
                    .isEqualTo(citizen.fate == MonthCitizen.Fate.SERVED ? AppointmentState.APPOINTMENT_STATE_SERVED : AppointmentState.APPOINTMENT_STATE_NO_SHOW);
        }
        if (citizen.fate == MonthCitizen.Fate.NO_ROOM) {
            assertThat(calls.waiting(citizen.application).getState()).isEqualTo(WaiterState.WAITER_STATE_NO_ROOM);
        }
    }

    /** No unit has more than its capacity; who phoned has had places that were kept for them, and what was left of those was everybody's in time. */
    void assertDays() {
        int days = 0;
        int phoned = 0;
        for (final MonthPost post : posts) {
            for (final int poolId : post.pools.values()) {
                for (LocalDate date = MonthRun.FIRST.plusDays(1); date.isBefore(MonthRun.END); date = date.plusDays(1)) {
                    final Day day = day(poolId, date);
                    days += day == null ? 0 : 1;
                    phoned += day == null ? 0 : takenByPhone(day);
                    for (int unit = 0; day != null && unit < day.getRoomCount(); unit++) {
                        assertThat(day.getRoom(unit)).as("room of %s on %s", poolId, date).isNotNegative().isLessThanOrEqualTo(day.getOpen(unit));
                    }
                }
            }
        }
        assertThat(days).isPositive();
        assertThat(phoned).as("places that were taken of what was kept for the call centre").isPositive();
    }

    private static int takenByPhone(final Day day) {
        int taken = 0;
        for (final KeptPlaces kept : day.getKeptList()) {
            if (kept.getQuotaClass() == QuotaClass.QUOTA_CLASS_CALL_CENTRE) {
                assertThat(kept.getSpillMs()).as("it has spilled: %s", LocalDate.ofEpochDay(day.getEpochDay())).isZero();
                assertThat(kept.getKeptList()).containsOnly(0);
                taken += kept.getTakenList().stream().mapToInt(Integer::intValue).sum();
            }
        }
        return taken;
    }

    /** Null = nothing is published. */
    private Day day(final int poolId, final LocalDate date) {
        try {
            return InventoryServiceGrpc.newBlockingStub(calls.channel()).getDay(GetDayRequest.newBuilder().setPoolId(poolId).setEpochDay((int) date.toEpochDay()).build());
        } catch (final StatusRuntimeException unknown) {
            assertThat(unknown.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            return null;
        }
    }

    /** Who came and who did not, by how long ahead it was agreed, as it is reported. */
    void assertReports(final Server server) throws Exception {
        for (final MonthPost post : posts) {
            final Map<String, Long> expected = new TreeMap<>();
            for (final MonthCitizen citizen : citizens) {
                final long days = (citizen.startMs - citizen.agreedMs) / MonthRun.DAY_MS;
                if (citizen.post == post && citizen.agreedMs != 0 && days > 0 && (citizen.fate == MonthCitizen.Fate.SERVED || citizen.fate == MonthCitizen.Fate.NO_SHOW)) {
                    expected.merge(citizen.service + (citizen.fate == MonthCitizen.Fate.SERVED ? " linesKept" : " linesNoShow") + (days <= 7 ? "7D" : days <= 14 ? "14D" : "30D") + "Ahead",
                            1L, Long::sum);
                }
            }
            await().atMost(Server.PATIENCE).untilAsserted(() -> assertThat(ahead(server, post)).as(post.code).isEqualTo(expected));
            assertThat(expected.keySet()).as("somebody did not come").anyMatch(name -> name.contains("NoShow"));
        }
    }

    private static Map<String, Long> ahead(final Server server, final MonthPost post) throws Exception {
        final Map<String, Long> told = new TreeMap<>();
        final JsonArray rows = new JsonObject(server.get("/v1/reports/months?from=2027-02&to=2027-04&post=" + post.code).body()).getJsonArray("rows");
        for (int i = 0; i < rows.size(); i++) {
            final JsonObject row = rows.getJsonObject(i);
            row.fieldNames().stream().filter(name -> name.endsWith("Ahead")).forEach(name -> told.merge(row.getString("service") + ' ' + name, row.getLong(name), Long::sum));
        }
        return told;
    }

    void assertInspected(final Path data) throws Exception {
        final Inspected inspected = Inspected.whole(data);
        final long atAll = citizens.stream().filter(one -> one.fate == MonthCitizen.Fate.SERVED).count();
        assertThat(inspected.count("appointments.SERVED")).isEqualTo(atAll);
        assertThat(inspected.count("appointments.NO_SHOW")).isEqualTo(citizens.stream().filter(one -> one.fate == MonthCitizen.Fate.NO_SHOW).count());
        assertThat(inspected.count("appointments.DISPLACED")).isEqualTo(citizens.stream().mapToInt(one -> one.displacements).sum());
        assertThat(inspected.count("appointments.CANCELLED")).isEqualTo(happened.get("cancelled").longValue());
        assertThat(inspected.count("appointments.CHECKED_IN") + inspected.count("appointments.CALLED")).isZero();
    }
}
