package org.mawid.api.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.api.treasury.closing.ClosingException;
import org.mawid.api.treasury.closing.ClosingVerifier;
import org.mawid.api.treasury.closing.DailyClosing;
import org.mawid.engine.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** For whoever gets the closings: the files and the public keys are enough. */
@Command(name = "verify-closing", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Tells whether daily closings are signed by one of these keys, balance, and go on from each other. Needs no server and no network.",
                "Of each post and currency the files given are put in order; between two that are given none may be missing.",
                "Exit code 0 only when all are right, 1 when one is not or cannot be read."},
        footer = {"", "Each NAME.json needs its signature, NAME.jws, beside it. The public keys come from 'mawid stamp-keys' or /v1/stamp-keys.", "Example:",
                "  mawid verify-closing --keys stamps.jwks closings/MA-CG-PARIS/*.json"})
public final class VerifyClosingCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--keys", paramLabel = "FILE", required = true, description = "Public keys: a JWK Set.")
    private Path keys;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Closings, in any order.")
    private List<Path> files;

    @Override
    public Integer call() {
        try {
            print(KeySet.read(keys, ClosingVerifier::of).verify(files));
            return 0;
        } catch (final ClosingException wrong) {
            return refused(wrong.getMessage());
        } catch (final IOException e) {
            return refused(FileTrouble.of(e));
        }
    }

    private void print(final List<ClosingVerifier.Verified> all) {
        final PrintWriter out = spec.commandLine().getOut();
        for (final ClosingVerifier.Verified one : all) {
            final DailyClosing closing = one.closing();
            final String days = closing.from() == null ? "up to " + closing.day() : closing.from().equals(closing.day()) ? closing.day().toString() : closing.from() + " to " + closing.day();
            out.println("RIGHT  " + closing.post() + ' ' + closing.currency() + ' ' + days + ", position " + closing.position()
                    + (one.followed() ? "" : ", not compared with the one before it: that was not given"));
        }
        out.flush();
    }

    private int refused(final String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }
}
