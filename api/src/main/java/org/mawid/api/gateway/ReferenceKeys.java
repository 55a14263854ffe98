package org.mawid.api.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mawid.engine.FileTrouble;

/**
 * The key file: one line {@code version=64 hexadecimal digits} for each version, 1 to 9; lines that begin with # are skipped.
 * New references are made with the highest version, all are read. Who loses the file loses the meaning of every reference on
 * paper, so it belongs into every back-up of the data directory. Immutable, any thread; the keys themselves do not leave it, only what
 * is derived from them.
 */
public final class ReferenceKeys {
    public static final int MAX_VERSION = 9;
    private static final int KEY_BYTES = 32;
    private static final String TEXT = "# Makes and reads the references that people see. Secret; back it up: without it none can be read.";

    private final Map<Integer, byte[]> masters;

    private ReferenceKeys(final Map<Integer, byte[]> masters) {
        this.masters = masters;
    }

    /** With a key that the caller keeps: tests, simulations. @param version 1 to 9 @param master 32 bytes */
    public static ReferenceKeys of(final int version, final byte[] master) {
        return new ReferenceKeys(new TreeMap<>(Map.of(version, master)));
    }

    /**
     * Reads the file, or makes it (mode 0600, synced) with a random key of version 1.
     *
     * @throws IOException when it can be neither read nor made, or is not a key file; the message says what to do and no secret
     */
    public static ReferenceKeys open(final Path file) throws IOException {
        return open(file, TEXT);
    }

    /** As above, of keys of another use. @param text its first line when it is made: # and what it is for, ASCII */
    public static ReferenceKeys open(final Path file, final String text) throws IOException {
        try {
            return read(file);
        } catch (final NoSuchFileException notYet) {
            create(file, text);
            return read(file);
        }
    }

    public int newestVersion() {
        return ((TreeMap<Integer, byte[]>) masters).lastKey();
    }

    public boolean has(final int version) {
        return masters.containsKey(version);
    }

    /** The key of one kind of references. */
    SipHash derive(final int version, final ReferenceKind kind) {
        final ByteBuffer derived = ByteBuffer.wrap(derive(version, "mawid/reference/" + kind.name()));
        return new SipHash(derived.getLong(), derived.getLong());
    }

    /**
     * The key of one use, derived with HMAC-SHA-256 (the expanding step of HKDF, RFC 5869, for one block) so that uses have nothing in common.
     *
     * @param version one that it {@link #has}
     * @param label   ASCII; another one for every use
     * @return 32 bytes
     */
    public byte[] derive(final int version, final String label) {
        try {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(masters.get(version), "HmacSHA256"));
            return mac.doFinal(label.getBytes(StandardCharsets.US_ASCII));
        } catch (final GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has HmacSHA256", missing);
        }
    }

    private static ReferenceKeys read(final Path file) throws IOException {
        final Map<Integer, byte[]> masters = new TreeMap<>();
        int number = 0;
        for (final String line : lines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            final int equals = line.indexOf('=');
            if (equals != 1 || line.charAt(0) < '1' || line.charAt(0) > '0' + MAX_VERSION) {
                throw new IOException(file + " line " + number + ": expected version=key with a version of 1 to " + MAX_VERSION);
            }
            final byte[] master = parse(file, number, line.substring(equals + 1).strip());
            if (masters.put(line.charAt(0) - '0', master) != null) {
                throw new IOException(file + " line " + number + ": this version is there twice");
            }
        }
        if (masters.isEmpty()) {
            throw new IOException(file + " has no key: restore it from a back-up, or all that was made with it is worth nothing");
        }
        SecretFile.warnIfOthersCanRead(file, "guess what is made with it");
        return new ReferenceKeys(masters);
    }

    private static List<String> lines(final Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (final NoSuchFileException notYet) {
            throw notYet;
        } catch (final IOException e) {
            throw FileTrouble.unreadable(file, e);
        }
    }

    /** The message names the line, never the key. */
    private static byte[] parse(final Path file, final int number, final String hex) throws IOException {
        try {
            final byte[] master = HexFormat.of().parseHex(hex);
            if (master.length == KEY_BYTES) {
                return master;
            }
        } catch (final IllegalArgumentException notHexadecimal) {
            // told below
        }
        throw new IOException(file + " line " + number + ": the key is not " + 2 * KEY_BYTES + " hexadecimal digits");
    }

    private static void create(final Path file, final String text) throws IOException {
        final byte[] master = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(master);
        SecretFile.write(file, text + "\n1=" + HexFormat.of().formatHex(master) + '\n');
    }
}
