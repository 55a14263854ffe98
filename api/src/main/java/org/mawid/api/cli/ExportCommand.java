package org.mawid.api.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mawid.api.audit.PersonAct;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.person.PersonalData;
import org.mawid.api.person.desk.Export;
import org.mawid.api.sealed.SealException;
import org.mawid.api.server.Persons;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes out what is held of a person, for that person. */
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Writes all that is held of a person into a new folder: export.json, and each document as it was given. In clear: give it to that person, and to nobody else.",
                "export.json has profile and identities, contacts, messages, reasons of refusals, notes, documents' facts and a legal hold; from the log applications with their lines, visits, holds, waitlist, tickets, stamps, payments, refunds and callbacks, notifications"
                        + " that are still to be sent, and what was done by the person, for them or about any of it. Of an application with several persons only what is this person's; the others are a number. Officers and agents are not named.",
                "Asks the server that serves the directory; when none does, the engine runs as long as this takes. That it was done is in the log (see the audit).",
                "Of a person who was erased it writes what the log keeps, and says so. Exit code 1 when nothing is known of such a person, and when something cannot be read or written."},
        footer = {"", "Example: mawid export 5ec2e70000000001 --data ./data --set mawid.person.master.key=/etc/mawid/master.key --out ./for-them"})
public final class ExportCommand implements Callable<Integer> {
    /** What these commands have put into the log about somebody says nothing of whether there is such a person. */
    private static final String OURS = "exportPerson";

    @Spec
    private CommandSpec spec;

    @Mixin
    private PersonAsked asked;

    @Option(names = "--out", paramLabel = "FOLDER", required = true, description = "Is made, readable by its owner only.")
    private Path out;

    @Override
    public Integer call() {
        try {
            final long person = asked.key();
            final Settings settings = asked.settings();
            try (PersonalData data = Persons.data(settings)) {
                if (data == null) {
                    return refused("nothing is kept of persons without mawid.person.master.key: give it by --config or --set", 2);
                }
                if (Files.exists(out)) {
                    throw new FileAlreadyExistsException(out.toString());
                }
                try (PersonLog log = PersonLog.of(settings)) {
                    return log == null ? refused("there is no log in " + asked.data() + ", so that not all that is held would be told: restore it as well", 1) : write(person, settings, data, log);
                }
            }
        } catch (final IllegalArgumentException e) {
            return refused(e.getMessage(), 2);
        } catch (final FileAlreadyExistsException there) {
            return refused(out + " is there already: name a folder that is not", 1);
        } catch (final IOException | SealException e) {
            return refused(FileTrouble.of(e), 1);
        }
    }

    private int write(final long person, final Settings settings, final PersonalData data, final PersonLog log) throws IOException, SealException {
        final Bar bar = new Bar(spec.commandLine().getErr());
        final JsonObject traces = log.traces(person, bar::at);
        bar.end();
        if (isNobody(traces) && data.held(person).isEmpty() && !data.isErased(person) && Persons.holds(settings).of(person) == null) {
            log.tell(PersonAct.EXPORT_ENDED, person, 0, false);
            return refused("nothing is held of " + asked.text() + ", and the log has no such person: nothing was written", 1);
        }
        log.tell(PersonAct.EXPORT, person, 0, true);
        boolean isDone = false;
        int things = 0;
        try {
            final References references = References.open(new DataDirectory(asked.data()).edge().resolve(Service.REFERENCE_KEY));
            things = new Export(data, Persons.holds(settings), number -> references.text(ReferenceKind.APPLICATION, number)).write(person, traces, out);
            isDone = true;
        } finally {
            log.tell(PersonAct.EXPORT_ENDED, person, things, isDone);
        }
        return told(traces, things, data.isErased(person));
    }

    private static boolean isNobody(final JsonObject traces) {
        return traces.getJsonArray("applications").isEmpty() && traces.getJsonArray("notifications").isEmpty()
                && traces.getJsonArray("deeds").stream().allMatch(deed -> ((JsonObject) deed).getString("operation").startsWith(OURS));
    }

    private int told(final JsonObject traces, final int things, final boolean isErased) {
        final JsonArray applications = traces.getJsonArray("applications");
        spec.commandLine().getOut().println("wrote " + things + " things held of " + asked.text() + ", " + applications.size() + " applications and " + traces.getJsonArray("deeds").size() + " deeds of the log into " + out);
        spec.commandLine().getOut().flush();
        if (isErased) {
            spec.commandLine().getErr().println("note: " + asked.text() + " was erased: what was sealed can be read by nobody any more, and this is what the log keeps under the 64-bit key");
        }
        if (traces.containsKey("logBegins")) {
            spec.commandLine().getErr().println("note: the log begins at " + traces.getString("logBegins") + ", for older segments were archived: what was done before is not among the deeds");
        }
        return 0;
    }

    private int refused(final String why, final int code) {
        spec.commandLine().getErr().println(why);
        return code;
    }
}
