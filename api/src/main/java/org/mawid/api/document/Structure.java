package org.mawid.api.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.mawid.api.document.DocumentException.Reason;

/** Where files end by their own structure: what is behind that, their readers pass over, and others may read. */
final class Structure {
    private static final byte[] END_OF_PDF = "%%EOF".getBytes(StandardCharsets.US_ASCII);
    private static final int PNG_SIGNATURE = 8;
    private static final int PNG_FRAME = 12;
    private static final int IEND = 0x4945_4E44;
    private static final int MARKER = 0xFF;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int FIRST_RESTART = 0xD0;
    private static final int BOX_HEAD = 8;
    private static final int LARGE_BOX_HEAD = 16;

    /** ISO/IEC 23008-12 and 14496-12; moov is of pictures that move a little. */
    private static final Set<String> BOXES = Set.of("ftyp", "meta", "mdat", "idat", "free", "skip", "moov", "uuid", "mpvd");

    private Structure() {
    }

    /** ISO 32000-1, 7.5.5: the last line is %%EOF; its end of line may be missing or doubled. */
    static int endOfPdf(final byte[] content) throws DocumentException {
        for (int at = content.length - END_OF_PDF.length; at >= 0; at--) {
            if (Judge.indexOf(java.util.Arrays.copyOfRange(content, at, at + END_OF_PDF.length), END_OF_PDF, 1) == 0) {
                int end = at + END_OF_PDF.length;
                while (end < content.length && (content[end] == '\r' || content[end] == '\n' || content[end] == ' ' || content[end] == 0)) {
                    end++;
                }
                return end;
            }
        }
        throw new DocumentException(Reason.BROKEN);
    }

    /** ISO/IEC 10918-1, B.1: segments with their length, and behind the start of a scan bytes in which a marker is no 0xFF 0x00 and no restart. */
    static int endOfJpeg(final byte[] content) throws DocumentException {
        int at = 2;
        while (at + 1 < content.length) {
            if ((content[at] & 0xFF) != MARKER) {
                throw new DocumentException(Reason.BROKEN);
            }
            final int marker = content[at + 1] & 0xFF;
            if (marker == MARKER) {
                at++; // fill
            } else if (marker == END_OF_IMAGE) {
                return at + 2;
            } else if (marker >= FIRST_RESTART && marker <= START_OF_IMAGE || marker <= 1) {
                throw new DocumentException(Reason.BROKEN);
            } else {
                at = behindSegment(content, at, marker);
            }
        }
        throw new DocumentException(Reason.BROKEN);
    }

    private static int behindSegment(final byte[] content, final int at, final int marker) throws DocumentException {
        if (at + 4 > content.length) {
            throw new DocumentException(Reason.BROKEN);
        }
        int next = at + 2 + ((content[at + 2] & 0xFF) << 8 | content[at + 3] & 0xFF);
        if (marker == START_OF_SCAN) {
            while (next + 1 < content.length && !isMarker(content[next] & 0xFF, content[next + 1] & 0xFF)) {
                next++;
            }
        }
        return next;
    }

    private static boolean isMarker(final int first, final int second) {
        return first == MARKER && second != 0 && (second < FIRST_RESTART || second >= START_OF_IMAGE);
    }

    /** How often a picture is drawn over, finer each time; also where it only seems so. What is compressed has no such bytes. */
    static int scansOfJpeg(final byte[] content) {
        int scans = 0;
        for (int at = 0; at + 1 < content.length; at++) {
            if ((content[at] & 0xFF) == MARKER && (content[at + 1] & 0xFF) == START_OF_SCAN) {
                scans++;
            }
        }
        return scans;
    }

    /** ISO/IEC 15948, 5.3: chunks with their length, the last one IEND. */
    static int endOfPng(final byte[] content) throws DocumentException {
        final ByteBuffer bytes = ByteBuffer.wrap(content);
        long at = PNG_SIGNATURE;
        while (at + PNG_FRAME <= content.length) {
            final long next = at + PNG_FRAME + Integer.toUnsignedLong(bytes.getInt((int) at));
            if (bytes.getInt((int) at + Integer.BYTES) == IEND) {
                return (int) Math.min(next, content.length + 1L);
            }
            at = next;
        }
        throw new DocumentException(Reason.BROKEN);
    }

    /** ISO/IEC 14496-12, 4.2: boxes with their size, to the end of the file, and of kinds that are in a picture; the last one says where it ends as well. */
    static int endOfBoxes(final byte[] content) throws DocumentException {
        final ByteBuffer bytes = ByteBuffer.wrap(content);
        long at = 0;
        while (at < content.length) {
            if (at + BOX_HEAD > content.length) {
                throw new DocumentException(Reason.POLYGLOT);
            }
            final long size = boxSize(bytes, (int) at);
            if (size < BOX_HEAD || at + size > content.length) {
                throw new DocumentException(Reason.BROKEN);
            }
            if (!BOXES.contains(new String(content, (int) at + Integer.BYTES, Integer.BYTES, StandardCharsets.ISO_8859_1))) {
                throw new DocumentException(Reason.POLYGLOT);
            }
            at += size;
        }
        return (int) at;
    }

    /** With its head; 0 = it is none. */
    static long boxSize(final ByteBuffer bytes, final int at) {
        final long size = Integer.toUnsignedLong(bytes.getInt(at));
        if (size == 1) {
            return at + LARGE_BOX_HEAD <= bytes.limit() ? bytes.getLong(at + BOX_HEAD) : 0;
        }
        return size;
    }
}
