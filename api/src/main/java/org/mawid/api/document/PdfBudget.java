package org.mawid.api.document;

import org.mawid.api.document.DocumentException.Reason;

/**
 * How much may be made of one PDF, and how much was: counted, so that the same file is always answered alike, however busy the machine is. Each method throws {@link RefusedException} once there is more. One thread.
 * Source: our estimates; all of it together takes a few seconds at most.
 */
final class PdfBudget {
    /** Of one stream that is no picture. */
    static final int STREAM_BYTES = 24 << 20;
    /** Beside what a picture's own sizes say: some writers add a line, or another colour. */
    static final int PICTURE_SLACK_BYTES = 1 << 20;
    /** Of one row of a predictor, which is held twice. */
    static final int ROW_BYTES = 1 << 20;
    /** Objects within objects are counted; each takes a hundred bytes of memory, and two of the file. */
    static final int OBJECTS = 1_000_000;
    private static final long STREAMS_BYTES = 64L << 20;
    private static final long DECODED_BYTES = 512L << 20;
    /** Of what pages are drawn from, read word by word: a mebibyte takes a tenth of a second. */
    private static final long CONTENTS_BYTES = 32L << 20;
    /** How often the file may be read, byte by byte: one that is damaged is searched some twenty times. */
    private static final long READINGS = 40;
    private static final long READINGS_OF_ANY = 4L << 20;
    /** Objects may lie in each other by mistake, but not all of them. */
    private static final long SPANNED = 2;
    /** Memory that drawing takes for each pixel, with what is made of it on the way. */
    private static final int DRAWN_BYTES_OF_PIXEL = 8;
    private static final int SHARE_OF_HEAP = 3;

    private final DocumentLimits limits;
    private final long pixels;
    private final boolean isToDraw;
    private final long mostReadings;
    private final long mostSpanned;
    private long readings;
    private long spanned;
    private long objects;
    private long streamsBytes;
    private long decodedBytes;
    private long contentsBytes;

    private PdfBudget(final DocumentLimits limits, final int bytes, final long pixels, final boolean isToDraw) {
        this.limits = limits;
        this.pixels = pixels;
        this.isToDraw = isToDraw;
        mostReadings = READINGS * bytes + READINGS_OF_ANY;
        mostSpanned = SPANNED * bytes;
    }

    /** @param bytes of the file */
    static PdfBudget toJudge(final DocumentLimits limits, final int bytes) {
        return new PdfBudget(limits, bytes, limits.pixels(), false);
    }

    /** Pictures that would take a third of the heap are not drawn, though they are taken. @param bytes of the file */
    static PdfBudget toDraw(final DocumentLimits limits, final int bytes) {
        return new PdfBudget(limits, bytes, Math.min(limits.pixels(), Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / DRAWN_BYTES_OF_PIXEL), true);
    }

    DocumentLimits limits() {
        return limits;
    }

    /** Whether what takes a library long, and is allowed, is to be left alone. */
    boolean isToDraw() {
        return isToDraw;
    }

    void read(final long times) {
        readings += times;
        within(readings <= mostReadings, Reason.BYTES);
    }

    /** @param bytes of the file from where an object begins to where it ends */
    void spans(final long bytes) {
        spanned += bytes;
        within(spanned <= mostSpanned, Reason.BYTES);
    }

    void objects(final long more) {
        objects += more;
        within(objects <= OBJECTS, Reason.BYTES);
    }

    /** @param limit of this stream @param bytes of it so far @param more of them now */
    void decoded(final boolean isPicture, final long limit, final long bytes, final long more) {
        within(bytes <= limit, isPicture ? Reason.PIXELS : Reason.BYTES);
        decodedBytes += more;
        within(decodedBytes <= DECODED_BYTES, Reason.BYTES);
        if (!isPicture) {
            streamsBytes += more;
            within(streamsBytes <= STREAMS_BYTES, Reason.BYTES);
        }
    }

    /** @param bytes that are read as what is drawn, each time that they are */
    void contents(final long bytes) {
        contentsBytes += bytes;
        within(contentsBytes <= CONTENTS_BYTES, Reason.BYTES);
    }

    void picture(final long width, final long height) {
        within(width <= limits.side() && height <= limits.side() && width * height <= pixels, Reason.PIXELS);
    }

    static void within(final boolean isIt, final Reason reason) {
        if (!isIt) {
            throw new RefusedException(reason);
        }
    }
}
