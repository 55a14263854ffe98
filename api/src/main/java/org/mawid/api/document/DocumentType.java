package org.mawid.api.document;

/** What a document may be. Names and media types are told to clients. */
public enum DocumentType {
    PDF("application/pdf", "pdf"),
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    TIFF("image/tiff", "tiff"),
    /** As telephones make them; there is no small picture of it, for Java cannot draw it. */
    HEIC("image/heic", "heic");

    private final String mediaType;
    private final String extension;

    DocumentType(final String mediaType, final String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Of a file's name, without a dot. */
    public String extension() {
        return extension;
    }
}
