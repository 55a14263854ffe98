package org.mawid.bench.release.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.release.Grounds;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.loop.Figures;
import org.mawid.bench.release.loop.Loop;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.wire.Actor;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Search;
import org.mawid.bench.release.wire.Wire;
import org.mawid.grpc.Result;

/** What is written of the clients, when, and what a look at it alone finds out. */
class HistoryTest {
    private static final long TTL_NS = 600_000_000_000L;

    @TempDir
    private Path folder;
    private final Ground ground = Grounds.of(1);
    private int taken = 1;

    private Path file() {
        return folder.resolve("history.jsonl");
    }

    private HistoryCheck.Findings findings() throws IOException {
        return HistoryCheck.of(file(), new HistoryCheck.Places() {
            @Override
            public int free(final int deskId, final int epochDay, final int unit) {
                return ground.day(deskId, epochDay).open(unit);
            }

            @Override
            public int taken(final int deskId, final int epochDay, final int unit) {
                return taken;
            }
        });
    }

    private List<String> check() throws IOException {
        return findings().wrong();
    }

    private void write(final Exchange... exchanges) throws IOException {
        try (History history = new History(file())) {
            history.ttlNs(TTL_NS);
            for (final Exchange exchange : exchanges) {
                history.invoked(exchange);
                history.write();
                if (exchange.result() != null) {
                    history.completed(exchange);
                }
            }
        }
    }

    private List<JsonObject> lines() throws IOException {
        return Files.readAllLines(file()).stream().map(JsonObject::new).toList();
    }

    private Applicant applicant(final int number) {
        return Grounds.applicant(ground, number);
    }

    private void doctored(final int line, final String was, final String is) throws IOException {
        final List<String> lines = new ArrayList<>(Files.readAllLines(file()));
        assertThat(lines.get(line)).containsPattern(was);
        lines.set(line, lines.get(line).replaceFirst(was, is));
        Files.write(file(), lines);
    }

    @Test
    void givenALife_whenWritten_thenEveryOperationHasTwoLinesWithEveryField() throws IOException {
        write(Grounds.held(applicant(1), 4, "A", 1, 0), Grounds.confirmed(applicant(1), "A", "X"));

        assertThat(lines()).hasSize(4);
        assertThat(lines().get(0).fieldNames()).containsExactly("op", "client", "id", "slot", "units", "person", "ttl_ns", "invoke_ns", "complete_ns", "result");
        assertThat(lines().get(0).getString("result")).isEqualTo("unknown");
        assertThat(lines().get(0).getLong("complete_ns")).isNull();
        assertThat(lines().get(1).fieldNames()).containsExactly("op", "client", "id", "slot", "units", "person", "ref", "ttl_ns", "invoke_ns", "complete_ns", "result");
        assertThat(lines().get(1).getString("slot")).isEqualTo("1/" + java.time.LocalDate.ofEpochDay(Grounds.DATE) + "/4");
        assertThat(lines().get(1).getLong("ttl_ns")).isEqualTo(TTL_NS);
        assertThat(lines().get(1).getInteger("units")).isEqualTo(2);
        assertThat(lines().get(1).getString("id")).isEqualTo(lines().get(0).getString("id"));
        assertThat(lines().get(1).getLong("invoke_ns")).isEqualTo(lines().get(0).getLong("invoke_ns")).isLessThanOrEqualTo(lines().get(1).getLong("complete_ns"));
        assertThat(lines().get(3).getString("appointment")).isEqualTo("X");
        assertThat(check()).isEmpty();
    }

    @Test
    void givenAnOperation_whenItIsSent_thenItsFirstLineIsInTheFileAlready() throws Exception {
        final List<String> seenWhenSent = new ArrayList<>();
        try (History history = new History(file())) {
            final Loop loop = new Loop(System.nanoTime(), new Figures(0, 1), new Figures(0, 1), history, 1);
            final Wire wire = wire(sent -> seenWhenSent.add(read()));
            loop.wires(wire, wire);
            loop.send(Exchange.release(applicant(1), "A", System.nanoTime(), Actor.NOBODY));
            loop.run(System.nanoTime() + Loop.SECOND_NS, () -> !seenWhenSent.isEmpty());
        }

        assertThat(seenWhenSent).singleElement().asString().contains("\"op\":\"release\"", "\"ref\":\"A\"", "\"result\":\"unknown\"").endsWith("\n");
    }

