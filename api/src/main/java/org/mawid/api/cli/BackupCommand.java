package org.mawid.api.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.upkeep.Backup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies a data directory, served or not, so that the copy is whole by itself. */
@Command(name = "backup", mixinStandardHelpOptions = true,
        description = {"Copies a data directory, also while a server runs on it.",
                "Checks the copy and writes its checksums beside it. Everything acknowledged up to the printed position is in it."},
        footer = {"", "Example: mawid backup --data ./data --to /backups/monday", "Bring it back with: mawid restore --from /backups/monday --data ./new"})
public final class BackupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory.")
    private Path data;

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "A folder that is empty or missing.")
    private Path target;

    @Override
    public Integer call() {
        return Running.or(spec.commandLine().getErr(), data,
                server -> done(server.backup(target)),
                () -> done(Backup.take(new DataDirectory(data), target)));
    }

    private int done(final long position) {
        spec.commandLine().getOut().println("backed up to position " + position + " in " + target);
        return 0;
    }
}
