package org.mawid.api.treasury.closing;

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
import java.util.function.Function;

/**
 * Writes closings: {@code NAME.json}, and beside it {@code NAME.jws}, a JWS with ES256 and detached content over exactly its bytes. Both are durable when it returns; the document comes last, so that
 * where there is a document there is its signature. One thread for each post and currency.
 */
public final class ClosingWriter {
    /** Explicit typing (RFC 8725, 3.11) of the signature: what signs closings signs other things, too. */
    public static final String TYPE = "closing";
    static final String DOCUMENT = ".json";
    static final String SIGNATURE = ".jws";
    /** Back-ups leave out what is called so: it is not complete. */
    private static final String DRAFT = ".new";

    private final Function<byte[], String> signer;

    /** @param signer gives a JWS of type {@link #TYPE} with ES256 and detached content (RFC 7515, appendix F) */
    public ClosingWriter(final Function<byte[], String> signer) {
        this.signer = signer;
    }

    /**
     * @param previous the document before it of the same post and currency; null for the first
     * @return the document's file
     * @throws FileAlreadyExistsException when that day is closed: a closing is never written anew
     */
    public Path write(final DailyClosing closing, final Path previous, final Path folder) throws IOException {
        final Path document = folder.resolve(closing.name() + DOCUMENT);
        if (Files.exists(document)) {
            throw new FileAlreadyExistsException(document.toString(), null, "that day is closed; what came later belongs to the next");
        }
        final byte[] bytes = ClosingText.bytes(closing, previous == null ? "" : ClosingText.hash(Files.readAllBytes(previous)));
        make(folder.toAbsolutePath());
        durable(folder.resolve(closing.name() + SIGNATURE), signer.apply(bytes).getBytes(StandardCharsets.US_ASCII));
        durable(document, bytes);
        return document;
    }

    static void make(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            make(folder.getParent());
            Files.createDirectory(folder);
            sync(folder.getParent());
        }
    }

    static void durable(final Path file, final byte[] bytes) throws IOException {
        final Path draft = file.resolveSibling(file.getFileName() + DRAFT);
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            final ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (final AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
        sync(file.toAbsolutePath().getParent());
    }

    private static void sync(final Path folder) throws IOException {
        try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }
}
