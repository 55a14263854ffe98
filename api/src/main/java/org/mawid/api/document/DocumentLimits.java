package org.mawid.api.document;

/**
 * What a document may have; of what a PDF unpacks to see {@link PdfBudget}. Source: our estimates; a scanned page in colour has about half a megabyte, a telephone's picture 12 to 50 million pixels.
 *
 * @param bytes       of one
 * @param pages       of one PDF
 * @param pixels      of one picture
 * @param side        of one picture, in pixels
 * @param count       of one application
 * @param totalBytes  of one application
 * @param arriving    of one application, at once
 * @param arrivalMs   how long one may be on its way, from its first byte on
 */
public record DocumentLimits(int bytes, int pages, long pixels, int side, int count, long totalBytes, int arriving, long arrivalMs) {
    public static final DocumentLimits USUAL = new DocumentLimits(10 << 20, 50, 60_000_000, 20_000, 40, 100L << 20, 8, 86_400_000);
}
