package org.mawid.api.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.engine.upkeep.UpkeepException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at a data directory that nobody serves, and says whether it is whole. */
@Command(name = "inspect", mixinStandardHelpOptions = true,
        description = {"Checks and counts all that a data directory holds; nobody may serve it meanwhile.",
                "Every group and snapshot is checked, the journal replayed, every promise tried. Exit code 0 only if it is whole.",
                "The trial balance is printed, by post, currency and account, in minor units.",
                "What is wrong is named with file and offset, and with the commands that mend it."},
        footer = {"", "A server publishes position and state hash with every snapshot: in its log, in /metrics as mawid_state_hash, and by 'mawid status'.",
                "The same position must have the same hash here. Of a server that runs, inspect a back-up that was restored.",
                "Examples:", "  mawid inspect --data ./data", "  mawid inspect --data ./data --json --position 1234567"})
public final class InspectCommand implements Callable<Integer> {
    private static final Set<String> SAID_ABOVE = Set.of("position", "skipped");

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory.")
    private Path data;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--position", paramLabel = "P", description = "Print the state hash at this position too, to compare it with one that a server published.")
    private long position;

    @Override
    public Integer call() {
        if (position < 0) {
            spec.commandLine().getErr().println("positions are 1 and higher, not " + position);
            return 2;
        }
        final Inspection.Report report;
        try {
            final Bar bar = new Bar(spec.commandLine().getErr());
            report = Inspection.of(new DataDirectory(data), position, (at, last) -> bar.at("replaying", at, last));
            bar.end();
        } catch (final UpkeepException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(report, data).encodePrettily());
        } else {
            print(report, data, out);
        }
        out.flush();
        return report.isWhole() ? 0 : 1;
    }

    private static void print(final Inspection.Report report, final Path data, final PrintWriter out) {
        out.println("journal    " + report.journalId() + (report.simulation() ? " (simulation)" : ""));
        out.println("position   " + report.position());
        out.println("records    " + report.records() + " from position " + report.firstPosition() + ", replayed from " + report.replayedFrom());
        out.println("rules      core version " + report.coreVersion());
        out.println("stateHash  " + hex(report.stateHash()));
        out.println("log time   " + Instant.ofEpochMilli(report.nowMs()));
        report.counts().forEach((what, count) -> {
            if (!SAID_ABOVE.contains(what)) {
                out.printf(Locale.ROOT, "%,14d %s%n", count, what);
            }
        });
        report.books().stream().filter(book -> !book.accounts().isEmpty()).forEach(book -> print(book, out));
        for (final Inspection.HashAt hash : report.hashes()) {
            out.println("hash       at " + hash.position() + " stateHash " + hex(hash.stateHash()) + (hash.agrees() ? "" : " DIFFERS"));
        }
        out.println("archived   " + report.archived());
        for (final long skip : report.skips()) {
            out.println("skipped    " + skip);
        }
        if (report.tornTail() != null) {
            out.println("torn tail  " + report.tornTail() + " (never acknowledged, nothing is lost: the next start goes on without it)");
        }
        report.damages().forEach(damage -> out.println("DAMAGE     " + damage.file() + " at byte " + damage.offset() + ": " + damage.what()));
        out.println(report.isWhole() ? "whole" : "NOT WHOLE");
        report.damages().stream().map(damage -> Remedy.of(damage, data)).distinct().forEach(remedy -> {
            out.println("TO DO      " + remedy.why() + ':');
            remedy.commands().forEach(command -> out.println("    " + command));
        });
    }

    private static void print(final MoneyView.Book book, final PrintWriter out) {
        out.println("book       post " + book.postId() + " in " + book.currency() + (book.balances() ? " balances" : " DOES NOT BALANCE"));
        book.accounts().forEach(sums -> out.printf(Locale.ROOT, "%,20d debit %,20d credit  %s%n", sums.debitMinor(), sums.creditMinor(), sums.account()));
    }

    private static JsonObject toJson(final MoneyView.Book book) {
        final JsonArray accounts = new JsonArray();
        book.accounts().forEach(sums -> accounts.add(
                new JsonObject().put("account", sums.account().name()).put("debitMinor", sums.debitMinor()).put("creditMinor", sums.creditMinor())));
        return new JsonObject().put("postId", book.postId()).put("currency", book.currency()).put("balances", book.balances()).put("accounts", accounts);
    }

    private static JsonObject toJson(final Inspection.Report report, final Path data) {
        final JsonObject counts = new JsonObject();
        report.counts().forEach(counts::put);
        final JsonArray books = new JsonArray();
        report.books().forEach(book -> books.add(toJson(book)));
        final JsonArray hashes = new JsonArray();
        report.hashes().forEach(hash -> hashes.add(
                new JsonObject().put("position", hash.position()).put("stateHash", hex(hash.stateHash())).put("agrees", hash.agrees())));
        final JsonArray damages = new JsonArray();
        report.damages().forEach(damage -> damages.add(
                new JsonObject().put("kind", damage.kind().name()).put("file", damage.file()).put("offset", damage.offset()).put("what", damage.what())
                        .put("toDo", new JsonArray(Remedy.of(damage, data).commands()))));
        final JsonArray skips = new JsonArray();
        for (final long skip : report.skips()) {
            skips.add(skip);
        }
        return new JsonObject().put("journalId", report.journalId()).put("simulation", report.simulation()).put("position", report.position())
                .put("records", report.records()).put("firstPosition", report.firstPosition()).put("replayedFrom", report.replayedFrom())
                .put("nowMs", report.nowMs()).put("coreVersion", report.coreVersion()).put("stateHash", hex(report.stateHash())).put("counts", counts).put("books", books)
                .put("snapshots", hashes)
                .put("archived", report.archived()).put("skips", skips).put("tornTail", report.tornTail()).put("damages", damages)
                .put("whole", report.isWhole());
    }

    private static String hex(final long hash) {
        return HexFormat.of().toHexDigits(hash);
    }
}
