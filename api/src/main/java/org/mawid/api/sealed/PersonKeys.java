package org.mawid.api.sealed;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mawid.api.gateway.DurableFile;
import org.mawid.api.gateway.SecretFile;
import org.mawid.api.sealed.pkcs11.TokenException;

/**
 * The persons' keys on disk: a file for each, {@code persons/ABC/KEY}, by the 16 hexadecimal digits of the person key and their first three; a block of the file system each, some 12 GiB for 3 million. A file is
 * one line, {@code key MASTER BASE64}: a Tink keyset with one AES-256-GCM key, wrapped with the master key of that id and bound to the person. It is durable, name and content, before anything is sealed with it.
 *
 * <p>Destroying: the line is overwritten where it lies with {@code erased MS}, and synced before it is told as done; no other file has it, for a draft has another name and is removed too. A disk that moves
 * blocks when they are written (flash, copy on write) may keep the old one: what is left there is wrapped, and becomes worthless with the next change of the master key, whose older one is destroyed then. That is why
 * a deployment changes it regularly.
 *
 * <p>Changes are one at a time, over all processes: an erasure while keys are wrapped anew must not bring the old file back.
 */
final class PersonKeys {
    private static final String PERSONS = "persons";
    private static final String LOCK = "lock";
    private static final String KEY = "key ";
    private static final String ERASED = "erased ";
    private static final int FAN_OUT_DIGITS = 3;
    /** Changes of all stores in this process: a lock of a file is the process's. */
    private static final Object CHANGES = new Object();

    private final Path folder;
    private final MasterKey newest;
    private final Map<String, MasterKey> masters;

    /** @param masters the first wraps, all unwrap */
    PersonKeys(final Path folder, final List<MasterKey> masters) throws IOException {
        try {
            AeadConfig.register();
        } catch (final GeneralSecurityException missing) {
            throw new IllegalStateException("Tink has AES-GCM", missing);
        }
        this.folder = folder;
        this.newest = masters.get(0);
        this.masters = masters.stream().collect(Collectors.toMap(MasterKey::id, Function.identity(), (first, same) -> first));
        Files.createDirectories(folder.resolve(PERSONS));
    }

    /**
     * A person's key, unwrapped.
     *
     * @param id at random, in front of what the key has sealed: of somebody who was erased and came back, the older things have another one
     */
    record Key(int id, Aead aead) {
    }

    /** @throws SealException the key is destroyed, or cannot be unwrapped */
    Key find(final long person) throws IOException, SealException {
        final String line = line(person);
        if (line == null) {
            throw new SealException(SealException.Reason.NO_KEY, "nothing is sealed for this person");
        }
        if (line.startsWith(ERASED)) {
            throw new SealException(SealException.Reason.ERASED, "the person was erased");
        }
        return key(unwrapped(person, line));
    }

    /** Whether the person was erased at that time or after it, ms since 1970-01-01 UTC, and has not come back since. */
    boolean isErasedSince(final long person, final long sinceMs) throws IOException, SealException {
        final String line = line(person);
        return line != null && line.startsWith(ERASED) && !isErasedBefore(line, sinceMs);
    }

    /** As {@link #find}; made when there is none, or when the person was erased before {@code sinceMs}. */
    Key findOrMake(final long person, final long sinceMs) throws IOException, SealException {
        final String line = line(person);
        if (line != null && !isErasedBefore(line, sinceMs)) {
            return find(person);
        }
        return changing(() -> {
            final String now = line(person);
            if (now != null && !isErasedBefore(now, sinceMs)) {
                return find(person);
            }
            final KeysetHandle fresh = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            write(person, fresh);
            return key(fresh);
        });
    }

