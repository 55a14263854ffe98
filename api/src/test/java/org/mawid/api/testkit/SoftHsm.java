package org.mawid.api.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A token of SoftHSM, which does in software what a hardware security module does, and keeps keys in files.
 *
 * @param slot    where it is
 * @param module  its library
 * @param pinFile has its PIN
 */
public record SoftHsm(int slot, Path module, Path pinFile) {
    private static final String PIN = "4321";
    private static final Pattern SLOT = Pattern.compile("reassigned to slot (\\d+)");

    /** Where this process has one: it sees those only that were there when it loaded the library. */
    private static int slotHere = -1;

    /** The one of this process: keys of each test are to have labels of their own. Skips the test where there is no SoftHSM. @param folder of the test, for the PIN */
    public static synchronized SoftHsm token(final Path folder) throws Exception {
        final Path module = Stream.of("/usr/lib/softhsm", "/usr/lib/x86_64-linux-gnu/softhsm", "/usr/lib/aarch64-linux-gnu/softhsm", "/usr/local/lib/softhsm").map(at -> Path.of(at, "libsofthsm2.so"))
                .filter(Files::isReadable).findFirst().orElse(null);
        assumeTrue(module != null, "there is no SoftHSM: install softhsm2");
        if (slotHere < 0) {
            slotHere = make();
        }
        return new SoftHsm(slotHere, module, pin(folder.resolve("hsm.pin"), PIN));
    }

    private static int make() throws Exception {
        final Path config = Path.of(System.getenv("SOFTHSM2_CONF")); // the build says so, for a process learns it once
        final Path tokens = Files.createDirectories(config.resolveSibling("tokens"));
        Files.write(config, List.of("directories.tokendir = " + tokens, "objectstore.backend = file", "log.level = ERROR"));
        final String said = said("softhsm2-util", "--init-token", "--free", "--label", "mawid", "--so-pin", "12345678", "--pin", PIN);
        final Matcher slot = SLOT.matcher(said);
        if (!slot.find()) {
            throw new AssertionError(said);
        }
        return Integer.parseInt(slot.group(1));
    }

    /** Address of a key in it. */
    public String key(final String label) {
        return "pkcs11:slot-id=" + slot + ";object=" + label + "?module-path=" + module + "&pin-source=file:" + pinFile;
    }

    /** From now on the file says a PIN that the token refuses. */
    public void forgetPin() throws IOException {
        pin(pinFile, "0000");
    }

    /** It says the right one again. */
    public void rememberPin() throws IOException {
        pin(pinFile, PIN);
    }

    public char[] pin() {
        return PIN.toCharArray();
    }

    private static Path pin(final Path file, final String pin) throws IOException {
        Files.writeString(file, pin + '\n');
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String said(final String... command) throws Exception {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes());
    }
}
