package org.mawid.bench.load;

import java.io.IOException;
import org.mawid.engine.EngineStartException;
import picocli.CommandLine;

/**
 * What is said of a benchmark that failed, of every one in the same way. What is wrong with what was measured is told in one line; what is
 * wrong with us, with where.
 */
public final class NotMeasured {
    private NotMeasured() {
    }

    /** As {@link CommandLine.IExecutionExceptionHandler} has it. @return the exit code */
    public static int tell(final Exception trouble, final CommandLine benchmark, final CommandLine.ParseResult parsed) throws Exception {
        if (!isOfWhatWasMeasured(trouble) || trouble.getMessage() == null) {
            throw trouble;
        }
        benchmark.getErr().println("bench " + benchmark.getCommandName() + " failed: " + trouble.getMessage());
        benchmark.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean isOfWhatWasMeasured(final Exception trouble) {
        return trouble instanceof IllegalStateException || trouble instanceof IOException || trouble instanceof EngineStartException;
    }
}
