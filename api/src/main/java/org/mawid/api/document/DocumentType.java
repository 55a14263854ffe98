package org.mawid.api.document;

/** What a document may be. Names and media types are told to clients. */
public enum DocumentType {
    PDF("application/pdf", "pdf"),
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    /** Of documents that were kept before none was taken any more: see {@link #isTaken}. */
    TIFF("image/tiff", "tiff"),
    /** As telephones make them; there is no small picture of it, for Java cannot draw it. */
    HEIC("image/heic", "heic");

    private final String mediaType;
    private final String extension;

    DocumentType(final String mediaType, final String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /** A TIFF is one of places that point to each other, with anything between, before and behind them: of none can it be said that it is nothing else. */
    boolean isTaken() {
        return this != TIFF;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Of a file's name, without a dot. */
    public String extension() {
        return extension;
    }
}
