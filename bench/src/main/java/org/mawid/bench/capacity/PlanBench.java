package org.mawid.bench.capacity;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
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
import org.mawid.bench.load.Output;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a planner asks: how long people wait, which desk is short, how many counters and hours it takes, what happens if. */
@Command(name = "plan", mixinStandardHelpOptions = true,
        description = "The capacity twin: simulates weeks of a post through the real core and says how long people wait and which desk is short.",
        footer = {"", "Without options: Barcelona, twelve weeks from today. The same seed gives the same result. --seconds means nothing here: a simulation ends with its weeks.",
                "What is assumed about people is printed by --print-yaml, and told in bench/PLANNING.md.", "Examples:",
                "  bench plan --post MA-CG-TARRAGONE",
                "  bench plan --target \"third-next-available <= 5d\"",
                "  bench plan --shock ES=4:2027-02-01:4w --from 2027-02-01",
                "  bench plan --effects", "  bench plan --absence 8%% --rejected 20%%", "  bench plan --journal DIR --posts all",
                "  bench plan --print-yaml > a.yaml", "  bench plan --compare a.yaml b.yaml --report plots",
                "  bench plan --posts all --report plots"})
public final class PlanBench implements Callable<Integer> {
    private static final String WHOLE_YEAR_WEEKS = "52";

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Option(names = "--plan", paramLabel = "FILE", description = "A plan as YAML; options beside it win.")
    private Path file;

    @Option(names = "--compare", arity = "2..*", paramLabel = "FILE", description = "Plans to set side by side.")
    private List<Path> compared = List.of();

    @Option(names = "--effects", description = "Set the plan beside: nobody misses their visit, 10 %% overbooking, 8 %% of counters absent, open until 18:00, the post's country × 4 for four weeks.")
    private boolean effects;

    @Option(names = "--target", paramLabel = "'MEASURE <= N'", description = "Search the smallest number of counters of each desk that meets it, as 'third-next-available <= 5d'; also waiting-days-p50, waiting-days-p90, utilisation, load, refused, displaced (%%), queue-minutes-p90.")
    private String target;

    @Option(names = "--print-yaml", description = "Print the plan as a file to start from, and do nothing.")
    private boolean printYaml;

    @Option(names = "--network", paramLabel = "DIR", description = "Files of another network, with the same columns; default: those in the program.")
    private Path network;

    @Option(names = "--journal", paramLabel = "DIR", description = "Take demand from the data directory of a stopped server: requests by post, weekday and service, minutes from called to served, and the shares of people who miss, cancel, move or are rejected; options win.")
    private Path journal;

    @Option(names = {"--post", "--posts"}, paramLabel = "CODE,…", description = "Posts as in posts.csv, or all: the whole network, a year unless --weeks is said.")
    private String posts;

    @Option(names = "--from", paramLabel = "DATE", description = "First day, default: today.")
    private String from;

    @Option(names = "--weeks", paramLabel = "N", description = "How many weeks, default 12.")
    private String weeks;

    @Option(names = "--warm-up-weeks", paramLabel = "N", description = "Lived before and not counted, default 8.")
    private String warmUp;

    @Option(names = "--demand", paramLabel = "FACTOR", description = "Of the usual demand, as 1.2.")
    private String demand;

    @Option(names = "--shock", paramLabel = "SHOCK", description = "As ES=4:2027-02-01:4w: country or post, factor, first day, weeks; several with commas.")
    private String shock;

    @Option(names = "--validation-days", paramLabel = "FROM-TO", description = "Days until a request is validated, default 1-4.")
    private String validation;

    @Option(names = "--rejected", paramLabel = "SHARE", description = "Requests that the post rejects each time they are sent, default 15%%.")
    private String rejected;

    @Option(names = "--resubmitted", paramLabel = "SHARE", description = "Of these, sent again, default 90%%.")
    private String resubmitted;

    @Option(names = "--stamped", paramLabel = "SHARE", description = "Services whose stamp is issued with the confirmation, default 56%%.")
    private String stamped;

    @Option(names = "--no-show", paramLabel = "SHARE", description = "Who do not come, default 12%%.")
    private String noShow;

    @Option(names = "--cancel", paramLabel = "SHARE", description = "Who cancel, default 8%%.")
    private String cancel;

    @Option(names = "--move", paramLabel = "SHARE", description = "Who move their visit, default 7%%.")
    private String move;

    @Option(names = "--walk-in", paramLabel = "SHARE", description = "Who come without an appointment, default 3%%.")
    private String walkIn;

    @Option(names = "--across-desks", paramLabel = "SHARE", description = "Visits for several services that go from desk to desk where it takes that, default 100%%.")
    private String acrossDesks;

    @Option(names = "--elsewhere", paramLabel = "SHARE", description = "With several posts: of those who find nothing, who try the nearest other one of the country, default 0%%.")
    private String elsewhere;

    @Option(names = "--service-spread", paramLabel = "SHARE", description = "How far service times scatter, default 50%%.")
    private String spread;

    @Option(names = "--counters", paramLabel = "DESK=N,…", description = "Counters, as D1=8,D2=6.")
    private String counters;

