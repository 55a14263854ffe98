package org.mawid.api.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.upkeep.Repair;
import org.mawid.engine.upkeep.UpkeepException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For a command that breaks a promise on every replay; {@link Remedy} says when. */
@Command(name = "repair", mixinStandardHelpOptions = true,
        description = "Marks one position of a stopped data directory as passed over: for a command on which the engine halts at every start.",
        footer = {"", "Take a back-up first. The skip is durable and part of the state hash.", "Example: mawid repair --data ./data --skip 1234567 --yes"})
public final class RepairCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory.")
    private Path data;

    @Option(names = "--skip", paramLabel = "POSITION", required = true, description = "The position that the engine named when it halted.")
    private long position;

    @Option(names = "--yes", required = true, description = "Say that you mean it.")
    private boolean yes;

    @Override
    public Integer call() {
        if (position < 1) {
            spec.commandLine().getErr().println("positions are 1 and higher, not " + position);
            return 2;
        }
        try {
            Repair.skip(new DataDirectory(data), position);
            spec.commandLine().getOut().println("position " + position + " is passed over from the next start on");
            return 0;
        } catch (final UpkeepException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }
}
