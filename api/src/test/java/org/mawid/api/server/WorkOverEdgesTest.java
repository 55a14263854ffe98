package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.testkit.OnePost;
import org.mawid.engine.Setting;
import org.mawid.grpc.AcceptPosts;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.ListWorkReply;
import org.mawid.grpc.ListWorkRequest;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.SubmitApplicationReply;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.Work;

/** What officers have to decide grows old before their eyes, by the engine's time: two days, and a millisecond more. Whose queue it is in is told over both edges alike. */
class WorkOverEdgesTest extends ServiceFixture {
    private static final int ROME = 2;
    private static final int VISA = 22;
    private static final long START_MS = System.currentTimeMillis() / 1_000 * 1_000 + 1_000;
    private static final long TWO_DAYS_MS = 48 * 3_600_000L;

    private long position;

    @Override
    Map<String, String> settings() {
        return Map.of(Setting.SIMULATION.key(), "true", Setting.RECORDS.key(), "true", Setting.RECORDS_ENTRIES.key(), "10000", EdgeSetting.COOLING.key(), "false", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000");
    }

    @BeforeEach
    void twoPostsAndTwoServices() {
        service.keepRecords();
        service.engine().advanceTo(START_MS);
        OnePost.define(client);
        OnePost.done(client, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(ROME).setCode("rome").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
        OnePost.done(client, Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(VISA).setCode("visa").setDurationMinutes(15).setValidationRequired(true).setQuantityMax(4)));
    }

    @Test
    void givenTwoApplications_whenTwoDaysGoBy_thenEachIsOverdueAMillisecondLater_theOldestFirst() throws Exception {
        final String first = submitted(1, OnePost.POST, 0, OnePost.SERVICE);
        service.engine().advanceTo(START_MS + 3_600_000);
        final String second = submitted(2, OnePost.POST, 0, VISA);

        assertWork(START_MS + TWO_DAYS_MS - 1, List.of(first, second), 0, 172_799);
        assertThat(one(0).getLong("ageSeconds")).isEqualTo(172_799);
        assertThat(one(0).getLong("dueAtMs")).isEqualTo(START_MS + TWO_DAYS_MS);
        assertWork(START_MS + TWO_DAYS_MS, List.of(first, second), 0, 172_800);
        assertWork(START_MS + TWO_DAYS_MS + 1, List.of(first, second), 1, 172_800);
        assertThat(one(1).getLong("ageSeconds")).isEqualTo(169_200);
        assertWork(START_MS + TWO_DAYS_MS + 3_600_001, List.of(first, second), 2, 176_400);

        validated(first);
        assertWork(START_MS + TWO_DAYS_MS + 3_600_001, List.of(second), 1, 172_800);
    }

    @Test
    void givenTwoServices_whenAskedForOne_thenTheOthersAreNotTold_andTheTotalsAreTheWholeQueues() throws Exception {
        final String passport = submitted(1, OnePost.POST, 0, OnePost.SERVICE);
        final String visa = submitted(2, OnePost.POST, 0, VISA);
        final String both = submitted(3, OnePost.POST, 0, OnePost.SERVICE, VISA);
        for (final String asked : List.of("visa", "22")) {
            final JsonObject page = work("paris", "&service=" + asked);
            assertThat(told(page)).as(asked).containsExactly(visa, both);
            assertThat(page.getInteger("waiting")).isEqualTo(3);
        }
        assertThat(told(work("paris", "&service=passport"))).containsExactly(passport, both);
        assertThat(told(listed(OnePost.POST, OnePost.SERVICE))).containsExactly(passport, both);
        assertThat(told(listed(OnePost.POST, VISA))).containsExactly(visa, both);
        assertThat(told(listed(OnePost.POST, 0))).containsExactly(passport, visa, both);
        assertThat(listed(OnePost.POST, VISA).getWaiting()).isEqualTo(3);
        assertThat(get("/v1/posts/paris/work?service=consular").statusCode()).as("no such service").isEqualTo(404);

        validated(both); // its first line: what waits of it is the visa
        assertThat(told(work("paris", "&service=passport"))).containsExactly(passport);
        assertThat(told(listed(OnePost.POST, VISA))).containsExactly(visa, both);
    }

    @Test
    void givenApplicationsForAnyPost_thenEachIsWhereItsPersonIsRegistered_elseAtTheFirstPostThatTheyAccept_elseEverywhere() throws Exception {
        final String registered = submitted(1, 0, ROME, OnePost.SERVICE);
        final String accepting = submitted(2, 0, 0, OnePost.SERVICE);
        final String anywhere = submitted(3, 0, 0, OnePost.SERVICE);
        final String chosen = submitted(4, OnePost.POST, ROME, OnePost.SERVICE);
        assertQueues(List.of(accepting, anywhere, chosen), List.of(registered, accepting, anywhere));

        position = OnePost.done(client, Command.newBuilder().setAcceptPosts(AcceptPosts.newBuilder().setApplication(accepting).addPosts(ROME).addPosts(OnePost.POST)));
        assertQueues(List.of(anywhere, chosen), List.of(registered, accepting, anywhere));
        position = OnePost.done(client, Command.newBuilder().setAcceptPosts(AcceptPosts.newBuilder().setApplication(registered).addPosts(OnePost.POST)));
        assertQueues(List.of(anywhere, chosen), List.of(registered, accepting, anywhere));
        assertThat(work("rome", "").getJsonArray("work").getJsonObject(2).getInteger("postId")).as("every post's").isZero();
        assertThat(listed(ROME, 0).getWork(2).getPostId()).isZero();

        validated(anywhere);
        assertQueues(List.of(chosen), List.of(registered, accepting));
    }

    private void assertQueues(final List<String> paris, final List<String> rome) throws Exception {
        assertThat(told(work("paris", ""))).containsExactlyElementsOf(paris);
        assertThat(told(work("rome", ""))).containsExactlyElementsOf(rome);
        assertThat(told(listed(OnePost.POST, 0))).containsExactlyElementsOf(paris);
        assertThat(told(listed(ROME, 0))).containsExactlyElementsOf(rome);
        assertThat(metrics()).contains("mawid_work_waiting{post=\"paris\"} " + (double) paris.size(), "mawid_work_waiting{post=\"rome\"} " + (double) rome.size());
    }

    /** At that time, over both edges and in the metrics. @param overdue how many of them, which are the oldest */
    private void assertWork(final long nowMs, final List<String> waiting, final int overdue, final long oldestAgeSeconds) throws Exception {
        service.engine().advanceTo(nowMs);
        final JsonObject page = work("paris", "");
        assertThat(told(page)).containsExactlyElementsOf(waiting);
        assertThat(page.getInteger("overdue")).isEqualTo(overdue);
        assertThat(page.getLong("oldestAgeSeconds")).isEqualTo(oldestAgeSeconds);
        final ListWorkReply reply = listed(OnePost.POST, 0);
        assertThat(told(reply)).containsExactlyElementsOf(waiting);
        assertThat(reply.getOverdue()).isEqualTo(overdue);
        assertThat(reply.getOldestAgeSeconds()).isEqualTo(oldestAgeSeconds);
        for (int i = 0; i < waiting.size(); i++) {
            final JsonObject one = page.getJsonArray("work").getJsonObject(i);
            assertThat(one.getBoolean("isOverdue")).as(one.encode()).isEqualTo(i < overdue);
            assertThat(reply.getWork(i).getIsOverdue()).isEqualTo(i < overdue);
            assertThat(reply.getWork(i).getAgeSeconds()).isEqualTo(one.getLong("ageSeconds")).isEqualTo((nowMs - one.getLong("sinceMs")) / 1_000);
            assertThat(reply.getWork(i).getDueMs()).isEqualTo(one.getLong("dueAtMs"));
        }
        assertThat(metrics()).contains("mawid_work_waiting{post=\"paris\"} " + (double) waiting.size(), "mawid_work_overdue{post=\"paris\"} " + (double) overdue,
                "mawid_work_overdue{post=\"rome\"} 0.0", "mawid_work_oldest_seconds{post=\"paris\"} " + (nowMs - page.getJsonArray("work").getJsonObject(0).getLong("sinceMs")) / 1e3);
    }

    private JsonObject one(final int index) throws Exception {
        return work("paris", "").getJsonArray("work").getJsonObject(index);
    }

    /** @param postId the chosen one, 0 = any @param registeredPostId of the persons, 0 = unknown */
    private String submitted(final long person, final int postId, final int registeredPostId, final int... services) {
        final SubmitApplication.Builder submit = SubmitApplication.newBuilder().setRequest(request()).setPostId(postId);
        for (final int serviceId : services) {
            submit.addLines(NewLine.newBuilder().setPersonKey(person).setServiceId(serviceId).setRegisteredPostId(registeredPostId).setQuantity(1));
        }
        final SubmitApplicationReply reply = ApplicationServiceGrpc.newBlockingStub(channel).submitApplication(submit.build());
        position = reply.getPosition();
        return reply.getApplication();
    }

    /** Its first line. */
    private void validated(final String application) {
        position = ApplicationServiceGrpc.newBlockingStub(channel).validateLines(ValidateLines.newBuilder().setRequest(request()).setApplication(application).setLines(1).build()).getPosition();
    }

    /** Made now, by the engine's time. */
    private Request request() {
        final UUID id = UUID.randomUUID();
        return Request.newBuilder().setIdHigh(id.getMostSignificantBits()).setIdLow(id.getLeastSignificantBits()).setCreatedMs(service.engine().nowMs()).build();
    }

    private ListWorkReply listed(final int postId, final int serviceId) {
        return ApplicationServiceGrpc.newBlockingStub(channel).listWork(ListWorkRequest.newBuilder().setPostId(postId).setServiceId(serviceId).setMinPosition(position).build());
    }

    private JsonObject work(final String post, final String query) throws Exception {
        final HttpResponse<String> answer = get("/v1/posts/" + post + "/work?minPosition=" + position + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private String metrics() throws Exception {
        return get("/metrics").body();
    }

    private HttpResponse<String> get(final String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path)).build(), BodyHandlers.ofString());
    }

    private static List<String> told(final JsonObject page) {
        return page.getJsonArray("work").stream().map(one -> ((JsonObject) one).getString("application")).toList();
    }

    private static List<String> told(final ListWorkReply reply) {
        return reply.getWorkList().stream().map(Work::getApplication).toList();
    }
}
