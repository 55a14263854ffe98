package org.mawid.api.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.person.PersonalData;
import org.mawid.api.person.desk.Export;
import org.mawid.api.sealed.SealException;
import org.mawid.api.server.Persons;
import org.mawid.api.server.Service;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes out what is held of a person, for that person. */
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Writes what is held of a person into a new folder: export.json with profile and identities, contacts, messages, documents' facts and a legal hold, and each document as it was given. In clear: give it to that person, and to nobody else.",
                "What the log has of them (applications, appointments, stamps) is read at the edges, under the person's key."},
        footer = {"", "Example: mawid export 5ec2e70000000001 --data ./data --set mawid.person.master.file=/etc/mawid/master.key --out ./for-them"})
public final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PersonAsked asked;

    @Option(names = "--out", paramLabel = "FOLDER", required = true, description = "Is made, readable by its owner only.")
    private Path out;

    @Override
    public Integer call() {
        try (PersonalData data = Persons.data(asked.settings())) {
            if (data == null) {
                return refused("nothing is kept of persons without mawid.person.master.file: give it by --config or --set", 2);
            }
            final References references = References.open(new DataDirectory(asked.data()).edge().resolve(Service.REFERENCE_KEY));
            final int things = new Export(data, Persons.holds(asked.settings()), number -> references.text(ReferenceKind.APPLICATION, number)).write(asked.key(), out);
            spec.commandLine().getOut().println("wrote " + things + " things held of " + asked.text() + " into " + out);
            spec.commandLine().getOut().flush();
            return 0;
        } catch (final IllegalArgumentException e) {
            return refused(e.getMessage(), 2);
        } catch (final FileAlreadyExistsException there) {
            return refused(out + " is there already: name a folder that is not", 1);
        } catch (final IOException | SealException e) {
            return refused(FileTrouble.of(e), 1);
        }
    }

    private int refused(final String why, final int code) {
        spec.commandLine().getErr().println(why);
        return code;
    }
}