    private String read() {
        try {
            return Files.readString(file());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Wire wire(final java.util.function.Consumer<Exchange> sent) {
        return new Wire() {
            @Override
            public void send(final Exchange exchange) {
                sent.accept(exchange);
            }

            @Override
            public void pulse(final Runnable answer) {
                answer.run();
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    /** As when a connection breaks: who searched goes on, and does nothing that was not answered before. */
    @Test
    void givenASearchWhoseAnswerWillNotCome_whenTheSameClientSearchesAgain_thenTheFirstHasFailed_andAllIsWell() throws Exception {
        final List<Exchange> answered = new ArrayList<>();
        try (History history = new History(file())) {
            final Loop loop = new Loop(System.nanoTime(), new Figures(0, 1), new Figures(0, 1), history, 1);
            final Wire wire = wire(sent -> {
                sent.answer(null, 0);
                loop.answered(sent);
            });
            loop.wires(wire, wire);
            loop.send(search(lost -> loop.send(search(answered::add))));
            loop.run(System.nanoTime() + 10 * Loop.SECOND_NS, () -> !answered.isEmpty());
        }

        assertThat(lines()).extracting(line -> line.getString("result"), line -> line.getString("reason")).containsExactly(
                tuple("unknown", null), tuple("fail", "NO_ANSWER"), tuple("unknown", null), tuple("fail", "NO_ANSWER"));
        assertThat(check()).isEmpty();
        assertThat(findings().unknown()).isZero();
    }

    private static Exchange search(final Actor actor) {
        return Exchange.read(Exchange.Kind.STARTS, "user-1", -1, new Search(1, new int[] {1}, Grounds.DATE, 2), false, System.nanoTime(), actor);
    }

    /** Whose process was killed while it wrote: an answer is lost, or an invocation that was never sent. */
    @Test
    void givenAHistoryWhoseLastLineIsTorn_whenRead_thenItIsPassedOverAndWhatItAnsweredIsUnknown() throws IOException {
        write(Grounds.held(applicant(1), 4, "A", 1, 0));
        tear();
        assertThat(findings().wrong()).isEmpty();
        assertThat(findings().isTorn()).isTrue();
        assertThat(findings().operations()).isEqualTo(1);
        assertThat(findings().unknown()).isEqualTo(1);

        write(Grounds.held(applicant(1), 4, "A", 1, 0), Grounds.asked(applicant(2), 4));
        tear();
        assertThat(findings().wrong()).isEmpty();
        assertThat(findings().operations()).isEqualTo(1);
        assertThat(findings().unknown()).isZero();

        Files.writeString(file(), Files.readString(file()) + "\n");
        assertThat(findings().isTorn()).isFalse();
        assertThat(check()).as("torn in the middle").singleElement().asString().contains("line 3 is not JSON");
    }

    private void tear() throws IOException {
        final String all = Files.readString(file());
        Files.writeString(file(), all.substring(0, all.length() - 60));
    }

    @Test
    void givenThatTheServerIsNotThereToBeAsked_whenRead_thenWhatTheHistoryAloneSaysIsChecked() throws IOException {
        write(Grounds.held(applicant(1), 4, "A", 1, 0), Grounds.held(applicant(2), 4, "B", 1, 0), Grounds.confirmed(applicant(2), "A", "X"));

        assertThat(HistoryCheck.of(file(), HistoryCheck.Places.NOT_KNOWN).wrong()).singleElement().asString().contains("never had it");
    }

    @Test
    void givenAnInterrupt_whenTheHistoryIsWrittenAndClosed_thenAllOfItIsThere() throws IOException {
        try {
            Thread.currentThread().interrupt();
            write(Grounds.held(applicant(1), 4, "A", 1, 0));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(lines()).hasSize(2);
    }

    /** A second try would write twice what the first had written. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void givenADiskThatIsFull_whenWritten_thenItFailsOnce() throws IOException {
        final History history = new History(Path.of("/dev/full"));
        history.invoked(Grounds.asked(applicant(1), 4));

        assertThatThrownBy(history::write).isInstanceOf(UncheckedIOException.class).hasMessageContaining("the history could not be written");
        assertThatCode(history::close).doesNotThrowAnyException();
    }

    @Test
    void givenARefusal_whenWritten_thenItSaysWhy() throws IOException {
        final Exchange refused = Grounds.asked(applicant(1), 0);
        refused.answer(Result.SOLD_OUT, 0);
        write(refused);

        assertThat(lines().get(1).getString("result")).isEqualTo("fail");
        assertThat(lines().get(1).getString("reason")).isEqualTo("SOLD_OUT");
        assertThat(check()).isEmpty();
    }

    @Test
    void givenTwoWhoHadTheSamePlace_whenLookedAt_thenItIsOversold() throws IOException {
        write(Grounds.held(applicant(1), 4, "A", 1, 0), Grounds.held(applicant(2), 5, "B", 1, 0));

        assertThat(check()).anySatisfy(what -> assertThat(what).contains("unit 5", "2 takers", "1 places", "oversold"));
    }

    @Test
    void givenAPlaceThatWasGivenBackOrWhoseTimeWasOver_whenLookedAt_thenAllIsWell() throws IOException {
        write(Grounds.held(applicant(1), 4, "A", 1, 0), Grounds.released(applicant(1), "A"), Grounds.held(applicant(2), 4, "B", 1, 0));
        assertThat(check()).isEmpty();

        write(Grounds.held(applicant(1), 4, "A", 1, 0), Grounds.held(applicant(2), 4, "B", 1, 0));
        doctored(1, "\"ttl_ns\":" + TTL_NS, "\"ttl_ns\":1");
        assertThat(check()).isEmpty();
    }

    /** Nobody knows whether it was done, so the places may be taken or free, and both are right; but not more than that. */
    @Test
    void givenAHoldWithoutAnAnswer_whenBalanced_thenItIsCountedBothWays() throws IOException {
        write(Grounds.asked(applicant(1), 4));
        assertThat(lines()).singleElement().satisfies(line -> assertThat(line.getString("result")).isEqualTo("unknown"));

        for (final int places : List.of(0, 1)) {
            taken = places;
            assertThat(check()).isEmpty();
        }
        taken = 2;
        assertThat(check()).hasSize(2).allSatisfy(what -> assertThat(what).contains("2 places taken at the end", "0 to 1"));
        assertThat(findings().unknown()).isEqualTo(1);
        assertThat(findings().possiblyOver()).isZero();

        taken = 1;
        write(Grounds.held(applicant(2), 4, "B", 1, 0), Grounds.asked(applicant(1), 4));
        assertThat(check()).as("it may not have been done").isEmpty();
        assertThat(findings().possiblyOver()).as("units that are over their places if it was").isEqualTo(2);
    }

    @Test
    void givenAHoldWithoutAnAnswer_whenWhatBecameOfItIsFoundOutAndItIsGivenBack_thenAllIsWell_andNobodyElseMay() throws IOException {
        taken = 0;
        write(Grounds.asked(applicant(1), 4), Grounds.givenBack(applicant(1), "A"));
        assertThat(check()).isEmpty();

        taken = 1;
        assertThat(check()).as("it was given back").hasSize(2).allSatisfy(what -> assertThat(what).contains("0 to 0"));

        write(Grounds.asked(applicant(1), 4), Grounds.givenBack(applicant(2), "A"));
        assertThat(check()).singleElement().asString().contains("never had it");
    }

    @Test
    void givenConfirmedPlaces_whenTheServerHasFewerTaken_thenItIsTold() throws IOException {
        write(Grounds.held(applicant(1), 4, "A", 1, 0), Grounds.confirmed(applicant(1), "A", "X"));
        taken = 0;

        assertThat(check()).hasSize(2).allSatisfy(what -> assertThat(what).contains("0 places taken at the end", "1 to 1"));
    }

    @Test
    void givenWhatCannotBe_whenLookedAt_thenItIsTold() throws IOException {
        write(Grounds.confirmed(applicant(1), "A", "X"));
        assertThat(check()).singleElement().asString().contains("never had it");

        write(Grounds.held(applicant(1), 4, "A", 1, 0));
        doctored(1, "\"result\":\"ok\"", "\"result\":\"unknown\"");
        assertThat(check()).anySatisfy(what -> assertThat(what).contains("no answer's time"));

        write(Grounds.held(applicant(1), 4, "A", 1, 0));
        doctored(1, "\"complete_ns\":-?[0-9]+", "\"complete_ns\":-9000000000000000000");
        assertThat(check()).anySatisfy(what -> assertThat(what).contains("before it was sent"));

        write(Grounds.held(applicant(1), 4, "A", 1, 0));
        doctored(0, "\"units\":2,", "");
        assertThat(check()).anySatisfy(what -> assertThat(what).contains("no units"));

        write(Grounds.held(applicant(1), 4, "A", 1, 0));
        doctored(1, "/4\"", "/5\"");
        assertThat(check()).anySatisfy(what -> assertThat(what).contains("otherwise than what was sent"));

        write(Grounds.held(applicant(1), 4, "A", 1, 0));
        Files.writeString(file(), Files.readAllLines(file()).get(1) + "\n");
        assertThat(check()).singleElement().asString().contains("answers what was not sent");

        write(Grounds.held(applicant(1), 4, "A", 1, 0), Grounds.confirmed(applicant(1), "A", "X"), Grounds.released(applicant(1), "A"));
        assertThat(check()).singleElement().asString().contains("confirmed and given back");
    }
}
