package org.mawid.api.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.mawid.api.audit.PersonAct;
import org.mawid.api.person.PersonalData;
import org.mawid.api.server.Persons;
import org.mawid.api.server.Settings;
import org.mawid.engine.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Destroys what opens all that is held of a person. */
@Command(name = "erase", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Destroys a person's key, for good, and deletes what was sealed with it. It is in force at once, also for a server that runs; the log stays as it is, with a 64-bit key and nothing else of them.",
                "That it is about to be done, and what became of it, is in the log (see the audit) under that key: by the server that serves the directory, or by the engine, which then runs as long as this takes. When it cannot be written, nothing is erased.",
                "It may be run again. Exit code 1 when something could not be deleted: nobody can read it any more, and another run deletes it."},
        footer = {"", "Example: mawid erase 5ec2e70000000001 --data ./data"})
public final class EraseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PersonAsked asked;

    @Override
    public Integer call() {
        try {
            final long person = asked.key();
            final Settings settings = asked.settings();
            try (PersonalData data = Persons.toErase(settings); PersonLog log = PersonLog.of(settings)) {
                return erase(person, settings, data, log);
            }
        } catch (final IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        } catch (final IOException e) {
            spec.commandLine().getErr().println(FileTrouble.of(e));
            return 1;
        }
    }

    /** @param log null = there is none: of what was restored without it a person can be erased all the same */
    private int erase(final long person, final Settings settings, final PersonalData data, final PersonLog log) throws IOException {
        if (log == null) {
            spec.commandLine().getErr().println("note: there is no log in " + asked.data() + " to write it into");
            return told(erased(person, settings, data));
        }
        log.tell(PersonAct.ERASE, person, 0, true);
        Done done = null;
        try {
            done = erased(person, settings, data);
        } finally {
            log.tell(PersonAct.ERASE_ENDED, person, done == null ? 0 : done.erased().deleted(), done != null);
        }
        return told(done);
    }

    /** @param onTheirWay documents that had not been given to their end */
    private record Done(PersonalData.Erased erased, int onTheirWay) {
    }

    private static Done erased(final long person, final Settings settings, final PersonalData data) throws IOException {
        Persons.identities(settings, data).forget(person);
        Persons.contacts(settings, data).forget(person);
        final PersonalData.Erased erased = data.erase(person, System.currentTimeMillis());
        return new Done(erased, Persons.documents(settings, data).forget(person));
    }

    private int told(final Done done) {
        final PersonalData.Erased erased = done.erased();
        spec.commandLine().getOut().println("erased " + asked.text() + ": " + (erased.hadKey() ? "the key is destroyed" : "there was no key, or it was destroyed before") + ", " + erased.deleted()
                + " sealed things deleted, " + done.onTheirWay() + " documents on their way dropped");
        spec.commandLine().getOut().flush();
        spec.commandLine().getErr().println("note: copies of the keys' folder that were made before still have the key; destroy them, or keep none for longer than they may be read");
        if (erased.left() > 0) {
            spec.commandLine().getErr().println(erased.left() + " sealed things could not be deleted: nobody can read them any more; run this again when the store is there");
            return 1;
        }
        return 0;
    }
}
