package org.mawid.api.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import org.mawid.api.access.Operation;
import org.mawid.api.audit.PastAudit;
import org.mawid.api.audit.Question;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.server.Service;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.upkeep.Retelling;
import org.mawid.engine.upkeep.UpkeepException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For an auditor who asks what became of something long ago. */
@Command(name = "audit", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Writes who did what, when and for whom as a table of values separated by commas, and what each command was answered then, however long ago; nobody may serve the directory meanwhile.",
                "The log is applied once more for that: a server remembers answers for a day, and tells the rest (GET /v1/audit). Nothing is changed. Keys and numbers, nothing personal.",
                "Exit code 1 when it cannot be read, or not to its end; what is before that is written."},
        footer = {"", "Of a server that runs, look at a back-up that was restored. What was archived is not told. Examples:", "  mawid audit --data ./data --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z --out march.csv",
                "  mawid audit --data ./data --application 7K3M-9QF2-T4VXH", "  mawid audit --data ./data --operation rejectLines --actor 5ec2e70000000001"})
public final class AuditCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory.")
    private Path data;

    @Option(names = "--from", paramLabel = "INSTANT", description = "From then on, as 2026-03-01T00:00:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "Before then.")
    private String to;

    @Option(names = "--application", paramLabel = "REFERENCE", description = "About this application, or a hold, visit, stamp or payment of it.")
    private String application;

    @Option(names = "--person", paramLabel = "KEY", description = "By this person, for them, or about an application of theirs: 16 hexadecimal digits.")
    private String person;

    @Option(names = "--actor", paramLabel = "KEY", description = "By whoever has this key.")
    private String actor;

    @Option(names = "--operation", paramLabel = "NAME", description = "Of this name only, as confirm or getDocumentContent.")
    private String operation;

    @Option(names = "--out", paramLabel = "FILE", description = "Write it there instead of on standard output.")
    private Path file;

    /** Told so far. */
    private long lines;

    @Override
    public Integer call() {
        final DataDirectory directory = new DataDirectory(data);
        try {
            final Path key = directory.edge().resolve(Service.REFERENCE_KEY);
            if (!Files.exists(key)) {
                return refused("there is no " + key + ", with which references are made: name a data directory that a server has served, or a back-up that was restored", 1);
            }
            final References references = References.open(key);
            return write(directory, question(references), references);
        } catch (final IllegalArgumentException e) {
            return refused(e.getMessage(), spec.exitCodeOnInvalidInput());
        } catch (final UpkeepException e) {
            return refused(e.getMessage(), 1);
        } catch (final UncheckedIOException e) {
            return refused("cannot write it: " + FileTrouble.of(e.getCause()), 1);
        } catch (final IOException e) {
            return refused(FileTrouble.of(e), 1);
        }
    }

    private int write(final DataDirectory directory, final Question question, final References references) throws IOException {
        final Retelling.Told told;
        try (Writer out = file == null ? new Standard(spec.commandLine().getOut()) : Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            told = write(directory, question, new AuditTable(out, references));
        } catch (final UpkeepException e) {
            if (file != null && lines == 0) {
                Files.delete(file); // of which there is nothing
            }
            throw e;
        }
        if (told.from() != 0) {
            spec.commandLine().getErr().println("note: the log begins behind position " + told.from() + ", for older segments were archived: what was done before is not told");
        }
        if (file != null) {
            spec.commandLine().getErr().println(lines + " things that were done, to position " + told.position() + ", are in " + file);
        }
        return 0;
    }

    private Retelling.Told write(final DataDirectory directory, final Question question, final AuditTable table) {
        final Bar bar = new Bar(spec.commandLine().getErr());
        try {
            return PastAudit.find(directory, question, "mawid audit", (entry, about) -> {
                table.add(entry, about);
                lines++;
            }, (at, last) -> bar.at("replaying", at, last));
        } finally {
            bar.end();
        }
    }

    /** Goes on after it is closed. */
    private static final class Standard extends BufferedWriter {
        Standard(final PrintWriter out) {
            super(out);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    // ---- what is asked

    private Question question(final References references) {
        final Operation asked = operation == null ? null : Operation.called(operation);
        if (operation != null && asked == null) {
            throw new IllegalArgumentException("there is no operation " + operation + ": a server names them at /openapi.yaml (operationId), as confirm or getDocumentContent");
        }
        final long number = application == null ? 0 : references.number(ReferenceKind.APPLICATION, application);
        if (number == References.INVALID) {
            throw new IllegalArgumentException(application + " is no application's reference of this directory");
        }
        return new Question(actor == null ? 0 : PersonAsked.key(actor, "actor's key"), number, person == null ? 0 : PersonAsked.key(person, "person's key"), asked == null ? 0 : asked.code(), from == null ? 0 : instant("--from", from), to == null ? Long.MAX_VALUE : instant("--to", to), 0, Question.MOST);
    }

    private static long instant(final String option, final String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(option + " " + text + " is no instant: give it as 2026-03-01T00:00:00Z");
        }
    }

    private int refused(final String why, final int code) {
        spec.commandLine().getErr().println(why);
        return code;
    }
}
