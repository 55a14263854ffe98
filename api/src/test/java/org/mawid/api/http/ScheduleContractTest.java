package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;

/** Whatever becomes of a schedule, the contract declares the answer. */
@Timeout(120)
class ScheduleContractTest {
    private static final LocalDate FIRST = LocalDate.ofEpochDay(OnePost.FIRST_DAY);
    private static final String WEEK = "{\"holidays\": {\"host\": false, \"morocco\": false}, \"pools\": [{\"pool\": \"paris/1\", \"alignMinutes\": 15, \"services\": [\"passport\"],"
            + " \"weekly\": [{\"days\": [\"MON\", \"TUE\", \"WED\", \"THU\", \"FRI\", \"SAT\", \"SUN\"], \"open\": \"09:00\", \"close\": \"12:00\", \"places\": 2}]}]}";

    @TempDir
    private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private Service service;

    @BeforeEach
    void serve() throws Exception {
        service = Service.start(Settings.of(Map.of("mawid.data", folder.resolve("data").toString(), "mawid.http.port", "0", "mawid.grpc.port", "0", "mawid.records", "false",
                "mawid.journal.segment.bytes", "4194304"), Map.of(), null));
        service.ready();
        try (MawidClient client = MawidClient.connect("127.0.0.1", service.grpcPort())) {
            OnePost.define(client);
            OnePost.open(client, 2, 1);
        }
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void givenASchedule_whenComparedAppliedRefusedOrTurnedAway_thenTheAnswerIsDeclared() throws Exception {
        assertDeclared("applySchedule", 200, put("&dryRun=true", WEEK));
        assertDeclared("applySchedule", 409, put("&expectedVersion=7", WEEK));
        assertDeclared("applySchedule", 200, put("&expectedVersion=1", WEEK));
        assertDeclared("applySchedule", 409, put("", WEEK.replace("passport", "visa")));
        final HttpResponse<String> mistaken = put("", WEEK.replace("09:00", "12:00"));
        assertDeclared("applySchedule", 400, mistaken);
        assertThat(mistaken.body()).contains("/pools/0/weekly/0/close");
        assertDeclared("applySchedule", 400, http.send(request("").header("Content-Type", "text/csv").PUT(BodyPublishers.ofString("kind\nnone\n")).build(), BodyHandlers.ofString()));
        assertDeclared("applySchedule", 415, http.send(request("").PUT(BodyPublishers.ofString(WEEK)).build(), BodyHandlers.ofString()));
        assertDeclared("getSchedule", 200, http.send(request("").build(), BodyHandlers.ofString()));
    }

    private HttpResponse<String> put(final String more, final String json) throws Exception {
        return http.send(request(more).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(final String more) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + "/v1/posts/paris/schedule?from=" + FIRST + "&to=" + FIRST.plusDays(6) + more));
    }

    private static void assertDeclared(final String operation, final int status, final HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        ContractTest.assertDeclared(operation, status, response.headers().firstValue("Content-Type").orElseThrow(), response.body());
    }
}
