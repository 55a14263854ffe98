package org.mawid.api;

import org.mawid.api.cli.ArchiveCommand;
import org.mawid.api.cli.AuditCommand;
import org.mawid.api.cli.BackupCommand;
import org.mawid.api.cli.ClockCommand;
import org.mawid.api.cli.CoreVersionCommand;
import org.mawid.api.cli.CutOverCommand;
import org.mawid.api.cli.EraseCommand;
import org.mawid.api.cli.ExportCommand;
import org.mawid.api.cli.ImportCommand;
import org.mawid.api.cli.InspectCommand;
import org.mawid.api.cli.MasterKeyCommand;
import org.mawid.api.cli.RepairCommand;
import org.mawid.api.cli.ReportCommand;
import org.mawid.api.cli.RestoreCommand;
import org.mawid.api.cli.RetainCommand;
import org.mawid.api.cli.RetentionCommand;
import org.mawid.api.cli.ScheduleCommand;
import org.mawid.api.cli.ServeCommand;
import org.mawid.api.cli.SettingsCommand;
import org.mawid.api.cli.SnapshotCommand;
import org.mawid.api.cli.StampKeysCommand;
import org.mawid.api.cli.StatusCommand;
import org.mawid.api.cli.SyncCommand;
import org.mawid.api.cli.VerifyClosingCommand;
import org.mawid.api.cli.VerifyCoolingCommand;
import org.mawid.api.cli.VerifyStampCommand;
import org.mawid.api.gateway.OutOfMemory;
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
        subcommands = {
                ServeCommand.class, ImportCommand.class, CutOverCommand.class, StatusCommand.class, ReportCommand.class, InspectCommand.class, AuditCommand.class, BackupCommand.class, RestoreCommand.class,
                SnapshotCommand.class, ArchiveCommand.class, ClockCommand.class, CoreVersionCommand.class,
                RepairCommand.class, MasterKeyCommand.class, ExportCommand.class, EraseCommand.class, RetainCommand.class, RetentionCommand.class, StampKeysCommand.class, VerifyStampCommand.class, VerifyClosingCommand.class, VerifyCoolingCommand.class, SyncCommand.class, ScheduleCommand.class, SettingsCommand.class},
        footer = {"", "Begin with: mawid serve --demo", "Each command explains itself: mawid COMMAND --help", "Exit codes: 0 done, 1 failed or not whole, 2 not understood."})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs one command and leaves with its exit code. */
    public static void main(final String[] args) {
        OutOfMemory.endsTheProcess();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Main::notUnderstood)
                .setExecutionExceptionHandler(Main::failed);
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** One line and where to read on: the whole help would hide it. */
    private static int notUnderstood(final CommandLine.ParameterException e, final String[] args) {
        final CommandLine command = e.getCommandLine();
        command.getErr().println(e.getMessage() + "; see: " + command.getCommandSpec().qualifiedName() + " --help");
        CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Commands tell what can go wrong themselves: this is our own fault, and whoever mends it needs to see where. */
    private static int failed(final Exception e, final CommandLine command, final CommandLine.ParseResult args) {
        command.getErr().println("mawid " + command.getCommandName() + " failed, which is our own fault: " + e);
        e.printStackTrace(command.getErr());
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
