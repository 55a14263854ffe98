package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.sbe.Result;

/** What the edge answers to commands by itself is counted beside what the core answers, and {@code /metrics} shows it. */
class ToldByTheEdgeTest {
    private HttpFixture http;

    @BeforeEach
    void start() throws Exception {
        http = new HttpFixture();
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void givenNoAdmission_whenCommandsAreSent_thenEachIsCountedByItsCause() {
        http.engine.capacity(0);
        http.post("/v1/applications", HttpFixture.newApplication());
        http.post("/v1/applications", HttpFixture.newApplication(), "Idempotency-Key", UUID.randomUUID().toString());
        http.engine.recordsBehind(true);
        http.post("/v1/applications", HttpFixture.newApplication());
        http.engine.recordsBehind(false);
        http.engine.admission(Result.STORAGE_FULL);
        http.post("/v1/applications", HttpFixture.newApplication());
        http.engine.close();
        http.post("/v1/applications", HttpFixture.newApplication(), "Idempotency-Key", UUID.randomUUID().toString());
        http.get("/v1/requests/" + UUID.randomUUID());
        assertCounted(
                "{cause=\"RECORDS_BEHIND\",command=\"SUBMIT_APPLICATION\",result=\"UNAVAILABLE\"} 1.0",
                "{cause=\"RING_FULL\",command=\"SUBMIT_APPLICATION\",result=\"UNAVAILABLE\"} 2.0",
                "{cause=\"STOPPING\",command=\"SUBMIT_APPLICATION\",result=\"UNAVAILABLE\"} 1.0",
                "{command=\"SUBMIT_APPLICATION\",result=\"STORAGE_FULL\"} 1.0");
    }

    @Test
    void givenWhatIsNoCommand_whenSent_thenItIsCountedWhoeverFindsOutAndAQuestionIsNot() {
        final String application = http.known(ReferenceKind.APPLICATION);
        http.post("/v1/holds", HttpFixture.newHold(application, FakeReadModel.DESK).put("surprise", 1)); // the contract
        http.post("/v1/holds", HttpFixture.newHold("0000-0000-00000", FakeReadModel.DESK)); // the draft
        http.send("DELETE", "/v1/holds/0000-0000-00000", null); // whoever reads the path
        http.get("/v1/holds/0000-0000-00000");
        http.get("/v1/holds/surprise");
        assertCounted("{command=\"HOLD\",result=\"MALFORMED\"} 2.0", "{command=\"RELEASE\",result=\"MALFORMED\"} 1.0");
    }

    @Test
    void givenWhatTheCoreRefuses_whenSent_thenTheEdgeDoesNotCountIt() {
        assertThat(http.post("/v1/holds", HttpFixture.newHold(http.known(ReferenceKind.APPLICATION), FakeReadModel.DESK)).statusCode()).isEqualTo(404);
        http.metrics.onCommand(40, Result.APPLICATION_UNKNOWN, 1);
        assertCounted("{command=\"HOLD\",result=\"APPLICATION_UNKNOWN\"} 1.0");
    }

    @Test
    void givenASilentCore_whenTimeIsOver_thenPendingIsCounted() {
        http.engine.silent(true);
        final JsonObject pending = HttpFixture.json(http.post("/v1/applications", HttpFixture.newApplication()));
        assertThat(pending.getString("result")).isEqualTo("PENDING");
        http.engine.silent(false);
        await().until(() -> http.engine.lastPosition() == 1);
        assertCounted("{command=\"SUBMIT_APPLICATION\",result=\"PENDING\"} 1.0");
    }

    private void assertCounted(final String... lines) {
        final List<String> counted = http.get("/metrics").body().lines().filter(line -> line.startsWith("mawid_commands_total"))
                .map(line -> line.substring("mawid_commands_total".length())).toList();
        assertThat(counted).containsExactlyInAnyOrder(lines);
    }
}
