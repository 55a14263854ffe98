package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mawid.api.http.RawConnection.post;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.http.RawConnection.Answer;
import org.mawid.sbe.Result;

/** Requests as nobody would make them who means well: told what is wrong, and nothing is done. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangersTest {
    private static final String PATH = "/v1/applications";
    private static final String BODY = HttpFixture.newApplication().encode();

    private HttpFixture http;

    @BeforeAll
    void start() throws Exception {
        http = new HttpFixture();
    }

    @AfterAll
    void stop() {
        http.close();
    }

    private Answer refused(final String request, final int status) throws Exception {
        final long before = http.engine.lastPosition();
        try (RawConnection connection = new RawConnection(http.edge.port())) {
            final Answer answer = connection.say(request).answer();
            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
            assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
            assertThat(new JsonObject(answer.body()).getString("result")).isEqualTo(Result.MALFORMED.name());
            if (answer.parts()) {
                connection.assertEndsAlthoughItIsSaid("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            assertThat(http.engine.lastPosition()).as("commands done").isEqualTo(before);
            return answer;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "xchunked", "identity", "chunked, chunked"})
    void givenABodyFramedInAnotherWay_whenSent_thenItIsRefusedAndTheConnectionEnds(final String encoding) throws Exception {
        assertThat(refused("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: " + encoding + "\r\n\r\n"
                + Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\n\r\n" + post(PATH, BODY, ""), 400).parts()).isTrue();
    }

    @Test
    void givenAnotherExpectation_whenSent_thenItIsRefusedAndTheConnectionEnds() throws Exception {
        assertThat(refused(post(PATH, BODY, "Expect: the-unexpected\r\n"), 417).parts()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"postId\":2,%s", "{%s/*", "{/*x*/%s"})
    void givenANameTwiceOrAComment_whenSent_thenItIsNotTakenForJson(final String form) throws Exception {
        assertThat(refused(post(PATH, String.format(form, BODY.substring(1)), ""), 400).body()).contains("not JSON");
    }

    @Test
    void givenMoreThanAnybodyReads_whenItIsWrong_thenOnlyTheFirstPlacesAreTold() throws Exception {
        final JsonObject body = HttpFixture.newApplication();
        for (int i = 0; i < 500; i++) {
            body.put("surprise" + i, i);
        }
        assertThat(new JsonObject(refused(post(PATH, body.encode(), ""), 400).body()).getJsonArray("errors")).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "{\"x\":0}", "[[0]]"})
    void givenMoreThanAnyCommandHas_whenSent_thenItIsRefusedBeforeItIsLookedAt(final String item) throws Exception {
        final String many = "{\"postId\":1,\"lines\":[" + (item + ',').repeat(5_000) + item + "]}";
        assertThat(new JsonObject(refused(post(PATH, many, ""), 400).body()).getJsonArray("errors")).hasSize(1);
    }

    @Test
    void givenAnUpgradeToHttp2WithoutTls_whenAsked_thenItIsAnsweredInHttp1() throws Exception {
        try (RawConnection connection = new RawConnection(http.edge.port())) {
            assertThat(connection.say("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n").answer().status()).isEqualTo(200);
        }
    }
}
