package org.mawid.bench.capacity;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.NetworkRefusedException;
import org.mawid.api.network.ScheduleRefusedException;
import org.mawid.bench.capacity.demand.JournalDemand;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanFile;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.PlanRefusedException;
import org.mawid.bench.capacity.plan.PlannedNetwork;
import org.mawid.bench.capacity.plan.Prose;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.report.PlanJson;
import org.mawid.bench.capacity.report.PlanTables;
import org.mawid.bench.capacity.report.PlanText;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.bench.capacity.result.Target;
import org.mawid.bench.capacity.result.TargetSearch;
import org.mawid.bench.load.NoSeconds;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a planner asks: how long people wait, which desk is short, how many counters and hours it takes, what happens if. */
@Command(name = "plan", mixinStandardHelpOptions = true, abbreviateSynopsis = true, sortOptions = false,
        description = "The capacity twin: simulates weeks of a post through the real core and says how long people wait and which desk is short.",
        footer = {"", "Takes about 7 s; --effects 16 s, --target 24 s, all posts for a year 90 s.", "", "Without options: Barcelona, twelve weeks from today. A SHARE is like 12%%; [A] = our assumption, told in bench/PLANNING.md.",
                "Exit codes: 0 done, 1 failed, 2 not understood.", "", "Examples:",
                "  bench plan --from 2027-04-05",
                "  bench plan --post MA-CG-TARRAGONE",
                "  bench plan --target \"third-next-available <= 5d\"",
                "  bench plan --shock ES=4:2027-02-01:4w --from 2027-02-01",
                "  bench plan --effects", "  bench plan --may-overbook --weeks 52", "  bench plan --absence 8%% --rejected 20%%", "  bench plan --journal DIR --posts all",
                "  bench plan --print-yaml > a.yaml", "  bench plan --compare a.yaml b.yaml --report plots",
                "  bench plan --posts all --report plots"})
public final class PlanBench implements Callable<Integer>, Planned {
    private static final String WHOLE_YEAR_WEEKS = "52";
    /** As seen on two quiet cores: until the first simulation begins, and what its code takes longer until it is compiled; simulations of one post until a target is found. */
    private static final double STARTING_SECONDS = 5;
    private static final int SIMULATIONS_OF_A_TARGET = 10;
    private static final int CORES = 2;

    @Spec
    private CommandSpec spec;

    @Option(names = "--plan", paramLabel = "FILE", description = "A plan as YAML; options beside it win.")
    private Path file;

    @Option(names = "--compare", arity = "2..*", paramLabel = "FILE", description = "Plans to set side by side.")
    private List<Path> compared = List.of();

    @Option(names = "--effects", description = "Set the plan beside itself with one thing changed at a time: nobody misses their visit, 10 %% overbooking, 8 %% of counters absent, open until 18:00, the post's country × 4 for four weeks.")
    private boolean effects;

    @Option(names = "--may-overbook", description = "Set the plan beside itself without overbooking and with overbooking by rule, bounded by a mean wait of 5, 10 and 15 minutes: how many more are served, how much earlier, and who waits for it. Best with --weeks 52.")
    private boolean mayOverbook;

    @Option(names = "--target", paramLabel = "'MEASURE <= N'", description = "Search numbers of counters with which all desks meet it and none can do with one fewer, as 'third-next-available <= 5d'; also waiting-days-p50 and waiting-days-p90 (d), utilisation, load, refused and displaced (%%), queue-minutes-p90 (min).")
    private String target;

    @Option(names = "--print-yaml", description = "Print the plan as a file to start from, with what is assumed about people, and simulate nothing.")
    private boolean printYaml;

    @Option(names = "--network", paramLabel = "DIR", description = "Files of another network, with the same columns; default: those in the program.")
    private Path network;

