package org.mawid.bench.capacity;

import java.util.EnumSet;
import java.util.Set;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** All that a plan can say, as options: one for each {@link PlanKey}, of the same name, meaning and default as in a plan file. */
@Command // picocli takes no mixin without an annotation
final class PlanOptions {
    private CommandSpec command;

    @Spec(Spec.Target.MIXEE)
    private void mixedInto(final CommandSpec plan) {
        command = plan;
        add(plan, "%nWhere and when:%n", EnumSet.range(PlanKey.POSTS, PlanKey.WARM_UP));
        add(plan, "%nWhat is asked for:%n", EnumSet.range(PlanKey.DEMAND, PlanKey.STAMPED));
        add(plan, "%nWhat people do:%n", EnumSet.range(PlanKey.NO_SHOW, PlanKey.SPREAD));
        add(plan, "%nWhat the post offers:%n", EnumSet.range(PlanKey.COUNTERS, PlanKey.MEASURED));
        add(plan, "%nChance:%n", EnumSet.of(PlanKey.SEED));
    }

    private void add(final CommandSpec plan, final String heading, final Set<PlanKey> keys) {
        final ArgGroupSpec.Builder group = ArgGroupSpec.builder().heading(heading).validate(false).order(plan.argGroups().size() + 10);
        for (final PlanKey key : keys) {
            group.addArg(OptionSpec.builder(key == PlanKey.POSTS ? new String[] {"--post", "--posts"} : new String[] {"--" + key.key()})
                    .paramLabel(key.form()).type(String.class).description(description(key)).order(key.ordinal()).build());
        }
        plan.addArgGroup(group.build());
    }

    /** picocli takes a percent sign for a place that is to be filled. */
    private static String description(final PlanKey key) {
        return (key.meaning().replaceAll("\\.$", "") + (key.hasUsual() ? "; default " + key.usual() : "") + ".").replace("%", "%%");
    }

    /** What was said on the command line wins. */
    Plan on(final Plan base) {
        final ParseResult words = command.commandLine().getParseResult();
        Plan plan = base;
        for (final PlanKey key : PlanKey.values()) {
            final String said = words.matchedOptionValue("--" + key.key(), null);
            if (said != null) {
                plan = plan.with(key, said, "--" + key.key());
            }
        }
        return plan;
    }
}
