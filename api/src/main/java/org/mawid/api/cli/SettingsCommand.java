package org.mawid.api.cli;

import java.io.PrintWriter;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.Settings;
import org.mawid.api.terminal.TerminalSetting;
import org.mawid.engine.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what can be set, so that nobody has to guess a name. */
@Command(name = "settings", mixinStandardHelpOptions = true,
        description = "Lists every setting with its default, its range, what it is for and its environment variable.")
public final class SettingsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        final PrintWriter out = spec.commandLine().getOut();
        out.println("Given as --set KEY=VALUE, else as an environment variable, else as a line KEY=VALUE of the file named by --config.");
        out.println();
        for (final Setting setting : Setting.values()) {
            line(out, setting.key(), setting.defaultText(), setting.range() + ". " + setting.purpose());
        }
        for (final EdgeSetting setting : EdgeSetting.values()) {
            line(out, setting.key(), setting.defaultText(), setting.range() + ". " + setting.purpose());
        }
        for (final TerminalSetting setting : TerminalSetting.values()) {
            line(out, setting.key(), setting.defaultText(), setting.range() + ". " + setting.purpose());
        }
        out.flush();
    }

    private static void line(final PrintWriter out, final String key, final String defaultText, final String range) {
        out.printf("%-34s default %-12s %s%n", key, defaultText.isEmpty() ? "(none)" : defaultText, range);
        out.printf("%-34s %s%n", "", Settings.environmentName(key));
    }
}
