package org.mawid.engine.catalogue;

/** Public codes: 32 bytes, padded with zeros. */
final class Codes {
    static final int BYTES = 32;

    private Codes() {
    }
}
