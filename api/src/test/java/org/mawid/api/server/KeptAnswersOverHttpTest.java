package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.Result;

/** Answers about availability that are given more than once, from a real engine. */
@Timeout(60)
class KeptAnswersOverHttpTest extends ServiceFixture {
    private static final String PATH = "/v1/availability/starts?posts=paris&services=passport&limit=5&from=" + LocalDate.ofEpochDay(OnePost.FIRST_DAY);
    private static final int ROUNDS = 100;

    @Test
    void givenAServiceThatTakesLongerFromNowOn_whenAskedAgainAtOnce_thenAnAnswerIsNewOrSaysThatItIsOlder() throws Exception {
        OnePost.make(client, 1, 4);
        int old = 0;
        for (int round = 0; round < ROUNDS; round++) {
            get();
            final int units = round % 2 == 0 ? 6 : 3;
            final long position = takesFromNowOn(5 * units);
            final JsonObject answer = get();
            if (answer.getLong("position") >= position) {
                assertThat(answer.getInteger("units")).as("round %d, position %d, %s", round, position, answer).isEqualTo(units);
            } else {
                old++;
            }
        }
        assertThat(old).as("some are given again").isPositive();
    }

    @Test
    void givenAnAnswerThatIsKept_whenTheNextRequestForItHasABody_thenTheContractRefusesIt() throws Exception {
        OnePost.make(client, 1, 4);
        get();
        assertThat(ask("Content-Length: 2\r\n\r\n{}")).startsWith("HTTP/1.1 400 ");
        assertThat(ask("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(ask("Content-Length: 0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    private long takesFromNowOn(final int minutes) {
        final CommandReply reply = client.execute(Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(OnePost.SERVICE).setCode("passport")
                .setDurationMinutes(minutes).setValidationRequired(true).setAppointmentRequired(true).setQuantityMax(4)).build());
        assertThat(reply.getResult()).isEqualTo(Result.OK);
        return reply.getPosition();
    }

    private JsonObject get() throws Exception {
        final HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + PATH)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    /** The first line of the answer. */
    private String ask(final String rest) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", service.httpPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n" + rest).getBytes(StandardCharsets.ISO_8859_1));
            final StringBuilder line = new StringBuilder();
            for (int next = socket.getInputStream().read(); next != '\n' && next >= 0; next = socket.getInputStream().read()) {
                line.append((char) next);
            }
            return line.toString();
        }
    }
}
