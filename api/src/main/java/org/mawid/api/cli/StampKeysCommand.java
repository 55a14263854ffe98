package org.mawid.api.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a post needs to verify stamps without a server; and a new key, when the old one has served long enough. */
@Command(name = "stamp-keys", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Prints the public keys that stamps' documents are verified with, as a JWK Set in one line. Nothing secret is in it.",
                "With --new a key is added: give every post the new set first, and start the server again then, which signs with the newest key from there on."
                        + " What older keys have signed stays good."},
        footer = {"", "Examples:", "  mawid stamp-keys --data ./data > stamps.jwks", "  mawid stamp-keys --data ./data --new > stamps.jwks"})
public final class StampKeysCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory; it may be served meanwhile.")
    private Path data;

    @Option(names = "--new", description = "Add a key first, which signs from the next start on.")
    private boolean isNewWanted;

    @Override
    public Integer call() {
        final Path folder = new DataDirectory(data).edge();
        final Path file = folder.resolve(SigningKeys.FILE);
        if (!Files.isDirectory(folder)) {
            return refused(data + " is no data directory that was served: name the one that 'mawid serve --data' is given");
        }
        try {
            final SigningKeys keys = isNewWanted ? SigningKeys.addNewer(file) : SigningKeys.read(file);
            spec.commandLine().getOut().println(keys.publicKeys());
            spec.commandLine().getOut().flush();
            if (isNewWanted) {
                spec.commandLine().getErr().println("note: " + keys.newest() + " signs from the server's next start on; give every post this set before");
            }
            return 0;
        } catch (final NoSuchFileException none) {
            return refused(data + " has no keys for stamps yet: a server makes them when it starts, or --new does now");
        } catch (final IOException e) {
            return refused(FileTrouble.of(e));
        }
    }

    private int refused(final String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }
}
