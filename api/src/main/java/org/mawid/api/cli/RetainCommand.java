package org.mawid.api.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.mawid.api.person.LegalHold;
import org.mawid.api.person.LegalHolds;
import org.mawid.api.server.Persons;
import org.mawid.engine.FileTrouble;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts a legal hold on what is held of a person, or ends it. */
@Command(name = "retain", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Keeps what is held of a person from being deleted by rules (mawid.retention.*), to the end of a date in UTC. In force at once, also for a server that runs. 'mawid erase' deletes it all the same."},
        footer = {"", "Examples:", "  mawid retain 5ec2e70000000001 --until 2027-06-30 --reason 4711 --data ./data", "  mawid retain 5ec2e70000000001 --end --data ./data"})
public final class RetainCommand implements Callable<Integer> {
    private static final long MOST_REASON = 0xFFFF_FFFFL;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PersonAsked asked;

    @ArgGroup(multiplicity = "1")
    private What what;

    private static final class What {
        @ArgGroup(exclusive = false, multiplicity = "1")
        private Hold hold;

        @Option(names = "--end", required = true, description = "End the hold: what is over goes with the next sweep.")
        private boolean end;
    }

    private static final class Hold {
        @Option(names = "--until", paramLabel = "DATE", required = true, description = "Last date, as 2027-06-30.")
        private LocalDate until;

        @Option(names = "--reason", paramLabel = "NUMBER", required = true, description = "Number of the file that asks for it, 1 to 4294967295; no words, which would have names in them.")
        private long reason;
    }

    @Override
    public Integer call() {
        try {
            final long person = asked.key();
            final LegalHolds holds = Persons.holds(asked.settings());
            return what.end ? ended(holds, person) : put(holds, person);
        } catch (final IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        } catch (final IOException e) {
            spec.commandLine().getErr().println(FileTrouble.of(e));
            return 1;
        }
    }

    private int put(final LegalHolds holds, final long person) throws IOException {
        final Hold hold = what.hold;
        if (hold.reason < 1 || hold.reason > MOST_REASON) {
            throw new IllegalArgumentException("--reason " + hold.reason + " is not 1 to " + MOST_REASON);
        }
        final long now = System.currentTimeMillis();
        final long until = hold.until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        if (until <= now) {
            throw new IllegalArgumentException("--until " + hold.until + " is past");
        }
        holds.put(person, new LegalHold(now, until, hold.reason));
        return told("what is held of " + asked.text() + " is kept from rules until the end of " + hold.until);
    }

    private int ended(final LegalHolds holds, final long person) throws IOException {
        return told(holds.end(person) ? "the hold on " + asked.text() + " has ended" : "there was no hold on " + asked.text());
    }

    private int told(final String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
