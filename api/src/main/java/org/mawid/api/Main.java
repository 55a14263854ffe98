package org.mawid.api;

import org.mawid.api.cli.BackupCommand;
import org.mawid.api.cli.InspectCommand;
import org.mawid.api.cli.RepairCommand;
import org.mawid.api.cli.RestoreCommand;
import org.mawid.api.cli.ServeCommand;
import org.mawid.api.cli.SettingsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command line. Exit codes: 0 done, 1 failed with one line on standard error, 2 not understood.
 */
@Command(
        name = "mawid",
        description = "The engine under a consular network's appointments and electronic fee stamps.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {ServeCommand.class, InspectCommand.class, BackupCommand.class, RestoreCommand.class, RepairCommand.class, SettingsCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs one command and leaves with its exit code. */
    public static void main(final String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
