package org.mawid.bench.load;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is said of a command line that cannot be meant, of every benchmark in the same way: one line with what is wrong, what would be right,
 * and where to read on. The whole usage would push it off the screen.
 */
public final class NotUnderstood {
    private static final int MOST_SUGGESTED = 3;

    private NotUnderstood() {
    }

    /** As {@link CommandLine.IParameterExceptionHandler} has it. @return the exit code */
    public static int tell(final ParameterException why, final String[] words) {
        final CommandLine benchmark = why.getCommandLine();
        final String said = said(why);
        benchmark.getErr().println(said + (said.endsWith("?") ? " See: " : "; see: ") + benchmark.getCommandSpec().qualifiedName() + " --help");
        benchmark.getErr().flush();
        return benchmark.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String said(final ParameterException why) {
        final String wrong = wrong(why.getMessage());
        if (why instanceof UnmatchedArgumentException unmatched) {
            final List<String> near = near(unmatched);
            return near.isEmpty() ? wrong : wrong + ": did you mean " + String.join(" or ", near) + "?";
        }
        final ArgSpec lacking = why instanceof MissingParameterException missing && !missing.getMissing().isEmpty() ? missing.getMissing().get(0)
                : why.getValue() != null ? why.getArgSpec() : null;
        return lacking == null ? wrong : wrong.replace(" (" + lacking.paramLabel() + ")", "") + "; " + lacking.paramLabel() + ": " + meaning(lacking);
    }

    /** In one line. picocli names Java's types, of which a planner need not know. */
    private static String wrong(final String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("is not an? (long|int)$", "is not a whole number").replaceAll("is not a double$", "is not a number")
                .replace(" (case-sensitive)", "");
    }

    /** Options, or names of benchmarks. */
    private static List<String> near(final UnmatchedArgumentException unmatched) {
        final String word = unmatched.getUnmatched().get(0).replaceAll("=.*", "");
        final CommandLine benchmark = unmatched.getCommandLine();
        final Stream<String> names = word.startsWith("-") ? benchmark.getCommandSpec().options().stream().filter(option -> !option.hidden()).map(OptionSpec::longestName)
                : benchmark.getSubcommands().values().stream().map(CommandLine::getCommandSpec).filter(command -> !command.usageMessage().hidden()).map(CommandSpec::name);
        return Meant.near(names.toList(), word).stream().limit(MOST_SUGGESTED).toList();
    }

    /** As the help has it. */
    private static String meaning(final ArgSpec lacking) {
        return String.join(" ", lacking.description()).replace("%%", "%").replaceAll("\\.$", "");
    }
}