    @Option(names = "--journal", paramLabel = "DIR", description = "Take demand from the data directory of a stopped server: requests by post, weekday and service, how many services and persons each is for, minutes from called to served, and the shares of people who come without an appointment, miss, cancel, move or are rejected; options win. Sizes and shares are taken of 200 and more, otherwise they are as modelled.")
    private Path journal;

    @Mixin
    private Output output;

    @Mixin
    private final NoSeconds noSeconds = new NoSeconds("--weeks");

    @Mixin
    private PlanOptions options;

    @Override
    public Integer call() throws IOException {
        try {
            return run();
        } catch (final PlanRefusedException | NetworkRefusedException | ScheduleRefusedException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int run() throws IOException {
        output.require((target == null ? 0 : 1) + (effects ? 1 : 0) + (mayOverbook ? 1 : 0) + (compared.isEmpty() ? 0 : 1) + (printYaml ? 1 : 0) <= 1,
                "--compare, --effects, --may-overbook, --target and --print-yaml are questions of their own: ask one of them");
        output.require(compared.isEmpty() || file == null, "--compare names its plans itself: leave --plan out");
        final Target wanted = target == null ? null : Target.parse(target);
        final List<Plan> plans = plans();
        final Plan plan = plans.get(0);
        if (printYaml) {
            spec.commandLine().getOut().print(PlanFile.write(plan));
            spec.commandLine().getOut().flush();
            return 0;
        }
        output.require(wanted == null || plan.share(PlanKey.ELSEWHERE) == 0, "--target searches each post by itself, with nobody who comes from another: leave --elsewhere out");
        final long fromNs = System.nanoTime();
        final Network files = files();
        for (final Plan one : plans) {
            PlannedNetwork.requireShocksFelt(files, one);
        }
        if (plans.stream().allMatch(Plan::isFromToday)) { // an option would move the others too
            output.chose("--" + PlanKey.FROM.key(), plan.from());
        }
        final Planner planner = new Planner(files, demandOfJournal(), output);
        if (!compared.isEmpty()) {
            compare(planner, plans, "compare", fromNs);
        } else if (effects) {
            compare(planner, effectsOn(plan, files), "effects", fromNs);
        } else if (mayOverbook) {
            compare(planner, overbooked(plan), "overbooking", fromNs);
        } else if (wanted != null) {
            search(planner, plan, wanted, fromNs);
        } else {
            final PlanResult result = planner.run(plan, "simulating");
            output.result(timed(PlanJson.of(result), result.commands(), fromNs), PlanText.page(result) + took(result.commands(), fromNs));
        }
        return 0;
    }

    /** Without reading a journal, whose demand may be another. */
    @Override
    public double plannedSeconds() {
        try {
            final Planner planner = new Planner(files(), null, null);
            final List<Plan> plans = plans();
            final double simulating = target != null ? SIMULATIONS_OF_A_TARGET * planner.plannedSeconds(plans.get(0), 1)
                    : (effects ? effectsOn(plans.get(0), planner.files()) : mayOverbook ? overbooked(plans.get(0)) : plans).stream().mapToDouble(plan -> planner.plannedSeconds(plan, CORES)).sum();
            return STARTING_SECONDS + simulating;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that are asked about: one, or as many as are set side by side. */
    private List<Plan> plans() throws IOException {
        final Plan usual = Plan.usual(LocalDate.now());
        if (compared.isEmpty()) {
            return List.of(said(file == null ? usual : PlanFile.read(file, usual)));
        }
        final List<Plan> plans = new ArrayList<>();
        for (final Path one : compared) {
            plans.add(said(PlanFile.read(one, usual)));
        }
        return plans;
    }

    /** What was said on the command line wins. */
    private Plan said(final Plan base) {
        Plan plan = options.on(base);
        if (plan.posts().isEmpty() && plan.isUsual(PlanKey.WEEKS)) {
            plan = plan.with(PlanKey.WEEKS, WHOLE_YEAR_WEEKS);
        }
        return plan.whole();
    }

    private Network files() {
        if (network == null) {
            return Network.bundled();
        }
        try {
            return Network.load(network);
        } catch (final IOException e) {
            throw new PlanRefusedException("--network " + network + " is not a folder with posts.csv and the others: " + e.getMessage());
        }
    }

    private JournalDemand demandOfJournal() throws IOException {
        if (journal == null) {
            return null;
        }
        final long fromNs = System.nanoTime();
        return JournalDemand.read(journal, (position, last) -> {
            if (output.isDue()) {
                output.progressOf(fromNs, position, last, "reading the journal: %,d of %,d", position, last);
            }
        });
    }

    private static List<Plan> effectsOn(final Plan plan, final Network files) {
        final Post first = PlannedNetwork.posts(files, plan).get(0);
        return List.of(plan.named("as it is"), plan.named("no no-shows").with(PlanKey.NO_SHOW, "0%"), plan.named("10% over").with(PlanKey.OVERBOOKING, "10%"),
                plan.named("8% absent").with(PlanKey.ABSENCE, "8%"), plan.named("until 18:00").with(PlanKey.OPEN_UNTIL, "18:00"),
                plan.named(first.country() + " × 4").with(PlanKey.SHOCK, first.country() + "=4:" + plan.from() + ":4w"));
    }

    private static List<Plan> overbooked(final Plan plan) {
        return List.of(plan.named("not over").with(PlanKey.OVERBOOKING, "0%"), plan.named("5 min").with(PlanKey.OVERBOOKING, "5min"), plan.named("10 min").with(PlanKey.OVERBOOKING, "10min"),
                plan.named("15 min").with(PlanKey.OVERBOOKING, "15min"));
    }

    private void compare(final Planner planner, final List<Plan> plans, final String what, final long fromNs) throws IOException {
        final List<PlanResult> results = new ArrayList<>();
        long commands = 0;
        for (final Plan plan : plans) {
            results.add(planner.run(plan, "plan " + (results.size() + 1) + " of " + plans.size() + " (" + plan.name() + ")"));
            commands += results.get(results.size() - 1).commands();
        }
        output.result(timed(PlanJson.of(results, what), commands, fromNs), PlanTables.compared(results) + took(commands, fromNs));
    }

    private void search(final Planner planner, final Plan plan, final Target wanted, final long fromNs) throws IOException {
        final Network planned = PlannedNetwork.of(planner.files(), plan);
        final List<TargetSearch.Answer> answers = new ArrayList<>();
        final List<String> codes = new ArrayList<>();
        final List<Post> all = PlannedNetwork.posts(planned, plan);
        final long[] commands = {0, 0};
        for (final Post post : all) {
            final TargetSearch search = new TargetSearch(wanted, one -> {
                final PlanResult result = planner.run(one, Prose.text("%s, post %d of %d, simulation %d", post.city(), codes.size() + 1, all.size(), ++commands[1]));
                commands[0] += result.commands();
                return result;
            });
            answers.add(search.search(plan, new Site(planned, post)));
            codes.add(post.code());
        }
        output.result(timed(PlanJson.of(wanted, answers, codes), commands[0], fromNs), PlanTables.target(wanted, answers, codes) + took(commands[0], fromNs));
    }

    private static JsonObject timed(final JsonObject result, final long commands, final long fromNs) {
        final double seconds = (System.nanoTime() - fromNs) / 1e9;
        return result.put("timing", new JsonObject().put("seconds", Output.rounded(seconds)).put("coreCommands", commands).put("commandsPerSecond", Output.rounded(commands / seconds)));
    }

    private static String took(final long commands, final long fromNs) {
        return Prose.text("%nSimulated in %.1f s, %,d commands through the core. Assumptions: bench plan --print-yaml.%n",
                Duration.ofNanos(System.nanoTime() - fromNs).toMillis() / 1_000.0, commands);
    }
}
