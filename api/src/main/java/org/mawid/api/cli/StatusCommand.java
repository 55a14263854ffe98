package org.mawid.api.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a running server stands. */
@Command(name = "status", mixinStandardHelpOptions = true,
        description = {"Says where the running server stands.",
                "One JSON object: process, ports, positions, the state hash of its newest snapshot. Exit code 1 when none runs."},
        footer = {"", "Example: mawid status --data ./data"})
public final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory of the server.")
    private Path data;

    @Override
    public Integer call() {
        return Running.or(spec.commandLine().getErr(), data, server -> {
            spec.commandLine().getOut().println(server.status().encodePrettily());
            return 0;
        }, () -> {
            spec.commandLine().getErr().println("no server runs on " + data + "; 'mawid inspect' looks at a directory that nobody serves");
            return 1;
        });
    }
}
