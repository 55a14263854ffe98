package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.mawid.api.sandbox.terminal.SimulatorCharge;
import org.mawid.api.sandbox.treasury.SandboxFault;
import org.mawid.api.treasury.port.References;

/** What comes after a day: terminals are closed by the posts' accountants, and the treasury brings statements. */
final class DayNight {
    static final long ACCOUNTANT = 0xACC0;
    private static final double LINE_FAULTS = 0.15;
    private static final double FILE_FAULTS = 0.3;
    private static final int MOST_FILES = 4;
    private static final List<SandboxFault> AT_LINE = Stream.of(SandboxFault.values()).filter(fault -> fault.place() == SandboxFault.Place.STATEMENT).toList();
    /** The second is the day after the first: a balance that was wrong is not the next one's. */
    private static final List<String> NOT_ADDING_UP = List.of("SUM_DIFFERS", "OPENING_DIFFERS");
    private static final List<String> CURRENCIES = List.of("EUR", "TND", "MAD");

    /** One terminal's day as the acquirer has it. @param reference on the statement @param grossMinor less what went back */
    record Batch(DayTown.Place place, String reference, long grossMinor) {
    }

    private final DayTown town;
    private final DayCalls calls;
    private final Random random;
    private final Map<DayTown.Place, Integer> closed = new HashMap<>();
    /** By place, of what its terminal had taken: what went back since its last closing, without it. */
    final Map<DayTown.Place, Long> undone = new HashMap<>();
    final Map<String, Batch> batches = new HashMap<>();
    /** As {@code EUR-20261128}. */
    final Set<String> statements = new HashSet<>();

    DayNight(final DayTown town, final DayCalls calls, final long seed) {
        this.town = town;
        this.calls = calls;
        random = new Random(seed);
    }

    /** Each terminal agrees with the ledger, whatever it has misdone: what it has charged and given back is neither side's. */
    void closeTerminals() throws Exception {
        for (final DayTown.Place place : town.places) {
            final DayCalls.Said said = calls.post("/v1/terminals/" + place.terminalId() + "/closing", new JsonObject().put("date", town.today().toString()), ACCOUNTANT);
            assertThat(said.isDone()).as("%s", said).isTrue();
            assertThat(said.body().getBoolean("agrees")).as("%s", said).isTrue();
            final List<SimulatorCharge> charges = place.simulator().charges();
            final List<SimulatorCharge> kept = charges.subList(closed.getOrDefault(place, 0), charges.size()).stream().filter(charge -> !charge.isReversed()).toList();
            closed.put(place, charges.size());
            final Long back = undone.remove(place);
            final long gross = kept.stream().mapToLong(charge -> charge.amount().movePointRight(place.digits()).longValueExact()).sum() - (back == null ? 0 : back);
            final Batch batch = new Batch(place, References.terminalBatch(place.terminalId(), place.currency(), town.today(), 1), gross);
            batches.put(batch.reference(), batch);
            if (gross > 0) { // else the acquirer has nothing to bring
                town.treasury.terminalBatch(batch.reference(), place.postId(), gross, place.currency(), kept.size());
            }
        }
    }

    /** The acquirer leaves it out of what it brings next. */
    void undone(final DayStamp stamp) {
        if (stamp.means == DayPeople.Means.TERMINAL) {
            undone.merge(stamp.place, stamp.amountMinor, Long::sum);
        }
    }

    /** The day before's money, in each currency. */
    void takeStatements() throws Exception {
        town.treasury.netAlways(random.nextBoolean());
        for (final String currency : CURRENCIES) {
            town.treasury.draw(random.nextLong(), currency.equals("MAD") ? 0 : LINE_FAULTS, AT_LINE);
            if (random.nextDouble() < FILE_FAULTS) {
                town.treasury.next(random.nextBoolean() ? SandboxFault.WRONG_BALANCE : SandboxFault.YESTERDAYS_FILE);
            }
            take(currency);
            town.treasury.calm();
        }
    }

    private void take(final String currency) throws Exception {
        final LocalDate day = town.today();
        final List<JsonObject> answers = new ArrayList<>();
        for (int file = 0; file < MOST_FILES && !isTaken(currency, day); file++) {
            final byte[] document = town.treasury.statement(currency, day, false, "08");
            if (document == null) {
                return; // nothing was ever paid in it
            }
            final DayCalls.Said said = calls.xml("/v1/statements", document);
            assertThat(said.isDone()).as("%s", said).isTrue();
            answers.add(said.body());
            statements.add(currency + '-' + day.format(DateTimeFormatter.BASIC_ISO_DATE));
            final String findings = said.body().getJsonArray("findings").encode();
            final List<String> accepted = NOT_ADDING_UP.stream().filter(findings::contains).toList();
            if (!accepted.isEmpty()) { // a person has looked at it
                answers.add(calls.xml("/v1/statements?accept=" + String.join(",", accepted), document).body());
            }
        }
        assertThat(isTaken(currency, day)).as("%s of %s: %s", currency, day, answers).isTrue();
    }

    private boolean isTaken(final String currency, final LocalDate day) throws Exception {
        final JsonArray taken = calls.get("/v1/statements").body().getJsonArray("statements");
        return taken.stream().map(JsonObject.class::cast).anyMatch(one -> one.getString("currency").equals(currency) && one.getString("closingDate").equals(day.toString()));
    }
}
