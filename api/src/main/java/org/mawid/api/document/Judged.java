package org.mawid.api.document;

/**
 * What was found out about a document that is taken.
 *
 * @param pages  1 and more
 * @param width  of the first picture, pixels; 0 for a PDF
 * @param height likewise
 */
public record Judged(DocumentType type, int pages, int width, int height) {
}
