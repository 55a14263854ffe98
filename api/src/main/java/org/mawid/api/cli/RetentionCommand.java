package org.mawid.api.cli;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mawid.api.control.ControlClient;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has a server delete what is over, or say what would be. */
@Command(name = "retention", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Says what of persons is kept for longer than its rule says (mawid.retention.*), or deletes it now. A server does so once a day by itself.",
                "Asks the server that serves the directory: it knows which applications have ended. Of the store one sixteenth is compared with the books each day.",
                "Exit code 1 when no server runs, or it cannot be told now, or some things are left for the next time."},
        footer = {"", "Examples:", "  mawid retention --dry-run --data ./data", "  mawid retention --now --data ./data"})
public final class RetentionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory of the server.")
    private Path data;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    private static final class What {
        @Option(names = "--dry-run", description = "Only say what would be deleted, and how old what is kept is.")
        private boolean dryRun;

        @Option(names = "--now", description = "Delete it, at the pace of every day.")
        private boolean now;
    }

    @Override
    public Integer call() {
        final PrintWriter err = spec.commandLine().getErr();
        return Running.or(err, data, server -> through(server, err), () -> {
            err.println("no server runs on " + data + ": start it, only a server knows which applications have ended");
            return 1;
        });
    }

    private int through(final ControlClient server, final PrintWriter err) {
        final Bar bar = new Bar(err);
        final JsonObject done;
        try {
            done = server.retention(what.dryRun, bar::at);
        } finally {
            bar.end();
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(done.encodePrettily());
        } else {
            table(done, out);
        }
        out.flush();
        if (!done.getBoolean("whole")) {
            err.println("some are left for the next time: the server's log says why");
            return 1;
        }
        return 0;
    }

    private void table(final JsonObject done, final PrintWriter out) {
        out.printf(Locale.ROOT, "%-10s %12s %12s %12s %12s%n", "kind", what.dryRun ? "over" : "deleted", "legal hold", "kept", "oldest days");
        for (final Object each : done.getJsonArray("kinds")) {
            final JsonObject row = (JsonObject) each;
            out.printf(Locale.ROOT, "%-10s %,12d %,12d %,12d %12s%n", row.getString("kind").toLowerCase(Locale.ROOT), row.getLong("deleted"), row.getLong("held"), row.getLong("kept"),
                    row.containsKey("oldestDays") ? String.format(Locale.ROOT, "%,d", row.getLong("oldestDays")) : "-");
        }
    }
}
