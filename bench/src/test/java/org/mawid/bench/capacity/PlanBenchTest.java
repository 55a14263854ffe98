package org.mawid.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanFile;
import org.mawid.bench.load.NotUnderstood;
import org.mawid.bench.load.Shell;
import picocli.CommandLine;

/** The command line of plan. */
class PlanBenchTest {
    private final StringWriter out = new StringWriter();
    private final CommandLine plan = new CommandLine(new PlanBench()).setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).setParameterExceptionHandler(NotUnderstood::tell);

    @TempDir
    private Path folder;

    private void assertRefused(final String why, final String... arguments) {
        out.getBuffer().setLength(0);
        assertThat(plan.execute(arguments)).as(String.join(" ", arguments)).isEqualTo(2);
        assertThat(out.toString()).contains(why);
    }

    @Test
    void givenWhatCannotBeMeant_whenRun_thenItIsRefusedBeforeAnythingIsSimulated() throws IOException {
        assertRefused("--demand: 'much' is not a factor like 1.2", "--demand", "much");
        assertRefused("--no-show: '0.12' is not a share like 12%", "--no-show", "0.12");
        assertRefused("--absence: '8' is not a share like 12%, from 0% to 100%: did you mean 8%?", "--absence", "8");
        assertRefused("--shock: no post of the plan is FR or in that country; the first is MA-CG-BARCELONE, in ES", "--shock", "FR=4:2027-04-05:4w", "--from", "2027-04-05");
        assertRefused("the shock is from 2027-04-19 to 2027-04-25", "--from", "2027-04-05", "--weeks", "2", "--shock", "ES=4:2027-04-19:1w");
        assertRefused("the plan lives 2027-03-22 to 2027-04-18", "--from", "2027-04-05", "--weeks", "2", "--warm-up-weeks", "2", "--shock", "ES=4:2027-03-15:1w");
        assertRefused("there is no post MA-CG-BARCELONA with public slots: there is MA-CG-BARCELONE", "--post", "MA-CG-BARCELONA");
        assertRefused("has no desk D7: it has D1, D2, D3, D4", "--counters", "D7=2");
        assertRefused("ask one of them", "--effects", "--may-overbook");
        assertRefused("ask one of them", "--effects", "--target", "refused <= 1%");
        assertRefused("no measure is called 'wait'", "--target", "wait <= 1d");
        assertRefused("cannot be read; bench plan --print-yaml writes a plan to start from", "--plan", folder.resolve("none.yaml").toString());
        assertRefused("b.yaml:1: unknown name 'demnd'", "--compare", write("a.yaml", "demand: 1"), write("b.yaml", "demnd: 1"));
        assertRefused("is not a folder with posts.csv", "--network", folder.resolve("none").toString());
        assertRefused("2031", "--from", "2031-01-01");
        assertRefused("Unknown option: '--dmand=2'", "--dmand=2");
    }

    private String write(final String name, final String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml).toString();
    }

    @Test
    void givenOptions_whenThePlanIsPrinted_thenItReadsBackAsThatPlan() throws IOException {
        assertThat(plan.execute("--print-yaml", "--from", "2027-03-01", "--counters", "D1=9")).isZero();

        final Plan read = PlanFile.read(Path.of(write("printed.yaml", out.toString())), Plan.usual(LocalDate.EPOCH));

        assertThat(read.from()).hasToString("2027-03-01");
        assertThat(read.counters()).containsEntry("D1", 9);
    }

    /** As an inequality would be a file that the shell reads, and another day another first day. */
    @Test
    void givenATargetAndNoDate_whenTheRecordedCommandIsPastedIntoAShell_thenItAsksTheSameFromTheSameDay() throws IOException, InterruptedException {
        final Path json = folder.resolve("plan.json");
        final String[] asked = {"--post", "MA-EM-OSLO", "--weeks", "1", "--warm-up-weeks", "0", "--target", "third-next-available <= 5d", "--json", json.toString()};

        assertThat(plan.execute(asked)).isZero();

        final List<String> recorded = Shell.words(new JsonObject(Files.readString(json)).getString("commandLine"), folder);
        assertThat(recorded).startsWith(asked).hasSize(asked.length + 2);
        assertThat(recorded.get(asked.length)).isEqualTo("--from");
        assertThat(LocalDate.parse(recorded.get(recorded.size() - 1))).isBetween(LocalDate.now().minusDays(1), LocalDate.now());
    }

    @Test
    void givenADayOfItsOwn_whenRun_thenTheRecordedCommandSaysNoOther() throws IOException, InterruptedException {
        final Path json = folder.resolve("plan.json");
        final String[] asked = {"--plan", write("dated.yaml", "from: 2027-04-05\nposts: MA-EM-OSLO\nweeks: 1\nwarm-up-weeks: 0"), "--json", json.toString()};

        assertThat(plan.execute(asked)).isZero();

        assertThat(Shell.words(new JsonObject(Files.readString(json)).getString("commandLine"), folder)).containsExactly(asked);
    }

    @Test
    void givenJsonAndReport_whenRun_thenBothAreWrittenWithThePlanThatRepeatsThem() throws IOException {
        final Path json = folder.resolve("plan.json");

        assertThat(plan.execute("--post", "MA-EM-OSLO", "--from", "2027-04-05", "--weeks", "2", "--warm-up-weeks", "1", "--json", json.toString(), "--report", folder.resolve("pages").toString())).isZero();

        final JsonObject result = new JsonObject(Files.readString(json));
        assertThat(result.getJsonObject("load").getString("from")).isEqualTo("2027-04-05");
        assertThat(result.getJsonArray("sentences")).hasSize(3);
        assertThat(result.getJsonArray("posts").getJsonObject(0).getJsonArray("desks").getJsonObject(0).getInteger("counters")).isPositive();
        try (var pages = Files.list(folder.resolve("pages")).filter(page -> page.toString().endsWith(".html"))) {
            assertThat(pages).singleElement().satisfies(page -> assertThat(page).content().contains("class=\"plot heatmap\""));
        }
    }
}
