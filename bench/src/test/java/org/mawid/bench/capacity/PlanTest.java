package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.api.network.Network;
import org.mawid.api.overbooking.OverbookingRule;
import org.mawid.bench.capacity.plan.Overbooked;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanFile;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.PlanRefusedException;
import org.mawid.bench.capacity.plan.PlannedNetwork;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.result.Target;

class PlanTest {
    private static final Plan USUAL = Plan.usual(LocalDate.of(2026, 11, 30));

    @TempDir
    private Path folder;

    private Plan read(final String yaml) throws IOException {
        return PlanFile.read(Files.writeString(folder.resolve("a.yaml"), yaml), USUAL);
    }

    @Test
    void givenThePrintedPlan_whenRead_thenItIsThePlan() throws IOException {
        final Plan plan = USUAL.with(PlanKey.COUNTERS, "D1=8,D2=6").with(PlanKey.SHOCK, "ES=4:2027-02-01:4w").with(PlanKey.OPEN_UNTIL, "18:00").with(PlanKey.NO_SHOW, "10%");

        final String yaml = PlanFile.write(plan);

        assertThat(read(yaml).toJson()).isEqualTo(plan.toJson());
        assertThat(yaml).contains("# ", "counters: D1=8,D2=6", "open-until: \"18:00\"");
    }

    @Test
    void givenOverbooking_whenRead_thenItIsAShareOrARule() throws IOException {
        assertThat(USUAL.overbooked()).isEqualTo(new Overbooked(0, null));
        assertThat(read("overbooking: 10%").overbooked()).isEqualTo(new Overbooked(0.1, null));
        assertThat(read("overbooking: 10min").overbooked()).isEqualTo(new Overbooked(0, new OverbookingRule(10, 0.5)));
        assertThat(read("overbooking: 5 min, 20 %\nmeasured-visits: 400").overbooked()).isEqualTo(new Overbooked(0, new OverbookingRule(5, 0.2)));
    }

    @Test
    void givenListsAndNames_whenRead_thenTheyMeanTheSameAsWithCommas() throws IOException {
        final Plan plan = read("""
                posts: [MA-CG-BARCELONE, MA-CG-TARRAGONE]
                counters:
                  MA-CG-BARCELONE/D1: 8
                  MA-CG-TARRAGONE/D1: 3
                open-until: 18:00
                no-show: 10%
                """);

        assertThat(plan.posts()).containsExactly("MA-CG-BARCELONE", "MA-CG-TARRAGONE");
        assertThat(plan.counters()).containsEntry("MA-CG-BARCELONE/D1", 8).containsEntry("MA-CG-TARRAGONE/D1", 3);
        assertThat(plan.openUntil()).hasToString("18:00");
        assertThat(plan.share(PlanKey.NO_SHOW)).isEqualTo(0.1);
        assertThat(plan.name()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "weeks: 4\\ndmand: 2          | a.yaml:2: unknown name 'dmand': did you mean demand? There are posts, from",
        "demands: 2                 | did you mean demand?",
        "weeks: 4\\ndemand: much    | a.yaml:2: demand: 'much' is not a factor like 1.2",
        "no-show: 0.12              | a.yaml:1: no-show: '0.12' is not a share like 12%, from 0% to 100%: did you mean 12%?",
        "counters:\\n  D1: 7\\n  D2: seven | a.yaml:3: counters: D2: 'seven' is not a whole number from 1 to 255",
        "shock: ES x 4              | 'ES x 4' is not like ES=4:2027-02-01:4w",
        "from: 30.11.2026           | a.yaml:1: from: '30.11.2026' is not a day like 2026-11-30",
        "overbooking: many          | a.yaml:1: overbooking: 'many' is neither a share like 10% nor a mean wait like 10min",
        "overbooking: 10            | is neither a share like 10% nor a mean wait like 10min",
        "overbooking: 0min          | '0min' is not a mean wait of 1 to 60 minutes",
        "overbooking: 10min,60%     | with 1% to 50% added to the counters at most",
        "overbooking: 110%          | '110%' is not a share like 12%, from 0% to 100%",
        "open-until: 6pm            | '6pm' is not a time of day like 18:00",
        "weeks: 4\\nweeks: 5        | a.yaml:2: weeks is said twice",
        "weeks: [4                  | not YAML",
        "- weeks                    | a.yaml:1: a plan is lines of 'name: value'",
        "weeks: {a: {b: c}}         | a.yaml:1: one word or number is expected here"})
    void givenSomethingThatCannotBeMeant_whenRead_thenItIsRefusedWithItsLineAndWhatWouldBeRight(final String yaml, final String why) {
        assertThatThrownBy(() -> read(yaml.replace("\\n", "\n"))).isInstanceOf(PlanRefusedException.class).hasMessageContaining(why);
    }

