package org.mawid.api.document;

/** What is known of malware in a document; the log has the same words. What is infected is not kept. */
public enum ScanState {
    /** No scanner has looked: there is none, it did not answer, or the document is too large for it. Never to be shown as clean. */
    NOT_SCANNED,
    /** A scanner has looked and knows nothing of it. */
    CLEAN,
    /** It was kept before anybody had looked, and is gone: of none that is kept. */
    INFECTED
}
