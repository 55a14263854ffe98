package org.mawid.api.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.upkeep.Repair;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes room in a data directory, served or not, without throwing anything away. */
@Command(name = "archive", mixinStandardHelpOptions = true,
        description = {"Moves old journal segments to another folder, also while a server runs.",
                "Old are those before the older of the two kept snapshots. Nothing does this by itself, and nothing is deleted."},
        footer = {"", "Example: mawid archive --data ./data --to /archive/journal", "See also: mawid snapshot"})
public final class ArchiveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory.")
    private Path data;

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "Where the segments go; made when it is missing.")
    private Path target;

    @Override
    public Integer call() {
        return Running.or(spec.commandLine().getErr(), data,
                server -> done(server.archive(target)),
                () -> done(Repair.archiveSegments(new DataDirectory(data), target)));
    }

    private int done(final List<Path> moved) {
        moved.forEach(path -> spec.commandLine().getOut().println(path));
        spec.commandLine().getOut().println(moved.isEmpty() ? "no segment is older than the kept snapshots" : moved.size() + " segments moved");
        return 0;
    }
}
