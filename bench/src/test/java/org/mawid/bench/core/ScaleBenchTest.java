package org.mawid.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.report.Report;
import picocli.CommandLine;

class ScaleBenchTest {
    private static ScaleBench.Size size(final long things, final long counted, final double ns, final long bytes) {
        final ScaleBench.Size size = new ScaleBench.Size(things);
        size.ns.add(ns);
        size.counted = counted;
        size.stateBytes = bytes;
        return size;
    }

    @Test
    void givenCalendarsAndAppointments_whenFitted_thenCostAndBytesAreAgainstBoth_andAllFourAreDrawn() {
        final List<ScaleBench.Size> calendars = List.of(size(1_000, 1_000, 500, 12_000), size(1_000_000, 1_000_000, 700, 10_002_000));
        final List<ScaleBench.Size> appointments = List.of(size(1, 1_024, 480, 1_000 + 300 * 1_024), size(10_240, 10_240, 520, 1_000 + 300 * 10_240));

        final JsonObject growth = ScaleBench.growth(calendars, appointments);
        final JsonArray few = ScaleBench.json(appointments, "appointments");

        assertThat(growth.getJsonObject("bySlots").getString("figure")).isEqualTo("commandNs");
        assertThat(growth.getJsonObject("bytesBySlots").getDouble("addsBytesEach")).isEqualTo(10);
        assertThat(growth.getJsonObject("bytesByAppointments").getDouble("addsBytesEach")).as("of the 1 024 that were there, not of the one").isEqualTo(300);
        assertThat(few.getJsonObject(0).getInteger(growth.getJsonObject("bytesByAppointments").getString("against"))).isEqualTo(1_024);
        final String page = Report.html(new JsonObject().put("benchmark", "scale").put("slots", ScaleBench.json(calendars, "slots")).put("appointments", few).put("growth", growth));
        assertThat(page).contains("Cost against slots", "Cost against appointments", "Memory against slots", "Memory against appointments");
    }

    @Test
    void givenSizesOfAppointments_whenMeasured_thenNoneGrowsMeanwhile_fromTheSmallestOn() {
        final CommandLine bench = new CommandLine(new ScaleBench());
        bench.parseArgs("--most-appointments", "10000", "--rounds", "3");
        final ScaleBench scale = bench.getCommand();

        final List<ScaleBench.Size> sizes = scale.appointments(new ModelNetwork(4, 60, 96, 255, 16_384));

        assertThat(sizes).hasSize(2).allSatisfy(size -> {
            assertThat(size.ns).hasSize(3);
            assertThat(size.grewPercent()).isBetween(-1.0, 1.0);
        });
        assertThat(sizes.get(0).things).isEqualTo(1);
        assertThat(sizes.get(0).counted).as("of the first thousand").isBetween(500L, 2_000L);
        assertThat(sizes.get(1).things).isBetween(10_000L, 12_000L);
    }
}