    @Test
    void givenWhatTheNetworkHasNot_whenPlanned_thenItIsRefusedWithWhatThereIs() {
        final Network network = Network.bundled();

        assertThatThrownBy(() -> PlannedNetwork.of(network, USUAL.with(PlanKey.COUNTERS, "D9=2", "--counters")))
                .hasMessage("--counters: MA-CG-BARCELONE has no desk D9: it has D1, D2, D3, D4");
        assertThatThrownBy(() -> PlannedNetwork.of(network, USUAL.with(PlanKey.POSTS, "MA-CG-BARCELONA", "--post"))).hasMessageContaining("MA-CG-BARCELONE");
        assertThatThrownBy(() -> PlannedNetwork.of(network, USUAL.with(PlanKey.POSTS, "MA-CG-BARCELONE,MA-CG-TARRAGONE").with(PlanKey.COUNTERS, "D1=2")))
                .hasMessageContaining("with several posts say whose desk it is");
        assertThatThrownBy(() -> PlannedNetwork.of(network, USUAL.with(PlanKey.OPEN_UNTIL, "08:00"))).hasMessageContaining("opens at 09:00");
    }

    @Test
    void givenMoreCounters_whenPlanned_thenStationsAndSeatsGrowWithThemUnlessSaid() {
        final Network network = Network.bundled();

        final Site more = site(PlannedNetwork.of(network, USUAL.with(PlanKey.COUNTERS, "D1=14")));
        assertThat(more.counters()).isEqualTo(29);
        assertThat(more.resources()).anySatisfy(station -> assertThat(station.capacity()).isEqualTo(14));
        assertThat(more.resources()).anySatisfy(seats -> assertThat(seats.capacity()).isEqualTo(127)); // 96 × 29 / 22, rounded up
        final Site said = site(PlannedNetwork.of(network, USUAL.with(PlanKey.COUNTERS, "D1=14").with(PlanKey.RESOURCES, "BIOMETRIC_STATION=9")));
        assertThat(said.resources()).anySatisfy(station -> assertThat(station.capacity()).isEqualTo(9));
        final Site fewer = site(PlannedNetwork.of(network, USUAL.with(PlanKey.COUNTERS, "D1=3")));
        assertThat(fewer.resources()).anySatisfy(station -> assertThat(station.capacity()).isEqualTo(7));
    }

    private static Site site(final Network network) {
        return new Site(network, PlannedNetwork.posts(network, USUAL).get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "third-next-available <= 5d | third-next-available <= 5d", "utilisation<85% | utilisation < 85%", "waiting-days-p90 <= 7.5 | waiting-days-p90 <= 7.5d"})
    void givenATarget_whenRead_thenItIsThat(final String text, final String shown) {
        assertThat(Target.parse(text)).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "third-next-available | is not like 'third-next-available <= 5d'; measures: third-next-available, waiting-days-p50",
        "waiting <= 5d | no measure is called 'waiting': there are third-next-available", "refused <= 5d | refused is in %, not in d", "refused >= 5% | is not like"})
    void givenATargetThatCannotBeMeant_whenRead_thenItIsRefusedWithWhatWouldBeRight(final String text, final String why) {
        assertThatThrownBy(() -> Target.parse(text)).hasMessageContaining(why);
    }
}
