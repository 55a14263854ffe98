package org.mawid.bench.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.grpc.Result;

/** What is written of the clients, and what a look at it alone finds out. */
class HistoryTest {
    private static final long TTL_NS = 600_000_000_000L;

    @TempDir
    private Path folder;
    private final Ground ground = Grounds.of(1);

    private Path file() {
        return folder.resolve("history.jsonl");
    }

    private List<String> check() throws IOException {
        return HistoryCheck.of(file(), (desk, date, unit) -> ground.day(desk, date).open(unit));
    }

    private void write(final Exchange... exchanges) throws IOException {
        try (History history = new History(file())) {
            history.ttlNs(TTL_NS);
            for (final Exchange exchange : exchanges) {
                history.begin(exchange);
                history.end(exchange);
            }
        }
    }

    private Applicant applicant(final int number) {
        return Grounds.applicant(ground, number);
    }

    private void doctored(final int line, final String was, final String is) throws IOException {
        final List<String> lines = new ArrayList<>(Files.readAllLines(file()));
        assertThat(lines.get(line)).contains(was);
        lines.set(line, lines.get(line).replace(was, is));
        Files.write(file(), lines);
    }

    @Test
    void givenALife_whenWritten_thenEveryFieldIsThere() throws IOException {
        write(Grounds.held(applicant(1), 4, "A", 1, 0), Grounds.confirmed(applicant(1), "A", "X"), Grounds.held(applicant(2), 8, "B", 1, 0), Grounds.released(applicant(2), "B"));

        final List<JsonObject> lines = Files.readAllLines(file()).stream().map(JsonObject::new).toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).fieldNames()).containsExactly("op", "client", "id", "slot", "ref", "units", "person", "ttl_ns", "invoke_ns", "complete_ns", "result");
        assertThat(lines.get(0).getString("slot")).isEqualTo("1/" + java.time.LocalDate.ofEpochDay(Grounds.DATE) + "/4");
        assertThat(lines.get(0).getLong("ttl_ns")).isEqualTo(TTL_NS);
        assertThat(lines.get(0).getInteger("units")).isEqualTo(2);
        assertThat(lines.get(1).getString("appointment")).isEqualTo("X");
        assertThat(lines).extracting(line -> line.getString("op")).containsExactly("hold", "confirm", "hold", "release");
        assertThat(lines).allSatisfy(line -> assertThat(line.getLong("complete_ns")).isGreaterThanOrEqualTo(line.getLong("invoke_ns")));
        assertThat(check()).isEmpty();
    }

    @Test
    void givenCommandsWithoutAnAnswer_whenClosed_thenTheyAreUnknown() throws IOException {
        try (History history = new History(file())) {
            history.begin(Grounds.sent(Exchange.hold(applicant(1), new Start(1, Grounds.DATE, 0), false, 0, Actor.NOBODY)));
        }

        final JsonObject line = new JsonObject(Files.readString(file()));

        assertThat(line.getString("result")).isEqualTo("unknown");
        assertThat(line.containsKey("complete_ns")).isTrue();
        assertThat(line.getLong("complete_ns")).isNull();
        assertThat(check()).isEmpty();
    }

    @Test
    void givenAQueueThatIsFull_whenMoreIsWritten_thenLinesWaitAreCountedAndNoneIsLost() throws IOException {
        final History history = new History(file(), 2);
        final Exchange refused = Grounds.sent(Exchange.hold(applicant(1), new Start(1, Grounds.DATE, 0), false, 0, Actor.NOBODY));
        refused.answer(Result.SOLD_OUT, 0);
        for (int i = 0; i < 20_000; i++) {
            history.begin(refused);
            history.end(refused);
        }
        history.close();

        assertThat(history.lines()).isEqualTo(20_000);
        assertThat(history.waited()).isPositive();
        final Set<String> lines = new HashSet<>(Files.readAllLines(file()));
        assertThat(lines).singleElement().asString().endsWith("\"result\":\"fail\"}");
    }

    @Test
    void givenTwoWhoHadTheSamePlace_whenLookedAt_thenItIsOversold() throws IOException {
        write(Grounds.held(applicant(1), 4, "A", 1, 0), Grounds.held(applicant(2), 5, "B", 1, 0));

        assertThat(check()).singleElement().asString().contains("unit 5", "2 takers", "1 places", "oversold");
    }

    @Test
    void givenAPlaceThatWasGivenBackOrWhoseTimeWasOver_whenLookedAt_thenAllIsWell() throws IOException {
        write(Grounds.held(applicant(1), 4, "A", 1, 0), Grounds.released(applicant(1), "A"), Grounds.held(applicant(2), 5, "B", 1, 0));
        assertThat(check()).isEmpty();

        write(Grounds.held(applicant(1), 4, "A", 1, 0), Grounds.held(applicant(2), 5, "B", 1, 0));
        doctored(0, "\"ttl_ns\":" + TTL_NS, "\"ttl_ns\":1");
        assertThat(check()).isEmpty();
    }

    @Test
    void givenWhatCannotBe_whenLookedAt_thenItIsTold() throws IOException {
        write(Grounds.confirmed(applicant(1), "A", "X"));
        assertThat(check()).singleElement().asString().contains("never had it");

        write(Grounds.held(applicant(1), 4, "A", 1, 0));
        doctored(0, "\"result\":\"ok\"", "\"result\":\"unknown\"");
        assertThat(check()).singleElement().asString().contains("no answer's time");

        write(Grounds.held(applicant(1), 4, "A", 1, 0));
        final String line = Files.readString(file());
        Files.writeString(file(), line.replaceFirst("\"complete_ns\":-?[0-9]+", "\"complete_ns\":-9000000000000000000"));
        assertThat(check()).singleElement().asString().contains("before it was sent");

        write(Grounds.held(applicant(1), 4, "A", 1, 0));
        doctored(0, "\"units\":2,", "");
        assertThat(check()).singleElement().asString().contains("no units");

        final Exchange once = Grounds.held(applicant(1), 4, "A", 1, 0);
        write(once, Grounds.confirmed(applicant(1), "A", "X"), Grounds.released(applicant(1), "A"));
        assertThat(check()).singleElement().asString().contains("confirmed and given back");
    }
}
