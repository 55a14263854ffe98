package org.mawid.api.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mawid.api.control.ControlClient;
import org.mawid.api.cutover.CutOverRefusedException;
import org.mawid.api.cutover.CutOverStoppedException;
import org.mawid.api.server.Settings;
import org.mawid.api.server.TakingOver;
import org.mawid.engine.EngineStartException;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.Setting;
import org.mawid.engine.upkeep.UpkeepException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an older system has under way. A command of its own: {@code import --take-over} takes over changes of calendars. */
@Command(name = "cut-over", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Takes over an older system's open applications, future appointments and outstanding stamps, with opening balances.",
                "All is rehearsed on a copy of the state first; when anything would be refused, or a balance differs, nothing is done. Each application comes whole or not at all, and none twice: after a crash the same"
                + " command goes on. Beside the files it leaves taken-over.csv, with the new references and the secret codes of stamps.",
                "Works on a directory that nobody serves, and otherwise through the server that does."},
        footer = {"", "Examples:", "  mawid cut-over ./older --data ./data --dry-run", "  mawid cut-over ./older --data ./data"})
public final class CutOverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder of applications.csv, lines.csv, appointments.csv, stamps.csv and balances.csv.")
    private Path files;

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory. Default: the setting mawid.data.")
    private Path data;

    @Option(names = "--dry-run", description = "Only rehearse: say what would be. Nothing is written.")
    private boolean dryRun;

    @Option(names = "--accept", description = "Take over what can be, although some applications are refused or a balance differs.")
    private boolean accept;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings as lines KEY=VALUE; flags and environment win.")
    private Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting; may be repeated.")
    private Map<String, String> more = new LinkedHashMap<>();

    @Override
    public Integer call() {
        final PrintWriter err = spec.commandLine().getErr();
        try {
            final Settings settings = settings();
            return Running.or(err, settings.engine().data(), server -> through(server, err), () -> alone(settings, err));
        } catch (final IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        } catch (final IOException e) {
            err.println(FileTrouble.of(e));
            return 1;
        }
    }

    private int through(final ControlClient server, final PrintWriter err) {
        final Bar bar = new Bar(err);
        final JsonObject done;
        try {
            done = server.cutOver(files, dryRun, accept, bar::at);
        } finally {
            bar.end();
        }
        return told(done);
    }

    private int alone(final Settings settings, final PrintWriter err) {
        final Bar bar = new Bar(err);
        try {
            final JsonObject done = dryRun ? TakingOver.rehearse(files, settings, System.currentTimeMillis(), bar::at) : TakingOver.run(files, settings, accept, bar::at);
            bar.end();
            return told(done);
        } catch (final CutOverRefusedException | CutOverStoppedException | UpkeepException | EngineStartException | IOException e) {
            bar.end();
            err.println(FileTrouble.of(e));
            return 1;
        }
    }

    private Settings settings() throws IOException {
        final Map<String, String> flags = new LinkedHashMap<>(more);
        if (data != null) {
            flags.put(Setting.DATA.key(), data.toString());
        }
        return Settings.of(flags, System.getenv(), config);
    }

    /** @return 0 = all is well */
    private int told(final JsonObject done) {
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(done.encodePrettily());
        } else {
            table(done, out);
        }
        return done.getBoolean("well") ? 0 : 1;
    }

    private static void table(final JsonObject done, final PrintWriter out) {
        out.printf("%-20s %12s %8s %12s %8s %8s %8s%n", "post", "applications", "lines", "appointments", "paid", "unpaid", "refused");
        for (final Object each : done.getJsonArray("posts")) {
            final JsonObject row = (JsonObject) each;
            out.printf("%-20s %12d %8d %12d %8d %8d %8d%n", row.getString("post").isEmpty() ? "(any)" : row.getString("post"), row.getInteger("applications"), row.getInteger("lines"),
                    row.getInteger("appointments"), row.getInteger("stampsPaid"), row.getInteger("stampsUnpaid"), row.getInteger("refused"));
        }
        for (final Object each : done.getJsonArray("refusals")) {
            final JsonObject row = (JsonObject) each;
            out.println("refused: " + row.getString("reference") + ", " + row.getString("why"));
        }
        for (final Object each : done.getJsonArray("balances")) {
            final JsonObject row = (JsonObject) each;
            out.println((row.getBoolean("agrees") ? "agrees:  " : "DIFFERS: ") + row.getString("post") + " " + row.getString("currency") + " " + row.getString("account") + " ours " + row.getString("ours")
                    + ", theirs " + row.getString("theirs"));
        }
        if (done.getInteger("takenBefore") > 0) {
            out.println(done.getInteger("takenBefore") + " applications were taken over before");
        }
        if (done.getInteger("otherLengths") > 0) {
            out.println(done.getInteger("otherLengths") + " appointments are not as long as the catalogue says, and stay as they were promised");
        }
        if (done.containsKey("taken") && !done.getBoolean("taken")) {
            out.println("nothing was done: mend it, or say --accept");
        }
    }
}
