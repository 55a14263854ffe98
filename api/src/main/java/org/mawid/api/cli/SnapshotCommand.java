package org.mawid.api.cli;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.mawid.api.control.Control;
import org.mawid.api.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A snapshot now, and not when it is due. */
@Command(name = "snapshot", mixinStandardHelpOptions = true,
        description = {"Has the running server write a snapshot now, beside its traffic.",
                "Prints its position and state hash: 'inspect' on a copy must print the same hash for that position. A server that is stopped writes a"
                        + " snapshot by itself.", "An older file that then cannot be removed is told by 'status', as snapshotTrouble."},
        footer = {"", "Example: mawid snapshot --data ./data"})
public final class SnapshotCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory of the server.")
    private Path data;

    @Override
    public Integer call() {
        return Running.or(spec.commandLine().getErr(), data, this::taken, () -> {
            spec.commandLine().getErr().println("no server runs on " + data + "; one that is stopped writes a snapshot as its last act");
            return 1;
        });
    }

    private int taken(final ControlClient server) {
        final Control.SnapshotTaken taken = server.snapshot();
        spec.commandLine().getOut().println("snapshot at " + taken.position() + " stateHash " + HexFormat.of().toHexDigits(taken.stateHash()));
        return 0;
    }
}
