package org.mawid.api.treasury.closing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.interfaces.ECPrivateKey;

/**
 * Writes closings: {@code NAME.json}, and beside it {@code NAME.jws}, a JWS with ES256 and detached content over exactly its bytes. Both are durable when it returns; the document comes last, so that
 * where there is a document there is its signature. One thread for each post and currency.
 */
public final class ClosingWriter {
    private final ECDSASigner signer;
    private final String keyId;

    /** @param key on P-256 @param keyId tells the treasury which one */
    public ClosingWriter(final ECPrivateKey key, final String keyId) {
        try {
            signer = new ECDSASigner(key);
        } catch (final JOSEException e) {
            throw new IllegalArgumentException("the key cannot be used for ES256", e);
        }
        if (!signer.supportedJWSAlgorithms().contains(JWSAlgorithm.ES256)) {
            throw new IllegalArgumentException("the key is not on P-256");
        }
        this.keyId = keyId;
    }

    /**
     * @param previous the document before it of the same post and currency; null for the first
     * @return the document's file
     * @throws FileAlreadyExistsException when that day is closed: a closing is never written anew
     */
    public Path write(final DailyClosing closing, final Path previous, final Path folder) throws IOException {
        final Path document = folder.resolve(closing.name() + ".json");
        if (Files.exists(document)) {
            throw new FileAlreadyExistsException(document.toString(), null, "that day is closed; what came later belongs to the next");
        }
        final byte[] bytes = ClosingText.bytes(closing, previous == null ? "" : ClosingText.hash(Files.readAllBytes(previous)));
        durable(folder.resolve(closing.name() + ".jws"), sign(bytes).getBytes(StandardCharsets.US_ASCII));
        durable(document, bytes);
        return document;
    }

    private String sign(final byte[] bytes) {
        try {
            final JWSObject jws = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).build(), new Payload(bytes));
            jws.sign(signer);
            return jws.serialize(true);
        } catch (final JOSEException e) {
            throw new IllegalStateException("ES256 cannot be had", e);
        }
    }

    private static void durable(final Path file, final byte[] bytes) throws IOException {
        final Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            final ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        try {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (final AtomicMoveNotSupportedException e) {
            Files.move(unfinished, file);
        }
        try (FileChannel parent = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }
}
