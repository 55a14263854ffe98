package org.mawid.api.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mawid.api.stamp.document.Amounts;
import org.mawid.api.stamp.document.StampFacts;
import org.mawid.api.stamp.document.StampQr;
import org.mawid.api.stamp.document.StampVerifier;
import org.mawid.api.stamp.document.Verification;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For a post whose connection is down: a paper and the public keys are enough. */
@Command(name = "verify-stamp", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Tells whether the code on a stamp's document is signed by one of these keys, and what it says. Needs no server and no network.",
                "Genuine is not unused: whether it has been consumed since, only the server knows.",
                "Exit code 0 only when it is genuine, 1 when it is not or cannot be read."},
        footer = {"", "The public keys come from 'mawid stamp-keys', once for every new key.", "Examples:",
                "  mawid verify-stamp --keys stamps.jwks --image scan.png", "  mawid verify-stamp --keys stamps.jwks --text eyJraWQi..."})
public final class VerifyStampCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--keys", paramLabel = "FILE", required = true, description = "Public keys: a JWK Set.")
    private Path keys;

    @ArgGroup(multiplicity = "1")
    private Shown shown;

    private static final class Shown {
        @Option(names = "--image", paramLabel = "FILE", description = "Picture of the page or of its QR code, PNG or JPEG.")
        private Path image;

        @Option(names = "--text", paramLabel = "TEXT", description = "What a reader of QR codes gave.")
        private String text;
    }

    @Override
    public Integer call() {
        try {
            final StampVerifier verifier = KeySet.read(keys, StampVerifier::of);
            final String text = shown.text == null ? scanned() : shown.text.strip();
            return told(verifier.verify(text));
        } catch (final IOException e) {
            return refused(e.getMessage());
        }
    }

    private String scanned() throws IOException {
        final Optional<String> scanned = StampQr.read(shown.image);
        return scanned.orElseThrow(() -> new IOException("no QR code can be read in " + shown.image
                + ": take the picture again, sharp, from straight above and with the white around the code"));
    }

    private int told(final Verification verification) {
        if (verification instanceof Verification.Genuine genuine) {
            print(genuine);
            return 0;
        }
        if (verification instanceof Verification.Forged forged) {
            return refused("FORGED: it names the key " + forged.keyId() + ", which has not signed it. Do not accept it, and keep the paper");
        }
        if (verification instanceof Verification.UnknownKey unknown) {
            return refused("not known: it names the key " + unknown.keyId() + ", which is not in " + keys
                    + ". If the keys are old, make the file again with mawid stamp-keys --data DIR; else it is not a stamp of ours");
        }
        return refused("no stamp: " + ((Verification.Malformed) verification).why() + ". Scan the code again; if it stays so, do not accept it");
    }

    private void print(final Verification.Genuine genuine) {
        final StampFacts stamp = genuine.facts();
        final PrintWriter out = spec.commandLine().getOut();
        out.println("GENUINE      signed by " + genuine.issuer() + ", key " + genuine.keyId());
        out.println("serial       " + stamp.serial());
        out.println("application  " + stamp.application() + ", line " + (stamp.line() + 1));
        out.println("service      " + stamp.service() + " at " + stamp.post());
        out.println("amount       " + plain(stamp.amountCentimes(), 2, "MAD") + " = " + plain(stamp.localMinor(), stamp.minorDigits(), stamp.currency()));
        out.println("issued       " + Instant.ofEpochMilli(stamp.issuedMs()));
        out.println("paid         " + (stamp.isWaived() ? "waived" : stamp.paidMs() == 0 ? "not when this was made" : Instant.ofEpochMilli(stamp.paidMs()).toString()));
        if (stamp.validUntilMs() > 0) {
            final Instant until = Instant.ofEpochMilli(stamp.validUntilMs());
            out.println("valid until  " + until + (until.isBefore(Instant.now()) ? "  PAST" : ""));
        }
        out.flush();
    }

    /** For a terminal, which need not know spaces that do not break. */
    private static String plain(final long minor, final int minorDigits, final String currency) {
        return Amounts.text(minor, minorDigits, currency).replace('\u00a0', ' ');
    }

    private int refused(final String why) {
        spec.commandLine().getErr().println(why);
        return 1;
    }
}