    /** A damaged one, too. @param nowMs kept in the key's place @return false when there was no key to destroy */
    boolean destroy(final long person, final long nowMs) throws IOException, SealException {
        return changing(() -> {
            final Path file = file(person);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + DurableFile.DRAFT));
            if (!Files.exists(file)) {
                write(file, ERASED + nowMs + '\n');
                return false;
            }
            if (Files.readString(file, StandardCharsets.ISO_8859_1).startsWith(ERASED)) {
                return false;
            }
            overwrite(file, ERASED + nowMs + '\n');
            return true;
        });
    }

    /** Wraps with the newest master key what others have wrapped. May be run again after it was interrupted. @return how many */
    int rewrap() throws IOException, SealException {
        int count = 0;
        try (Stream<Path> files = Files.walk(folder.resolve(PERSONS))) {
            for (final Path file : (Iterable<Path>) files.filter(path -> path.getFileName().toString().matches("[0-9a-f]{16}"))::iterator) {
                final long person = HexFormat.fromHexDigitsToLong(file.getFileName().toString());
                if (changing(() -> rewrapped(person))) {
                    count++;
                }
            }
        }
        return count;
    }

    private boolean rewrapped(final long person) throws IOException, SealException, GeneralSecurityException {
        final String line = line(person);
        if (!line.startsWith(KEY) || line.startsWith(KEY + newest.id() + ' ')) {
            return false;
        }
        write(person, unwrapped(person, line));
        return true;
    }

    private static boolean isErasedBefore(final String line, final long sinceMs) {
        return line.startsWith(ERASED) && Long.parseLong(line.substring(ERASED.length())) < sinceMs;
    }

    /** Null when there is none. */
    private String line(final long person) throws IOException, SealException {
        final String text;
        try {
            text = Files.readString(file(person), StandardCharsets.US_ASCII).strip();
        } catch (final NoSuchFileException none) {
            return null;
        }
        if (!text.matches(KEY + "\\S{1,64} \\S+|" + ERASED + "\\d{1,18}")) {
            throw new SealException(SealException.Reason.DAMAGED, file(person) + " is damaged: restore it from its back-up, nothing of this person can be read without it");
        }
        return text;
    }

    private KeysetHandle unwrapped(final long person, final String line) throws IOException, SealException {
        final String[] words = line.split(" ");
        final MasterKey master = masters.get(words[1]);
        if (master == null) {
            throw new SealException(SealException.Reason.MASTER_KEY_MISSING, "a key is wrapped with the master key " + words[1] + ", which was not given");
        }
        try {
            return TinkProtoKeysetFormat.parseEncryptedKeyset(Base64.getDecoder().decode(words[2]), master.aead(), binding(person));
        } catch (final TokenException away) {
            throw new IOException(away.getMessage(), away);
        } catch (final GeneralSecurityException | IllegalArgumentException notIt) {
            throw new SealException(SealException.Reason.DAMAGED, "the key in " + file(person) + " cannot be unwrapped: restore it from its back-up, or the master key " + master.id() + " is another one than that which wrapped it", notIt);
        }
    }

    private void write(final long person, final KeysetHandle key) throws IOException, GeneralSecurityException {
        final byte[] wrapped = TinkProtoKeysetFormat.serializeEncryptedKeyset(key, newest.aead(), binding(person));
        write(file(person), KEY + newest.id() + ' ' + Base64.getEncoder().encodeToString(wrapped) + '\n');
    }

    private void write(final Path file, final String line) throws IOException {
        DurableFile.makeFolder(file.getParent());
        SecretFile.write(file, line);
    }

    private static void overwrite(final Path file, final String line) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final ByteBuffer blank = ByteBuffer.allocate(Math.toIntExact(Math.max(channel.size(), line.length())));
            blank.put(line.getBytes(StandardCharsets.US_ASCII));
            while (blank.position() < blank.capacity()) {
                blank.put((byte) ' ');
            }
            blank.flip();
            while (blank.hasRemaining()) {
                channel.write(blank, blank.position());
            }
            channel.force(true);
        }
    }

    private static byte[] binding(final long person) {
        return ("mawid person key\n" + HexFormat.of().toHexDigits(person)).getBytes(StandardCharsets.US_ASCII);
    }

    private static Key key(final KeysetHandle key) {
        try {
            return new Key(key.getPrimary().getId(), key.getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (final GeneralSecurityException ours) {
            throw new IllegalStateException("a key of ours is none of Tink's", ours);
        }
    }

    private Path file(final long person) {
        final String digits = HexFormat.of().toHexDigits(person);
        return folder.resolve(PERSONS).resolve(digits.substring(0, FAN_OUT_DIGITS)).resolve(digits);
    }

    private <T> T changing(final Change<T> change) throws IOException, SealException {
        synchronized (CHANGES) {
            try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock held = channel.lock()) {
                return change.make();
            } catch (final GeneralSecurityException unwrappable) {
                throw new IOException("the master key does not answer: " + unwrappable.getMessage(), unwrappable);
            }
        }
    }

    /** Something that is done to the files. */
    @FunctionalInterface
    private interface Change<T> {
        T make() throws IOException, SealException, GeneralSecurityException;
    }
}