    @Option(names = "--resources", paramLabel = "KIND=N,…", description = "Shared places, as BIOMETRIC_STATION=8.")
    private String resources;

    @Option(names = "--absence", paramLabel = "SHARE", description = "Counters and days that nobody staffs, half of them known only on the morning; default 0%%.")
    private String absence;

    @Option(names = "--open-until", paramLabel = "HH:MM", description = "Another closing time on regular days.")
    private String openUntil;

    @Option(names = "--overbooking", paramLabel = "SHARE", description = "Places above the counters there are, as 10%%.")
    private String overbooking;

    @Option(names = "--seed", paramLabel = "N", description = "Default 1.")
    private String seed;

    @Override
    public Integer call() throws IOException {
        try {
            return run();
        } catch (final PlanRefusedException | NetworkRefusedException | ScheduleRefusedException e) {
            spec.commandLine().getErr().println(e.getMessage()); // without the usage, which would push it off the screen
            spec.commandLine().getErr().flush();
            return CommandLine.ExitCode.USAGE;
        } catch (final IllegalStateException e) {
            spec.commandLine().getErr().println("plan failed: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return 1;
        }
    }

    private int run() throws IOException {
        output.require((target == null ? 0 : 1) + (effects ? 1 : 0) + (compared.isEmpty() ? 0 : 1) + (printYaml ? 1 : 0) <= 1,
                "--compare, --effects, --target and --print-yaml are questions of their own: ask one of them");
        output.require(compared.isEmpty() || file == null, "--compare names its plans itself: leave --plan out");
        final Target wanted = target == null ? null : Target.parse(target);
        final Plan usual = Plan.usual(LocalDate.now());
        final Plan plan = said(file == null ? usual : PlanFile.read(file, usual));
        if (printYaml) {
            spec.commandLine().getOut().print(PlanFile.write(plan));
            spec.commandLine().getOut().flush();
            return 0;
        }
        final List<Plan> plans = new ArrayList<>();
        for (final Path one : compared) {
            plans.add(said(PlanFile.read(one, usual)).whole());
        }
        output.require(wanted == null || plan.share(PlanKey.ELSEWHERE) == 0, "--target searches each post by itself, with nobody who comes from another: leave --elsewhere out");
        final long fromNs = System.nanoTime();
        final Network files = files();
        for (final Plan one : plans.isEmpty() ? List.of(plan) : plans) {
            PlannedNetwork.requireShocksFelt(files, one);
        }
        final Planner planner = new Planner(files, demandOfJournal(), output);
        if (!plans.isEmpty()) {
            compare(planner, plans, "compare", fromNs);
        } else if (effects) {
            compare(planner, effectsOn(plan, files), "effects", fromNs);
        } else if (wanted != null) {
            search(planner, plan, wanted, fromNs);
        } else {
            final PlanResult result = planner.run(plan, "simulating");
            output.result(timed(PlanJson.of(result), result.commands(), fromNs), PlanText.page(result) + took(result.commands(), fromNs));
        }
        return 0;
    }

    /** What was said on the command line wins. */
    private Plan said(final Plan base) {
        Plan plan = base;
        for (final PlanKey key : PlanKey.values()) {
            final String value = value(key);
            if (value != null) {
                plan = plan.with(key, value, "--" + key.key());
            }
        }
        if (plan.posts().isEmpty() && plan.isUsual(PlanKey.WEEKS)) {
            plan = plan.with(PlanKey.WEEKS, WHOLE_YEAR_WEEKS);
        }
        return plan.whole();
    }

    private String value(final PlanKey key) {
        return switch (key) {
            case POSTS -> posts;
            case FROM -> from;
            case WEEKS -> weeks;
            case WARM_UP -> warmUp;
            case DEMAND -> demand;
            case SHOCK -> shock;
            case VALIDATION -> validation;
            case REJECTED -> rejected;
            case RESUBMITTED -> resubmitted;
            case STAMPED -> stamped;
            case NO_SHOW -> noShow;
            case CANCEL -> cancel;
            case MOVE -> move;
            case WALK_IN -> walkIn;
            case ACROSS_DESKS -> acrossDesks;
            case ELSEWHERE -> elsewhere;
            case SPREAD -> spread;
            case COUNTERS -> counters;
            case RESOURCES -> resources;
            case ABSENCE -> absence;
            case OPEN_UNTIL -> openUntil;
            case OVERBOOKING -> overbooking;
            case SEED -> seed;
        };
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
                output.progressLeft(Output.leftNs(fromNs, position, last), "reading the journal: %,d of %,d", position, last);
            }
        });
    }

    private static List<Plan> effectsOn(final Plan plan, final Network files) {
        final Post first = PlannedNetwork.posts(files, plan).get(0);
        return List.of(plan.named("as it is"), plan.named("no no-shows").with(PlanKey.NO_SHOW, "0%"), plan.named("10% over").with(PlanKey.OVERBOOKING, "10%"),
                plan.named("8% absent").with(PlanKey.ABSENCE, "8%"), plan.named("until 18:00").with(PlanKey.OPEN_UNTIL, "18:00"),
                plan.named(first.country() + " × 4").with(PlanKey.SHOCK, first.country() + "=4:" + plan.from() + ":4w"));
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
