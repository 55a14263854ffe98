package org.mawid.bench;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.bench.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the pages of runs that were measured before, from what {@code --json} wrote or {@code --report} left beside a page. */
@Command(name = "report", mixinStandardHelpOptions = true, description = "Makes a page with plots of each result that --json or --report wrote before.",
        footer = {"", "Examples:",
            "  bench report release.json core.json --report out"})
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What --json of a benchmark wrote, or --report beside its page.")
    private List<Path> files;

    @Option(names = "--report", paramLabel = "DIR", defaultValue = ".", description = "Where the pages go, each with its JSON: ${DEFAULT-VALUE}.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        for (final Path file : files) {
            spec.commandLine().getOut().println(Report.write(read(file), folder));
        }
        spec.commandLine().getOut().flush();
        return 0;
    }

    private JsonObject read(final Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), file + " cannot be read");
        }
        try {
            final JsonObject result = new JsonObject(Files.readString(file));
            if (result.getValue("benchmark") instanceof String) {
                return result;
            }
        } catch (final DecodeException e) {
            // said below, as for any other file
        }
        throw new ParameterException(spec.commandLine(), file + " is not what --json of a benchmark wrote");
    }
}
