package org.mawid.api.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.SealException;
import org.mawid.api.sealed.Seals;
import org.mawid.engine.FileTrouble;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The key that wraps the keys of all persons: made, and changed. */
@Command(name = "master-key", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Makes the master key that the keys of all persons are wrapped with, or wraps them anew with another one.",
                "To change it: make a new one, start the server with the new file as mawid.person.master.file and the old one as mawid.person.master.older, wrap, then take the old one"
                        + " out of the settings and destroy its file and copies."},
        footer = {"", "Examples:", "  mawid master-key --new /etc/mawid/master-2.key",
                "  mawid master-key --rewrap ./data/keys --master /etc/mawid/master-2.key --older /etc/mawid/master.key"})
public final class MasterKeyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Wish wish;

    @Option(names = "--master", paramLabel = "FILE", description = "With --rewrap: the master key to wrap with.")
    private Path master;

    @Option(names = "--older", paramLabel = "FILE", description = "With --rewrap: a master key that keys are wrapped with now; may be given again.")
    private List<Path> older = new ArrayList<>();

    /** One of the two. */
    private static final class Wish {
        @Option(names = "--new", paramLabel = "FILE", required = true, description = "Make a master key in this file, readable by its owner only. A file that is there is left alone.")
        private Path file;

        @Option(names = "--rewrap", paramLabel = "DIR", required = true, description = "Wrap the keys in this folder anew; the server may run meanwhile, with the same master keys.")
        private Path keys;
    }

    @Override
    public Integer call() {
        try {
            return wish.file != null ? make(wish.file) : rewrap(wish.keys);
        } catch (final FileAlreadyExistsException there) {
            return refused(wish.file + " is there already and was left as it is: give another name, for what it wraps nobody else opens");
        } catch (final IOException | SealException e) {
            return refused(FileTrouble.of(e));
        }
    }

    private int make(final Path file) throws IOException {
        final MasterKey made = MasterKey.make(file);
        spec.commandLine().getOut().println("made " + file + ", master key " + made.id());
        spec.commandLine().getOut().flush();
        spec.commandLine().getErr().println("note: keep a copy in a safe, apart from the data, the keys' folder and their back-ups: without it nothing that is sealed can be read again, and with it and that folder"
                + " everything can. Give it to the server as mawid.person.master.file");
        return 0;
    }

    private int rewrap(final Path keys) throws IOException, SealException {
        if (master == null || older.isEmpty()) {
            return notUnderstood();
        }
        if (!Files.isDirectory(keys)) {
            return refused(keys + " is no folder with keys: it is 'keys' in the data directory, or what mawid.person.keys says");
        }
        final List<MasterKey> masters = new ArrayList<>(List.of(MasterKey.read(master)));
        for (final Path file : older) {
            masters.add(MasterKey.read(file));
        }
        final int count = Seals.open(keys, masters).rewrap();
        spec.commandLine().getOut().println("wrapped " + count + " keys with master key " + masters.get(0).id());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private int notUnderstood() {
        spec.commandLine().getErr().println("--rewrap needs --master and --older; see: mawid master-key --help");
        return 2;
    }

    private int refused(final String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }
}
