package org.mawid.api.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.mawid.api.document.DocumentException.Reason;

/** How large pictures are, by their headers: nothing is decoded. */
final class PictureCheck {
    /** Of a JPEG: each takes as long as the whole picture, and is a few bytes. Cameras make ten at most. */
    static final int MOST_SCANS = 100;
    private static final int BOX_HEAD = 8;
    /** Of a full box: version and flags behind the head. */
    private static final int FULL = 4;
    private static final Set<String> ON_THE_WAY = Set.of("iprp", "ipco");

    private final DocumentLimits limits;

    PictureCheck(final DocumentLimits limits) {
        this.limits = limits;
    }

    /** @param type one that the JDK reads */
    Judged drawable(final DocumentType type, final byte[] content) throws DocumentException {
        if (type == DocumentType.JPEG && Structure.scansOfJpeg(content) > MOST_SCANS) {
            throw new DocumentException(Reason.PIXELS);
        }
        final ImageReader reader = reader(type);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(in, false, true);
            bounded(reader.getWidth(0), reader.getHeight(0));
            return new Judged(type, 1, reader.getWidth(0), reader.getHeight(0));
        } catch (final IOException | RuntimeException unreadable) {
            throw new DocumentException(Reason.BROKEN);
        } finally {
            reader.dispose();
        }
    }

    static ImageReader reader(final DocumentType type) {
        final Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(type.mediaType());
        if (!readers.hasNext()) {
            throw new IllegalStateException("this Java reads no " + type + ": a runtime image for Mawid needs the module java.desktop");
        }
        return readers.next();
    }

    /** Its sizes are properties (ISO/IEC 23008-12, 6.5.3): the largest is that of the picture or of what it is put together from. */
    Judged heic(final byte[] content) throws DocumentException {
        final int[] largest = new int[2];
        boxes(ByteBuffer.wrap(content), 0, content.length, largest);
        if (largest[0] == 0 || largest[1] == 0) {
            throw new DocumentException(Reason.BROKEN);
        }
        return new Judged(DocumentType.HEIC, 1, largest[0], largest[1]);
    }

    private void boxes(final ByteBuffer bytes, final int from, final int to, final int[] largest) throws DocumentException {
        int at = from;
        while (at + BOX_HEAD <= to) {
            final long size = Structure.boxSize(bytes, at);
            if (size < BOX_HEAD || at + size > to) {
                throw new DocumentException(Reason.BROKEN);
            }
            box(bytes, at, (int) (at + size), largest);
            at += (int) size;
        }
    }

    private void box(final ByteBuffer bytes, final int at, final int end, final int[] largest) throws DocumentException {
        final String name = new String(bytes.array(), at + 4, 4, StandardCharsets.ISO_8859_1);
        if (name.equals("meta")) {
            boxes(bytes, at + BOX_HEAD + FULL, end, largest);
        } else if (ON_THE_WAY.contains(name)) {
            boxes(bytes, at + BOX_HEAD, end, largest);
        } else if (name.equals("ispe") && end - at >= BOX_HEAD + FULL + 2 * Integer.BYTES) {
            final long width = Integer.toUnsignedLong(bytes.getInt(at + BOX_HEAD + FULL));
            final long height = Integer.toUnsignedLong(bytes.getInt(at + BOX_HEAD + FULL + Integer.BYTES));
            bounded(width, height);
            if (width * height > (long) largest[0] * largest[1]) {
                largest[0] = (int) width;
                largest[1] = (int) height;
            }
        }
    }

    private void bounded(final long width, final long height) throws DocumentException {
        if (width > limits.side() || height > limits.side() || width * height > limits.pixels()) {
            throw new DocumentException(Reason.PIXELS);
        }
    }
}
