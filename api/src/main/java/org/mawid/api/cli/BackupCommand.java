package org.mawid.api.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.upkeep.Backup;
import org.mawid.engine.upkeep.UpkeepException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies a stopped data directory so that the copy is whole by itself. */
@Command(name = "backup", mixinStandardHelpOptions = true,
        description = "Copies a stopped data directory, checks the copy and writes its checksums beside it.",
        footer = {"", "Example: mawid backup --data ./data --to /backups/monday"})
public final class BackupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory.")
    private Path data;

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "A folder that is empty or missing.")
    private Path target;

    @Override
    public Integer call() {
        try {
            final long position = Backup.take(FileDisk.plain(), new DataDirectory(data), target);
            spec.commandLine().getOut().println("backed up to position " + position + " in " + target);
            return 0;
        } catch (final UpkeepException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }
}
