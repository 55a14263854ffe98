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
import org.mawid.api.sealed.pkcs11.Pkcs11Key;
import org.mawid.engine.FileTrouble;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The key that wraps the keys of all persons: made, and changed. */
@Command(name = "master-key", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Makes the master key that the keys of all persons are wrapped with, or wraps them anew with another one.",
                "It is a file, or a key in a token that speaks PKCS#11 (a hardware security module, or a key management service with such a library), which never gives it away:",
                "  pkcs11:slot-id=N;object=LABEL?module-path=/LIBRARY&pin-source=file:/FILE",
                "To change it: make a new one, start the server with the new one as mawid.person.master.key and the old one as mawid.person.master.older, wrap, then take the old one"
                        + " out of the settings and destroy it and its copies."},
        footer = {"", "Examples:", "  mawid master-key --new /etc/mawid/master-2.key",
                "  mawid master-key --new 'pkcs11:slot-id=3;object=mawid-2026?module-path=/usr/lib/libhsm.so&pin-source=file:/etc/mawid/hsm.pin'",
                "  mawid master-key --rewrap ./data/keys --master /etc/mawid/master-2.key --older /etc/mawid/master.key"})
public final class MasterKeyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Wish wish;

    @Option(names = "--master", paramLabel = "KEY", description = "With --rewrap: the master key to wrap with, a file or pkcs11:…")
    private String master;

    @Option(names = "--older", paramLabel = "KEY", description = "With --rewrap: a master key that keys are wrapped with now, likewise; may be given again.")
    private List<String> older = new ArrayList<>();

    /** One of the two. */
    private static final class Wish {
        @Option(names = "--new", paramLabel = "KEY", required = true, description = "Make a master key in this file, readable by its owner only, or in a token under this label. What is there is left alone.")
        private String made;

        @Option(names = "--rewrap", paramLabel = "DIR", required = true, description = "Wrap the keys in this folder anew; the server may run meanwhile, with the same master keys.")
        private Path keys;
    }

    @Override
    public Integer call() {
        try {
            return wish.made != null ? make(wish.made) : rewrap(wish.keys);
        } catch (final FileAlreadyExistsException there) {
            return refused(wish.made + " is there already and was left as it is: give another name, for what it wraps nobody else opens");
        } catch (final IllegalArgumentException noAddress) {
            return refused(noAddress.getMessage());
        } catch (final IOException | SealException e) {
            return refused(FileTrouble.of(e));
        }
    }

    private int make(final String where) throws IOException {
        final MasterKey made = MasterKey.make(where);
        spec.commandLine().getOut().println("made " + where + ", master key " + made.id());
        spec.commandLine().getOut().flush();
        spec.commandLine().getErr().println((Pkcs11Key.isMeant(where)
                ? "note: it cannot be taken out of the token: have a second token with a copy of it, as whoever makes the token provides, for without it nothing that is sealed can be read again."
                : "note: keep a copy in a safe, apart from the data, the keys' folder and their back-ups: without it nothing that is sealed can be read again, and with it and that folder everything can.")
                + " Give it to the server as mawid.person.master.key");
        return 0;
    }

    private int rewrap(final Path keys) throws IOException, SealException {
        if (master == null || older.isEmpty()) {
            return notUnderstood();
        }
        if (!Files.isDirectory(keys)) {
            return refused(keys + " is no folder with keys: it is 'keys' in the data directory, or what mawid.person.keys says");
        }
        final List<MasterKey> masters = MasterKey.all(master, older);
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
