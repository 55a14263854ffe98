package org.mawid.api.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mawid.engine.upkeep.Restore;
import org.mawid.engine.upkeep.UpkeepException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a data directory from a back-up. */
@Command(name = "restore", mixinStandardHelpOptions = true,
        description = "Checks a back-up and makes a data directory from it. Never writes over anything.",
        footer = {"", "Example: mawid restore --from /backups/monday --data ./data"})
public final class RestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--from", paramLabel = "DIR", required = true, description = "The back-up.")
    private Path backup;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "A folder that is empty or missing.")
    private Path data;

    @Override
    public Integer call() {
        try {
            final long position = Restore.into(backup, data);
            spec.commandLine().getOut().println("restored to position " + position + " in " + data);
            return 0;
        } catch (final UpkeepException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }
}
