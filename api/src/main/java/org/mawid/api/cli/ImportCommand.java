package org.mawid.api.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mawid.api.control.Control;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkImportException;
import org.mawid.api.network.NetworkRefusedException;
import org.mawid.api.network.ScheduleRefusedException;
import org.mawid.api.server.OfflineImport;
import org.mawid.api.server.Settings;
import org.mawid.engine.EngineStartException;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A deployment's own network. */
@Command(name = "import", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Brings a deployment's own posts, services, desks, hours and holidays into a data directory.",
                "The files are CSV with the columns of those that come with the program. Every row is checked before anything is sent: one bad row, told with file, line, column and reason, and nothing is"
                + " imported. One day that is refused, as when more is taken than it would have, and prices, durations and days stay as they were. Things are known by their codes; what the files no longer have stays as it is.",
                "Works on a directory that nobody serves, and otherwise through the server that does. A server then opens a further day every day."},
        footer = {"", "Examples:", "  mawid import ./network --check", "  mawid import ./network --data ./data", "  mawid import ./network --data ./data --to 2027-12-31"})
public final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder of the CSV files.")
    private Path files;

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory; made when it is not there. Default: the setting mawid.data. Not needed with --check.")
    private Path data;

    @Option(names = "--check", description = "Only look at the files: say what is wrong, or what would be imported.")
    private boolean check;

    @Option(names = "--from", paramLabel = "DATE", description = "First local date to open. Default: today.")
    private LocalDate first;

    @Option(names = "--to", paramLabel = "DATE", description = "Last local date to open; refused when the holidays of a post do not reach so far. Default: a year"
            + " ahead (mawid.calendar.days), each post as far as its holidays are known.")
    private LocalDate last;

    @Option(names = "--keep", description = "Leave days that are published already as they are, also where the files say otherwise.")
    private boolean keep;

    @Option(names = "--take-over", description = "Abandon open changes of posts that have something to publish, such as an officer's unfinished work, once"
            + " the days of the files are accepted; an import that is refused leaves them. What an import that was killed has left goes anyway.")
    private boolean takeOver;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings as lines KEY=VALUE; flags and environment win.")
    private Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting; may be repeated.")
    private Map<String, String> more = new LinkedHashMap<>();

    private final Map<String, String> environment;

    public ImportCommand() {
        this(System.getenv());
    }

    ImportCommand(final Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        final PrintWriter err = spec.commandLine().getErr();
        try {
            return run(err);
        } catch (final IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        } catch (final NotDirectoryException e) {
            err.println(files + " is not a folder");
            return 1;
        } catch (final NetworkRefusedException | ScheduleRefusedException | NetworkImportException | EngineStartException | IOException e) {
            err.println(FileTrouble.of(e));
            return 1;
        }
    }

    private int run(final PrintWriter err) throws IOException, EngineStartException {
        final NetworkFiles network = NetworkFiles.directory(files); // also when a server will read them: what is wrong is told here
        network.network().notices().forEach(notice -> err.println("note: " + notice));
        final Control.Import wanted = new Control.Import(files, first, last, keep, takeOver);
        if (check) {
            spec.commandLine().getOut().println("all is well: " + OfflineImport.wouldDo(network, wanted, settings(Path.of("unused"))));
            return 0;
        }
        final Settings settings = settings(data);
        final EngineStartException[] refused = {null};
        final int code = Running.or(err, settings.engine().data(), server -> done(server.bring(wanted)), () -> {
            final Bar bar = new Bar(err);
            try {
                return done(OfflineImport.run(network, wanted, settings, (phase, done, total) -> bar.at(phase.name().toLowerCase(Locale.ROOT), done, total)));
            } catch (final EngineStartException e) {
                refused[0] = e;
                return 1;
            } finally {
                bar.end();
            }
        });
        if (refused[0] != null) {
            throw refused[0];
        }
        return code;
    }

    /** @param directory null = as set elsewhere */
    private Settings settings(final Path directory) throws IOException {
        final Map<String, String> flags = new LinkedHashMap<>(more);
        if (directory != null) {
            flags.put(Setting.DATA.key(), directory.toString());
        }
        return Settings.of(flags, environment, config);
    }

    private int done(final String what) {
        spec.commandLine().getOut().println(what);
        return 0;
    }
}
