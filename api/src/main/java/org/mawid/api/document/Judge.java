package org.mawid.api.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.mawid.api.document.DocumentException.Reason;

/**
 * Says what a document is, by its content alone, and whether it is nothing else and not too much. Nothing is decoded that its own header does not bound. Any thread; takes some ten milliseconds, a large PDF a second, and a
 * malicious one a few.
 */
final class Judge {
    /** In which other programs look for the header of a PDF. */
    private static final int PDF_HEADER_WITHIN = 1_024;
    private static final byte[] PDF_HEADER = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private final DocumentLimits limits;
    private final PictureCheck pictures;

    Judge(final DocumentLimits limits) {
        this.limits = limits;
        pictures = new PictureCheck(limits);
    }

    /** @throws DocumentException it is not taken, and why */
    Judged judge(final byte[] content) throws DocumentException {
        if (content.length > limits.bytes()) {
            throw new DocumentException(Reason.BYTES);
        }
        final DocumentType type = type(content);
        if (ZipTail.isThere(content) || indexOf(content, PDF_HEADER, PDF_HEADER_WITHIN) != (type == DocumentType.PDF ? 0 : -1)) {
            throw new DocumentException(Reason.POLYGLOT);
        }
        if (end(type, content) != content.length) {
            throw new DocumentException(Reason.POLYGLOT);
        }
        return switch (type) {
            case PDF -> new Judged(type, PdfCheck.pages(content, limits), 0, 0);
            case HEIC -> pictures.heic(content);
            default -> pictures.drawable(type, content);
        };
    }

    private static DocumentType type(final byte[] content) throws DocumentException {
        final String found;
        try (ByteArrayInputStream in = new ByteArrayInputStream(content)) {
            found = MimeTypes.getDefaultMimeTypes().detect(in, new Metadata()).toString();
        } catch (final IOException inMemory) {
            throw new IllegalStateException(inMemory);
        }
        return Arrays.stream(DocumentType.values()).filter(type -> type.isTaken() && type.mediaType().equals(found)).findAny().orElseThrow(() -> new DocumentException(Reason.TYPE));
    }

    /** Where it ends by its own structure. */
    private static int end(final DocumentType type, final byte[] content) throws DocumentException {
        return switch (type) {
            case PDF -> Structure.endOfPdf(content);
            case JPEG -> Structure.endOfJpeg(content);
            case PNG -> Structure.endOfPng(content);
            case HEIC -> Structure.endOfBoxes(content);
            case TIFF -> throw new DocumentException(Reason.TYPE);
        };
    }

    /** -1 when it begins nowhere before {@code within}. */
    static int indexOf(final byte[] content, final byte[] sought, final int within) {
        for (int i = 0; i < within && i + sought.length <= content.length; i++) {
            if (Arrays.equals(content, i, i + sought.length, sought, 0, sought.length)) {
                return i;
            }
        }
        return -1;
    }
}
