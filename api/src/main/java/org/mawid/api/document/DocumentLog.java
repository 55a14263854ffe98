package org.mawid.api.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.OwnCommands;
import org.mawid.api.gateway.OwnCommands.Said;
import org.mawid.api.sealed.store.ContentName;
import org.mawid.engine.Engine;
import org.mawid.sbe.Channel;
import org.mawid.sbe.DocumentKind;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.RecordDocumentEncoder;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log of documents. The request's id is made of the document's name and of what is known of it, so that what is told again, by whichever life of the server, is the same request. Any thread that may wait.
 */
public final class DocumentLog implements Documents.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentLog.class);
    /** More than the core takes to answer. */
    private static final long PATIENCE_SECONDS = 10;
    private static final int ID_BYTES = 16;
    private static final int HASH = MessageHeaderEncoder.ENCODED_LENGTH + RecordDocumentEncoder.hashEncodingOffset();
    /** How long ago something was kept of which the core surely remembers whether it was told, unless its rules say otherwise than anybody would. */
    private static final long REMEMBERED_MS = 600_000;

    private final Engine engine;
    private final OwnCommands commands;
    private final LongSupplier nowMs;

    /** @param nowMs log time */
    public DocumentLog(final Engine engine, final LongSupplier nowMs) {
        this.engine = engine;
        this.commands = new OwnCommands(engine);
        this.nowMs = nowMs;
    }

    /** @throws IOException it is not told, and may be told again */
    @Override
    public void told(final Document document, final ScanState scan) throws IOException {
        if (scan == document.scan() && document.held().atMs() < nowMs.getAsLong() - REMEMBERED_MS && isInTheLog(document)) {
            return; // by an earlier life, so long ago that the core may have forgotten it
        }
        final Result result = said(document, scan).result();
        switch (result) {
            case OK, REQUEST_ID_REUSED -> { } // of that id nothing else is ever told, but at another time: it was told before
            case CORE_VERSION_UNSUPPORTED -> LOG.warn("a document was kept and the log knows of none: 'mawid core-version' puts the rules in force by which it does");
            case APPLICATION_UNKNOWN, LINE_UNKNOWN -> LOG.warn("a document was kept and the log has retired its application");
            default -> throw new IOException("the log cannot be told of a document now: " + result);
        }
    }

    /** Looks through all that was logged since it was kept. */
    private boolean isInTheLog(final Document document) {
        final long hash = ContentName.hash(document.held().name());
        final boolean[] found = new boolean[1];
        engine.readLog(1, document.held().atMs(), (position, loggedMs, buffer, offset, length) -> {
            found[0] = length >= HASH + Long.BYTES && buffer.getShort(offset + MessageHeaderEncoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) == RecordDocumentEncoder.TEMPLATE_ID
                    && buffer.getLong(offset + HASH, ByteOrder.LITTLE_ENDIAN) == hash;
            return !found[0];
        });
        return found[0];
    }

    private Said said(final Document document, final ScanState scan) throws IOException {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + RecordDocumentEncoder.BLOCK_LENGTH]);
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final RecordDocumentEncoder message = new RecordDocumentEncoder().wrapAndApplyHeader(buffer, 0, header);
        request(message.request(), document, scan);
        message.applicationId(document.held().owner().application()).hash(ContentName.hash(document.held().name())).bytes(document.bytes()).lines(1 << document.line())
                .pages(document.judged().pages()).documentType(org.mawid.sbe.DocumentType.valueOf(document.judged().type().name())).scan(org.mawid.sbe.ScanState.valueOf(scan.name()));
        final boolean hasKind = document.kind() != DocumentKind.NOT_SAID;
        if (hasKind) {
            message.kind(document.kind());
        } else {
            header.blockLength(RecordDocumentEncoder.kindEncodingOffset()).version(RecordDocumentEncoder.kindSinceVersion() - 1); // as it was before there were kinds: a repeated one is the same
        }
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + (hasKind ? RecordDocumentEncoder.BLOCK_LENGTH : RecordDocumentEncoder.kindEncodingOffset());
        try {
            return commands.submit(buffer, length).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException | ExecutionException e) {
            throw new IOException("the log did not answer that it has a document", e);
        } catch (final InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("the log did not answer before the server stopped", stopping);
        }
    }

    private void request(final RequestEncoder request, final Document document, final ScanState scan) {
        final byte[] id = HexFormat.of().parseHex(ContentName.of(("RecordDocument " + document.held().name() + ' ' + scan).getBytes(StandardCharsets.US_ASCII)), 0, 2 * ID_BYTES);
        final ByteBuffer words = ByteBuffer.wrap(id);
        request.idHigh(words.getLong()).idLow(words.getLong()).createdMs(nowMs.getAsLong()).onBehalfOf(document.held().owner().personKey()).channel(Channel.SYSTEM);
    }
}
